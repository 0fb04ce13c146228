"""A meeting as it is held: who takes part in what, the quorum on each point, disqualification, and the points' steps."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest

from approval.conftest import MEMBERS, Board, Sitting
from approval.meeting.holding import declared, of, quorum_on, step, taking_part
from conftest import NOON
from fremsyn.approval.meeting.changes import changes_since
from fremsyn.approval.meeting.operations.calling import send_notice
from fremsyn.approval.meeting.operations.disqualifying import (
    declare_disqualification,
)
from fremsyn.approval.meeting.operations.holding import (
    close_meeting,
    note_attendance,
    open_meeting,
    step_point,
    write_note,
)
from fremsyn.approval.meeting.operations.seats import end_term, seat_member
from fremsyn.approval.meeting.state import Overtaken
from fremsyn.approval.models import (
    MeetingRun,
    MeetingState,
    PointRun,
    PointState,
    Presence,
    Seat,
    Voting,
)
from fremsyn.audit.models import Entry
from fremsyn.cases.editing.operations import change_thing
from fremsyn.cases.models import Membership
from fremsyn.cases.people.operations import remove_member
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person
from fremsyn.people.roles import Role

# --- opening and closing


def test_a_meeting_is_opened_when_it_was_called_and_once(board, called):
    run = open_meeting(case=board.case, meeting="second", by=board.secretary, at=NOON)
    assert (run.state, run.opened_at) == (MeetingState.OPEN, NOON)
    with pytest.raises(RuleBroken, match="I gang"):
        open_meeting(case=board.case, meeting="second", by=None, at=NOON)
    with pytest.raises(RuleBroken, match="ikke indkaldt"):
        open_meeting(case=board.case, meeting="first", by=None, at=NOON)
    assert Entry.objects.filter(event="approval.meeting_opened").count() == 1


def test_a_meeting_is_closed_when_every_point_has_ended(sitting):
    for point in sitting.points[:5]:
        step(sitting, point, "defer", "tid")
    with pytest.raises(RuleBroken, match=r"ikke afsluttet: 4\.6"):
        close_meeting(**of(sitting))
    step(sitting, sitting.points[5], "withdraw", "forældet")
    run = close_meeting(**of(sitting))
    assert (run.state, run.closed_at) == (MeetingState.CLOSED, NOON)
    for again in (lambda: step(sitting, sitting.points[0], "take_up"), lambda: close_meeting(**of(sitting))):
        with pytest.raises(RuleBroken):
            again()


def test_a_clock_that_was_set_back_tells_of_no_end_before_its_beginning(sitting):
    early = NOON - datetime.timedelta(days=3)
    run = MeetingRun.objects.get()
    run.state, run.opened_at = MeetingState.NOTICED, None
    run.save()
    assert open_meeting(**of(sitting, at=early)).opened_at == NOON
    first = sitting.points[0]
    step(sitting, first, "take_up")
    step(sitting, first, "withdraw", "fortrudt", at=early)
    first.refresh_from_db()
    assert first.began_at == first.ended_at == NOON
    for point in sitting.points[1:]:
        step(sitting, point, "defer", "tid", at=early)
    assert close_meeting(**of(sitting, at=early)).closed_at == NOON
    times = list(Entry.objects.values_list("at", flat=True).order_by("sequence"))
    assert times == sorted(times)


# --- attendance and quorum


def test_attendance_is_noted_per_point_or_from_one_on(sitting):
    second = sitting.points[1]
    note_attendance(point=second.pk, states={"m1": "remote", "m2": "out"}, **of(sitting))
    assert taking_part(sitting, second) == set(MEMBERS) - {"m2"}
    assert taking_part(sitting, sitting.points[2]) == set(MEMBERS)
    note_attendance(point=second.pk, states={"m3": "out"}, onwards=True, **of(sitting))
    assert taking_part(sitting, sitting.points[0]) == set(MEMBERS)
    assert taking_part(sitting, second) == set(MEMBERS) - {"m2", "m3"}
    assert {frozenset(taking_part(sitting, point)) for point in sitting.points[2:]} == {
        frozenset(set(MEMBERS) - {"m3"})
    }
    assert Presence.objects.get(point=second, member="m1").noted_by == sitting.board.secretary
    told = [json.loads(entry.data) for entry in Entry.objects.filter(event="approval.attendance_noted")]
    assert told[1]["points"] == ["4.2", "4.3", "4.4", "4.5", "4.6"]


def test_attendance_stands_when_the_point_has_ended(sitting):
    first, second = sitting.points[:2]
    step(sitting, second, "withdraw", "x")
    with pytest.raises(RuleBroken, match="ligger fast"):
        note_attendance(point=second.pk, states={"m1": "out"}, **of(sitting))
    note_attendance(point=first.pk, states={"m1": "out"}, onwards=True, **of(sitting))
    assert "m1" in taking_part(sitting, second)
    assert "m1" not in taking_part(sitting, sitting.points[2])


def test_nobody_takes_part_in_an_empty_seat_or_by_an_alternate_that_is_none(sitting):
    board, first = sitting.board, sitting.points[0]
    for states, words in (
        ({"m2": "represented"}, "Ingen er suppleant"),
        ({"m9": "in"}, "Hent den"),
        ({"m2": "x"}, "Hent den"),
    ):
        with pytest.raises(RuleBroken, match=words):
            note_attendance(point=first.pk, states=states, **of(sitting))
    person = Person.objects.create(username="sup", name="Sup", joined_at=NOON)
    Membership.objects.create(case=board.case, person=person, role=Role.BOARD)
    seat_member(case=board.case, member="m2", alternate=True, person=person.pk, since=NOON.date(), by=None, at=NOON)
    note_attendance(point=first.pk, states={"m2": "represented"}, **of(sitting))
    assert "m2" in taking_part(sitting, first)
    Seat.objects.filter(member="m4").delete()
    with pytest.raises(RuleBroken, match="Ingen har pladsen"):
        note_attendance(point=first.pk, states={"m4": "in"}, **of(sitting))


def test_a_member_removed_in_the_middle_takes_no_part_in_what_is_left(sitting):
    board, (first, second, *_rest) = sitting.board, sitting.points
    first = step(sitting, first, "withdraw", "x")
    owner = Person.objects.get(username="owner")
    remove_member(case=board.case, person=board.people["m5"].pk, by=owner, at=NOON)
    end_term(
        case=board.case, seat=Seat.objects.get(member="m6").pk, until=datetime.date(2026, 11, 1), by=owner, at=NOON
    )

    assert taking_part(sitting, first) == set(MEMBERS)
    assert taking_part(sitting, second) == set(MEMBERS) - {"m5", "m6"}
    assert quorum_on(sitting, second).represented == 5
    with pytest.raises(RuleBroken, match="Ingen har pladsen"):
        note_attendance(point=second.pk, states={"m5": "in"}, **of(sitting))
    with pytest.raises(RuleBroken, match="ikke en plads"):
        declare_disqualification(
            case=board.case, meeting="second", point=second.pk, ground="x", by=board.people["m5"], at=NOON
        )


# --- points


def test_points_are_taken_one_at_a_time(sitting):
    first, second, *_rest = sitting.points
    taken = step(sitting, first, "take_up")
    assert (taken.state, taken.began_at) == (PointState.ON, NOON)
    with pytest.raises(RuleBroken, match=r"Punkt 4\.1 er under behandling"):
        step(sitting, second, "take_up")
    with pytest.raises(RuleBroken, match="tatus er »"):
        step(sitting, first, "take_up")
    step(sitting, first, "defer", "mangler bilag")
    first.refresh_from_db()
    assert (first.state, first.why, first.ended_at) == (PointState.DEFERRED, "mangler bilag", NOON)
    step(sitting, first, "take_up")
    told = [
        json.loads(entry.data) for entry in Entry.objects.filter(event="approval.point_stepped").order_by("sequence")
    ]
    assert [(each["point"], each["before"], each["state"]) for each in told] == [
        ("4.1", "waiting", "on"), ("4.1", "on", "deferred"), ("4.1", "deferred", "on"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["withdraw", "defer"])
def test_a_step_off_the_way_asks_for_a_reason(sitting, name):
    with pytest.raises(RuleBroken, match="Skriv hvorfor"):
        step(sitting, sitting.points[0], name, "  ")


@pytest.mark.parametrize("name", ["adopt", "reject", "put", "nonsense"])
def test_what_comes_of_a_voting_is_not_done_by_hand(sitting, name):
    with pytest.raises(RuleBroken):
        step(sitting, sitting.points[0], name, "x")


def test_a_decision_is_not_concluded_without_a_voting(sitting):
    step(sitting, sitting.points[0], "take_up")
    with pytest.raises(RuleBroken, match="sættes til afstemning"):
        step(sitting, sitting.points[0], "conclude")


def test_a_point_withdrawn_while_it_is_dealt_with_or_voted_on_stops_what_goes_on(sitting):
    first, second, *_rest = sitting.points
    step(sitting, first, "take_up")
    step(sitting, first, "withdraw", "ejerne trak det")
    first.refresh_from_db()
    assert (first.state, first.why) == (PointState.WITHDRAWN, "ejerne trak det")
    with pytest.raises(RuleBroken):
        step(sitting, first, "take_up_again", "fortrudt")

    step(sitting, second, "take_up")
    PointRun.objects.filter(pk=second.pk).update(state=PointState.VOTING)
    voting = Voting.objects.create(point=second, number=1, text=second.text, opened_at=NOON)
    step(sitting, second, "withdraw", "ejerne trak det")
    voting.refresh_from_db()
    assert (voting.outcome, voting.closed_at, voting.why) == ("struck", NOON, "ejerne trak det")
    assert step(sitting, sitting.points[2], "take_up").state == PointState.ON


def test_a_point_that_ended_is_taken_up_again_with_a_reason(sitting):
    first = sitting.points[0]
    for point in sitting.points:
        sitting.here(point, "m1")
    step(sitting, first, "take_up")
    step(sitting, first, "fall")
    with pytest.raises(RuleBroken, match="Skriv hvorfor"):
        step(sitting, first, "take_up_again")
    again = step(sitting, first, "take_up_again", "Flere er kommet")
    assert (again.state, again.ended_at) == (PointState.ON, None)


def test_a_first_reading_is_a_conversation_with_notes_and_no_decision(board, pack):
    change_thing(
        case=board.case, key="approval/meetings/first", version=None,
        values={"date": datetime.date(2026, 12, 20)}, meaning=False, by=None, at=NOON,
    )  # fmt: skip
    run = send_notice(case=board.case, meeting="first", pack=pack, by=None, at=NOON)
    said: dict[str, Any] = {"case": board.case, "meeting": "first", "by": board.secretary, "at": NOON}
    open_meeting(**said)
    point = run.points.get()
    note_attendance(point=point.pk, states={"m1": "in"}, **said)
    step_point(point=point.pk, step="take_up", **said)
    write_note(point=point.pk, note="Modstanden blev vendt tre gange.", was="", **said)
    with pytest.raises(RuleBroken):
        step_point(point=point.pk, step="fall", **said)
    assert step_point(point=point.pk, step="conclude", **said).state == PointState.NOTED
    assert close_meeting(**said).state == MeetingState.CLOSED
    assert run.points.get().note == "Modstanden blev vendt tre gange."


# --- two at once


def test_the_second_of_two_secretaries_is_told_and_nothing_is_lost(sitting):
    first, second, *_rest = sitting.points
    seen = MeetingRun.objects.get().version
    note_attendance(point=first.pk, states={"m7": "out"}, onwards=True, **of(sitting, version=seen))
    with pytest.raises(Overtaken) as met:
        step(sitting, second, "withdraw", "x", version=seen)
    assert met.value.since == seen
    assert [each.words for each in changes_since(MeetingRun.objects.get(), seen)] == [
        "Deltagelsen på punkt 4.1, 4.2, 4.3, 4.4, 4.5, 4.6 blev noteret"
    ]
    second.refresh_from_db()
    assert second.state == PointState.WAITING
    step(sitting, second, "withdraw", "x", version=seen + 1)


def test_a_note_hinders_nobody_who_leads_but_two_notes_do_not_write_over_each_other(sitting):
    first = sitting.points[0]
    seen = MeetingRun.objects.get().version
    write_note(point=first.pk, note="Et", was="", **of(sitting))
    assert step(sitting, first, "take_up", version=seen).state == PointState.ON
    with pytest.raises(RuleBroken, match="En anden skrev"):
        write_note(point=first.pk, note="To", was="", **of(sitting))
    write_note(point=first.pk, note="Et. To", was="Et", **of(sitting))
    assert PointRun.objects.get(pk=first.pk).note == "Et. To"


def test_nothing_is_done_in_a_meeting_that_is_not_open(board, called):
    point = called.points.first()
    for act in (
        lambda **of: note_attendance(point=point.pk, states={"m1": "in"}, **of),
        lambda **of: step_point(point=point.pk, step="take_up", **of),
        lambda **of: write_note(point=point.pk, note="x", **of),
    ):
        with pytest.raises(RuleBroken, match="Indkaldt"):
            act(case=board.case, meeting="second", by=board.secretary, at=NOON)
    assert not Presence.objects.exists()


def test_every_change_raises_the_version_and_is_in_the_log_with_it(sitting: Sitting, board: Board):
    seen = MeetingRun.objects.get().version
    note_attendance(point=sitting.points[0].pk, states={"m1": "in"}, **of(sitting))
    step(sitting, sitting.points[0], "take_up")
    declared(sitting)
    versions = [json.loads(entry.data)["version"] for entry in Entry.objects.order_by("sequence")]
    assert versions == [seen + 1, seen + 2, seen + 3]
    assert MeetingRun.objects.get().version == seen + 3
