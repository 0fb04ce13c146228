"""The one door for ballots."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.approval.ballots.held import held_voting, must_be_open, touch, voters
from fremsyn.approval.ballots.operations.putting import named
from fremsyn.approval.meeting.attendance import Attendance, present_at
from fremsyn.approval.meeting.seats import seat_of
from fremsyn.approval.meeting.state import body_of, day_of, moment_of
from fremsyn.approval.models import Ballot, BallotValue, MeetingKind, PresenceState, Seat, Voting
from fremsyn.approval.schema import Body
from fremsyn.audit.operations import record
from fremsyn.core.errors import NotAllowed, RuleBroken
from fremsyn.people.models import Person

RECEIPT_BYTES = 16
CAST = "approval.ballot_cast"


@dataclass(frozen=True)
class Receipt:
    """What a ballot is answered with: what is kept, a code that no other ballot has, and its line in the log."""

    code: str
    member: str
    value: str
    entry: int


def receipt_of(ballot: Ballot) -> Receipt:
    """Return the receipt that a ballot was answered with."""
    return Receipt(ballot.receipt, ballot.member, ballot.value, ballot.entry)


def cast_ballot(*, voting: Voting, member: str, value: str, by: Person, at: datetime) -> Receipt:
    """Keep a member's ballot and return its receipt when it has been committed, not before.

    A ballot stands: sent again it gets the same receipt, even after the count. Its line in the log is written in the
    same transaction.

    :param value: for, against or abstain
    :param by: the holder of the member's seat, or the alternate where the member is represented
    :raises NotAllowed: when `by` does not act for the member
    :raises RuleBroken: when the member has no vote here or has given another one, or the voting is over
    """
    with transaction.atomic(durable=True):
        voting = held_voting(voting)
        body = body_of(voting.point.run.case)
        present = present_at(body, voting.point)
        _refuse_stranger(voting, member, present, by, at)
        known = voting.ballots.filter(member=member).first()
        if known and known.cast_by_id != by.pk:
            raise RuleBroken(
                _("A ballot was given for this seat before you sat in it. Ask the chair to have the voting held again.")
            )
        if known and known.value == value:
            return receipt_of(known)
        if known:
            raise RuleBroken(
                _("You have voted, and a ballot stands. Ask the chair to have the voting held again, and say why.")
            )
        _refuse_unless_entitled(voting, member, body, present)
        if value not in BallotValue.values:
            raise RuleBroken(_("Choose for, against or abstain."))
        ballot = _kept(voting, member, value, by, at)
    return receipt_of(ballot)


def _refuse_stranger(voting: Voting, member: str, present: Attendance, by: Person, at: datetime) -> None:
    """Refuse somebody who does not act for the member, now, at this point.

    :raises NotAllowed: in that case
    """
    case = voting.point.run.case
    if not acts(seat_of(case, by, day_of(case, at)), member, present):
        raise NotAllowed(
            _("You don't hold this seat. An alternate votes only where the member is represented at the point.")
        )


def acts(seat: Seat | None, member: str, present: Attendance) -> bool:
    """Tell whether a seat gives the right to act for a member: its alternate's where the member is represented."""
    represented = present.states.get(member) == PresenceState.REPRESENTED
    return seat is not None and seat.member == member and seat.alternate == represented


def _refuse_unless_entitled(voting: Voting, member: str, body: Body, present: Attendance) -> None:
    """Refuse a ballot of somebody who has no vote here, or after the voting.

    :raises RuleBroken: in that case
    """
    must_be_open(voting.point.run)
    if voting.closed_at:
        raise RuleBroken(_("The voting is over. Your ballot was not counted."))
    if member not in voters(body):
        raise RuleBroken(_("This member has no vote on the board."))
    if member in present.barred:
        raise RuleBroken(_("You are disqualified on this point and take no part in it."))
    if voting.point.run.kind == MeetingKind.MEETING and member not in present.taking_part:
        raise RuleBroken(_("You are noted as absent on this point. Ask the secretary to note that you are here."))


def _kept(voting: Voting, member: str, value: str, by: Person, at: datetime) -> Ballot:
    code = secrets.token_urlsafe(RECEIPT_BYTES)
    run = voting.point.run
    said: dict[str, Any] = {"voting": voting.number, "member": member, "value": value, "receipt": code}
    entry = record(CAST, case=run.case, by=by, at=at, **named(voting.point), **said)
    # The log's time never goes back, whatever the clock says; the deadline is held against it.
    if run.deadline and moment_of(run.case, entry.at) > run.deadline:
        raise RuleBroken(_("The deadline has passed. Your ballot was not counted."))
    ballot = Ballot(
        voting=voting, member=member, value=value, receipt=code, entry=entry.sequence, cast_at=entry.at, cast_by=by
    )
    ballot.save(force_insert=True)
    touch(run)
    return ballot
