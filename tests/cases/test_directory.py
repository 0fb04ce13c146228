"""The directory lists what a case holds in the order of its files."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from fremsyn.cases.directory import directory
from fremsyn.cases.kinds import PAGE_OF_APP
from fremsyn.cases.models import Case
from fremsyn.chain.content import CaseContent
from fremsyn.chain.run import natural

Signed = Callable[[str], Client]


def listed(case: Case, kind: str) -> list[str]:
    return [each.ref for each in directory(case).entries.values() if each.kind == kind]


def test_things_within_things_stand_in_the_order_of_the_file(kombit: Case, kombit_content: CaseContent):
    plans, drivers = kombit_content.plans, kombit_content.scenarios.scenarios.drivers
    assert listed(kombit, "milestone") == [m.ref for each in plans.initiatives for m in each.milestones]
    assert listed(kombit, "variant") == [variant.ref for each in drivers for variant in each.variants]
    assert listed(kombit, "variant") == sorted(listed(kombit, "variant"), key=natural)
    assert listed(kombit, "trend") == [each.ref for each in kombit_content.scanning.scanning.trends]


@pytest.mark.parametrize("app", sorted(PAGE_OF_APP))
def test_every_part_has_a_place_on_the_page_that_its_address_names(kombit: Case, client_as: Signed, app: str) -> None:
    addresses = [each.url.partition("#") for each in directory(kombit).entries.values() if each.app == app]
    for page in {page for page, _mark, part in addresses if part}:
        shown = client_as("owner").get(page).content.decode()
        parts = {part for at, _mark, part in addresses if at == page and part}
        assert [part for part in sorted(parts) if f'id="{part}"' not in shown] == []
