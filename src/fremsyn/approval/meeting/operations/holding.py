"""Holding a meeting: opening and closing it, who takes part in what, taking the points one by one, notes for the minutes."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.approval.after.operations import keep_approved
from fremsyn.approval.meeting.attendance import TAKING_PART, present_at
from fremsyn.approval.meeting.ruling import must_be_ruled
from fremsyn.approval.meeting.seats import Place, places
from fremsyn.approval.meeting.state import Sitting, day_of, later, locked, must_be_open, point_of, told
from fremsyn.approval.models import (
    MeetingKind,
    MeetingRun,
    MeetingState,
    PointKind,
    PointRun,
    PointState,
    Presence,
    PresenceState,
    Voting,
    VotingOutcome,
)
from fremsyn.approval.states import ENDED, MEETING, POINT, next_state
from fremsyn.audit.personal import keep_personal
from fremsyn.cases.models import Case
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person

LONGEST_NOTE = 20_000
# What the one who leads the meeting does with a point. The rest of `states.POINT` comes of votings.
BY_HAND = frozenset({"take_up", "take_up_again", "conclude", "fall", "withdraw", "defer"})
WITH_REASON = frozenset({"take_up_again", "withdraw", "defer"})


@transaction.atomic
def open_meeting(
    *, case: Case, meeting: str, version: int | None = None, by: Person | None, at: datetime
) -> MeetingRun:
    """Open a meeting that was called.

    :raises RuleBroken: when it was not called, or was opened before
    """
    sitting = locked(case, meeting, version)
    run = sitting.run
    run.state = next_state(MEETING, "open", run)
    run.opened_at = later(at, run.noticed_at)
    told(sitting, "approval.meeting_opened", "state", "opened_at", by=by, at=at)
    return run


@transaction.atomic
def close_meeting(
    *, case: Case, meeting: str, version: int | None = None, by: Person | None, at: datetime
) -> MeetingRun:
    """Close a meeting in which every point has ended. What it approved of the paper is kept, and holds from now on.

    :raises RuleBroken: when it is not in progress, or a point has not ended
    """
    sitting = locked(case, meeting, version)
    run = sitting.run
    run.state = next_state(MEETING, "close", run)
    left = [point.label for point in run.points.all() if point.state not in ENDED]
    if left:
        raise RuleBroken(
            _("These points have not ended: %(points)s. Deal with them, put them off or withdraw them.")
            % {"points": ", ".join(left)}
        )
    run.closed_at = later(at, run.opened_at, *(point.ended_at for point in run.points.all()))
    told(sitting, "approval.meeting_closed", "state", "closed_at", by=by, at=at)
    keep_approved(run=run, by=by, at=run.closed_at)
    return run


@transaction.atomic
def note_attendance(
    *,
    case: Case,
    meeting: str,
    version: int | None = None,
    point: int,
    states: Mapping[str, str],
    onwards: bool = False,
    by: Person | None,
    at: datetime,
) -> list[PointRun]:
    """Note how members take part in a point; members that are not named stay as they were.

    In writing it says who votes for a member, the alternate where the member is represented; a ballot that was given stands.

    :param states: how, by the member's id
    :param onwards: in all later points as well that have not ended
    :returns: the points for which something was noted
    :raises RuleBroken: when the meeting is not in progress, the point has ended, or nobody sits in a seat
    """
    sitting = locked(case, meeting, version)
    must_be_open(sitting.run)
    chosen = point_of(sitting.run, point)
    if chosen.state in ENDED:
        raise RuleBroken(_("The point has ended, so who took part in it stands."))
    _refuse_strangers(sitting, states, places(case, day_of(case, at)))
    rest = sitting.run.points.filter(position__gt=chosen.position).exclude(state__in=ENDED) if onwards else ()
    points = [chosen, *rest]
    in_writing = Voting.objects.filter(point__in=points, point__run__kind=MeetingKind.WRITTEN)
    voted = set(in_writing.values_list("point", "ballots__member"))
    changes = [
        Presence(point=each, member=member, state=state, noted_at=at, noted_by=by)
        for each in points
        for member, state in states.items()
        if (each.pk, member) not in voted
    ]
    Presence.objects.bulk_create(
        changes,
        update_conflicts=True,
        unique_fields=["point", "member"],
        update_fields=["state", "noted_at", "noted_by"],
    )
    labels = [each.label for each in points]
    told(sitting, "approval.attendance_noted", by=by, at=at, points=labels, states=dict(states))
    return points


def _refuse_strangers(sitting: Sitting, states: Mapping[str, str], seats: Mapping[str, Place]) -> None:
    members = {each.id: each for each in sitting.body.members}
    for member, state in states.items():
        if member not in members or state not in PresenceState.values:
            raise RuleBroken(_("The page was not read as it should. Load it again."))
        place = seats.get(member, Place())
        wanted = place.alternate if state == PresenceState.REPRESENTED else place.holder
        if state in TAKING_PART and wanted is None:
            words = (
                _("Nobody stands in for %(member)s now.")
                if state == PresenceState.REPRESENTED
                else _("Nobody holds the seat of %(member)s now.")
            )
            raise RuleBroken(words % {"member": members[member].role})


@transaction.atomic
def step_point(
    *,
    case: Case,
    meeting: str,
    version: int | None = None,
    point: int,
    step: str,
    why: str = "",
    by: Person | None,
    at: datetime,
) -> PointRun:
    """Lead a point to another state: take it up, conclude, let it fall, withdraw it, put it off, take it up again.

    :param step: one of `BY_HAND`
    :param why: asked for where a point is withdrawn, put off or taken up again
    :raises RuleBroken: when the meeting is not in progress, the point is not where the step begins, another one is being
        dealt with, or the reason is missing
    """
    sitting = locked(case, meeting, version)
    must_be_open(sitting.run)
    chosen = point_of(sitting.run, point)
    if step not in BY_HAND:
        raise RuleBroken(_("The page was not read as it should. Load it again."))
    before, after = chosen.state, next_state(POINT, step, chosen)
    _refuse_step(sitting, chosen, step, why, after)
    chosen.state = after
    if chosen.state == PointState.ON:
        chosen.began_at, chosen.ended_at = chosen.began_at or at, None
    elif chosen.state in ENDED:
        chosen.ended_at = later(at, chosen.began_at)
    chosen.why = why.strip() or chosen.why
    if before == PointState.VOTING:
        open_voting = Voting.objects.filter(point=chosen, closed_at=None)
        open_voting.update(closed_at=at, outcome=VotingOutcome.STRUCK, why=chosen.why)
    chosen.save(update_fields=["state", "began_at", "ended_at", "why"])
    said = {"why": keep_personal(why, about=by)} if why.strip() else {}
    told(
        sitting, "approval.point_stepped", by=by, at=at,
        point=chosen.label, step=step, before=before, state=chosen.state, **said,
    )  # fmt: skip
    return chosen


def _refuse_step(sitting: Sitting, chosen: PointRun, step: str, why: str, after: str) -> None:
    if step in WITH_REASON and not why.strip():
        raise RuleBroken(_("Say why; it stands in the minutes."))
    if step == "conclude" and chosen.kind == PointKind.DECISION:
        raise RuleBroken(_("A decision is voted on, put off, withdrawn, or falls. It can't be concluded without."))
    if step in ("conclude", "fall"):
        present = present_at(sitting.body, chosen)
        if step == "fall" and (chosen.kind != PointKind.DECISION or present.quorum.met):
            raise RuleBroken(_("Only a decision on which the board is not quorate falls for want of a quorum."))
        must_be_ruled(sitting.body, present)
    if after == PointState.ON:
        busy = sitting.run.points.filter(state__in=[PointState.ON, PointState.VOTING]).exclude(pk=chosen.pk).first()
        if busy:
            raise RuleBroken(_("Point %(point)s is being dealt with. End it first.") % {"point": busy.label})


@transaction.atomic
def write_note(
    *,
    case: Case,
    meeting: str,
    point: int,
    note: str,
    was: str | None = None,
    by: Person | None,
    at: datetime,
) -> PointRun:
    """Write what was said on a point, for the minutes.

    :param was: what stood there when the writer began; None to write whatever stands there
    :raises RuleBroken: when the meeting is not in progress, the note is too long, or somebody else wrote meanwhile
    """
    sitting = locked(case, meeting)
    if sitting.run.state not in (MeetingState.OPEN, MeetingState.CLOSED):
        must_be_open(sitting.run)
    chosen = point_of(sitting.run, point)
    if len(note) > LONGEST_NOTE:
        raise RuleBroken(_("The note is too long. Write at most 20,000 characters."))
    if was is not None and was != chosen.note:
        raise RuleBroken(
            _(
                "Somebody else wrote here while you did. Both stand below: put together what you need, and keep it again."
            )
        )
    if note != chosen.note:
        chosen.note = note
        chosen.save(update_fields=["note"])
        said = {"note": keep_personal(note, about=by)} if note else {}
        told(sitting, "approval.note_written", by=by, at=at, point=chosen.label, **said)
    return chosen
