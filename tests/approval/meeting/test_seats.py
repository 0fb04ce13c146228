"""Seats have terms that don't overlap, and the case is closed to whoever has none left."""

from __future__ import annotations

import datetime
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from approval.conftest import Board
from conftest import NOON
from fremsyn.approval.meeting.operations.seats import end_term, seat_member, undo_seat
from fremsyn.approval.meeting.seats import leads, places, seat_of
from fremsyn.approval.models import Dissent, MeetingRun, SealedPack, Seat
from fremsyn.audit.models import Entry
from fremsyn.audit.personal import personal_value
from fremsyn.cases.access import Visit
from fremsyn.cases.models import Membership
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person
from fremsyn.people.roles import Role

DAY = datetime.date


def newcomer(board: Board, name: str = "ny", role: str = Role.BOARD) -> Person:
    person = Person.objects.create(username=name, name=name.title(), joined_at=NOON)
    Membership.objects.create(case=board.case, person=person, role=role)
    return person


def seat(board: Board, person: Person, **given: Any) -> Seat:
    said = {"member": "m3", "alternate": True, "since": DAY(2026, 2, 1), "until": None} | given
    return seat_member(case=board.case, person=person.pk, by=board.secretary, at=NOON, **said)


def test_a_seat_is_given_in_a_term_and_the_membership_ends_with_it(board):
    person = newcomer(board)
    seat(board, person, until=DAY(2027, 6, 30))

    assert places(board.case, DAY(2026, 12, 1))["m3"].alternate == person
    assert Membership.objects.get(case=board.case, person=person).until == DAY(2027, 6, 30)
    entry = Entry.objects.get(event="approval.seat_taken")
    assert json.loads(entry.data)["member"] == "m3"
    assert person.name not in entry.data

    seat(board, person, since=DAY(2027, 7, 1), member="m4")
    assert Membership.objects.get(case=board.case, person=person).until is None


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (DAY(2026, 3, 1), None),
        (DAY(2026, 6, 1), DAY(2026, 7, 1)),
        (DAY(2025, 1, 1), DAY(2026, 2, 1)),
        (DAY(2026, 12, 31), None),
    ],
)
def test_terms_of_a_seat_or_a_person_do_not_overlap(board, since, until):
    first = newcomer(board)
    seat(board, first, until=DAY(2026, 12, 31))

    with pytest.raises(RuleBroken, match="Ny har pladsen"):
        seat(board, newcomer(board, "anden"), since=since, until=until)
    with pytest.raises(RuleBroken, match="én plads ad gangen"):
        seat(board, first, member="m4", since=since, until=until)
    assert Seat.objects.filter(alternate=True).count() == 1
    seat(board, first, member="m4", since=DAY(2027, 1, 1))


@pytest.mark.parametrize("role", [Role.OWNER, Role.MEMBER, Role.OBSERVER])
def test_only_a_board_member_of_the_case_is_seated(board, role):
    with pytest.raises(RuleBroken, match="bestyrelsesmedlem"):
        seat(board, newcomer(board, role=role))
    outside = Person.objects.create(username="ude", name="Ude", joined_at=NOON)
    with pytest.raises(RuleBroken, match="bestyrelsesmedlem"):
        seat(board, outside)


def test_what_makes_no_sense_is_refused_and_leaves_nothing(board):
    person, before = newcomer(board), Seat.objects.count()
    for given in ({"member": "m99"}, {"until": DAY(2026, 1, 1)}):
        with pytest.raises(RuleBroken):
            seat(board, person, **given)
    with pytest.raises(RuleBroken):
        end_term(case=board.case, seat=0, until=DAY(2027, 1, 1), by=board.secretary, at=NOON)
    held = Seat.objects.get(person=board.people["m2"])
    with pytest.raises(RuleBroken, match="før den begynder"):
        end_term(case=board.case, seat=held.pk, until=DAY(2025, 1, 1), by=board.secretary, at=NOON)
    end_term(case=board.case, seat=held.pk, until=DAY(2027, 1, 1), by=board.secretary, at=NOON)
    with pytest.raises(RuleBroken, match="allerede"):
        end_term(case=board.case, seat=held.pk, until=DAY(2027, 2, 1), by=board.secretary, at=NOON)
    assert Seat.objects.count() == before
    assert not Entry.objects.filter(event="approval.seat_taken").exists()


def test_the_chair_leads_and_so_does_the_secretary_but_no_other_member(board):
    def visit(person: Person, role: str) -> Visit:
        return Visit(board.case, person, role)

    assert leads(visit(board.chair, Role.BOARD))
    assert leads(visit(board.secretary, Role.FACILITATOR))
    assert not leads(visit(board.people["m2"], Role.BOARD))
    end_term(case=board.case, seat=Seat.objects.get(person=board.chair).pk, until=DAY(2026, 6, 1), by=None, at=NOON)
    assert not leads(visit(board.chair, Role.BOARD))


def test_a_former_member_gets_404_everywhere_old_pack_links_included(board, called, client_as):
    """Security case 18."""
    person, client = board.people["m2"], board.client("m2")
    sealed = SealedPack.objects.get()
    pages = [
        reverse("approval:pack", args=["kombit", sealed.sha256]),
        *(reverse(f"approval:{name}", args=["kombit"]) for name in ("paper", "meetings")),
        *(
            reverse(f"approval:{name}", args=["kombit", "second"])
            for name in ("meeting", "meeting_ics", "meeting_declare")
        ),
        reverse("approval:board_point", args=["kombit", "B1"]),
        reverse("chain:case", args=["kombit"]),
        reverse("chain:trace", args=["kombit", "B1"]),
        reverse("cases:search", args=["kombit"]),
        reverse("reports:documents", args=["kombit"]),
        reverse("reports:document_pdf", args=["kombit", "board_paper", "da"]),
    ]
    assert {client.get(address).status_code for address in pages[:3]} == {200}

    yesterday = board.case.as_of - timedelta(days=1)
    held = Seat.objects.get(person=person)
    end_term(case=board.case, seat=held.pk, until=yesterday, by=board.secretary, at=timezone.now())

    assert {address: client.get(address).status_code for address in pages} == dict.fromkeys(pages, 404)
    assert client.post(reverse("approval:meeting_declare", args=["kombit", "second"])).status_code == 404
    assert "kombit" not in client.get("/").content.decode()
    assert seat_of(board.case, person, board.case.as_of) is None


def test_a_term_that_ends_today_holds_today(board):
    held = Seat.objects.get(person=board.people["m2"])
    end_term(case=board.case, seat=held.pk, until=timezone.localdate(), by=board.secretary, at=timezone.now())
    assert board.client("m2").get(reverse("approval:paper", args=["kombit"])).status_code == 200


def test_the_page_seats_and_ends_terms_and_shows_what_is_wrong(board, client_as):
    person, client, page = newcomer(board), client_as("facilitator"), reverse("approval:seats", args=["kombit"])
    said = {"member": "m3", "seated_as": "alternate", "person": str(person.pk), "since": "2026-02-01", "until": ""}

    assert client.post(page, said).status_code == 302
    assert "Ny" in client.get(page).content.decode()
    again = client.post(page, said)
    assert again.status_code == 422
    assert "Ny har pladsen" in again.content.decode()
    assert client.post(page, said | {"person": str(uuid4())}).status_code == 422
    assert client.post(page, said | {"since": "i går"}).status_code == 422

    end = reverse("approval:seat_end", args=["kombit"])
    held = Seat.objects.get(person=person)
    assert client.post(end, {"seat": held.pk, "until": "nej"}).status_code == 422
    assert client.post(end, {"seat": held.pk, "until": "2026-12-24"}).status_code == 302
    assert Seat.objects.get(pk=held.pk).until == DAY(2026, 12, 24)


def undo(board: Board, held: Seat, why: str = "Tastefejl") -> Seat:
    return undo_seat(case=board.case, seat=held.pk, why=why, by=board.secretary, at=NOON)


def test_a_term_that_has_not_begun_is_undone_and_the_log_says_why(board):
    person = newcomer(board)
    held = seat(board, person, since=DAY(2027, 1, 1), until=DAY(2027, 12, 31))
    undo(board, held)
    assert not Seat.objects.filter(person=person).exists()
    assert Membership.objects.get(person=person).until is None
    entry = Entry.objects.get(event="approval.seat_undone").facts()
    assert (entry["member"], personal_value(entry["why"])) == ("m3", "Tastefejl")
    seat(board, newcomer(board, "anden"), since=DAY(2027, 1, 1))


def test_with_a_mistaken_term_undone_the_case_closes_with_the_last_one_that_stands(board):
    person = newcomer(board)
    seat(board, person, until=DAY(2026, 12, 31))
    held = seat(board, person, since=DAY(2027, 1, 1))
    assert Membership.objects.get(person=person).until is None
    undo(board, held)
    assert Membership.objects.get(person=person).until == DAY(2026, 12, 31)


def test_what_can_not_be_undone_is_refused_and_stands(board, sitting):
    person, before = newcomer(board), Seat.objects.count()
    held = seat(board, person, since=DAY(2027, 1, 1))
    with pytest.raises(RuleBroken, match="Skriv, hvorfor"):
        undo(board, held, " ")
    with pytest.raises(RuleBroken, match="er begyndt"):
        undo(board, Seat.objects.get(person=board.people["m2"]))
    Dissent.objects.create(point=sitting.points[0], member="m3", text="x", written_at=NOON, written_by=person)
    with pytest.raises(RuleBroken, match="allerede sagt eller stemt"):
        undo(board, held)
    assert Seat.objects.count() == before + 1
    earlier = seat(board, person, since=DAY(2026, 2, 1), until=DAY(2026, 6, 1))
    undo(board, held)
    with pytest.raises(RuleBroken, match="findes ikke længere"):
        undo(board, held)
    assert Seat.objects.filter(pk=earlier.pk).exists()
    assert not Entry.objects.filter(event="approval.term_ended").exists()


def test_a_term_is_undone_on_the_page_of_seats_which_the_boards_first_page_leads_to(board, client_as):
    held = seat(board, newcomer(board), since=DAY(2099, 1, 1))
    page, undone = (reverse(f"approval:{name}", args=["kombit"]) for name in ("seats", "seat_undo"))
    client = client_as("facilitator")
    assert page in client.get(reverse("approval:paper", args=["kombit"])).content.decode()
    assert page not in client_as("board").get(reverse("approval:paper", args=["kombit"])).content.decode()
    assert client.get(page).content.decode().count(f'action="{undone}"') == 1
    assert client.post(undone, {"seat": held.pk, "why": ""}).status_code == 422
    assert client.post(undone, {"seat": held.pk, "why": "Tastefejl"}, follow=True).status_code == 200
    assert not Seat.objects.filter(pk=held.pk).exists()


def test_nobody_but_the_secretary_seats(board, client_as):
    page = reverse("approval:seats", args=["kombit"])
    assert [client_as(role).get(page).status_code for role in ("owner", "facilitator")] == [200, 200]
    assert {client_as(role).get(page).status_code for role in ("leadership", "board", "observer")} == {403}
    assert Client().get(page).status_code == 404
    assert not MeetingRun.objects.exists()


def test_a_seat_changes_hands_on_the_day_that_the_case_is_shown_and_not_later_than_by_the_clock(board):
    """No display lets a former member in."""
    case, last = board.case, timezone.localdate() + timedelta(days=3)
    case.shown_as_of = timezone.localdate()
    case.save(update_fields=["shown_as_of"])
    held = Seat.objects.get(person=board.people["m2"])
    end_term(case=case, seat=held.pk, until=last, by=board.secretary, at=timezone.now())
    address = reverse("approval:paper", args=["kombit"])
    for ahead, inside in ((0, True), (1, False)):
        case.shown_as_of = last + timedelta(days=ahead)
        case.save(update_fields=["shown_as_of"])
        assert (seat_of(case, held.person, case.as_of) is not None) is inside
        assert (board.client("m2").get(address).status_code == 200) is inside

    case.shown_as_of = last - timedelta(days=30)
    case.save(update_fields=["shown_as_of"])
    Membership.objects.filter(person=held.person).update(until=timezone.localdate() - timedelta(days=1))
    assert board.client("m2").get(address).status_code == 404
