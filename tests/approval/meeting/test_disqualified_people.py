"""A disqualification is of a person: the member, or the alternate who stands in, and never the seat they share."""

from __future__ import annotations

import datetime
import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from approval.conftest import Sitting
from approval.meeting.conftest import pack_of
from approval.meeting.holding import of
from conftest import NOON
from fremsyn.approval import schema
from fremsyn.approval.counting import Quorum
from fremsyn.approval.handover import closed_to
from fremsyn.approval.meeting.attendance import present_at
from fremsyn.approval.meeting.operations.disqualifying import (
    declare_disqualification,
    note_disqualification,
    rule_on_disqualification,
    take_back_declaration,
)
from fremsyn.approval.meeting.operations.holding import note_attendance, step_point
from fremsyn.approval.meeting.operations.seats import end_term, seat_member
from fremsyn.approval.minutes.points import quorum_of
from fremsyn.approval.models import Disqualification, Material, PointRun, Seat
from fremsyn.approval.record import board_record
from fremsyn.cases.editing.operations import change_thing
from fremsyn.cases.models import Case, Membership
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person
from fremsyn.people.roles import Role

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def shared(sitting: Sitting) -> Sitting:
    """The meeting in progress, with an alternate for m2."""
    sitting.board.alternate("m2")
    return sitting


def declare(sitting: Sitting, who: str, number: int = 2) -> Disqualification:
    person, point = sitting.board.people[who], sitting.points[number - 1]
    return declare_disqualification(point=point.pk, ground="Egen aftale", **of(sitting, by=person))


def step_in(sitting: Sitting, number: int = 2) -> None:
    note_attendance(point=sitting.points[number - 1].pk, states={"m2": "represented"}, **of(sitting))


def total(sitting: Sitting, number: int = 2) -> Quorum:
    point = PointRun.objects.get(pk=sitting.points[number - 1].pk)
    return present_at(sitting.board.body, point).quorum


def closed(sitting: Sitting, who: str) -> frozenset[str]:
    return closed_to(sitting.board.case, sitting.board.people[who], Role.BOARD)


def test_an_alternate_who_declares_bars_nobody_but_themself(shared):
    made = declare(shared, "m2-alternate")
    assert (made.member, made.alternate, made.person) == ("m2", True, shared.board.people["m2-alternate"])
    assert (closed(shared, "m2"), closed(shared, "m2-alternate")) == (frozenset(), {"B2"})
    assert (total(shared).represented, total(shared).barred) == (7, 0)
    step_in(shared)
    assert (total(shared).represented, total(shared).barred) == (6, 1)
    rule_on_disqualification(declared=made.pk, barred=False, **of(shared))
    assert total(shared).represented == 7
    assert closed(shared, "m2-alternate") == frozenset()


def test_an_alternate_steps_in_for_a_member_on_the_one_point_that_bars_the_member(shared):
    rule_on_disqualification(declared=declare(shared, "m2").pk, barred=True, **of(shared))
    assert (closed(shared, "m2"), closed(shared, "m2-alternate")) == ({"B2"}, frozenset())
    assert (total(shared).represented, total(shared).barred) == (6, 1)
    step_in(shared)
    assert (total(shared).represented, total(shared).barred) == (7, 0)
    assert closed(shared, "m2") == {"B2"}
    assert total(shared, 3).represented == 7


def test_with_the_alternate_the_body_is_quorate_on_the_point_that_fell_without(shared):
    for point in shared.points:
        shared.here(point, "m1", "m2", "m3", "m4")
    rule_on_disqualification(declared=declare(shared, "m2").pk, barred=True, **of(shared))
    assert not total(shared).met
    assert total(shared, 3).met
    step_in(shared)
    assert total(shared).met


def test_both_of_a_seat_can_be_disqualified_and_each_is_ruled_on_alone(shared):
    member, stand_in = declare(shared, "m2"), declare(shared, "m2-alternate")
    with pytest.raises(RuleBroken, match="allerede oplyst"):
        declare(shared, "m2-alternate")
    rule_on_disqualification(declared=member.pk, barred=False, **of(shared))
    rule_on_disqualification(declared=stand_in.pk, barred=True, **of(shared))
    assert (closed(shared, "m2"), closed(shared, "m2-alternate")) == (frozenset(), {"B2"})
    assert total(shared).represented == 7
    step_in(shared)
    assert total(shared).represented == 6


def test_what_one_of_them_declared_is_not_taken_back_by_the_other(shared):
    made = declare(shared, "m2-alternate")
    with pytest.raises(RuleBroken, match="ikke oplyst noget her"):
        take_back_declaration(declared=made.pk, **of(shared, by=shared.board.people["m2"]))
    take_back_declaration(declared=made.pk, **of(shared, by=shared.board.people["m2-alternate"]))
    assert not Disqualification.objects.exists()


def test_where_the_rules_count_from_those_not_disqualified_the_alternate_is_counted_again(shared):
    rules = {"quorum": schema.Quorum(rule="more_than_half", base="eligible")}
    change_thing(
        case=shared.board.case, key="approval/body", version=None, values=rules, meaning=False, by=None, at=NOON
    )
    declare(shared, "m2")
    assert (total(shared).base, total(shared).needed) == (6, 4)
    step_in(shared)
    assert (total(shared).base, total(shared).represented) == (7, 7)


def test_a_successor_in_the_seat_is_not_barred_by_what_bars_the_one_before(shared):
    board, day = shared.board, NOON.date()
    declare(shared, "m2")
    yesterday = day - datetime.timedelta(days=1)
    end_term(case=board.case, seat=Seat.objects.get(member="m2", alternate=False).pk, until=yesterday, by=None, at=NOON)
    person = Person.objects.create(username="next", name="Efterfølger", joined_at=NOON)
    Membership.objects.create(case=board.case, person=person, role=Role.BOARD)
    seat_member(case=board.case, member="m2", alternate=False, person=person.pk, since=day, by=None, at=NOON)
    assert total(shared).represented == 7
    assert closed_to(board.case, person, Role.BOARD) == frozenset()
    assert closed(shared, "m2") == {"B2"}


def test_a_point_that_has_ended_stands_as_who_sat_there_then(shared):
    second = shared.points[1]
    rule_on_disqualification(declared=declare(shared, "m2").pk, barred=True, **of(shared))
    step_in(shared)
    step_point(point=second.pk, step="withdraw", why="x", **of(shared))
    Seat.objects.filter(member="m2").delete()
    assert (total(shared).represented, total(shared).barred) == (7, 0)
    assert quorum_of(PointRun.objects.get(pk=second.pk), shared.board.body) == total(shared)


def test_what_was_noted_of_a_seat_before_bars_whoever_sits_there(shared):
    Disqualification.objects.create(point=shared.points[1], member="m2", ground="Egen aftale", declared_at=NOON)
    assert (closed(shared, "m2"), closed(shared, "m2-alternate")) == ({"B2"}, {"B2"})
    step_in(shared)
    assert total(shared).represented == 6
    for who in ("m2", "m2-alternate"):
        with pytest.raises(RuleBroken, match="allerede oplyst"):
            declare(shared, who)
    rule_on_disqualification(declared=Disqualification.objects.get().pk, barred=False, **of(shared))
    assert total(shared).represented == 7


def test_the_database_keeps_one_of_each_person_and_of_each_seat(shared):
    first = shared.disqualify(shared.points[1], "m2")
    shared.disqualify(shared.points[1], "m2-alternate")
    with pytest.raises(IntegrityError), transaction.atomic():
        shared.disqualify(shared.points[1], "m2")
    of_seat = {"point": first.point, "member": "m2", "ground": "x", "declared_at": NOON}
    Disqualification.objects.create(**of_seat)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disqualification.objects.create(**of_seat)


def test_the_record_and_the_minutes_tell_the_alternate_from_the_member(shared):
    shared.disqualify(shared.points[1], "m2-alternate")
    shared.disqualify(shared.points[2], "m2")
    record = board_record(shared.board.case)
    assert record
    points = record["meetings"][0]["points"]
    assert [(each["disqualified"], each["disqualified_alternates"]) for each in points[1:3]] == [
        ([], ["m2"]),
        (["m2"], []),
    ]


# --- the pages


def answers(sitting: Sitting, who: str) -> set[int]:
    pack = Material.objects.get().pack
    client = sitting.board.client(who)
    pages = (
        reverse("approval:board_point", args=["kombit", "B2"]),
        reverse("approval:pack", args=["kombit", pack.sha256]),
        reverse("reports:document", args=["kombit", "board_paper"]),
    )
    return {client.get(address).status_code for address in pages}


@pytest.mark.parametrize(("barred", "other"), [("m2", "m2-alternate"), ("m2-alternate", "m2")])
def test_the_papers_close_to_the_one_and_stay_open_to_the_other(shared, barred, other):
    Material.objects.create(run=shared.run, pack=pack_of(shared.board), sent_at=NOON)
    declare(shared, barred)
    assert (answers(shared, barred), answers(shared, other)) == ({403}, {200})
    meeting = reverse("approval:meeting", args=["kombit", "second"])
    words = "Indtil bestyrelsen har afgjort det"
    assert words in shared.board.client(barred).get(meeting).content.decode()
    assert words not in shared.board.client(other).get(meeting).content.decode()


def test_whoever_leads_notes_an_alternate_and_rules_on_them(shared):
    client, point = shared.board.client("secretary"), shared.points[1]
    address = reverse("approval:meeting_disqualification", args=["kombit", "second"])
    run = reverse("approval:meeting_run", args=["kombit", "second"])
    alternate = shared.board.people["m2-alternate"]
    said: dict[str, Any] = {"point": point.pk, "version": shared.run.version}
    assert "(suppleant): Suppleant m2" in client.get(f"{run}?point={point.pk}").content.decode()
    assert client.post(address, said | {"person": alternate.pk, "ground": "Egen aftale"}).status_code == 302
    made = Disqualification.objects.get()
    assert (made.member, made.alternate, made.person) == ("m2", True, alternate)
    shown = client.get(f"{run}?point={point.pk}").content.decode()
    assert f'value="{alternate.pk}"' not in shown
    assert f'value="{shared.board.people["m2"].pk}"' in shown
    found = said | {"version": shared.run.version + 1, "declared": made.pk, "found": "barred"}
    assert client.post(address, found).status_code == 302
    assert "Næstformand (suppleant): inhabil" in client.get(f"{run}?point={point.pk}").content.decode()
    assert client.post(address, said | {"person": "nobody", "ground": "x"}).status_code == 422


# --- at once


@pytest.mark.django_db(transaction=True)
def test_fifty_declarations_at_once_are_one_for_each_person(shared) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("a database in memory has one connection")
    ready, refused = threading.Barrier(50, timeout=30), []

    def press(who: str) -> None:
        case = Case.objects.get(pk=shared.board.case.pk)
        ready.wait()
        try:
            note_disqualification(
                case=case, meeting="second", point=shared.points[1].pk, person=shared.board.people[who].pk,
                ground="Egen aftale", by=None, at=NOON,
            )  # fmt: skip
        except RuleBroken:
            refused.append(who)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(("m2", "m2-alternate")[n % 2],)) for n in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert set(Disqualification.objects.values_list("member", "alternate")) == {("m2", False), ("m2", True)}
    assert (Disqualification.objects.count(), len(refused)) == (2, 48)
