"""A run tells what a case holds, by the same operations as the application."""

from __future__ import annotations

import copy
import re

import pytest
from django.test import Client

from chain.small import Sheets, write
from conftest import NOON
from fremsyn.cases.models import Case, Membership
from fremsyn.chain.folder import read_folder
from fremsyn.chain.operations import import_case
from fremsyn.chain.run import natural, run_chain
from fremsyn.people.models import Person
from fremsyn.scenarios.analysis import MOST_FOUND

pytestmark = pytest.mark.django_db

KOMBIT = {
    "sources": 72, "questions": 11, "stakeholders": 91, "signals": 22, "trends": 50, "drivers": 14,
    "configurations": 4_251_528, "consistent_scenarios": 14, "scenarios": 6, "sessions": 6, "rounds": 4, "insights": 10,
    "agendas": 5, "roles": 5, "options": 18, "portfolios": 5224, "initiatives": 15, "signposts": 14, "board_points": 6,
}  # fmt: skip


def found(tmp_path, sheets: Sheets, slug: str = "lille"):
    content = read_folder(write(tmp_path / slug, sheets)).content
    assert content
    return run_chain(import_case(content=content, slug=slug, by=None, at=NOON), lambda step: None).values


def test_kombit_is_what_its_readme_says(kombit: Case):
    steps: list[str] = []
    values = run_chain(kombit, steps.append).values

    assert {name: values[name] for name in KOMBIT} == KOMBIT
    assert (values["broken_traces"], values["claims_that_differ"], values["complete"]) == ([], [], True)
    assert len(values["unverified"]) == 36
    assert values["unverified"] == sorted(values["unverified"], key=natural)
    assert steps


def test_the_small_case_is_what_was_worked_out_by_hand(tmp_path, sheets):
    values = found(tmp_path, sheets)

    assert (values["configurations"], values["portfolios"], values["least_greatest_regret"]) == (4, 3, 7)
    assert [(each["ref"], each["score"], each["margin"]) for each in values["consistent"]] == [
        ("C1", 4, 4),
        ("C2", 2, 2),
    ]
    assert values["least_regret"] == values["best_mean"] == [["O1", "O3"]]
    assert (values["unverified"], values["broken_traces"], values["chosen"]) == (["K1"], [], "P1")


def many(sheets: Sheets, drivers: int) -> Sheets:
    """Return the case with more drivers of two states, and no judgements: every combination is consistent."""
    states = sheets["scenarios"]["drivers"]
    for number in range(3, drivers + 1):
        more = copy.deepcopy(states[0]) | {"ref": f"D{number}", "key": f"KRAFT{number}"}
        for state, letter in zip(more["variants"], "ab", strict=True):
            state |= {"ref": f"D{number}.{letter}", "key": f"KRAFT{number}.{letter}"}
        states.append(more)
    sheets["cross_impact"] |= {
        "order": [each["key"] for each in states],
        "columns": {each["key"]: [state["key"] for state in each["variants"]] for each in states},
        "sections": [],
        "expected": {"consistent_count": 2**drivers, "consistent": []},
    }
    for scenario, letter in zip(sheets["scenarios"]["scenarios"], "ab", strict=True):
        scenario["variants"] = [f"D{number}.{letter}" for number in range(1, drivers + 1)]
    wish = sheets["direction"]["desirable"]
    wish["variants"] = [{**wish["variants"][0], "variant": f"D{number}.a"} for number in range(1, drivers + 1)]
    for state in wish["variants"]:
        for name in ("balance", "best_alternative", "best_balance", "resists_by"):
            state.pop(name, None)
    for name in ("score", "consistent", "resists", "distance", "tried"):
        wish.pop(name)
    return sheets


def test_a_matrix_that_judges_nothing_is_cut_short_and_says_so(tmp_path, sheets):
    values = found(tmp_path, many(sheets, 22))

    assert (values["configurations"], values["complete"]) == (2**22, False)
    assert values["claims_that_differ"] == []
    assert MOST_FOUND <= values["consistent_scenarios"] <= MOST_FOUND + 2
    assert {each["ref"] for each in values["consistent"]} == {None, "C1", "C2"}


def test_its_pages_say_that_not_all_were_found(tmp_path, sheets):
    case = import_case(content=read_folder(write(tmp_path, many(sheets, 16))).content, slug="lille", by=None, at=NOON)
    person = Person.objects.create(username="owner-of-lille", name="Ejer", joined_at=NOON)
    Membership.objects.create(case=case, person=person, role="owner")
    client = Client()
    client.force_login(person)

    page = " ".join(client.get("/cases/lille/scenarios/").content.decode().split())
    assert "Ikke alle fundet" in page
    assert re.search(r"Mindst 10\.00[0-2] fremtider hænger sammen", page)
    assert "er nogle af dem, og alle tal gælder kun dem" in page
    assert "ingen er udeladt" not in page
    assert re.search(r"Mindst 10\.00[0-2] af 65\.536", client.get("/cases/lille/").content.decode())


def test_another_judgement_gives_another_answer(tmp_path, sheets):
    sheets["cross_impact"]["sections"][1]["rows"]["PENGE.b"] = [3, -3]
    values = found(tmp_path, sheets)

    assert [each["ref"] for each in values["consistent"]] == ["C1"]
    assert "cross_impact.yaml: expected.consistent_count" in values["claims_that_differ"]


def test_another_score_gives_another_choice(tmp_path, sheets):
    sheets["strategy"]["options"][1]["effect"] = 5
    values = found(tmp_path, sheets)

    assert values["best_mean"] == [["O2"]]


def test_a_trace_that_is_cut_is_named_with_all_that_hangs_on_it(tmp_path, sheets):
    for holder in (sheets["framing"]["questions"][0], sheets["scanning"]["signals"][0]):
        holder["sources"] = []
    values = found(tmp_path, sheets)

    assert {"Q0", "S1", "T1", "D1", "D1.a", "C1"} <= set(values["broken_traces"])
    assert "K1" not in values["broken_traces"]
    assert values["broken_traces"] == sorted(values["broken_traces"], key=natural)
