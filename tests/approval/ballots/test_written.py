"""The written procedure: votes until a deadline, stopped when any member asks for a meeting."""

from __future__ import annotations

import datetime

import pytest
from django.utils import translation

from approval.conftest import MEMBERS
from conftest import NOON
from fremsyn.approval.ballots.operations import begin_written, demand_meeting, end_written
from fremsyn.approval.meeting.operations.disqualifying import rule_on_disqualification
from fremsyn.approval.meeting.operations.holding import note_attendance
from fremsyn.approval.meeting.ruling import Unruled
from fremsyn.approval.minutes.content import content_of
from fremsyn.approval.minutes.operations.drafting import draft_minutes
from fremsyn.approval.models import (
    Ballot,
    MeetingRun,
    PointKind,
    PointRun,
    Presence,
    Ruling,
    Told,
    Voting,
)
from fremsyn.cases.models import Case
from fremsyn.core.errors import NotAllowed, RuleBroken

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
UNTIL = NOON + datetime.timedelta(days=7)
LATER = UNTIL + datetime.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def called(room):
    """A written procedure that has been called, with two points for decision and one for information."""
    Case.objects.update(shown_as_of=None)
    Presence.objects.all().delete()
    PointRun.objects.filter(position__gt=3).delete()
    PointRun.objects.filter(position=3).update(kind=PointKind.INFORMATION)
    MeetingRun.objects.update(kind="written", state="noticed", opened_at=None, deadline=UNTIL)
    return MeetingRun.objects.get()


@pytest.fixture
def begun(called):
    return begin_written(run=called, by=None, at=NOON)


def votings():
    return list(Voting.objects.order_by("point__position"))


def test_all_points_for_decision_are_put_to_the_vote_at_once(begun):
    assert begun.state == "open"
    assert list(PointRun.objects.values_list("state", flat=True)) == ["voting", "voting", "on"]


def test_it_begins_with_a_deadline_ahead(called):
    with pytest.raises(RuleBroken, match="deadline"):
        begin_written(run=called, by=None, at=UNTIL)


def test_whoever_votes_takes_part_and_it_is_counted_after_the_deadline(room, begun):
    for voting in votings():
        room.all_cast(voting, m1="for", m2="for", m3="against", m4="for")
    with pytest.raises(RuleBroken, match="deadline"):
        end_written(run=begun, by=None, at=UNTIL)
    run = end_written(run=begun, by=None, at=LATER)

    assert (run.state, run.closed_at) == ("closed", LATER)
    assert list(PointRun.objects.values_list("state", flat=True)) == ["adopted", "adopted", "noted"]
    assert [voting.count["represented"] for voting in votings()] == [4, 4]


def test_an_alternate_votes_where_the_member_is_noted_as_represented_and_a_ballot_that_was_given_stands(room, begun):
    stands_in = room.board.alternate("m2")
    first, second = votings()
    with pytest.raises(NotAllowed):
        room.cast(first, "m2", by=stands_in)
    room.cast(first, "m2", "against")
    secretary, run_page = room.board.client("secretary"), "/cases/kombit/board/meetings/second/run/"
    assert f"{run_page}#attendance" in secretary.get("/cases/kombit/board/votes/second/").content.decode()
    assert "Hvem der stemmer for pladsen" in secretary.get(run_page).content.decode()
    note_attendance(
        case=begun.case, meeting="second", point=first.point_id, states={"m2": "represented"}, onwards=True, by=None, at=NOON
    )  # fmt: skip
    screen = secretary.get(run_page).content.decode()
    assert ("beslutningsdygtig" in screen, screen.count("har stemt; 4 kræves"), "1 af 7 har stemt" in screen) == (
        False,
        1,
        False,
    )
    with pytest.raises(NotAllowed):
        room.cast(second, "m2")
    for voting in (first, second):
        for member in ("m3", "m4", "m5"):
            room.cast(voting, member)
    room.cast(second, "m2", by=stands_in)
    end_written(run=begun, by=None, at=LATER)
    first, second = votings()
    assert [(each.count["represented"], each.count["against"]) for each in (first, second)] == [(4, 1), (4, 0)]
    draft_minutes(case=begun.case, meeting="second", language="en", by=None, at=LATER)
    told = next(each for each in content_of(begun.minutes, whole=True).attendees if each.member == "m2")
    assert told.how == "voted; represented by the alternate at 4.2"


def test_it_is_counted_before_the_deadline_when_all_have_voted(room, begun):
    for voting in votings():
        room.all_cast(voting, **dict.fromkeys(MEMBERS, "for"))
    assert end_written(run=begun, by=None, at=NOON).state == "closed"


def test_too_few_votes_decide_nothing(room, begun):
    room.all_cast(votings()[0], m1="for", m2="for", m3="for")
    end_written(run=begun, by=None, at=LATER)
    assert [voting.outcome for voting in votings()] == ["fell", "fell"]


def test_a_ballot_after_the_deadline_is_refused_also_with_the_clock_set_back(room, begun):
    room.cast(votings()[0], "m1", at=UNTIL)
    with pytest.raises(RuleBroken, match="deadline"):
        room.cast(votings()[0], at=LATER)
    assert Ballot.objects.count() == 1
    room.put_clock(LATER)
    with pytest.raises(RuleBroken, match="deadline"):
        room.cast(votings()[0], at=NOON)


def test_any_member_asks_for_a_meeting_and_everything_stops_and_all_are_told(room, begun):
    room.cast(votings()[0])
    me = room.board.people["m7"]
    run = demand_meeting(run=begun, member="m7", by=me, at=NOON)

    assert run.state == "stopped"
    assert [voting.outcome for voting in votings()] == ["struck", "struck"]
    assert set(PointRun.objects.values_list("state", flat=True)) == {"deferred"}
    told = set(Told.objects.values_list("person__username", flat=True))
    assert told == {*MEMBERS, "owner", "facilitator"}
    with pytest.raises(RuleBroken):
        room.cast(votings()[1])
    with pytest.raises(RuleBroken):
        end_written(run=run, by=None, at=LATER)
    assert demand_meeting(run=run, member="m6", by=room.board.people["m6"], at=NOON).version == run.version
    assert Told.objects.count() == len(told)


def said_in(language, room, address):
    client = room.board.client("m2")
    client.cookies["fremsyn_language"] = language
    return client.get(address).content.decode()


def test_why_it_was_stopped_is_said_in_the_readers_language(room, begun):
    with translation.override("da"):
        demand_meeting(run=begun, member="m7", by=room.board.people["m7"], at=NOON)
    vote = "/cases/kombit/board/votes/second/1/"
    assert "A member asked for a meeting." in said_in("en", room, vote)
    assert "Et medlem har bedt om et møde." in said_in("da", room, vote)


def test_the_deadline_stands_for_the_day_of_the_meeting_in_the_minutes_and_the_process_bar(room, begun):
    meeting = "/cases/kombit/board/meetings/second/"
    assert "Reading 2, in writing until 4 December" in said_in("en", room, meeting)
    end_written(run=begun, by=None, at=LATER)
    of = {"case": begun.case, "meeting": "second", "by": room.board.secretary, "at": LATER}
    facts = dict(content_of(draft_minutes(language="en", **of), whole=True).facts)
    assert facts["Ballots until"] == "4 December 2026 13:00"
    assert {"Day", "Place", "In the chair"}.isdisjoint(facts)


def test_the_page_of_a_vote_says_until_when_and_leads_back_to_the_procedure(room, begun):
    page = said_in("en", room, "/cases/kombit/board/votes/second/1/")
    assert "4 December 2026 13:00" in page
    assert '<a href="/cases/kombit/board/votes/second/">Back to the procedure</a>' in page
    assert "Back to the meeting" not in page


def test_a_stopped_procedure_is_announced_no_more(room, begun):
    assert "in writing until" in said_in("en", room, "/cases/kombit/")
    demand_meeting(run=begun, member="m7", by=room.board.people["m7"], at=NOON)
    page = said_in("en", room, "/cases/kombit/")
    assert "in writing until" not in page
    assert "Reading 2" not in page


def test_a_meeting_in_a_room_is_no_written_procedure(room):
    for operation in (begin_written, end_written):
        with pytest.raises(RuleBroken, match="meeting"):
            operation(run=room.sitting.run, by=None, at=NOON)
    with pytest.raises(RuleBroken):
        demand_meeting(run=room.sitting.run, member="m7", by=room.board.people["m7"], at=NOON)


def test_a_written_procedure_is_not_counted_before_the_body_has_ruled(room, begun):
    point = PointRun.objects.get(position=2)
    made = room.sitting.disqualify(point, "m2", Ruling.PENDING)
    with pytest.raises(Unruled, match="Vice-chair"):
        end_written(run=begun, by=None, at=LATER)
    assert MeetingRun.objects.get().state == "open"
    screen = room.board.client("secretary").get("/cases/kombit/board/votes/second/").content.decode()
    assert f"?point={point.pk}#ruling" in screen

    of = {"case": begun.case, "meeting": "second", "by": room.board.secretary, "at": LATER}
    rule_on_disqualification(declared=made.pk, barred=True, **of)
    assert end_written(run=begun, by=None, at=LATER).state == "closed"
