"""Two who change the same thing are told of each other before they have written."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from cases.editing.browser import filled_in
from conftest import NOON
from fremsyn.cases.editing import writers
from fremsyn.cases.models import Item
from fremsyn.people.models import Person

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)
CHANGE = "/cases/kombit/edit/at/T1/change/"


@pytest.fixture
def thing(kombit):
    return Item.objects.get(case=kombit, ref="T1")


@pytest.fixture
def karen(kombit):
    Person.objects.filter(username="owner").update(name="Karen <b>K</b>")
    return Person.objects.get(username="owner")


@pytest.fixture(autouse=True)
def nobody(thing):
    """Nobody has it open: what other tests opened is forgotten."""
    for person in Person.objects.all():
        writers.left(thing, person)


@pytest.mark.parametrize(
    ("language", "words"), [("da", "har haft den her åben siden"), ("en", "has had this open since")]
)
def test_the_second_is_told_who_has_it_open_and_the_first_when_she_looks_again(client_as, karen, language, words):
    first, second = client_as("owner"), client_as("facilitator")
    for client in (first, second):
        client.cookies["fremsyn_language"] = language
    assert words not in first.get(CHANGE).content.decode()

    page = second.get(CHANGE).content.decode()

    assert f"Karen &lt;b&gt;K&lt;/b&gt; {words}" in page
    assert words not in second.get(CHANGE.replace("T1", "T2")).content.decode()
    assert f"Facilitator {words}" in first.post(CHANGE.replace("change", "open")).content.decode()


def test_nobody_is_told_of_who_has_saved(client_as, karen):
    first, second = client_as("owner"), client_as("facilitator")
    sent = dict(filled_in(first.get(CHANGE).content.decode()).lists())
    sent |= {"title_en": ["Another title"], "meaning": ["wording"]}
    assert "Karen" in second.get(CHANGE).content.decode()

    saved = first.post(CHANGE, sent)

    assert saved.status_code == 302, (saved.context["form"].errors, saved.context["asked"].errors)

    assert "Karen" not in second.get(CHANGE).content.decode()


def test_who_is_not_heard_from_is_forgotten(thing, karen):
    other = Person.objects.get(username="facilitator")
    writers.opened(thing, karen, NOON)
    writers.opened(thing, karen, NOON + 9 * MINUTE)

    (seen,) = writers.opened(thing, other, NOON + 18 * MINUTE)

    assert (seen.name, seen.since) == (karen.name, NOON)
    assert writers.opened(thing, other, NOON + 19 * MINUTE) == ()


def test_who_may_not_edit_is_told_nothing(client_as, kombit):
    address = reverse("cases:item_open", args=["kombit", "T1"])
    assert client_as("stakeholder").post(address).status_code == 403
    assert client_as("owner").get(address).status_code == 405
