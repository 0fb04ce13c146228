"""The written procedure: all points are voted on at once until a deadline, unless a member asks for a meeting."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.approval.after.operations import keep_approved
from fremsyn.approval.ballots.held import must_be_open, touch, voters
from fremsyn.approval.ballots.operations.counting import count_voting
from fremsyn.approval.ballots.operations.putting import put_to_vote, strike
from fremsyn.approval.meeting.attendance import attendance, present_at
from fremsyn.approval.meeting.mail import DEMANDED
from fremsyn.approval.meeting.ruling import must_be_ruled
from fremsyn.approval.meeting.seats import places, seated_people
from fremsyn.approval.meeting.state import body_of, day_of, moment_of
from fremsyn.approval.models import MeetingKind, MeetingRun, MeetingState, PointKind, PointState, Voting
from fremsyn.approval.states import MEETING, POINT, next_state
from fremsyn.audit.operations import record
from fremsyn.cases.rights import Right
from fremsyn.cases.telling import people_with, tell
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person


@transaction.atomic
def begin_written(*, run: MeetingRun, by: Person | None, at: datetime) -> MeetingRun:
    """Begin a written procedure that has been called: every point for decision is put to the vote at once.

    :raises RuleBroken: when it has not been called, is none, or has no deadline ahead
    """
    run = _held(run)
    state = next_state(MEETING, "open", run)
    if run.deadline is None or run.deadline <= moment_of(run.case, at):
        raise RuleBroken(_("A written procedure needs a deadline that lies ahead."))
    run.state, run.opened_at = state, at
    run.save(update_fields=["state", "opened_at"])
    record("approval.written_begun", case=run.case, by=by, at=at, meeting=run.meeting, deadline=run.deadline)
    for point in run.points.exclude(state=PointState.WITHDRAWN):
        point.state, point.began_at = next_state(POINT, "take_up", point), at
        point.save(update_fields=["state", "began_at"])
        if point.kind == PointKind.DECISION:
            put_to_vote(point=point, by=by, at=at)
    run.refresh_from_db()
    return run


@transaction.atomic
def demand_meeting(*, run: MeetingRun, member: str, by: Person, at: datetime) -> MeetingRun:
    """Stop a written procedure because a member asks for a meeting: nothing is decided, and everybody is told.

    Asked again, or by another, it changes nothing.

    :raises RuleBroken: when it is over or none
    """
    run = _held(run)
    if run.state == MeetingState.STOPPED:
        return run
    state = next_state(MEETING, "stop", run)
    if member not in {each.id for each in body_of(run.case).members}:
        raise RuleBroken(_("Only a member of the board can ask for a meeting."))
    for point in run.points.exclude(state=PointState.WITHDRAWN):
        if strike(point, why="", at=at):
            point.state = next_state(POINT, "go_on", point)
        if point.state in (PointState.ON, PointState.WAITING):
            point.state, point.ended_at = next_state(POINT, "defer", point), at
            point.save(update_fields=["state", "ended_at"])
    run.state = state
    run.save(update_fields=["state"])
    touch(run)
    record("approval.meeting_demanded", case=run.case, by=by, at=at, meeting=run.meeting, member=member)
    _tell(run, at)
    return run


@transaction.atomic
def end_written(*, run: MeetingRun, by: Person | None, at: datetime) -> MeetingRun:
    """Count every voting of a written procedure and close it, after its deadline or when all have voted.

    :raises RuleBroken: before that, or when it is over or none
    :raises Unruled: when the body has still to rule on a disqualification
    """
    run = _held(run)
    must_be_open(run)
    if run.deadline and moment_of(run.case, at) <= run.deadline and waited_for(run):
        raise RuleBroken(_("The deadline has not passed, and not everybody has voted."))
    body = body_of(run.case)
    for point in run.points.all():
        voting = point.votings.filter(closed_at=None).first()
        if voting:
            count_voting(voting=voting, by=by, at=at)
        elif point.state == PointState.ON:
            must_be_ruled(body, present_at(body, point))
            point.state, point.ended_at = next_state(POINT, "conclude", point), at
            point.save(update_fields=["state", "ended_at"])
    run.refresh_from_db()
    run.state, run.closed_at = next_state(MEETING, "close", run), at
    run.save(update_fields=["state", "closed_at"])
    touch(run)
    record("approval.written_ended", case=run.case, by=by, at=at, meeting=run.meeting)
    keep_approved(run=run, by=by, at=at)
    return run


def waited_for(run: MeetingRun) -> frozenset[str]:
    """Return the members who may vote in a voting that is open and have not."""
    body, missing = body_of(run.case), set[str]()
    votings = list(Voting.objects.filter(point__run=run, closed_at=None).select_related("point__run"))
    present = attendance(body, [each.point for each in votings], places(run.case, run.case.as_of))
    for voting in votings:
        given = set(voting.ballots.values_list("member", flat=True))
        missing |= voters(body) - present[voting.point_id].barred - given
    return frozenset(missing)


def _held(run: MeetingRun) -> MeetingRun:
    """Return a written procedure held still until the transaction is over.

    :raises RuleBroken: for a meeting in a room
    """
    now = MeetingRun.objects.select_for_update().select_related("case").get(pk=run.pk)
    if now.kind != MeetingKind.WRITTEN:
        raise RuleBroken(_("This is a meeting, not a written procedure."))
    return now


def _tell(run: MeetingRun, at: datetime) -> None:
    """Note for everybody with a seat, and for the secretary, that the procedure was stopped."""
    everybody = {
        each.pk: each
        for each in (*seated_people(run.case, day_of(run.case, at)), *people_with(run.case, Right.SERVE, at))
    }
    about = f"{run.meeting}@{run.version}"
    tell(case=run.case, people=list(everybody.values()), event=DEMANDED, about=about, at=at)
