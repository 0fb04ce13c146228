"""A run tells what a case holds, by the same operations as the application."""

from __future__ import annotations

import pytest

from chain.small import Sheets, write
from conftest import NOON
from fremsyn.cases.models import Case
from fremsyn.chain.folder import read_folder
from fremsyn.chain.operations import import_case
from fremsyn.chain.run import natural, run_chain

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
