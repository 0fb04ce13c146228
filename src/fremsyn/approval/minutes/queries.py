"""Reads of minutes, shaped for their pages."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from fremsyn.approval.handover import load
from fremsyn.approval.meeting.crumbs import meeting_crumbs
from fremsyn.approval.meeting.mail import can_mail
from fremsyn.approval.meeting.queries import planned, run_of
from fremsyn.approval.meeting.ruling import closed_file
from fremsyn.approval.meeting.seats import seat_of
from fremsyn.approval.meeting.state import moment_of
from fremsyn.approval.minutes.content import content_of
from fremsyn.approval.minutes.mail import told_of
from fremsyn.approval.minutes.operations.drafting import BEING_WRITTEN, OVER
from fremsyn.approval.minutes.operations.signing import waiting_for
from fremsyn.approval.minutes.signers import not_signing
from fremsyn.approval.minutes.signing import sha256_of
from fremsyn.approval.minutes.state import minutes_of
from fremsyn.approval.models import MinuteComment, Minutes, MinutesState, Signature
from fremsyn.approval.schema import Body
from fremsyn.cases.access import Visit
from fremsyn.cases.rights import Right
from fremsyn.core.errors import NotAllowed
from fremsyn.people.roles import Role
from fremsyn.web.templatetags.say import say_plain

Page = dict[str, Any]
READS_WHOLE = frozenset({Role.BOARD, Role.LEADERSHIP})


@dataclass(frozen=True)
class SignerRow:
    """A member who is to sign, and the signature; None as long as there is none."""

    role: Any
    signature: Signature | None


def is_inside(visit: Visit) -> bool:
    """Tell whether somebody sits in the body or serves it."""
    return visit.may(Right.SERVE) or visit.role == Role.BOARD


def reads_whole(visit: Visit) -> bool:
    """Tell whether somebody reads the body's own edition of approved minutes; all others read the public one."""
    return visit.may(Right.SERVE) or visit.role in READS_WHOLE


def opened(visit: Visit, meeting: str) -> Minutes:
    """Return the minutes that somebody asks for.

    :raises Http404: when there are none
    :raises NotAllowed: to whoever may not see a draft
    """
    planned(visit, meeting)
    minutes = minutes_of(visit.case, meeting)
    if minutes is None:
        raise Http404
    if minutes.state in BEING_WRITTEN and not is_inside(visit):
        raise NotAllowed(_("The minutes are a draft as yet. They can be read here when the board has approved them."))
    return minutes


def barred_from(visit: Visit, minutes: Minutes) -> frozenset[str]:
    """Return the references of the meeting's points that are closed to a member who is disqualified on them."""
    if not visit.closed:
        return frozenset()
    return visit.closed & set(minutes.run.points.exclude(item=None).values_list("item__ref", flat=True))


def minutes_page(visit: Visit, meeting: str) -> Page:
    """Return what the page of a meeting's minutes shows to whoever looks at it."""
    held, run = planned(visit, meeting), run_of(visit, meeting)
    page = {
        "visit": visit,
        "heading": _("Minutes of the meeting"),
        "crumbs": meeting_crumbs(visit, meeting),
        "meeting": held,
        "run": run,
        "secretary": visit.may(Right.SERVE),
        "inside": is_inside(visit),
        "minutes": None,
        "can_draft": visit.may(Right.SERVE) and run is not None and run.state in OVER,
    }
    minutes = minutes_of(visit.case, meeting)
    if minutes is None or (minutes.state in BEING_WRITTEN and not is_inside(visit)):
        return page
    return page | _of_minutes(visit, minutes)


def _of_minutes(visit: Visit, minutes: Minutes) -> Page:
    approved = minutes.state not in BEING_WRITTEN
    barred = barred_from(visit, minutes)
    whole = reads_whole(visit)
    return {
        "minutes": minutes,
        "content": content_of(minutes, whole=whole).closed_to(barred),
        "whole": whole,
        "barred": closed_file(visit) if barred else "",
        "approved": approved,
        "out": minutes.state == MinutesState.COMMENTS,
        "in_time": bool(minutes.comments_until and moment_of(visit.case, timezone.now()) <= minutes.comments_until),
        "comments": comments(visit, minutes),
        "unanswered": MinuteComment.objects.filter(minutes=minutes, answered_at=None).count(),
        "public_sha256": _public_hash(minutes) if approved else "",
        **(_signing(visit, minutes) if approved and whole else {}),
        **(_telling(minutes) if visit.may(Right.SERVE) else {}),
    }


def _public_hash(minutes: Minutes) -> str:
    held = Minutes.objects.only("public_pdf").get(pk=minutes.pk).public_pdf
    return sha256_of(bytes(held or b""))


def comments(visit: Visit, minutes: Minutes) -> list[tuple[Any, MinuteComment]]:
    """Return the members' comments with the members' roles: to whoever serves the body all, to a member their own."""
    body = load(visit.case).body
    found = MinuteComment.objects.filter(minutes=minutes).order_by("written_at", "pk")
    if not visit.may(Right.SERVE):
        seat = seat_of(visit.case, visit.person, visit.case.as_of)
        found = found.filter(member=seat.member if seat else "")
    roles = {each.id: each.role for each in (body.members if body else ())}
    return [(roles.get(each.member, each.member), each) for each in found]


def _signing(visit: Visit, minutes: Minutes) -> Page:
    body = load(visit.case).body
    rows = list(Signature.objects.filter(minutes=minutes).defer("pdf").order_by("signed_at", "pk"))
    best = {each.member: each for each in sorted(rows, key=lambda row: row.trusted)}
    roles = _roles(body)
    shut = not_signing(minutes.run, body) if body else {}
    waiting = waiting_for(minutes) if visit.may(Right.SERVE) else []
    return {
        "signers": [SignerRow(roles.get(each, each), best.get(each)) for each in minutes.signers],
        "not_signing": [
            (roles.get(each, each), points) for each, points in shut.items() if each not in minutes.signers
        ],
        "unknown": [each for each in rows if not each.member],
        "waiting": [(each, say_plain(roles.get(each, each))) for each in waiting],
        "files": [each for at, each in enumerate(rows) if each.pdf_sha256 not in {r.pdf_sha256 for r in rows[:at]}],
    }


def _roles(body: Body | None) -> dict[str, Any]:
    return {each.id: each.role for each in (body.members if body else ())}


def _telling(minutes: Minutes) -> Page:
    told = list(told_of(minutes))
    waiting = [each for each in told if each.mailed_at is None and each.person.email]
    return {"told": told, "can_mail": can_mail(), "unmailed": waiting}


def as_written(minutes: Minutes) -> dict[str, Any]:
    """Return the secretary's words as they stand, for the form: notes of the meeting where nothing else was written."""
    said = {place.replace(".", "_"): text for place, text in minutes.words.items()}
    notes = {f"note_{each.position}": each.note for each in minutes.run.points.all()}
    return {**notes, **said, "version": minutes.version}


def until_by_default(visit: Visit) -> Any:
    """Return the day until which members comment where nobody says another."""
    body = load(visit.case).body
    return visit.case.as_of + timedelta(days=body.comment_days if body else 7)
