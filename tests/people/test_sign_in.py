"""Signing in with a password, and in a demonstration by a button."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from fremsyn.core.errors import RuleBroken
from fremsyn.people import operations
from fremsyn.people.limiting import address_of
from fremsyn.people.models import Demonstration, DemonstrationSeat, Person
from fremsyn.people.roles import Role

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
PASSWORD = "en lang og egen sætning"

pytestmark = pytest.mark.django_db


@pytest.fixture
def karen() -> Person:
    return operations.register_person(username="karen", name="Karen Holm", password=PASSWORD, at=NOON)


def signed_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def sign_in(client: Client, password: str, username: str = "karen", **more: str):
    return client.post("/sign-in/", {"username": username, "password": password, **more})


def test_sign_in_takes_the_right_password_and_goes_on_to_the_page_asked_for(client, karen):
    response = sign_in(client, PASSWORD, next="/demo")

    assert (response.status_code, response["Location"]) == (302, "/demo")
    assert signed_in(client) == str(karen.pk)


def test_sign_in_never_leads_to_another_house(client, karen):
    assert sign_in(client, PASSWORD, next="https://elsewhere.example/")["Location"] == "/"


def test_sign_in_refuses_a_wrong_password(client, karen):
    response = sign_in(client, "forkert")

    assert response.status_code == 200
    assert signed_in(client) is None


def test_sign_in_stops_after_five_failures_for_that_name_at_that_address_only(client, karen):
    for _try in range(5):
        sign_in(client, "forkert")

    assert "mange gange" in sign_in(client, PASSWORD).content.decode()
    assert signed_in(client) is None

    elsewhere = Client(REMOTE_ADDR="127.0.0.9")
    assert sign_in(elsewhere, PASSWORD).status_code == 302


def test_sign_out_is_by_post_only(client, karen):
    client.force_login(karen)

    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").status_code == 302
    assert signed_in(client) is None


def test_register_person_refuses_a_taken_name_and_a_weak_password(karen):
    with pytest.raises(RuleBroken, match="KAREN"):
        operations.register_person(username="KAREN", name="Karen", password=PASSWORD, at=NOON)
    with pytest.raises(RuleBroken):
        operations.register_person(username="per", name="Per", password="password1234", at=NOON)
    with pytest.raises(RuleBroken):
        operations.register_person(username=" ", name="Per", password=PASSWORD, at=NOON)

    assert Person.objects.filter(username="karen").count() == 1


def test_demo_is_there_only_in_a_demonstration(client):
    assert client.get("/demo").status_code == 404
    assert client.post("/demo/owner").status_code == 404

    operations.make_demonstration(at=NOON)

    assert client.get("/demo").status_code == 200
    assert b'href="/demo"' in client.get("/sign-in/").content


@pytest.mark.parametrize("role", list(Role))
def test_demo_signs_in_each_role_by_its_own_form(client, role):
    people = operations.make_demonstration(at=NOON)

    page = client.get("/demo").content.decode()
    assert f'<form method="post" action="/demo/{role.value}">' in page
    assert f'value="{role.value}"' in page
    assert page.count("csrfmiddlewaretoken") >= len(Role)

    assert client.get(f"/demo/{role.value}").status_code == 405
    assert client.post(f"/demo/{role.value}").status_code == 302
    assert signed_in(client) == str(people[role].pk)


def test_a_seat_of_the_board_is_taken_by_its_own_form_and_nobody_elses(client, karen):
    people = operations.make_demonstration(at=NOON)
    assert "bestyrelsens pladser" not in client.get("/demo").content.decode()
    chair = operations.register_person(username="demo-board-m1", name="Formand", password=None, at=NOON)
    seat = operations.offer_seat(person=chair, title={"da": "Formand", "en": "Chair"})
    again = operations.offer_seat(person=chair, title={"da": "Bestyrelsesformand", "en": "Chair"})
    operations.offer_seat(person=people[Role.BOARD], title={"da": "Næstformand", "en": "Vice-chair"})
    assert again.pk == seat.pk

    page = client.get("/demo").content.decode()
    assert page.index("Bestyrelsesformand") < page.index("Næstformand")
    assert "Chair" not in page
    assert client.post(f"/demo/board/{seat.pk}").status_code == 302
    assert signed_in(client) == str(chair.pk)
    assert client.post("/demo/board/999").status_code == 404
    assert client.get(f"/demo/board/{seat.pk}").status_code == 405
    assert not DemonstrationSeat.objects.filter(person=karen).exists()


def test_demo_sign_in_needs_the_form(db):
    operations.make_demonstration(at=NOON)

    response = Client(enforce_csrf_checks=True).post("/demo/owner")

    assert response.status_code == 403
    assert "send formularen igen" in response.content.decode()


def test_a_demonstration_made_twice_is_the_same_one(db):
    first = operations.make_demonstration(at=NOON)

    assert operations.make_demonstration(at=NOON) == first
    assert Demonstration.objects.count() == 1
    assert not any(person.has_usable_password() for person in first.values())


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.7, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (1, "", "127.0.0.1"),
    ],
)
def test_only_our_own_proxies_are_believed_about_where_a_request_came_from(settings, rf, proxies, forwarded, address):
    settings.PROXIES = proxies
    assert address_of(rf.get("/", headers={"X-Forwarded-For": forwarded})) == address
