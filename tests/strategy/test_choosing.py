"""Portfolios by hand beside the computed ones, and the choice with its written reasons."""

from __future__ import annotations

import pytest

from conftest import NOON
from fremsyn.audit.models import Entry
from fremsyn.cases.editing.checks import NotKept
from fremsyn.cases.editing.operations import change_thing, withdraw_thing
from fremsyn.cases.editing.versions import Conflict
from fremsyn.cases.models import Case, Item, PhaseRecord, PhaseState, Reconsideration
from fremsyn.cases.remembered import changed
from fremsyn.cases.shape import Text
from fremsyn.chain.operations import export_case
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person
from fremsyn.strategy.choosing.operations import Reasons, choose_strategy, deviates
from fremsyn.strategy.composing.operations import change_portfolio, save_portfolio
from fremsyn.strategy.composing.trial import try_portfolio
from fremsyn.strategy.handover import load

pytestmark = pytest.mark.django_db
P5 = ("O1", "O5", "O6", "O7", "O10", "O11", "O13", "O14", "O15", "O17", "O18")
TRY, CHOOSE = "/cases/kombit/strategy/portfolio/", "/cases/kombit/strategy/choose/"


@pytest.fixture
def kombit(kombit: Case) -> Case:
    PhaseRecord.objects.filter(case=kombit).update(state=PhaseState.OPEN)
    changed(kombit)
    return kombit


@pytest.fixture
def owner(kombit: Case) -> Person:
    return Person.objects.get(username="owner")


def last_entry() -> Entry:
    return Entry.objects.latest("sequence")


def all_reasons(case: Case, ref: str) -> Reasons:
    held = next(each.options for each in load(case).possible_strategies if each.ref == ref)
    left = {each.ref: Text(da=f"Ikke {each.ref}") for each in load(case).options if each.ref not in held}
    return Reasons(from_minimax=Text(da="Vi tør"), from_best_mean=Text(da="Vi vil"), because=("N1",), left_out=left)


def mend_p4(case: Case, owner: Person) -> None:
    """Give P4 a portfolio that keeps the frame and every rule."""
    change_portfolio(case=case, key="P4", version=None, role="L4", options=P5[:-1], by=owner, at=NOON)


# --- a portfolio tried by hand


def test_the_chosen_portfolio_tried_by_hand_gets_the_figures_of_the_case(kombit):
    trial = try_portfolio(kombit, P5)
    assert trial.broken == ()
    assert trial.priced
    assert trial.place
    assert (trial.priced.max_regret, trial.priced.mean_value, trial.cost_high) == (8, 36.25, 355)
    assert (trial.place.feasible, trial.place.regret_less, trial.place.regret_over) == (5224, 0, 0)
    assert (trial.place.mean_more, trial.place.mean_under, trial.place.dominated) == (3, 1, False)


def test_every_rule_that_is_broken_is_named_with_its_reason(kombit):
    trial = try_portfolio(kombit, ("O3", "O8", "O9", "O4", "O13", "O16"))
    rules = {(each.rule, each.refs) for each in trial.broken}
    assert ("over", ()) in rules
    assert ("excludes", ("O3", "O8")) in rules
    assert ("requires", ("O8", "O1")) in rules or any(rule == "requires" for rule, _refs in rules)
    assert next(each.reason for each in trial.broken if each.rule == "excludes")
    assert ("uncovered", ("A4",)) in {(each.rule, each.refs) for each in try_portfolio(kombit, ("O1",)).broken}


def test_the_step_that_is_proposed_keeps_the_rules_and_gives_what_it_says(kombit):
    less = tuple(ref for ref in P5 if ref != "O18")
    place = try_portfolio(kombit, less).place
    assert place
    assert place.by_regret
    step = place.by_regret
    after = try_portfolio(kombit, tuple(ref for ref in (*less, *step.into) if ref not in step.out))
    assert after.priced
    assert after.broken == ()
    assert (after.priced.max_regret, after.priced.mean_value) == (step.max_regret, step.mean_value)


def test_a_case_without_scores_is_told_of_cost_and_rules_only(kombit, owner):
    change_thing(case=kombit, key="O1", version=None, values={"scores": {}}, meaning=True, by=owner, at=NOON)
    trial = try_portfolio(kombit, P5)
    assert (trial.priced, trial.place, trial.cost_high) == (None, None, 355)


def test_a_portfolio_is_saved_as_a_possible_strategy_in_the_cases_order(kombit, owner):
    item = save_portfolio(
        case=kombit, name=Text(da="Min"), text=Text(da="Sådan"), role="L4", options=("O6", "O1"), by=owner, at=NOON
    )
    made = load(kombit).possible_strategies[-1]
    assert (made.ref, made.options, made.chosen, made.value) == (item.ref, ("O1", "O6"), False, None)
    assert last_entry().event == "strategy.portfolio_saved"
    assert "Min" not in last_entry().data


def test_other_options_take_the_stated_figures_away_and_mark_what_rests_on_it(kombit, owner):
    change_portfolio(case=kombit, key="P5", version=None, role="L4", options=P5[:-1], by=owner, at=NOON)
    made = next(each for each in load(kombit).possible_strategies if each.ref == "P5")
    assert (made.max_regret, made.value, made.chosen) == (None, None, True)
    assert Item.objects.filter(case=kombit, look_again=True).exists()


def test_an_option_that_was_withdrawn_meanwhile_is_refused_by_name_and_nothing_is_written(kombit, owner):
    for key in ("strategy/deselected/2", "O3"):
        withdraw_thing(case=kombit, key=key, by=owner, at=NOON)
    before = len(load(kombit).possible_strategies)
    with pytest.raises(RuleBroken, match="O3"):
        save_portfolio(
            case=kombit, name=Text(da="M"), text=Text(da="S"), role="L4", options=("O1", "O3"), by=owner, at=NOON
        )
    assert len(load(kombit).possible_strategies) == before
    with pytest.raises(RuleBroken):
        save_portfolio(case=kombit, name=Text(da="M"), text=Text(da="S"), role="L4", options=(), by=owner, at=NOON)


def test_the_page_answers_at_once_and_keeps_what_was_typed(kombit, client_as):
    client = client_as("facilitator")
    fragment = client.get(TRY, {"options": P5}, headers={"HX-Request": "true"}).content.decode()
    assert "taber højst 8 point" in fragment
    assert "<html" not in fragment

    tried = client.post(TRY, {"act": "try", "options": ["O3", "O8"], "role": "L1", "name": "Et navn"})
    assert tried.status_code == 200
    assert "Et navn" in tried.content.decode()
    assert "kan ikke forenes" in tried.content.decode()

    assert tried.content.decode().count("skal udfyldes for at gemme en ny") == 2
    wrong = client.post(TRY, {"act": "save", "options": ["O1", "O999"], "role": "L1", "name": "Et navn"})
    assert wrong.status_code == 422
    assert "O999" in wrong.content.decode()
    assert "Et navn" in wrong.content.decode()


def test_members_try_and_only_editors_keep(kombit, client_as):
    told = {"act": "save", "options": P5, "role": "L4", "name": "Min", "text": "Sådan"}
    assert client_as("member").get(TRY, {"from": "P5"}).status_code == 200
    assert client_as("member").post(TRY, told).status_code == 403
    kept = client_as("facilitator").post(TRY, told)
    assert (kept.status_code, kept.headers["Location"]) == (302, "/cases/kombit/strategy/strategies/P6/")


# --- the choice


def test_the_choice_moves_everything_with_it_or_nothing(kombit, owner):
    mend_p4(kombit, owner)
    reasons = all_reasons(kombit, "P4")

    choose_strategy(case=kombit, chosen="P4", reasons=reasons, version=None, by=owner, at=NOON)

    content = load(kombit)
    assert content.chosen == "P4"
    assert [each.ref for each in content.possible_strategies if each.chosen] == ["P4"]
    assert content.deviation
    assert (str(content.deviation.from_minimax), content.deviation.because) == ("Vi tør", ("N1",))
    assert {each.option for each in content.deselected} == set(reasons.left_out)
    said = last_entry()
    assert said.event == "strategy.strategy_chosen"
    assert "Vi tør" not in said.data
    marked = Reconsideration.objects.filter(item__case=kombit, item__path="plans")
    assert [mark.cause.ref for mark in marked] == ["P4"]
    assert export_case(kombit)


def test_a_choice_without_the_reasons_that_it_needs_is_refused_field_by_field(kombit, owner):
    mend_p4(kombit, owner)
    assert deviates(kombit, P5[:-1]).from_minimax
    with pytest.raises(NotKept) as refused:
        choose_strategy(case=kombit, chosen="P4", reasons=Reasons(), version=None, by=owner, at=NOON)
    assert {fault.path[0] for fault in refused.value.faults} == {"from_minimax", "from_best_mean"}
    assert load(kombit).chosen == "P5"


def test_a_portfolio_that_breaks_a_rule_is_not_chosen(kombit, owner):
    options = (*P5, "O3")
    change_portfolio(case=kombit, key="P1", version=None, role="L1", options=options, by=owner, at=NOON)
    with pytest.raises(NotKept) as refused:
        choose_strategy(case=kombit, chosen="P1", reasons=all_reasons(kombit, "P1"), version=None, by=owner, at=NOON)
    assert refused.value.faults[0].path == ("chosen",)
    assert load(kombit).chosen == "P5"


def test_a_fault_late_in_the_choice_leaves_nothing_half_written(kombit, owner, monkeypatch):
    mend_p4(kombit, owner)
    before = load(kombit)
    reasons = all_reasons(kombit, "P4")
    broken = Reasons(reasons.from_minimax, reasons.from_best_mean, ("T999",), reasons.left_out)
    with pytest.raises(RuleBroken, match="T999"):
        choose_strategy(case=kombit, chosen="P4", reasons=broken, version=None, by=owner, at=NOON)
    kombit.refresh_from_db()
    assert load(kombit) == before


def test_reasons_alone_are_changed_in_wording_without_marking_anything(kombit, owner):
    content = load(kombit)
    assert content.deviation
    left = {each.option: each.text for each in content.deselected} | {"O2": Text(da="Sagt bedre")}
    reasons = Reasons(
        content.deviation.from_minimax,
        content.deviation.from_best_mean,
        content.deviation.because,
        left,
        (Text(da="Heller ikke det"),),
    )
    choose_strategy(case=kombit, chosen="P5", reasons=reasons, version=None, meaning=False, by=owner, at=NOON)
    after = load(kombit)
    assert str(next(each.text for each in after.deselected if each.option == "O2")) == "Sagt bedre"
    assert str(after.non_choices[-1].text) == "Heller ikke det"
    assert next(each.because for each in after.deselected if each.option == "O2") == ("E5", "N9")
    assert not Item.objects.filter(case=kombit, look_again=True, path="plans").exists()


def test_a_choice_written_on_an_old_version_is_met(kombit, owner):
    mend_p4(kombit, owner)
    version = Item.objects.get(case=kombit, path="strategy").version
    choose_strategy(case=kombit, chosen="P4", reasons=all_reasons(kombit, "P4"), version=version, by=owner, at=NOON)
    with pytest.raises(Conflict):
        choose_strategy(case=kombit, chosen="P5", reasons=all_reasons(kombit, "P5"), version=version, by=owner, at=NOON)


def test_the_page_shows_all_side_by_side_and_follows_another_choice(kombit, client_as):
    client = client_as("facilitator")
    page = client.get(CHOOSE).content.decode()
    assert "Den taber mest i C4: 8 point." in page
    shown = client.post(CHOOSE, {"show": "1", "chosen": "P1", "from_minimax": "Halvt skrevet", "version": "1"})
    text = shown.content.decode()
    assert shown.status_code == 200
    assert "Halvt skrevet" in text
    assert 'name="left-O5"' in text
    assert 'name="left-O12"' not in text
    assert load(kombit).chosen == "P5"
    wrong = client.post(CHOOSE, {"chosen": "P1", "from_minimax": "", "version": "1", "meaning": "meaning"})
    assert wrong.status_code == 422
    assert "Skriv, hvorfor det er denne" in wrong.content.decode()


def test_the_page_keeps_a_choice(kombit, owner, client_as):
    mend_p4(kombit, owner)
    told = {
        "chosen": "P4", "meaning": "meaning", "version": Item.objects.get(case=kombit, path="strategy").version,
        "from_minimax": "Vi tør", "from_best_mean": "Vi vil", "because": ["N1"], "left-O18": "For dyr i venner",
        "not_done-0": "Vi køber ikke op",
    }  # fmt: skip
    assert client_as("facilitator").post(CHOOSE, told).status_code == 302
    kombit.refresh_from_db()
    content = load(kombit)
    assert content.chosen == "P4"
    assert str(next(each.text for each in content.deselected if each.option == "O18")) == "For dyr i venner"
    assert "O2" in {each.option for each in content.deselected}
    assert str(content.non_choices[-1].text) == "Vi køber ikke op"


def test_a_proposed_step_is_taken_with_what_was_typed(kombit, client_as):
    told = {"options": P5[:-1], "role": "L4", "name": "Et navn", "step": "O18,O1"}
    page = client_as("facilitator").post(TRY, told).content.decode()
    assert 'value="O18" checked' in page
    assert 'value="O1" checked' not in page
    assert "Et navn" in page
