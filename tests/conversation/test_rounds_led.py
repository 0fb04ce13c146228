"""A round as those who lead it take it: prepared, opened, invited to, closed, shown."""

from __future__ import annotations

import pytest

from conftest import NOON
from conversation.live import make_round

pytestmark = pytest.mark.django_db

PAGES = ("run", "response", "statements/add", "invite", "moderate", "used", "insight")


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_of_a_round_opens_for_the_facilitator(kombit, client_as, language):
    round_ = make_round(kombit, at=NOON)
    client = client_as("facilitator")
    client.cookies["language"] = language
    base = "/cases/kombit/conversation/rounds/"
    for page in (f"{base}prepare/", f"{base}prepare/?model=scenarios_reaction&scenario=C1", f"{base}prepare/?model=R1&statements=R2", *(f"{base}{round_.item.ref}/{each}/" for each in PAGES), *(f"{base}R1/{each}/" for each in PAGES), "/cases/kombit/conversation/"):  # fmt: skip
        response = client.get(page)
        assert response.status_code == 200, page
