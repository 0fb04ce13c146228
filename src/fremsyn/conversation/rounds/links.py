"""Links into a round: made and shown once, listed without telling who used them, withdrawn."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from fremsyn.cases.access import Visit
from fremsyn.conversation.answers import in_order
from fremsyn.conversation.models import Invitation, Round
from fremsyn.conversation.operations import invite
from fremsyn.conversation.qr import qr_svg
from fremsyn.conversation.rounds.queries import Led
from fremsyn.conversation.rounds.response import Response, response_of
from fremsyn.conversation.wording import circle_name
from fremsyn.people.models import Person


@dataclass(frozen=True)
class Made:
    """A link as it is shown once: the address, the code to point a phone at, for which circle and how many."""

    circle: str
    link: str
    code: SafeString
    cap: int
    note: str
    last_day: datetime.date


@dataclass(frozen=True)
class Listed:
    """A link in the list. `used` is None where a number would tell of a circle that is too small to be shown."""

    row: Invitation
    circle: str
    used: int | None
    last_day: datetime.date
    stands: str


def end_of(day: datetime.date) -> datetime.datetime:
    """Return the moment at which a day is over, in the time of the site."""
    return timezone.make_aware(datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time()))


def last_day_of(row: Invitation) -> datetime.date:
    """Return the last day on which a link works."""
    return timezone.localdate(row.expires_at - datetime.timedelta(microseconds=1))


def make(
    request: HttpRequest, round_: Round, wanted: list[tuple[str, int, str]], until: datetime.date, by: Person
) -> list[Made]:
    """Make links, all or none, and return them with their addresses: the only time these are known.

    :raises RuleBroken: when one of them can't be made
    """
    at, expires_at, made = timezone.now(), end_of(until), []
    with transaction.atomic():
        for code, cap, note in wanted:
            row, token = invite(round_=round_, circle=code, cap=cap, expires_at=expires_at, note=note, by=by, at=at)
            link = request.build_absolute_uri(reverse("rounds:join", args=[token]))
            name = circle_name(round_.item.case, code)
            # the code is drawn by segno from the address alone
            made.append(Made(name, link, SafeString(qr_svg(link)), cap, note, last_day_of(row)))
    return made


def listed(visit: Visit, led: Led) -> list[Listed]:
    """Return the links of a round, the newest first. How many came by one is told only where its circle is shown."""
    came: Response = response_of(led.row, in_order(visit.case, led.asked), led.asked.min_group)
    rows = Invitation.objects.filter(round=led.row).order_by("-made_at", "circle", "note")
    return [
        Listed(
            row,
            circle_name(visit.case, row.circle),
            _used(row, came, led.asked.min_group),
            last_day_of(row),
            _stands(row),
        )
        for row in rows
    ]


def _used(row: Invitation, came: Response, min_group: int) -> int | None:
    """A link's own number is hidden by the same limit: a link for one would tell whether that one came."""
    shown = came.by_circle.get(row.circle) is not None and row.joined >= min_group
    return row.joined if shown else None


def _stands(row: Invitation) -> str:
    if row.withdrawn_at:
        return "withdrawn"
    return "expired" if row.expires_at <= timezone.now() else "usable"


def first_values(led: Led, circles: list[tuple[str, str]]) -> dict[str, Any]:
    """Return what most often fits: a link for a group of each circle, as long as the round is open."""
    return {"until": led.asked.closes, **{f"group_{code}": 100 for code, _name in circles}}
