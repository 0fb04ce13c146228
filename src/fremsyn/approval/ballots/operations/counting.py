"""Counting a voting: whether the body is quorate, what the ballots come to, and what that makes of the point."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.approval import counting
from fremsyn.approval.ballots.held import held_voting, touch, voters
from fremsyn.approval.ballots.operations.putting import named
from fremsyn.approval.meeting.attendance import Attendance, present_at
from fremsyn.approval.meeting.ruling import must_be_ruled
from fremsyn.approval.meeting.state import body_of
from fremsyn.approval.models import AmendmentState, Voting, VotingOutcome
from fremsyn.approval.schema import Body
from fremsyn.approval.states import POINT, next_state
from fremsyn.audit.operations import record
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person

STEPS = {VotingOutcome.ADOPTED: "adopt", VotingOutcome.REJECTED: "reject", VotingOutcome.FELL: "fall"}


@transaction.atomic
def count_voting(*, voting: Voting, override: str = "", by: Person | None, at: datetime) -> Voting:
    """Close a voting and count it; the voting keeps the sum.

    Where the body is not quorate the point falls and nothing is decided, unless there is a written reason to decide
    all the same, which the minutes show. After a voting on an amendment the point itself is dealt with on.

    :raises RuleBroken: when it has been counted or stopped already
    :raises Unruled: when the body has still to rule on a disqualification at the point
    """
    voting = held_voting(voting)
    point = voting.point
    if voting.closed_at:
        raise RuleBroken(_("The voting has been counted or stopped already. Look at the point again."))
    body = body_of(point.run.case)
    present = present_at(body, point)
    must_be_ruled(body, present)
    voting.count = summed(voting, body, present)
    fell = not voting.count["met"] and not override.strip()
    decided = VotingOutcome.ADOPTED if voting.count["adopted"] else VotingOutcome.REJECTED
    voting.outcome, voting.closed_at = VotingOutcome.FELL if fell else decided, at
    voting.override = "" if voting.count["met"] else override.strip()
    point.state = next_state(POINT, "go_on" if voting.amendment and not fell else STEPS[voting.outcome], point)
    point.ended_at = None if voting.amendment and not fell else at
    if voting.amendment and not fell:
        voting.amendment.state = AmendmentState(voting.outcome.value)
        voting.amendment.save(update_fields=["state"])
    voting.save(update_fields=["count", "outcome", "closed_at", "override"])
    point.save(update_fields=["state", "ended_at"])
    touch(point.run)
    said: dict[str, Any] = {"voting": voting.number, "outcome": voting.outcome.value, "count": voting.count}
    if voting.override:
        said["override"] = True
    record(
        "approval.voting_counted",
        case=point.run.case,
        by=by,
        at=at,
        **named(point),
        majority=body.majority.rule,
        **said,
    )
    return voting


def summed(voting: Voting, body: Body, present: Attendance) -> dict[str, Any]:
    """Return the whole sum of a voting: the quorum's numbers, who took part and who was barred, and the count.

    Members who have given a ballot take part by that, also where they have left since or it is a written procedure;
    the ballot of somebody who was disqualified afterwards is set aside, also where their alternate sits there now.
    """
    given = list(voting.ballots.select_related("cast_by"))
    ballots = {each.member: each.value for each in given if not present.shuts_out(each.member, each.cast_by)}
    entitled = ((present.taking_part | set(ballots)) & voters(body)) - present.barred
    quorum = counting.quorum(body, barred=present.barred, taking_part=present.taking_part | set(ballots))
    came = asdict(counting.count(body, ballots, entitled=entitled))
    return {
        **asdict(quorum),
        "met": quorum.met,
        "for": came.pop("votes_for"),
        **came,
        "members": [each.id for each in body.members if each.id in entitled],
        "barred_members": [each.id for each in body.members if each.votes and each.id in present.barred],
        "set_aside": sorted(each.member for each in given if each.member not in ballots or each.member not in entitled),
    }
