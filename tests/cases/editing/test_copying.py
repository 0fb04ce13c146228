"""What is copied for a spreadsheet is what the page for pasted rows takes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from fremsyn.cases.access import Visit
from fremsyn.cases.editing.pasting import look_through
from fremsyn.cases.editing.stored import stored
from fremsyn.cases.sheets import place_of
from fremsyn.people.models import Person
from fremsyn.people.roles import Role

pytestmark = pytest.mark.django_db


def address(kind: str, name: str = "item_rows") -> str:
    return reverse(f"cases:{name}", args=["kombit", kind])


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("kind", ["signal", "trend", "source", "stakeholder"])
def test_copied_rows_can_be_pasted_back_as_they_were(kind, language, kombit, client_as):
    client = client_as("facilitator")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    sheet, way, schema = place_of(kind)
    things = getattr(stored(kombit, sheet).thing, way)
    with override(language):
        text = client.get(address(kind)).content.decode()
        visit = Visit(kombit, Person.objects.get(username="facilitator"), Role.FACILITATOR)
        pasted = look_through(text, schema, visit)
    assert pasted.faults == ()
    assert pasted.things == tuple(replace(each, ref="") for each in things)


def test_the_headings_stand_in_the_order_of_the_page_for_pasted_rows(client_as, kombit):
    client = client_as("facilitator")
    told = client.get(address("signal", "item_paste")).context["header"]
    assert client.get(address("signal")).content.decode().splitlines()[0] == told


@pytest.mark.parametrize("role", ["member", "leadership", "observer", "stakeholder"])
def test_only_those_who_may_paste_copy_all_columns(role, client_as, kombit):
    assert client_as(role).get(address("signal")).status_code == 403


def test_what_fits_no_row_and_what_is_no_kind_is_not_found(client_as, kombit):
    client = client_as("facilitator")
    assert client.get(address("nothing")).status_code == 404


def test_a_long_table_has_its_button_which_is_hidden_until_the_script_shows_it(client_as, kombit):
    for role, full in (("facilitator", True), ("observer", False)):
        page = client_as(role).get(reverse("scanning:scanning", args=["kombit"])).content.decode()
        assert "Kopiér til regneark" in page
        assert (f'data-rows="{address("trend")}"' in page) is full
        assert page.count("data-copy-table") == page.count("hidden><button")
