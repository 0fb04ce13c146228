"""What the pages of a round show to whoever leads it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.cases.kinds import app_name
from fremsyn.cases.pages import crumbs
from fremsyn.cases.rights import Right
from fremsyn.conversation.answers import in_order
from fremsyn.conversation.handover import load
from fremsyn.conversation.models import Answer, AnswerState, Invitation, Round, RoundRun
from fremsyn.conversation.operations.running import in_the_way
from fremsyn.conversation.rounds.response import Response, response_of
from fremsyn.conversation.running import RoundState, day_of, state_of
from fremsyn.conversation.schema import Round as AskedRound
from fremsyn.conversation.wording import circle_name
from fremsyn.web.templatetags.say import say_plain

STATES: dict[str, Promise] = {
    "planned": _("not opened yet"),
    "open": _("open"),
    "over": _("its last day is over"),
    "closed": _("closed"),
    "shown": _("closed, and its results are shown"),
    "imported": _("closed"),
}


@dataclass(frozen=True)
class Led:
    """A round as it stands: its entry, what it asks, its row and its run."""

    entry: Entry
    asked: AskedRound
    row: Round
    run: RoundRun | None
    stands: str
    days_left: int

    @property
    def words(self) -> Promise:
        """Return where it stands, in words."""
        return STATES[self.stands]


def led(visit: Visit, ref: str, at: datetime | None = None) -> Led:
    """Return a round that the visitor may see.

    :raises Http404: when there is none, or it may not be seen
    """
    entry = visit.entry(ref, "round")
    row = Round.objects.select_related("item__case", "run").get(item__case=visit.case, item__ref=ref)
    asked = next(each for each in load(visit.case).conversation.rounds if each.ref == ref)
    return _led(entry, asked, row, at or timezone.now())


def _led(entry: Entry, asked: AskedRound, row: Round, at: datetime) -> Led:
    run = getattr(row, "run", None)
    days = (row.closes - day_of(row, at)).days
    return Led(entry, asked, row, run, _stands(row, run, at), days)


def _stands(row: Round, run: RoundRun | None, at: datetime) -> str:
    state = state_of(row, at)
    if run is None:
        return "planned" if state == RoundState.PLANNED else "imported"
    if run.closed_at:
        return "shown" if run.shown_at else "closed"
    return "open" if state == RoundState.OPEN else "over"


def running(visit: Visit, at: datetime | None = None) -> tuple[dict[str, Any], ...]:
    """Return the rounds that take answers, or wait to be closed, each with who has come."""
    if not visit.may(Right.LEAD):
        return ()
    asked = {each.ref: each for each in load(visit.case).conversation.rounds if each.ref in visit.entries}
    rows = Round.objects.select_related("item__case", "run").filter(
        item__case=visit.case, run__closed_at=None, run__isnull=False, item__ref__in=asked
    )
    found = [_led(visit.entries[row.item.ref], asked[row.item.ref], row, at or timezone.now()) for row in rows]
    return tuple(response(visit, each) | {"led": each} for each in found)


def page(visit: Visit, led_: Led) -> dict[str, Any]:
    """Return what every page of one round holds for whoever leads it."""
    return {
        "visit": visit,
        "item": led_.entry,
        "led": led_,
        "thing": led_.asked,
        "known": visit.entries,
        "phase_name": app_name(led_.asked.phase),
        "crumbs": crumbs(visit, "conversation", (f"{led_.entry.ref} {say_plain(led_.entry.title)}", led_.entry.url)),
    }


def response(visit: Visit, led_: Led) -> dict[str, Any]:
    """Return who has come, circle by circle, and how much waits to be read."""
    found: Response = response_of(led_.row, in_order(visit.case, led_.asked), led_.asked.min_group)
    return {
        "came": [(circle_name(visit.case, code), count) for code, count in found.by_circle.items()],
        "people": found.people,
        "waiting": Answer.objects.filter(round=led_.row, state=AnswerState.PENDING).count(),
    }


def run_page(visit: Visit, led_: Led) -> dict[str, Any]:
    """Return the page from which a round is led: where it stands, its next step, who has come."""
    links = Invitation.objects.filter(round=led_.row, withdrawn_at=None, expires_at__gt=timezone.now())
    return page(visit, led_) | response(visit, led_) | {
        "in_the_way": in_the_way(led_.asked, state_of(led_.row, timezone.now())) if led_.stands == "planned" else "",
        "links": links.count(),
        "statements": visit.shown(led_.asked.statements),
    }  # fmt: skip
