"""What may bar somebody who sits in the body from a point: declared by them or noted for the body, which rules on it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.approval.meeting.ruling import may_take_back
from fremsyn.approval.meeting.seats import seat_of
from fremsyn.approval.meeting.state import Sitting, day_of, locked, must_be, point_of, told
from fremsyn.approval.models import Disqualification, MeetingState, PointRun, Ruling, Seat
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
    """Declare, as a member or an alternate, that something may bar one from a point; before the meeting or at the point.

    :raises RuleBroken: when one has no seat, no ground is given, it was declared before, or the point has ended
    """
    seat = seat_of(case, by, day_of(case, at))
    if seat is None:
        raise RuleBroken(_("You have no seat on the board now."))
    sitting = locked(case, meeting)
    return _declare(sitting, point_of(sitting.run, point), seat, ground, by=by, at=at)


@transaction.atomic
def note_disqualification(
    *,
    case: Case,
    meeting: str,
    version: int | None = None,
    point: int,
    person: UUID,
    ground: str,
    by: Person | None,
    at: datetime,
) -> Disqualification:
    """Note, for the body, that something may bar a member or an alternate from a point.

    :param person: who sits in the body, by key
    :raises RuleBroken: for somebody who has no seat, without a ground, when it was noted before, or the point has ended
    """
    sitting = locked(case, meeting, version)
    who = Person.objects.filter(pk=person).first()
    seat = seat_of(case, who, day_of(case, at)) if who else None
    if seat is None:
        raise RuleBroken(_("Whoever was chosen has no seat on the board now. Load the page again."))
    return _declare(sitting, point_of(sitting.run, point), seat, ground, by=by, at=at)


def _declare(
    sitting: Sitting, point: PointRun, seat: Seat, ground: str, *, by: Person | None, at: datetime
) -> Disqualification:
    must_be(sitting.run, MeetingState.NOTICED, MeetingState.OPEN)
    if point.state in ENDED:
        raise RuleBroken(_("The point has ended. Ask for it to be taken up again."))
    if not ground.strip() or len(ground) > LONGEST_GROUND:
        raise RuleBroken(_("Say in a few sentences what the disqualification may be."))
    if any(each.is_of(seat.person_id, seat.member) for each in Disqualification.objects.filter(point=point)):
        raise RuleBroken(_("That has been declared already. The board rules on it."))
    who = {"member": seat.member, "alternate": seat.alternate}
    made = Disqualification.objects.create(
        point=point, person_id=seat.person_id, **who, ground=ground.strip(), declared_at=at, declared_by=by
    )
    told(
        sitting, "approval.disqualification_declared", by=by, at=at,
        point=point.label, **who, ground=keep_personal(ground.strip(), about=by),
    )  # fmt: skip
    return made


@transaction.atomic
def take_back_declaration(*, case: Case, meeting: str, declared: int, by: Person, at: datetime) -> None:
    """Take back what one declared oneself, as long as the body has not ruled on it; the log keeps that it was declared.

    :raises RuleBroken: when there is nothing of one's own that waits for a ruling, or the point has ended
    """
    sitting = locked(case, meeting)
    must_be(sitting.run, MeetingState.NOTICED, MeetingState.OPEN)
    held = _found(sitting, declared)
    if held is None or not may_take_back(held, by, held.point):
        raise RuleBroken(_("There is nothing of yours here that the board has still to rule on."))
    chosen = held.point
    held.delete()
    who = {"member": held.member, "alternate": held.alternate}
    told(sitting, "approval.disqualification_taken_back", by=by, at=at, point=chosen.label, **who)


@transaction.atomic
def rule_on_disqualification(
    *,
    case: Case,
    meeting: str,
    version: int | None = None,
    declared: int,
    barred: bool,
    words: str = "",
    by: Person | None,
    at: datetime,
) -> Disqualification:
    """Record what the body found: the member or alternate is barred from the point, or is not.

    The body may find otherwise as long as the point has not ended.

    :param declared: the key of what was declared or noted
    :param words: what the body gave as its reason, for the minutes
    :raises RuleBroken: when nothing was declared, the meeting is not in progress, or the point has ended
    """
    sitting = locked(case, meeting, version)
    must_be(sitting.run, MeetingState.OPEN)
    held = _found(sitting, declared)
    if held is None:
        raise RuleBroken(_("What you rule on was taken back, or was never declared. Load the page again."))
    if held.point.state in ENDED:
        raise RuleBroken(_("The point has ended. Ask for it to be taken up again."))
    held.ruling = Ruling.BARRED if barred else Ruling.CLEARED
    held.ruling_text, held.ruled_at, held.ruled_by = words.strip()[:LONGEST_GROUND], at, by
    held.save(update_fields=["ruling", "ruling_text", "ruled_at", "ruled_by"])
    said = {"words": keep_personal(held.ruling_text, about=by)} if held.ruling_text else {}
    told(
        sitting, "approval.disqualification_ruled", by=by, at=at,
        point=held.point.label, member=held.member, alternate=held.alternate, ruling=held.ruling, **said,
    )  # fmt: skip
    return held


def _found(sitting: Sitting, declared: int) -> Disqualification | None:
    """Return what was declared at a point of the meeting, which is held still."""
    return Disqualification.objects.filter(point__run=sitting.run, pk=declared).select_related("point").first()
