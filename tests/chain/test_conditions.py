"""What the gates ask for: nothing missing in the demonstration, almost everything in a case just opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from conftest import NOON
from fremsyn.cases.models import Case, Item
from fremsyn.cases.remembered import changed
from fremsyn.chain.folder import read_folder
from fremsyn.chain.gates.conditions import OF_PHASE
from fremsyn.chain.operations import import_case
from fremsyn.framing.handover.gates import Condition, gate


@pytest.mark.parametrize("phase", OF_PHASE)
def test_nothing_is_missing_in_the_demonstration(kombit: Case, phase: str) -> None:
    found = OF_PHASE[phase](kombit)

    assert [each.text for each in found if not each.done and not each.thin] == []
    assert any(each.done and not each.thin for each in found)


@pytest.mark.parametrize("phase", OF_PHASE)
def test_what_is_not_met_says_where_it_is_mended(kombit: Case, client_as: Callable[[str], Client], phase: str) -> None:
    client = client_as("member")
    unmet = [each for each in OF_PHASE[phase](kombit) if not each.done]

    for each in unmet:
        assert each.url, each.text
        assert client.get(each.url).status_code == 200, each.text


@pytest.mark.parametrize("phase", OF_PHASE)
def test_a_thing_to_be_looked_at_again_warns_at_its_phases_gate(kombit: Case, phase: str) -> None:
    marked = {"framing": "H1", "scanning": "T1", "scenarios": "D1", "direction": "A1", "strategy": "O1", "plans": "I1"}
    Item.objects.filter(case=kombit, ref=marked[phase]).update(look_again=True)
    changed(kombit)

    with translation.override("en"):
        said = {str(each.text): each for each in OF_PHASE[phase](kombit)}
    warned = said[f"1 thing waits to be looked at again: {marked[phase]}"]
    assert warned.thin
    assert not warned.done
    assert f"/{marked[phase]}/" in warned.url


def test_what_is_missing_comes_first_at_a_gate(kombit: Case) -> None:
    met, thin, missing = Condition("a", True), Condition("b", False, thin=True), Condition("c", False)

    assert gate(kombit, "framing", (met, thin, missing)).conditions == (missing, thin, met)


@pytest.mark.parametrize("phase", OF_PHASE)
def test_a_case_just_opened_is_told_what_is_missing(db: None, repo: Path, phase: str) -> None:
    content = read_folder(repo / "src" / "fremsyn" / "chain" / "beginnings" / "public").content
    assert content
    case = import_case(content=content, slug="ny", by=None, at=NOON)

    found = OF_PHASE[phase](case)

    assert len([each for each in found if not each.done and not each.thin]) >= 2
    assert not [each.text for each in found if "0 af 0" in str(each.text)]
