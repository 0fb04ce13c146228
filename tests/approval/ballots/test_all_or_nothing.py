"""Vote, ballot and count with the first, second, third … call of the database failing: all or nothing."""

from __future__ import annotations

import pytest

from conftest import NOON
from failing import fail_at_each_call
from fremsyn.approval.ballots.checking import check_ballots
from fremsyn.approval.ballots.operations import (
    count_voting,
    demand_meeting,
    propose_amendment,
    vote_again,
    write_dissent,
)
from fremsyn.approval.models import Amendment, Ballot, Dissent, MeetingRun, PointRun, Told, Voting
from fremsyn.audit.models import Entry, PersonalValue
from fremsyn.audit.verification import verify

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TABLES = (Amendment, Ballot, Dissent, MeetingRun, PointRun, Told, Voting, Entry, PersonalValue)


def state():
    return [list(table.objects.order_by("pk").values()) for table in TABLES]


def failed_everywhere(operation):
    failures = fail_at_each_call(operation, state)
    assert failures > 5
    assert verify().ok
    assert check_ballots()[1] is None


def test_put_to_the_vote(room):
    room.point()
    failed_everywhere(room.put)


def test_cast_a_ballot(room):
    voting = room.put()
    failed_everywhere(lambda: room.cast(voting))


def test_count(room):
    voting = room.put()
    room.all_cast(voting, m1="for", m2="against")
    failed_everywhere(lambda: count_voting(voting=voting, by=None, at=NOON))


def test_count_an_amendment(room):
    text = {"da": "at sagen udsættes"}
    proposed = propose_amendment(point=room.point(), member="m5", text=text, by=None, at=NOON)
    voting = room.put(amendment=proposed)
    failed_everywhere(lambda: count_voting(voting=voting, by=None, at=NOON))


def test_hold_a_voting_again(room):
    voting = room.put()
    room.cast(voting)
    failed_everywhere(lambda: vote_again(point=voting.point, why="Forkert tryk", by=None, at=NOON))


def test_write_for_the_minutes(room):
    point, me = room.point(), room.board.people["m5"]
    failed_everywhere(lambda: write_dissent(point=point, member="m5", text="Uenig", by=me, at=NOON))


def test_stop_a_written_procedure(room):
    MeetingRun.objects.update(kind="written", deadline=NOON)
    room.put()
    run, me = MeetingRun.objects.get(), room.board.people["m5"]
    failed_everywhere(lambda: demand_meeting(run=run, member="m5", by=me, at=NOON))
