"""Signing in again before something that binds."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from conftest import NOON
from fremsyn.people import operations
from fremsyn.people.confirming import KEY
from fremsyn.people.models import Person

PASSWORD = "en lang og egen sætning"
AGAIN = "/sign-in/again/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def karen(client) -> Person:
    person = operations.register_person(username="karen", name="Karen Holm", password=PASSWORD, at=NOON)
    client.force_login(person)
    return person


def test_the_password_is_asked_for_and_leads_back(client, karen):
    assert "Karen Holm" in client.get(f"{AGAIN}?next=/glossary/").content.decode()
    before = client.session.session_key
    response = client.post(AGAIN, {"password": PASSWORD, "next": "/glossary/"})

    assert (response.status_code, response["Location"]) == (302, "/glossary/")
    assert client.session[KEY][0] == str(karen.pk)
    assert client.session.session_key != before


def test_a_wrong_password_confirms_nothing_and_is_limited_like_sign_in(client, karen):
    for _try in range(5):
        response = client.post(AGAIN, {"password": "forkert"})
        assert response.status_code == 422
    assert "mange gange" in client.post(AGAIN, {"password": PASSWORD}).content.decode()
    assert KEY not in client.session


@pytest.mark.parametrize("asked", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_it_never_leads_to_another_house(client, karen, asked):
    assert client.post(AGAIN, {"password": PASSWORD, "next": asked})["Location"] == "/"


def test_a_person_without_a_password_confirms_by_a_button_in_a_demonstration_only(client):
    person = operations.register_person(username="nobody", name="Ingen", password=None, at=NOON)
    client.force_login(person)
    assert 'type="password"' in client.get(AGAIN).content.decode()
    assert client.post(AGAIN, {"next": "/"}).status_code == 422

    operations.make_demonstration(at=NOON)
    assert 'type="password"' not in client.get(AGAIN).content.decode()
    assert client.post(AGAIN, {"next": "/"}).status_code == 302
    assert KEY in client.session


def test_a_person_with_a_password_needs_it_in_a_demonstration_too(client, karen):
    operations.make_demonstration(at=NOON)
    assert client.post(AGAIN, {"next": "/"}).status_code == 422


def test_it_goes_with_the_session(client, karen):
    client.post(AGAIN, {"password": PASSWORD})
    client.post("/sign-out/")
    client.force_login(karen)
    assert KEY not in client.session


def test_it_holds_for_half_an_hour(client, karen, rf):
    from fremsyn.people.confirming import is_confirmed

    client.post(AGAIN, {"password": PASSWORD})
    request = rf.get("/")
    request.session, request.user, now = client.session, karen, timezone.now()

    minutes = {0: True, 29: True, 31: False, -5: False}
    assert {n: is_confirmed(request, now + datetime.timedelta(minutes=n)) for n in minutes} == minutes
