"""From a point being dealt with to what was decided, and back."""

from __future__ import annotations

import pytest
from django.utils import translation

from conftest import NOON
from fremsyn.approval.ballots.operations import (
    count_voting,
    propose_amendment,
    put_to_vote,
    strike,
    vote_again,
    withdraw_amendment,
    write_dissent,
)
from fremsyn.approval.models import (
    Amendment,
    MeetingRun,
    Minutes,
    PointKind,
    PointRun,
    Presence,
    Voting,
)
from fremsyn.approval.record import board_record
from fremsyn.approval.verify import _board
from fremsyn.audit.models import Entry
from fremsyn.core.errors import RuleBroken

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
OTHER = {"da": "at sagen udsættes", "en": "that the matter is put off"}


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def counted(voting, **given):
    return count_voting(voting=voting, by=None, at=NOON, **given)


def standing(point):
    return PointRun.objects.get(pk=point.pk).state


# --- putting


def test_a_point_is_put_in_the_very_words_that_were_sent_out(room):
    voting = room.put()
    assert (voting.number, voting.text, voting.point.state) == (1, room.sitting.points[0].text, "voting")


def test_two_secretaries_at_once_open_one_voting(room):
    room.put()
    with pytest.raises(RuleBroken, match="quicker"):
        room.put()
    assert Voting.objects.count() == 1


def test_a_point_that_decides_nothing_is_not_voted_on(room):
    point = room.point()
    PointRun.objects.filter(pk=point.pk).update(kind=PointKind.DISCUSSION)
    with pytest.raises(RuleBroken, match="discussion"):
        room.put()


def test_nothing_is_voted_on_when_the_meeting_is_over(room):
    MeetingRun.objects.update(state="closed", closed_at=NOON)
    with pytest.raises(RuleBroken):
        room.put()


# --- counting


def test_the_whole_sum_is_kept(room):
    voting = room.put()
    room.all_cast(voting, m1="for", m2="for", m3="against", m4="abstain")

    voting = counted(voting)
    assert (voting.outcome, standing(voting.point)) == ("adopted", "adopted")
    assert voting.count == {
        "base": 7, "barred": 0, "represented": 7, "needed": 4, "met": True, "for": 2, "against": 1, "abstained": 1,
        "not_cast": 3, "adopted": True, "decided_by": "majority",
        "members": ["m1", "m2", "m3", "m4", "m5", "m6", "m7"], "barred_members": [], "set_aside": [],
    }  # fmt: skip
    entry = Entry.objects.get(event="approval.voting_counted")
    assert entry.facts()["count"] == voting.count


@pytest.mark.parametrize(("chair", "outcome"), [("for", "adopted"), ("against", "rejected"), ("abstain", "rejected")])
def test_on_a_tie_the_casting_vote_decides_if_it_is_cast(room, chair, outcome):
    voting = room.put()
    others = {
        "for": {"m2": "for", "m3": "against", "m4": "against"},
        "against": {"m2": "for", "m3": "against", "m4": "for"},
    }
    room.all_cast(voting, m1=chair, **others.get(chair, {"m2": "for", "m3": "against"}))
    assert counted(voting).outcome == outcome


def test_seven_members_one_disqualified_on_point_two_three_present_point_two_falls_and_point_three_goes_on(room):
    two, three = room.point(2), room.point(3)
    room.sitting.here(two, "m1", "m2", "m3", "m4")
    room.sitting.here(three, "m1", "m2", "m3", "m4")
    room.sitting.disqualify(two, "m4")
    for number, outcome in ((2, "fell"), (3, "adopted")):
        voting = room.put(number)
        room.all_cast(voting, m1="for", m2="for", m3="for")
        assert (counted(voting).outcome, standing(voting.point)) == (outcome, outcome)
    assert Voting.objects.get(point=two).count["represented"] == 3


def test_an_override_decides_without_a_quorum_and_its_reason_is_kept(room):
    room.sitting.here(room.point(), "m1", "m2")
    voting = room.put()
    room.all_cast(voting, m1="for")

    voting = counted(voting, override=" Alle har tiltrådt på skrift. ")
    assert (voting.outcome, voting.override) == ("adopted", "Alle har tiltrådt på skrift.")
    assert not voting.count["met"]


def test_an_override_that_was_not_needed_is_not_kept(room):
    assert counted(room.put(), override="For en sikkerheds skyld").override == ""


def test_a_voting_is_counted_once(room):
    voting = counted(room.put())
    with pytest.raises(RuleBroken):
        counted(voting)


def test_a_ballot_of_somebody_disqualified_afterwards_is_set_aside_and_stays(room):
    voting = room.put()
    room.all_cast(voting, m1="for", m2="against", m3="against")
    room.sitting.disqualify(voting.point, "m3")
    voting = counted(voting)
    assert (voting.count["set_aside"], voting.count["against"], voting.ballots.count()) == (["m3"], 1, 3)


def test_a_disqualified_members_ballot_is_set_aside_also_where_the_alternate_has_stepped_in(room):
    voting, stand_in = room.put(), room.board.alternate("m2")
    room.all_cast(voting, m1="for", m2="against", m3="for", m4="for")
    room.sitting.disqualify(voting.point, "m2")
    Presence.objects.filter(point=voting.point, member="m2").update(state="represented")
    for value in ("for", "against"):
        with pytest.raises(RuleBroken, match="held again"):
            room.cast(voting, "m2", value, by=stand_in)
    count = counted(voting).count
    assert (count["represented"], count["barred"], count["set_aside"]) == (7, 0, ["m2"])
    assert (count["for"], count["against"], count["not_cast"]) == (3, 0, 4)
    (kept,) = (each for each in board_record(room.board.case)["meetings"][0]["points"] if each["votings"])
    lines = {each["entry"]: each for each in kept["votings"][0]["ballots"]}
    _board({"meetings": [{"points": [kept]}]}, lines, {})

    vote_again(point=voting.point, why="Suppleanten er indtrådt", by=None, at=NOON)
    again = room.put()
    assert room.cast(again, "m2", "against", by=stand_in).value == "against"
    assert counted(again).count["against"] == 1


def test_a_disqualified_alternates_ballot_is_set_aside_also_where_the_member_is_back(room):
    stand_in = room.board.alternate("m2")
    Presence.objects.filter(member="m2").update(state="represented")
    voting = room.put()
    room.cast(voting, "m2", by=stand_in)
    Presence.objects.filter(member="m2").update(state="in")
    room.sitting.disqualify(voting.point, "m2-alternate")
    count = counted(voting).count
    assert (count["represented"], count["for"], count["set_aside"]) == (7, 0, ["m2"])


def test_whoever_voted_and_left_is_counted(room):
    voting = room.put()
    room.all_cast(voting, m1="for", m2="for", m3="for", m4="for")
    room.sitting.here(voting.point, "m1", "m2")
    assert counted(voting).count["represented"] == 4


# --- again


def test_an_open_voting_is_stopped_and_held_again_and_its_ballots_stay(room):
    first = room.put()
    room.cast(first, value="against")
    vote_again(point=first.point, why="Et medlem trykkede forkert", by=None, at=NOON)
    first.refresh_from_db()
    second = room.put()

    assert (first.outcome, first.why, first.ballots.count()) == ("struck", "Et medlem trykkede forkert", 1)
    assert (second.number, second.why) == (2, "Et medlem trykkede forkert")
    assert room.cast(second, value="for").value == "for"


def test_a_decision_is_taken_up_again_with_a_reason(room):
    voting = counted(room.put())
    with pytest.raises(RuleBroken, match="why"):
        vote_again(point=voting.point, why="  ", by=None, at=NOON)
    point = vote_again(point=voting.point, why="Talt forkert op", by=None, at=NOON)

    assert (point.state, point.ended_at, point.why) == ("on", None, "Talt forkert op")
    assert Voting.objects.get().outcome == "rejected"


def test_nothing_is_held_again_after_the_meeting(room):
    voting = counted(room.put())
    MeetingRun.objects.update(state="closed", closed_at=NOON)
    with pytest.raises(RuleBroken):
        vote_again(point=voting.point, why="For sent", by=None, at=NOON)


def test_nothing_is_held_again_that_was_not_voted_on(room):
    with pytest.raises(RuleBroken):
        vote_again(point=room.point(), why="Hvorfor ikke", by=None, at=NOON)


def test_a_voting_that_is_struck_takes_no_ballot(room):
    voting = room.put()
    strike(voting.point, why="Punktet er trukket", at=NOON)
    with pytest.raises(RuleBroken, match="over"):
        room.cast(voting)


# --- amendments


def proposed(room, text=OTHER, member="m5"):
    return propose_amendment(point=room.point(), member=member, text=text, by=room.board.people[member], at=NOON)


def test_an_amendment_is_voted_on_before_the_point_and_gives_it_its_words(room):
    amendment = proposed(room)
    with pytest.raises(RuleBroken, match="Amendment 1"):
        room.put()
    voting = room.put(amendment=amendment)
    assert voting.text == OTHER
    room.all_cast(voting, m1="for", m2="for")
    counted(voting)

    assert Amendment.objects.get().state == "adopted"
    assert standing(voting.point) == "on"
    again = room.put()
    assert (again.number, again.text, again.amendment) == (2, OTHER, None)


def test_an_amendment_that_was_rejected_changes_nothing(room):
    voting = room.put(amendment=proposed(room))
    counted(voting)

    assert Amendment.objects.get().state == "rejected"
    assert room.put().text == room.sitting.points[0].text


def test_a_point_that_is_not_quorate_for_an_amendment_falls(room):
    amendment = proposed(room)
    room.sitting.here(room.point(), "m1")
    voting = counted(room.put(amendment=amendment))

    assert (voting.outcome, standing(voting.point)) == ("fell", "fell")
    assert Amendment.objects.get().state == "proposed"


def test_an_amendment_is_voted_on_again(room):
    voting = counted(room.put(amendment=proposed(room)))
    vote_again(point=voting.point, why="Teksten var den forkerte", by=None, at=NOON)
    again = room.put(amendment=Amendment.objects.get())
    room.all_cast(again, m1="for")
    counted(again)
    assert room.put().text == OTHER


def test_an_amendment_is_withdrawn_until_it_is_voted_on(room):
    amendment = proposed(room)
    voting = room.put(amendment=amendment)
    with pytest.raises(RuleBroken):
        withdraw_amendment(amendment=amendment, by=None, at=NOON)
    vote_again(point=voting.point, why="Forslagsstilleren fortryder", by=None, at=NOON)
    withdraw_amendment(amendment=amendment, by=None, at=NOON)

    assert room.put().amendment is None


@pytest.mark.parametrize("text", [{}, {"da": "  "}, {"da": "x" * 4001}])
def test_an_amendment_has_words_of_its_own(room, text):
    with pytest.raises(RuleBroken):
        proposed(room, text)
    with pytest.raises(RuleBroken):
        proposed(room, room.sitting.points[0].text)


def test_the_same_amendment_twice_is_one(room):
    assert proposed(room) == proposed(room)
    assert proposed(room, member="m6").number == 2


def test_no_amendment_is_proposed_while_the_point_is_voted_on(room):
    room.put()
    with pytest.raises(RuleBroken):
        propose_amendment(point=room.point(), member="m5", text=OTHER, by=None, at=NOON)


# --- in the member's words


def test_words_for_the_minutes_can_be_changed_and_taken_back_until_the_minutes_are_approved(room):
    point, me = room.point(), room.board.people["m5"]

    def write(text):
        return write_dissent(point=point, member="m5", text=text, by=me, at=NOON)

    write("Retten til at sige nej burde stå her.")
    assert write("Jeg er uenig.").text == "Jeg er uenig."
    assert point.dissents.count() == 1
    assert write("") is None
    assert not point.dissents.exists()
    Minutes.objects.create(
        run=point.run, state="approved", drafted_at=NOON, approved_at=NOON, pdf=b"%PDF", sha256="0" * 64
    )
    with pytest.raises(RuleBroken, match="approved"):
        write("For sent")


def test_a_members_words_stand_in_no_line_of_the_log(room):
    write_dissent(point=room.point(), member="m5", text="Hemmelig uenighed", by=room.board.people["m5"], at=NOON)
    assert not [entry for entry in Entry.objects.all() if "Hemmelig" in entry.data]


def test_a_disqualified_member_adds_nothing_at_the_point(room):
    point = room.point()
    room.sitting.disqualify(point, "m5")
    with pytest.raises(RuleBroken):
        write_dissent(point=point, member="m5", text="Alligevel", by=room.board.people["m5"], at=NOON)
    with pytest.raises(RuleBroken):
        proposed(room)
    with pytest.raises(RuleBroken):
        put_to_vote(point=point, amendment=Amendment(pk=999), by=None, at=NOON)


def test_a_disqualified_member_adds_nothing_also_where_the_alternate_who_may_has_stepped_in(room):
    point, stand_in = room.point(), room.board.alternate("m5")
    room.sitting.disqualify(point, "m5")
    Presence.objects.filter(point=point, member="m5").update(state="represented")
    asked = {"point": point, "member": "m5", "at": NOON}
    with pytest.raises(RuleBroken, match="takes no part"):
        write_dissent(text="Alligevel", by=room.board.people["m5"], **asked)
    with pytest.raises(RuleBroken, match="takes no part"):
        propose_amendment(text=OTHER, by=room.board.people["m5"], **asked)
    assert write_dissent(text="Med suppleantens ord", by=stand_in, **asked)
    assert propose_amendment(text=OTHER, by=stand_in, **asked).member == "m5"


def test_a_language_that_an_amendment_leaves_as_it_was_has_no_words(room):
    stood = room.point().text
    text = {"da": "at noget andet godkendes", "en": stood["en"]}
    assert propose_amendment(point=room.point(), member="m5", text=text, by=None, at=NOON).text == {"da": text["da"]}
