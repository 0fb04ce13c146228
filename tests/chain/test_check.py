"""A folder without faults passes; each fault is named with file, line, field, what is wrong and what to do."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chain.small import Sheets, t, write
from fremsyn.cases.yaml_tree import Fault
from fremsyn.chain import claims
from fremsyn.chain.check import Checked, check_folder
from fremsyn.chain.claims import compute
from fremsyn.chain.folder import read_folder

Change = Callable[[Sheets], object]


def test_the_small_case_and_kombit_have_no_faults(folder, repo):
    assert not check_folder(folder, both=True).faults
    assert not check_folder(repo / "examples" / "kombit", both=True).faults


def test_every_example_has_no_faults(repo):
    for example in (repo / "examples").iterdir():
        if (example / "case.yaml").exists():
            assert not check_folder(example, both=True).faults


def only(checked: Checked, field: str) -> Fault:
    """Return the fault of a field."""
    found = [fault for fault in checked.faults if fault.field == field]
    assert len(found) == 1, [str(fault) for fault in checked.faults]
    return found[0]


def line_of(folder: Path, fault: Fault) -> str:
    return (folder / fault.file).read_text(encoding="utf-8").splitlines()[fault.line - 1]


def option(sheets: Sheets, at: int) -> Any:
    return sheets["strategy"]["options"][at]


def initiative(sheets: Sheets, at: int) -> Any:
    return sheets["plans"]["initiatives"][at]


def state(ref: str) -> Any:
    return {"ref": ref, "key": ref, "name": t(ref), "description": t("Sådan")}


def wish(sheets: Sheets) -> Any:
    return sheets["direction"]["desirable"]


# file, field, words of what is wrong, what stands on the line, the change
REFUSED: list[tuple[str, str, str, str, Change]] = [
    # references
    ("scanning", "trends[1].because[2]", "T99 is not known", "T99", lambda s: s["scanning"]["trends"][0]["because"].append("T99")),
    ("scanning", "trends[1].because[2]", "S1 stands twice", "S1", lambda s: s["scanning"]["trends"][0]["because"].append("S1")),
    ("scanning", "trends[1].because[2]", "T1 refers to itself", "T1", lambda s: s["scanning"]["trends"][0]["because"].append("T1")),
    ("scanning", "trends[1].because[2]", "is not known", "direction/values", lambda s: s["scanning"]["trends"][0]["because"].append("direction/values")),
    ("scanning", "trends[1].sources[1]", "T1 is of the wrong kind", "T1", lambda s: s["scanning"]["trends"][0].update(sources=["T1"])),
    ("scanning", "signals[1].question", "T1 is of the wrong kind", "T1", lambda s: s["scanning"]["signals"][0].update(question="T1")),
    ("scanning", "trends[2].ref", "T1 stands twice (first in scanning.yaml", "T1", lambda s: s["scanning"]["trends"].append(copy.deepcopy(s["scanning"]["trends"][0]))),
    ("scanning", "signals[1].ref", "A2 has the wrong letter", "A2", lambda s: s["scanning"]["signals"][0].update(ref="A2")),
    ("strategy", "options[1].scores.C7", "C7 is not known", "", lambda s: option(s, 0)["scores"].update(C7=option(s, 0)["scores"]["C1"])),
    ("scenarios", "scenarios[1].variants[1]", "D1 is of the wrong kind", "D1", lambda s: s["scenarios"]["scenarios"][0].update(variants=["D1", "D2.a"])),
    ("scenarios", "scenarios[1].story_shows.shown[1]", "D1.a is of the wrong kind", "D1.a", lambda s: s["scenarios"]["scenarios"][0]["story_shows"].update(shown=["D1.a"])),
    ("plans", "signposts[1].variant", "D1 is of the wrong kind", "D1", lambda s: s["plans"]["signposts"][0].update(variant="D1")),
    ("direction", "desirable.variants[1].variant", "D1 is of the wrong kind", "D1", lambda s: wish(s)["variants"][0].update(variant="D1")),
    ("direction", "desirable.tried[1].change[1]", "D2 is of the wrong kind", "D2", lambda s: wish(s)["tried"][0].update(change=["D2"])),
    ("scanning", "trends[1].title.da", "the text names T7", "T7", lambda s: s["scanning"]["trends"][0].update(title={"da": "Som T7"})),
    ("scanning", "trends[1].theme", "“weather” is not in scanning.themes", "weather", lambda s: s["scanning"]["trends"][0].update(theme="weather")),
    ("direction", "desirable.variants[1].stance", "“work_for” is not in direction.stances", "work_for", lambda s: wish(s)["variants"][0].update(stance="work_for")),
    # the case, the question, the process
    ("case", "horizon", "2026 is not after 2026", "2026", lambda s: s["case"].update(horizon=2026)),
    ("case", "language", "da is not among the languages", "da", lambda s: s["case"].update(languages=["en"])),
    ("case", "files", "plans.yaml", "", lambda s: s["case"]["files"].remove("plans.yaml")),
    ("scanning", "trends[1].place", "the weights of T1", "", lambda s: s["scanning"]["trends"][0].update(place={"megatrend": 1, "municipal": 1, "role": 0})),
    ("framing", "questions", "0 questions are focal", "", lambda s: s["framing"]["questions"][0].update(kind="sub")),
    ("framing", "scan_themes[1]", "is not in scanning.themes", "weather", lambda s: s["framing"].update(scan_themes=["weather"])),
    ("framing", "process.phases", "not all there in order", "", lambda s: s["framing"]["process"]["phases"].reverse()),
    ("framing", "process.phases[2].from", "scanning does not begin after", "2026-01-05", lambda s: s["framing"]["process"]["phases"][1].update({"from": s["conversation"]["sessions"][0]["held"].replace(day=5)})),
    # the conversation
    ("conversation", "rounds[1].closes", "closes before it opens", "2026-01-10", lambda s: s["conversation"]["rounds"][0].update(closes=s["conversation"]["sessions"][0]["held"])),
    ("conversation", "rounds[1].votes", "votes/R9.csv is missing", "R9", lambda s: s["conversation"]["rounds"][0].update(votes="votes/R9.csv")),
    ("conversation", "insights[1].used_for[2]", "T1 does not rest on N1", "T1", lambda s: s["conversation"]["insights"][0].update(used_for=["A1", "T1"])),
    ("conversation", "rounds[2].votes", "votes/R1.csv is already that of R1", "R1", lambda s: s["conversation"]["rounds"].append({**s["conversation"]["rounds"][0], "ref": "R2", "statements": []})),
    # the scan
    ("scanning", "field", "the corners of the field are not named", "", lambda s: s["scanning"].update(field=[])),
    ("scanning", "field", "the corners of the field are megatrend, role", "", lambda s: s["scanning"]["field"].pop(1)),
    # the scenarios
    ("scenarios", "scenarios[2].story.da", "stories/C1.da.md is already that of C1", "C1.da", lambda s: s["scenarios"]["scenarios"][1].update(story={"da": "stories/C1.da.md"})),
    ("scenarios", "drivers[1].variants", "D1 has 6 states", "", lambda s: s["scenarios"]["drivers"][0]["variants"].extend(state(f"D1.{each}") for each in "cdef")),
    ("scenarios", "drivers[2].variants[3].ref", "D3.b does not begin with D2.", "D3.b", lambda s: s["scenarios"]["drivers"][1]["variants"].append(state("D3.b"))),
    ("cross_impact", "order", "not those of the drivers", "", lambda s: s["cross_impact"].update(order=["BØRN", "SKOLE"])),
    ("cross_impact", "columns", "states in order", "", lambda s: s["cross_impact"]["columns"]["BØRN"].reverse()),
    ("cross_impact", "sections[2]", "stands twice", "", lambda s: s["cross_impact"]["sections"].__setitem__(1, s["cross_impact"]["sections"][0])),
    ("cross_impact", "sections[1]", "HAV is no driver's key", "", lambda s: s["cross_impact"]["sections"][0].update(target="HAV")),
    ("cross_impact", "sections[1].rows", "not the states of BØRN", "", lambda s: s["cross_impact"]["sections"][0]["rows"].pop("BØRN.a")),
    ("cross_impact", "sections[1].rows.BØRN.a", "the row is [4, 0]", "", lambda s: s["cross_impact"]["sections"][0]["rows"].update({"BØRN.a": [4, 0]})),
    ("scenarios", "scenarios[1].variants", "one state of every driver", "", lambda s: s["scenarios"]["scenarios"][0].update(variants=["D1.a", "D1.b"])),
    ("scenarios", "scenarios[1].consequences", "not a scan theme", "", lambda s: s["scenarios"]["scenarios"][0].update(consequences={"money": t("Penge")})),
    ("scenarios", "scenarios", "no scenario is in the working set", "", lambda s: [each.update(use="reserve") for each in s["scenarios"]["scenarios"]]),
    ("scenarios", "scenarios[1].story.da", "stories/C9.da.md is missing", "C9", lambda s: s["scenarios"]["scenarios"][0]["story"].update(da="stories/C9.da.md")),
    ("scenarios", "scenarios[1].story.da", "case.yaml is missing", "../case.yaml", lambda s: s["scenarios"]["scenarios"][0]["story"].update(da="../case.yaml")),
    ("scenarios", "scenarios[1].story.da", "/etc/passwd is missing", "/etc/passwd", lambda s: s["scenarios"]["scenarios"][0]["story"].update(da="/etc/passwd")),
    # the strategy
    ("strategy", "options[1].scores", "no score in C2", "", lambda s: option(s, 0)["scores"].pop("C2")),
    ("strategy", "options[1].excludes[1]", "O2 does not exclude O1", "", lambda s: option(s, 1).update(excludes=[])),
    ("strategy", "options[1]", "ends before it begins", "", lambda s: option(s, 0).update(period={"from": 2029, "to": 2027})),
    ("strategy", "budget_mdkk", "no portfolio fits 1", "1", lambda s: s["strategy"].update(budget_mdkk=1)),
    ("strategy", "options", "A group without options", "", lambda s: s["direction"]["agendas"].append({**s["direction"]["agendas"][0], "ref": "A2"})),
    ("strategy", "deselected", "not those that the choice leaves out", "", lambda s: s["strategy"].update(deselected=[])),
    ("plans", "strategy", "P2 is not the strategy chosen (P1)", "P2", lambda s: (s["strategy"]["possible_strategies"].append({**s["strategy"]["possible_strategies"][0], "ref": "P2", "chosen": False}), s["plans"].update(strategy="P2"))),
    # the plans
    ("plans", "initiatives[2].option", "O2 is not chosen in P1", "O2", lambda s: initiative(s, 1).update(option="O2")),
    ("plans", "initiatives", "O3 was chosen and has no initiative", "", lambda s: s["plans"]["initiatives"].pop()),
    ("plans", "initiatives[2].start", "I2 begins before I1 has ended", "2027K4", lambda s: initiative(s, 1).update(start="2027K4", budget={2027: 1, 2028: 0.5})),
    ("plans", "initiatives[1].end", "I1 ends before it begins", "2026K4", lambda s: initiative(s, 0).update(end="2026K4")),
    ("plans", "initiatives[1].start", "outside the years of O1", "2026K1", lambda s: initiative(s, 0).update(start="2026K1", budget={2026: 1, 2027: 2})),
    ("plans", "initiatives[1].start", "outside the years of O1", "0000K1", lambda s: initiative(s, 0).update(start="0000K1")),
    ("plans", "initiatives[1].budget.2027", "-2 is less than 0", "2027", lambda s: initiative(s, 0).update(budget={2027: -2})),
    ("plans", "initiatives[1].budget", "years in which it does not run", "", lambda s: initiative(s, 0).update(budget={2031: 2})),
    ("plans", "initiatives[1].milestones[1].at", "M1 lies outside I1", "2030K1", lambda s: initiative(s, 0)["milestones"][0].update(at="2030K1")),
    ("plans", "initiatives", "wait", "", lambda s: initiative(s, 0).update(depends_on=["I2"])),
    # the board
    ("approval", "body.quorum", "the quorum is 3, 2 have a vote", "", lambda s: s["approval"]["body"]["quorum"].update(rule="number", number=3)),
    ("approval", "body.casting_vote.holder", "nobody is no member", "nobody", lambda s: s["approval"]["body"]["casting_vote"].update(holder="nobody")),
    ("approval", "paper.meeting", "third is no meeting", "third", lambda s: s["approval"]["paper"].update(meeting="third")),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "field", "wrong", "on_the_line", "change"), REFUSED)
def test_a_refused_case_says_where_and_what(tmp_path, sheets, sheet, field, wrong, on_the_line, change):
    change(sheets)
    folder = write(tmp_path, sheets)

    checked = check_folder(folder)

    assert checked.content is None
    found = [each for each in checked.refusals if each.field == field and each.file == f"{sheet}.yaml"]
    assert found, [str(each) for each in checked.faults]
    assert wrong in found[0].wrong
    assert found[0].todo
    assert on_the_line in line_of(folder, found[0])


def test_a_loop_is_shown_as_a_ring(tmp_path, sheets):
    sheets["scanning"]["trends"][0]["because"].append("C0")
    checked = check_folder(write(tmp_path, sheets))

    [fault] = [each for each in checked.faults if "rests on itself" in each.wrong]
    ring = fault.wrong.removeprefix("it rests on itself: ").split(" > ")
    assert ring[0] == ring[-1]
    assert {"T1", "C0"} <= set(ring)


# --- what is not computed as stated

CLAIMS: list[tuple[str, str, Change]] = [
    ("scanning", "coverage.themes", lambda s: s["scanning"]["coverage"].update(themes={"learning": 2, "money": 0})),
    ("scanning", "coverage.place_mean.role", lambda s: s["scanning"]["coverage"].update(place_mean={"megatrend": 0.2, "municipal": 0.5, "role": 0.5})),
    ("scanning", "coverage.unverified", lambda s: s["scanning"]["coverage"].update(unverified=1)),
    ("conversation", "insights[1].evidence[1].agree_per_cent", lambda s: s["conversation"]["insights"][0]["evidence"][0].update(agree_per_cent=74)),
    ("conversation", "insights[1].evidence[1].agree_per_cent", lambda s: s["conversation"]["rounds"][0].update(min_group=9)),
    ("cross_impact", "expected.combinations", lambda s: s["cross_impact"]["expected"].update(combinations=5)),
    ("cross_impact", "expected.non_zero_sections", lambda s: s["cross_impact"]["expected"].update(non_zero_sections=1)),
    ("cross_impact", "expected.consistent_count", lambda s: s["cross_impact"]["expected"].update(consistent_count=3)),
    ("cross_impact", "expected.consistent[2]", lambda s: s["cross_impact"]["expected"]["consistent"][1].update(margin=1)),
    ("cross_impact", "expected.consistent[1]", lambda s: s["cross_impact"]["expected"]["consistent"][0].update(score=3)),
    ("cross_impact", "expected.consistent[1]", lambda s: s["cross_impact"]["expected"]["consistent"][0].update(keys=["BØRN.a", "PENGE.b"])),
    ("cross_impact", "expected.consistent", lambda s: s["cross_impact"]["expected"]["consistent"].pop()),
    ("direction", "desirable.score", lambda s: wish(s).update(score=0)),
    ("direction", "desirable.consistent", lambda s: wish(s).update(consistent=True)),
    ("direction", "desirable.resists", lambda s: wish(s).update(resists={"D1": 2})),
    ("direction", "desirable.distance", lambda s: wish(s).update(distance={"C1": 2, "C2": 1})),
    ("direction", "desirable.variants[1].balance", lambda s: wish(s)["variants"][0].update(balance=0)),
    ("direction", "desirable.variants[2].best_alternative", lambda s: wish(s)["variants"][1].update(best_alternative="D2.b")),
    ("direction", "desirable.variants[2].best_balance", lambda s: wish(s)["variants"][1].update(best_balance=3)),
    ("direction", "desirable.variants[1].resists_by", lambda s: wish(s)["variants"][0].update(resists_by=1)),
    ("direction", "desirable.tried[1].resists", lambda s: wish(s)["tried"][0].update(resists={"D1": 1})),
    ("strategy", "computed.feasible", lambda s: s["strategy"]["computed"].update(feasible=4)),
    ("strategy", "computed.non_dominated", lambda s: s["strategy"]["computed"].update(non_dominated=3)),
    ("strategy", "computed.best_value", lambda s: s["strategy"]["computed"].update(best_value={"C1": 5, "C2": 5})),
    ("strategy", "computed.minimax_regret.max_regret", lambda s: s["strategy"]["computed"]["minimax_regret"].update(max_regret=6)),
    ("strategy", "computed.minimax_regret.all_ties", lambda s: s["strategy"]["computed"]["minimax_regret"].update(all_ties=[["O1"]])),
    ("strategy", "computed.minimax_regret.core_index", lambda s: s["strategy"]["computed"]["minimax_regret"].update(core_index={"O1": 0.5, "O2": 0, "O3": 1})),
    ("strategy", "computed.best_mean.options", lambda s: s["strategy"]["computed"]["best_mean"].update(options=["O2"])),
    ("strategy", "computed.best_mean.mean_value", lambda s: s["strategy"]["computed"]["best_mean"].update(mean_value=3)),
    ("strategy", "computed.best_mean.max_regret", lambda s: s["strategy"]["computed"]["best_mean"].update(max_regret=3)),
    ("strategy", "computed.best_mean.cost_high", lambda s: s["strategy"]["computed"]["best_mean"].update(cost_high=5)),
    ("strategy", "possible_strategies[1].cost_mdkk.low", lambda s: s["strategy"]["possible_strategies"][0]["cost_mdkk"].update(low=3)),
    ("strategy", "possible_strategies[1].cost_mdkk.high", lambda s: s["strategy"]["possible_strategies"][0]["cost_mdkk"].update(high=3)),
    ("strategy", "possible_strategies[1].value", lambda s: s["strategy"]["possible_strategies"][0].update(value={"C1": 5, "C2": 1})),
    ("strategy", "possible_strategies[1].regret", lambda s: s["strategy"]["possible_strategies"][0].update(regret={"C1": 0})),
    ("strategy", "possible_strategies[1].max_regret", lambda s: s["strategy"]["possible_strategies"][0].update(max_regret=8)),
    ("strategy", "possible_strategies[1].mean_value", lambda s: s["strategy"]["possible_strategies"][0].update(mean_value=2.5)),
    ("plans", "budget.by_year", lambda s: s["plans"]["budget"].update(by_year={2027: 2})),
    ("plans", "budget.total", lambda s: s["plans"]["budget"].update(total=4)),
    ("plans", "budget.not_released", lambda s: s["plans"]["budget"].update(not_released=1)),
    ("approval", "body.quorum.of", lambda s: s["approval"]["body"]["quorum"].update(of=3)),
    ("approval", "paper.money.frame_mdkk", lambda s: s["approval"]["paper"]["money"].update(frame_mdkk=6)),
    ("approval", "paper.money.chosen_low", lambda s: s["approval"]["paper"]["money"].update(chosen_low=1)),
    ("approval", "paper.money.chosen_high", lambda s: s["approval"]["paper"]["money"].update(chosen_high=5)),
    ("approval", "paper.money.released", lambda s: s["approval"]["paper"]["money"].update(released=3)),
    ("approval", "paper.money.not_released", lambda s: s["approval"]["paper"]["money"].update(not_released=3)),
    ("approval", "paper.money.by_year", lambda s: s["approval"]["paper"]["money"].update(by_year={2027: 2, 2028: 2})),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "field", "change"), CLAIMS)
def test_a_stated_figure_that_is_not_the_computed_one_is_a_fault(tmp_path, sheets, sheet, field, change):
    change(sheets)
    checked = check_folder(write(tmp_path, sheets))

    assert checked.content is not None
    fault = only(checked, field)
    assert fault.file == f"{sheet}.yaml"
    assert re.fullmatch(r".+ is stated and .+ is computed", fault.wrong)


@pytest.mark.parametrize(
    ("stated", "computed", "rounded", "holds"),
    [
        (1, 0.7 + 0.2 + 0.1, False, True),
        (3, 0.1 + 2.7 + 0.2, False, True),
        (22.004, 22, False, False),
        (7.004, 7, True, False),
        (0.33, 1 / 3, True, True),
        (2.67, 8 / 3, False, False),
        (0.34, 1 / 3, True, False),
        (0.13, 0.125, True, True),
        ((4, 0.3), (4, 0.1 + 0.2), False, True),
        ((4, 4), None, False, False),
        (0, 0.004, False, False),
        ({"C1": 0.3}, {"C1": 0.1 + 0.2}, False, True),
        ({"C1": 1}, {"C2": 1}, False, False),
    ],
)
def test_a_figure_is_held_to_the_digit_and_a_share_to_two_decimals(stated, computed, rounded, holds):
    assert claims.Claim("plans", (), stated, computed, rounded).holds is holds


def test_costs_in_decimals_add_up_as_by_hand(tmp_path, sheets):
    for at, high in ((0, 0.1), (2, 2.7)):
        option(sheets, at)["cost_mdkk"] = {"low": 0.1, "high": high}
    chosen = sheets["strategy"]["possible_strategies"][0]
    chosen["cost_mdkk"] = {"low": 0.2, "high": 2.8}
    sheets["plans"]["budget"] |= {"by_year": {2027: 0.1, 2028: 0.2}, "total": 0.3, "not_released": 2.5}
    for at, budget in enumerate(({2027: 0.1}, {2028: 0.2})):
        initiative(sheets, at)["budget"] = budget
    content = read_folder(write(tmp_path, sheets)).content
    assert content

    stated = {claim.path: claim for claim in claims.claims(content, compute(content)) if claim.sheet == "plans"}
    assert stated["budget", "total"].computed == 0.3
    assert stated["budget", "not_released"].computed == 2.5


def test_every_kind_of_claim_is_tried_above(folder):
    content = read_folder(folder).content
    assert content
    stated = {(claim.sheet, claim.path) for claim in claims.claims(content, compute(content))}
    tried = {(sheet, field) for sheet, field, _change in CLAIMS}

    def kind(field: str) -> str:
        return re.sub(r"\[\d+\]", "[]", field)

    kinds = {
        (sheet, kind(".".join(f"[{s}]" if isinstance(s, int) else s for s in path).replace(".[", "[")))
        for sheet, path in stated
    }
    missing = kinds - {(sheet, kind(field)) for sheet, field in tried}
    assert not {each for each in missing if not each[1].startswith("coverage.place_mean")}


def test_claims_left_out_are_no_fault(tmp_path, sheets):
    for holder, names in (
        (sheets["scanning"]["coverage"], ("themes", "place_mean", "unverified")),
        (sheets["cross_impact"], ("expected",)),
        (wish(sheets), ("score", "consistent", "resists", "distance")),
        (sheets["strategy"], ("computed",)),
        (sheets["strategy"]["possible_strategies"][0], ("cost_mdkk", "value", "regret", "max_regret", "mean_value")),
        (sheets["plans"]["budget"], ("by_year", "total", "not_released")),
        (sheets["approval"]["paper"], ("money",)),
        (sheets["approval"]["body"]["quorum"], ("of",)),
    ):
        for name in names:
            del holder[name]
    assert not check_folder(write(tmp_path, sheets)).faults


def test_a_thing_that_rests_on_nothing_is_a_gap_unless_it_says_unverified(tmp_path, sheets):
    del sheets["stakeholders"]["stakeholders"][0]["unverified"]
    fault = only(check_folder(write(tmp_path, sheets)), "stakeholders[1]")
    assert fault.wrong == "K1 rests on no source"


# --- languages


def test_one_language_is_enough_unless_both_are_asked_for(tmp_path, sheets):
    sheets["scanning"]["trends"][0]["title"] = {"da": "Kun dansk"}
    sheets["stakeholders"]["stakeholders"][0]["channels"] = {"en": ["Letter"]}
    folder = write(tmp_path, sheets)

    assert not check_folder(folder).faults
    checked = check_folder(folder, both=True)
    assert "missing in English" in only(checked, "trends[1].title").wrong
    assert "missing in Danish" in only(checked, "stakeholders[1].channels").wrong
    assert only(checked, "trends[1].title").todo == "add en:"
