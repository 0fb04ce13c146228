"""The plan's figures, against plans small enough to add up by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fremsyn.chain.content import CaseContent
from fremsyn.plans import analysis, quarters


@given(st.integers(1900, 2200), st.integers(1, 4))
def test_a_quarter_is_written_as_it_was_read(year: int, number: int) -> None:
    assert quarters.quarter_written(quarters.quarter_number(f"{year}K{number}")) == f"{year}K{number}"


def test_what_is_released_and_what_is_left_are_the_strategys_high_cost(kombit_content: CaseContent) -> None:
    plans, strategy = kombit_content.plans, kombit_content.strategy
    chosen = next(each for each in strategy.possible_strategies if each.ref == plans.strategy)
    funds = analysis.funding(plans, strategy, chosen)
    assert (funds.cost_low, funds.cost_high, funds.released, funds.not_released) == (133, 355, 208, 147)
    assert sum(each.released for each in funds.options) == 208


def test_an_option_without_an_initiative_and_an_initiative_astray_are_found(kombit_content: CaseContent) -> None:
    plans, strategy = kombit_content.plans, kombit_content.strategy
    chosen = next(each for each in strategy.possible_strategies if each.ref == plans.strategy)
    first, *others = plans.initiatives
    moved = replace(plans, initiatives=(replace(first, option="O9"), *others))
    gone = replace(plans, initiatives=tuple(each for each in plans.initiatives if each.option != "O13"))

    assert analysis.coverage(plans, chosen).without_initiative == ()
    assert analysis.coverage(moved, chosen).astray == (first.ref,)
    assert analysis.coverage(gone, chosen).without_initiative == ("O13",)


def test_initiatives_stand_under_their_agendas_in_order_of_time(kombit_content: CaseContent) -> None:
    held = analysis.by_agenda(kombit_content.plans, kombit_content.strategy, kombit_content.direction)
    assert [each.ref for each in held["A2"]] == ["I3", "I5", "I4"]
    assert sum(map(len, held.values())) == 15


@pytest.mark.parametrize(("start", "early"), [("2028K2", ()), ("2028K1", ("I2",))])
def test_an_initiative_that_begins_too_early_is_told(
    kombit_content: CaseContent, start: str, early: tuple[str, ...]
) -> None:
    plans = kombit_content.plans
    moved = tuple(replace(each, start=start) if each.ref == "I2" else each for each in plans.initiatives)
    found = analysis.timetable(replace(plans, initiatives=moved)).violations
    assert tuple(each.activity for each in found) == early
