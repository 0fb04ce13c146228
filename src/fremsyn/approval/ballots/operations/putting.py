"""Putting a point or an amendment to the vote, and holding a voting again."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.approval.ballots.held import held_point, must_be_open, touch
from fremsyn.approval.models import (
    Amendment,
    AmendmentState,
    PointKind,
    PointRun,
    PointState,
    Voting,
    VotingOutcome,
)
from fremsyn.approval.states import POINT, next_state
from fremsyn.audit.leaves import canonical
from fremsyn.audit.operations import record
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person

DECIDED = (AmendmentState.ADOPTED, AmendmentState.REJECTED)


def named(point: PointRun) -> dict[str, Any]:
    """Return what the log calls a point by."""
    return {"meeting": point.run.meeting, "point": point.position}


def words_of(point: PointRun) -> Any:
    """Return the words of a point as they stand: as it was sent out, or as the latest amendment adopted has them."""
    adopted = point.votings.filter(outcome=VotingOutcome.ADOPTED, amendment__state=AmendmentState.ADOPTED)
    latest = adopted.select_related("amendment").order_by("number").last()
    return latest.amendment.text if latest and latest.amendment else point.text


@transaction.atomic
def put_to_vote(*, point: PointRun, amendment: Amendment | None = None, by: Person | None, at: datetime) -> Voting:
    """Put a point that is being dealt with, or an amendment to it, to the vote in the very words it has now.

    :raises RuleBroken: when the point is not for decision or not being dealt with, the meeting is not in progress, the
        amendment has been dealt with, or the point waits for one that has not
    """
    point = held_point(point)
    must_be_open(point.run)
    if point.kind != PointKind.DECISION:
        raise RuleBroken(_("Only a point for decision can be voted on. This one is for discussion or information."))
    state = next_state(POINT, "put", point)
    waiting = point.amendments.filter(state=AmendmentState.PROPOSED).order_by("number")
    if amendment and not waiting.filter(pk=amendment.pk).exists():
        raise RuleBroken(_("The amendment has been voted on or withdrawn. Look at the point again."))
    if not amendment and (first := waiting.first()):
        raise RuleBroken(
            _("Amendment %(n)d has not been dealt with. It is voted on before the point, or withdrawn by its proposer.")
            % {"n": first.number}
        )
    before = point.votings.count()
    voting = Voting.objects.create(
        point=point,
        number=before + 1,
        text=amendment.text if amendment else words_of(point),
        amendment=amendment,
        why=point.why if before else "",
        opened_at=at,
    )
    _move(point, state)
    said: dict[str, Any] = {"words": hashlib.sha256(canonical(voting.text).encode()).hexdigest()}
    if amendment:
        said["amendment"] = amendment.number
    record("approval.put_to_vote", case=point.run.case, by=by, at=at, voting=voting.number, **named(point), **said)
    return voting


def strike(point: PointRun, *, why: str, at: datetime) -> Voting | None:
    """Stop the voting that is open on a point, if one is; its ballots stay. The point itself is left as it stands.

    A part of other operations, such as withdrawing the point: they hold the meeting and write the log.
    """
    voting = point.votings.filter(closed_at=None).first()
    if voting:
        voting.closed_at, voting.outcome, voting.why = at, VotingOutcome.STRUCK, why
        voting.save(update_fields=["closed_at", "outcome", "why"])
    return voting


@transaction.atomic
def vote_again(*, point: PointRun, why: str, by: Person | None, at: datetime) -> PointRun:
    """Take a point up for another voting: an open voting is stopped, a decision taken up again. Old ballots stay.

    :param why: the reason, which the minutes show
    :raises RuleBroken: without a reason, when the meeting is over, or when nothing has been voted on
    """
    point = held_point(point)
    must_be_open(point.run)
    if not why.strip():
        raise RuleBroken(_("Write why it is to be voted on again. The reason stands in the minutes."))
    latest = point.votings.select_related("amendment").last()
    if latest is None:
        raise RuleBroken(_("Nothing has been voted on at this point yet."))
    if point.state == PointState.VOTING:
        strike(point, why=why.strip(), at=at)
        state = next_state(POINT, "go_on", point)
    elif latest.amendment and latest.amendment.state in DECIDED and point.state == PointState.ON:
        latest.amendment.state = AmendmentState.PROPOSED
        latest.amendment.save(update_fields=["state"])
        state = PointState.ON
    else:
        state = next_state(POINT, "take_up_again", point)
    point.why, point.ended_at = why.strip(), None
    _move(point, state, "why", "ended_at")
    record("approval.voting_again", case=point.run.case, by=by, at=at, voting=latest.number, **named(point))
    return point


def _move(point: PointRun, state: str, *fields: str) -> None:
    point.state = state
    point.save(update_fields=["state", *fields])
    touch(point.run)
