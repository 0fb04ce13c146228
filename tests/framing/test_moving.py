"""Stakeholders are moved on the map by a table that does it all, all or none."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cases.editing.browser import filled_in
from fremsyn.cases.models import Item, PhaseRecord, PhaseState
from fremsyn.cases.remembered import changed
from fremsyn.framing.handover import load

pytestmark = pytest.mark.django_db
ADDRESS = "framing:stakeholders_edit"


@pytest.fixture
def kombit(kombit):
    PhaseRecord.objects.filter(case=kombit).update(state=PhaseState.OPEN)
    changed(kombit)
    return kombit


def sent(client) -> dict[str, str]:
    return filled_in(client.get(reverse(ADDRESS, args=["kombit"])).content.decode()).dict()


def test_two_are_moved_at_once_and_the_others_stay(kombit, client_as):
    client = client_as("facilitator")
    form = sent(client) | {"K1-influence": "2", "K2-interest": "1"}
    form |= {f"K{n}-version": "1" for n in range(1_000, 7_000)}  # as many fields as two thousand stakeholders have
    answer = client.post(reverse(ADDRESS, args=["kombit"]), form)
    assert answer.status_code == 302, answer.context["fault"]
    found = {each.ref: each for each in load(Item.objects.get(case=kombit, ref="K1").case).stakeholders.stakeholders}
    assert (found["K1"].influence, found["K2"].interest) == (2, 1)
    assert Item.objects.filter(case=kombit, kind="stakeholder", version=2).count() == 2


def test_a_number_off_the_scale_moves_nothing_and_stays(kombit, client_as):
    client = client_as("facilitator")
    answer = client.post(reverse(ADDRESS, args=["kombit"]), sent(client) | {"K1-influence": "9", "K2-interest": "1"})
    assert answer.status_code == 422
    assert not Item.objects.filter(case=kombit, kind="stakeholder", version=2).exists()


def test_two_who_move_the_same_one_are_told(kombit, client_as):
    client = client_as("facilitator")
    form = sent(client)
    client.post(reverse(ADDRESS, args=["kombit"]), form | {"K1-influence": "2"})
    answer = client.post(reverse(ADDRESS, args=["kombit"]), form | {"K1-influence": "3", "K2-influence": "1"})
    assert answer.status_code == 409
    assert not Item.objects.filter(case=kombit, ref="K2", version=2).exists()
