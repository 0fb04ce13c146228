"""What may bar a member from a point: declared by the member or noted by whoever serves the body, and ruled on by the body."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.approval.meeting.seats import seat_of
from fremsyn.approval.meeting.state import Sitting, day_of, locked, must_be, point_of, told
from fremsyn.approval.models import Disqualification, MeetingState, PointRun, Ruling
from fremsyn.approval.states import ENDED
from fremsyn.audit.personal import keep_personal
from fremsyn.cases.models import Case
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person

LONGEST_GROUND = 2000


@transaction.atomic
def declare_disqualification(
    *, case: Case, meeting: str, point: int, ground: str, by: Person, at: datetime
) -> Disqualification:
    """Declare, as a member, that something may bar one from a point; before the meeting or at the point.

    :raises RuleBroken: when one has no seat, no ground is given, it was declared before, or the point has ended
    """
    seat = seat_of(case, by, day_of(case, at))
    if seat is None:
        raise RuleBroken(_("You have no seat in the body now."))
    sitting = locked(case, meeting)
    return _declare(sitting, point_of(sitting.run, point), seat.member, ground, by=by, at=at)


@transaction.atomic
def note_disqualification(
    *,
    case: Case,
    meeting: str,
    version: int | None = None,
    point: int,
    member: str,
    ground: str,
    by: Person | None,
    at: datetime,
) -> Disqualification:
    """Note, for the body, that something may bar a member from a point.

    :raises RuleBroken: for an unknown member, without a ground, when it was noted before, or the point has ended
    """
    sitting = locked(case, meeting, version)
    if member not in {each.id for each in sitting.body.members}:
        raise RuleBroken(_("The body has no such member. Load the page again."))
    return _declare(sitting, point_of(sitting.run, point), member, ground, by=by, at=at)


def _declare(
    sitting: Sitting, point: PointRun, member: str, ground: str, *, by: Person | None, at: datetime
) -> Disqualification:
    must_be(sitting.run, MeetingState.NOTICED, MeetingState.OPEN)
    if point.state in ENDED:
        raise RuleBroken(_("The point has ended. Ask for it to be taken up again."))
    if not ground.strip() or len(ground) > LONGEST_GROUND:
        raise RuleBroken(_("Say in a few sentences what may bar the member from the point."))
    if Disqualification.objects.filter(point=point, member=member).exists():
        raise RuleBroken(_("That has been declared already. The body rules on it."))
    made = Disqualification.objects.create(
        point=point, member=member, ground=ground.strip(), declared_at=at, declared_by=by
    )
    told(
        sitting, "approval.disqualification_declared", by=by, at=at,
        point=point.label, member=member, ground=keep_personal(ground.strip(), about=by),
    )  # fmt: skip
    return made


@transaction.atomic
def take_back_declaration(*, case: Case, meeting: str, point: int, by: Person, at: datetime) -> None:
    """Take back what one declared oneself, as long as the body has not ruled on it; the log keeps that it was declared.

    :raises RuleBroken: when there is nothing of one's own that waits for a ruling, or the point has ended
    """
    sitting = locked(case, meeting)
    must_be(sitting.run, MeetingState.NOTICED, MeetingState.OPEN)
    chosen = point_of(sitting.run, point)
    held = Disqualification.objects.filter(point=chosen, declared_by=by, ruling=Ruling.PENDING).first()
    if held is None or chosen.state in ENDED:
        raise RuleBroken(_("There is nothing of yours here that the body has still to rule on."))
    held.delete()
    told(sitting, "approval.disqualification_taken_back", by=by, at=at, point=chosen.label, member=held.member)


@transaction.atomic
def rule_on_disqualification(
    *,
    case: Case,
    meeting: str,
    version: int | None = None,
    point: int,
    member: str,
    barred: bool,
    words: str = "",
    by: Person | None,
    at: datetime,
) -> Disqualification:
    """Record what the body found: the member is barred from the point, or is not.

    The body may find otherwise as long as the point has not ended.

    :param words: what the body gave as its reason, for the minutes
    :raises RuleBroken: when nothing was declared, the meeting is not in progress, or the point has ended
    """
    sitting = locked(case, meeting, version)
    must_be(sitting.run, MeetingState.OPEN)
    chosen = point_of(sitting.run, point)
    if chosen.state in ENDED:
        raise RuleBroken(_("The point has ended. Ask for it to be taken up again."))
    held = Disqualification.objects.select_for_update().filter(point=chosen, member=member).first()
    if held is None:
        raise RuleBroken(_("Nothing was declared for this member on this point."))
    held.ruling = Ruling.BARRED if barred else Ruling.CLEARED
    held.ruling_text, held.ruled_at, held.ruled_by = words.strip()[:LONGEST_GROUND], at, by
    held.save(update_fields=["ruling", "ruling_text", "ruled_at", "ruled_by"])
    said = {"words": keep_personal(held.ruling_text, about=by)} if held.ruling_text else {}
    told(
        sitting, "approval.disqualification_ruled", by=by, at=at,
        point=chosen.label, member=member, ruling=held.ruling, **said,
    )  # fmt: skip
    return held
