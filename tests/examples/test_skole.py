"""The school: a case of our own that goes the whole way, so that nothing hangs on the demonstration case."""

import runpy
from pathlib import Path

import pytest
from django.utils.translation import override

from conftest import NOON
from fremsyn.cases.trace import chain_of
from fremsyn.chain.check import check_folder
from fremsyn.chain.claims import compute
from fremsyn.chain.content import CaseContent
from fremsyn.chain.operations import export_case, import_case
from fremsyn.chain.run import run_chain
from fremsyn.chain.sealing import results
from fremsyn.conversation.analysis import by_statement
from fremsyn.conversation.analysis import results as opinions
from fremsyn.conversation.judging.results import judged
from fremsyn.conversation.judging.verdict import verdict
from fremsyn.direction.analysis import wish


@pytest.fixture(scope="module")
def folder(repo: Path) -> Path:
    return repo / "examples" / "skole"


@pytest.fixture(scope="module")
def school(folder: Path) -> CaseContent:
    checked = check_folder(folder, both=True)
    assert checked.faults == ()
    assert checked.content
    return checked.content


def test_it_is_small_and_marked_as_invented(school: CaseContent) -> None:
    assert len(school.scanning.scanning.trends) == 3
    assert len(school.scenarios.scenarios.drivers) == 4
    assert len(school.strategy.options) == 5
    sheets = [sheet for name, sheet in school.sheets() if name != "sources"]
    assert all(sheet.status.illustrative for sheet in sheets)
    assert school.conversation.conversation.status.synthetic
    assert school.conversation.synthetic
    assert school.conversation.synthetic.synthetic


@pytest.mark.django_db
def test_it_goes_the_whole_way_and_comes_out_as_it_went_in(school: CaseContent) -> None:
    case = import_case(content=school, slug=school.case.slug, by=None, at=NOON)

    found = run_chain(case, lambda _step: None).values

    assert (found["configurations"], found["consistent_scenarios"]) == (36, 4)
    assert found["portfolios"] == 7
    assert found["least_regret"] == [["O1", "O3", "O4"]]
    assert found["best_mean"] == [["O1", "O4", "O5"]]
    assert found["board_points"] == 3
    assert found["broken_traces"] == []
    assert found["claims_that_differ"] == []
    assert found["complete"] is True
    assert found["unverified"] == ["H3", "K8", "K9", "K12", "S4", "X3"]
    assert export_case(case) == school


def test_the_wish_is_resisted_by_the_number_of_pupils_alone(school: CaseContent) -> None:
    assert wish(school.direction.desirable, school.scenarios).weighed.resists == {"D1": 2}


def test_a_leadership_of_four_is_never_shown_and_hides_the_total(school: CaseContent) -> None:
    shown = by_statement(opinions(school.conversation))

    asked = {round_.ref: round_.statements for round_ in school.conversation.conversation.rounds}
    assert all(shown[ref].by_circle["leadership"] is None and shown[ref].total is None for ref in asked["R1"])
    assert all(shown[ref].total is not None for ref in asked["R2"])


@pytest.mark.django_db
def test_its_scenarios_are_judged_and_the_wish_rests_on_it(school: CaseContent) -> None:
    case = import_case(content=school, slug=school.case.slug, by=None, at=NOON)

    little, screen = judged(case)["R3"]

    assert all(each.by_circle["leadership"] is None for one in (little, screen) for each in one.aspects.values())
    with override("en"):
        assert verdict(screen) == "Plausible but unwished, and we are not prepared. So say the circles that are shown."
        assert verdict(little).startswith("Desirable and perhaps plausible, and we are only partly prepared.")
    assert "R3" in chain_of(case).under("C0")


def test_how_its_scenarios_were_judged_is_sealed_with_small_groups_hidden(school: CaseContent) -> None:
    sealed = results(school, compute(school))["opinions"]["R3"]

    assert [(each["statement"], each["aspect"]) for each in sealed["statements"]][:2] == [("U12", "desirable"), ("U13", "plausible")]
    assert all(each["by_circle"]["leadership"] is None and each["total"] is None for each in sealed["statements"])
    assert all(sum(each["by_circle"]["wide"]["counts"]) >= 5 for each in sealed["statements"])


def test_the_votes_are_the_seeds(folder: Path, tmp_path: Path) -> None:
    runpy.run_path(str(folder / "votes" / "make_votes.py"))["make"](tmp_path)

    for name in ("R1.csv", "R2.csv", "R3.csv"):
        assert (tmp_path / name).read_bytes() == (folder / "votes" / name).read_bytes()
