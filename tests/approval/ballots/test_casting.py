"""The one door for ballots: who may vote, what a ballot is answered with, and that it stands."""

from __future__ import annotations

import datetime

import pytest
from django.utils import translation

from conftest import NOON
from fremsyn.approval.ballots.operations import cast_ballot, count_voting
from fremsyn.approval.models import (
    Ballot,
    MeetingRun,
    Presence,
    PresenceState,
    Ruling,
    Seat,
    Voting,
)
from fremsyn.audit.models import Entry
from fremsyn.audit.verification import verify
from fremsyn.cases.models import Membership
from fremsyn.core.errors import NotAllowed, RuleBroken
from fremsyn.people.models import Person
from fremsyn.people.roles import Role

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def voting(room):
    return room.put()


def test_a_ballot_is_there_when_its_receipt_is_and_knows_its_line_in_the_log(room, voting):
    receipt = room.cast(voting, "m2", "against")

    ballot = Ballot.objects.get(voting=voting)
    assert (ballot.member, ballot.value, ballot.cast_by) == ("m2", "against", room.board.people["m2"])
    assert (ballot.receipt, ballot.entry) == (receipt.code, receipt.entry)
    entry = Entry.objects.get(sequence=ballot.entry)
    said = {
        "meeting": "second",
        "point": 1,
        "voting": 1,
        "member": "m2",
        "value": "against",
        "receipt": receipt.code,
    }
    assert (entry.event, entry.facts(), entry.at) == ("approval.ballot_cast", said, ballot.cast_at)


def test_the_same_ballot_again_gets_the_same_receipt_and_another_value_is_refused(room, voting):
    first = room.cast(voting, value="for")

    assert room.cast(voting, value="for") == first
    with pytest.raises(RuleBroken, match="held again"):
        room.cast(voting, value="against")
    assert [each.value for each in voting.ballots.all()] == ["for"]


def test_a_ballot_sent_again_after_the_count_gets_its_receipt(room, voting):
    first = room.cast(voting)
    count_voting(voting=voting, by=None, at=NOON)

    assert room.cast(voting) == first
    with pytest.raises(RuleBroken, match="over"):
        room.cast(voting, "m3")


def test_nobody_votes_for_another(room, voting):
    for stranger in (room.board.people["m3"], room.board.secretary):
        with pytest.raises(NotAllowed):
            room.cast(voting, "m2", by=stranger)
    assert not Ballot.objects.exists()


def test_a_receipt_is_told_to_nobody_else(room, voting):
    room.cast(voting, "m2")
    with pytest.raises(NotAllowed):
        room.cast(voting, "m2", by=room.board.people["m3"])


@pytest.fixture
def stand_in(room):
    person = Person.objects.create(username="stand-in", name="Stedfortræder", joined_at=NOON)
    Membership.objects.create(case=room.board.case, person=person, role=Role.BOARD)
    Seat.objects.create(case=room.board.case, member="m2", alternate=True, person=person, since=NOON.date())
    return person


def test_an_alternate_votes_where_the_member_is_represented_and_only_there(room, voting, stand_in):
    with pytest.raises(NotAllowed):
        room.cast(voting, "m2", by=stand_in)
    Presence.objects.filter(point=voting.point, member="m2").update(state=PresenceState.REPRESENTED)

    assert room.cast(voting, "m2", by=stand_in).member == "m2"
    assert Ballot.objects.get().cast_by == stand_in


def test_whoever_is_represented_does_not_vote_too(room, voting, stand_in):
    Presence.objects.filter(point=voting.point, member="m2").update(state=PresenceState.REPRESENTED)
    with pytest.raises(NotAllowed):
        room.cast(voting, "m2")


def test_an_absent_member_has_no_vote_and_is_told_whom_to_ask(room, voting):
    Presence.objects.filter(point=voting.point, member="m2").delete()
    with pytest.raises(RuleBroken, match="secretary"):
        room.cast(voting)


@pytest.mark.parametrize(
    ("barred_from", "ruling", "may"),
    [
        ("declared", Ruling.PENDING, False),
        ("ruled", Ruling.PENDING, True),
        ("declared", Ruling.BARRED, False),
        ("ruled", Ruling.BARRED, False),
        ("declared", Ruling.CLEARED, True),
    ],
)
def test_a_disqualified_member_has_no_vote_from_when_the_body_says(room, rules, voting, barred_from, ruling, may):
    rules(room.board.case, barred_from=barred_from)
    room.sitting.disqualify(voting.point, "m2", ruling)
    if may:
        assert room.cast(voting).value == "for"
    else:
        with pytest.raises(RuleBroken, match="disqualified"):
            room.cast(voting)


@pytest.mark.parametrize("value", ["", "FOR", "yes", "inhabil"])
def test_a_value_that_is_none_is_refused(room, voting, value):
    with pytest.raises(RuleBroken):
        room.cast(voting, value=value)
    assert not Ballot.objects.exists()


def test_a_member_whose_term_ends_in_the_middle_votes_no_more(room, voting):
    Seat.objects.filter(member="m2").update(until=NOON.date() - datetime.timedelta(days=1))
    with pytest.raises(NotAllowed):
        room.cast(voting)


def test_a_meeting_that_is_over_takes_no_ballot(room, voting):
    MeetingRun.objects.update(state="closed", closed_at=NOON)
    with pytest.raises(RuleBroken, match="Held"):
        room.cast(voting)


def test_a_clock_set_back_changes_no_order(room, voting):
    """Security case 20: the log's times never decrease, and a ballot has its line's time."""
    early = NOON - datetime.timedelta(hours=5)
    first, second = room.cast(voting, "m2"), room.cast(voting, "m3", at=early)

    entries = Entry.objects.filter(sequence__in=[first.entry, second.entry]).order_by("sequence")
    assert [entry.at for entry in entries] == [NOON, NOON]
    assert entries[1].facts()["said_at"] == "2026-11-27T07:00:00.000000Z"
    assert {ballot.cast_at for ballot in Ballot.objects.all()} == {NOON}
    assert verify().ok


def test_every_ballot_lets_the_pages_of_the_meeting_know(room, voting):
    before = MeetingRun.objects.get().version
    room.cast(voting)
    room.cast(voting)
    assert MeetingRun.objects.get().version == before + 1


def test_no_two_ballots_have_one_receipt(room):
    codes = {room.cast(room.put(number), member).code for number in (1, 2) for member in ("m2",)}
    assert len(codes) == Voting.objects.count() == 2


def test_a_stranger_to_the_body_casts_nothing(room, voting):
    with pytest.raises(NotAllowed):
        cast_ballot(voting=voting, member="m9", value="for", by=room.board.people["m2"], at=NOON)
