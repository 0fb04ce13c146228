"""Calling a meeting: the notice with its agenda and frozen material, what comes late, moving it, calling it off."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.approval.handover import load
from fremsyn.approval.meeting.agenda import make_points
from fremsyn.approval.meeting.seats import places, seated_people
from fremsyn.approval.meeting.state import Sitting, body_of, day_of, end_of, locked, meeting_of, must_be, told
from fremsyn.approval.models import Material, MeetingKind, MeetingRun, MeetingState, PointKind, SealedPack
from fremsyn.approval.schema import Body, Meeting
from fremsyn.approval.states import MEETING, next_state
from fremsyn.audit.personal import keep_personal
from fremsyn.cases.editing.operations import change_thing
from fremsyn.cases.models import Case
from fremsyn.cases.telling import tell
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person

NOTICE, MOVED, CALLED_OFF, LATE = "notice", "moved", "called_off", "late_material"


@transaction.atomic
def send_notice(
    *,
    case: Case,
    meeting: str,
    pack: SealedPack,
    until: date | None = None,
    why: str = "",
    by: Person | None,
    at: datetime,
) -> MeetingRun:
    """Call a meeting: make its points in the words that stand on the agenda now, and freeze the pack as its material.

    Who is told stands in `Told`; the mail itself is sent by `mail.send_told`, when all this is kept.

    :param until: the last day on which votes are taken, where it is called as a written procedure
    :param why: why the members have fewer days than the rules of procedure ask for
    :raises RuleBroken: when it was called before, its day or the deadline has passed, nothing is on its agenda (in a
        written procedure: nothing to decide), nobody has a seat, or the notice is short and no reason is given
    """
    planned, body = meeting_of(case, meeting), body_of(case)
    run, _made = MeetingRun.objects.select_for_update().get_or_create(case=case, meeting=meeting)
    run.state = next_state(MEETING, "notice", run)
    if until:
        run.kind, run.deadline = MeetingKind.WRITTEN, end_of(case, until, at)
    given = _refuse_short(case, until or planned.date, body, why, at)
    points = make_points(run, load(case), planned)
    if not points:
        raise RuleBroken(_("Nothing is on the agenda. Write it before the meeting is called."))
    if until and not any(each.kind == PointKind.DECISION for each in points):
        raise RuleBroken(_("Nothing on the agenda is for decision, so there is nothing to vote on. Call a meeting."))
    if not places(case, day_of(case, at)):
        raise RuleBroken(_("Nobody has a seat on the board yet. Seat its members first."))
    run.noticed_at, run.why = at, why
    Material.objects.create(run=run, pack=pack, sent_at=at, sent_by=by)
    sitting = Sitting(case, planned, body, run)
    _tell(
        sitting, NOTICE, "state", "kind", "deadline", "noticed_at", "why",
        why=why, by=by, at=at, pack=pack.sha256, days=given, points=len(points), **({"until": str(until)} if until else {}),
    )  # fmt: skip
    return run


@transaction.atomic
def add_late_material(
    *, case: Case, meeting: str, version: int | None = None, pack: SealedPack, why: str, by: Person | None, at: datetime
) -> Material:
    """Add a pack that was sealed after the notice, marked as late, with the reason.

    :raises RuleBroken: when the meeting is not called or is over, no reason is given, or the members have this pack
    """
    sitting = locked(case, meeting, version)
    must_be(sitting.run, MeetingState.NOTICED, MeetingState.OPEN)
    if not why.strip():
        raise RuleBroken(_("Say why the material comes late; the members see it."))
    if sitting.run.material.filter(pack=pack).exists():
        raise RuleBroken(_("The members have this version already. Nothing has changed since it was sealed."))
    added = Material.objects.create(run=sitting.run, pack=pack, late=True, why=why, sent_at=at, sent_by=by)
    _tell(sitting, LATE, why=why, by=by, at=at, pack=pack.sha256)
    return added


@transaction.atomic
def move_meeting(
    *,
    case: Case,
    meeting: str,
    version: int | None = None,
    day: date,
    begins: str,
    ends: str,
    place: Any = None,
    why: str = "",
    by: Person | None,
    at: datetime,
) -> Meeting:
    """Give a meeting another day, time or place; whoever was told of it is told again.

    :param place: a text by language, or None
    :raises RuleBroken: when it has begun, the day has passed, the times are in no order, or the notice becomes short and
        no reason is given
    """
    planned, body = meeting_of(case, meeting), body_of(case)
    run = MeetingRun.objects.filter(case=case, meeting=meeting).first()
    sitting = locked(case, meeting, version) if run else None
    if sitting:
        must_be(sitting.run, MeetingState.NOTICED)
    if begins >= ends:
        raise RuleBroken(_("The meeting would end before it begins."))
    if day < day_of(case, at) or (sitting and day != planned.date):
        _refuse_short(case, day, body, why, at)
    values = {"date": day, "begins": begins, "ends": ends, "place": place}
    change_thing(
        case=case, key=f"approval/meetings/{meeting}", version=None, values=values, meaning=False, by=by, at=at
    )
    moved = meeting_of(case, meeting)
    if sitting and moved != planned:
        if why:
            sitting.run.why = why
        sitting = Sitting(case, moved, body, sitting.run)
        was = {"was": str(planned.date), "was_begins": planned.begins, "was_ends": planned.ends}
        _tell(sitting, MOVED, "why", why=why, by=by, at=at, to=str(day), begins=begins, ends=ends, **was)
    return moved


@transaction.atomic
def call_off(
    *, case: Case, meeting: str, version: int | None = None, why: str, by: Person | None, at: datetime
) -> MeetingRun:
    """Call a meeting off; whoever was told of it is told again.

    :raises RuleBroken: when it was never called, has begun, or no reason is given
    """
    sitting = locked(case, meeting, version)
    sitting.run.state = next_state(MEETING, "cancel", sitting.run)
    if not why.strip():
        raise RuleBroken(_("Say why the meeting is called off; the members see it."))
    sitting.run.why = why
    _tell(sitting, CALLED_OFF, "state", "why", why=why, by=by, at=at)
    return sitting.run


def _refuse_short(case: Case, day: date, body: Body, why: str, at: datetime) -> int:
    """Return how many days there are to a meeting, or to the deadline of a written procedure.

    :raises RuleBroken: when it lies behind, or there are fewer than asked for and no reason is given
    """
    given = (day - day_of(case, at)).days
    if given < 0:
        raise RuleBroken(_("The day has passed. Give the meeting another one first."))
    if given < body.notice_days and not why.strip():
        raise RuleBroken(
            _(
                "There are %(given)d days to it; the rules of procedure ask for %(asked)d. Say why the members get so few."
            )
            % {"given": given, "asked": body.notice_days}
        )
    return given


def _tell(sitting: Sitting, event: str, *fields: str, why: str, by: Person | None, at: datetime, **data: Any) -> None:
    """Write in the log what was done, and note everybody with a seat to be told of it."""
    said = {"why": keep_personal(why, about=by)} if why else {}
    told(sitting, f"approval.meeting_{event}", *fields, by=by, at=at, **data, **said)
    run = sitting.run
    about = f"{run.meeting}@{run.version}"
    people = seated_people(sitting.case, day_of(sitting.case, at))
    tell(case=sitting.case, people=people, event=f"meeting.{event}", about=about, at=at)
