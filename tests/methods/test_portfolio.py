import subprocess
import sys
from itertools import product

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fremsyn.methods import portfolio
from fremsyn.methods.errors import MethodError

# Three options in two scenarios. A and B cost 2, C costs 1; the budget is 3.
VALUE, COST = [[4, 0], [0, 4], [1, 1]], [2, 2, 1]


@pytest.fixture
def small():
    return portfolio.problem(VALUE, COST, 3)


def chosen(flags):
    return [np.flatnonzero(row).tolist() for row in flags]


def test_the_hand_example_has_six_portfolios(small):
    result = portfolio.feasible(small)
    assert chosen(result.portfolios) == [[0, 2], [0], [1, 2], [1], [2], []]
    assert result.complete


def test_the_hand_examples_best(small):
    assert portfolio.best_values(small).tolist() == [5, 5]
    mean = portfolio.best_mean(small)
    assert (mean.best, chosen(mean.portfolios), mean.complete) == (3.0, [[0, 2], [1, 2]], True)
    least = portfolio.minimax_regret(small)
    assert (least.best, chosen(least.portfolios), least.complete) == (4, [[0, 2], [1, 2], [2]], True)
    assert portfolio.core_index(least.portfolios) == pytest.approx([1 / 3, 1 / 3, 1])


def test_the_hand_examples_outcomes(small):
    outcome = portfolio.outcomes(small, [[1, 0, 1], [1, 1, 0]])
    assert outcome.value.tolist() == [[5, 1], [4, 4]]
    assert outcome.regret.tolist() == [[0, 4], [1, 1]]
    assert outcome.mean.tolist() == [3, 4]
    assert outcome.max_regret.tolist() == [4, 1]
    assert outcome.cost.tolist() == [3, 4]
    assert outcome.feasible.tolist() == [True, False]


def test_rules_are_kept():
    ruled = portfolio.problem(VALUE, COST, 5, requires=[(0, 2)], excludes=[(1, 0)], groups=[[0, 1]])
    assert chosen(portfolio.feasible(ruled).portfolios) == [[0, 2], [1, 2], [1]]
    assert chosen(portfolio.best_mean(ruled).portfolios) == [[0, 2], [1, 2]]
    assert chosen(portfolio.minimax_regret(ruled).portfolios) == [[0, 2], [1, 2]]


def test_kombit_gives_the_figures_of_the_case(shared):
    folder = shared / "case/kombit"
    if not folder.exists():
        pytest.skip("the case is not here")
    strategy, direction, scenarios = (
        yaml.load((folder / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
        for name in ("strategy", "direction", "scenarios")
    )
    options, said = strategy["options"], strategy["computed"]
    refs = [o["ref"] for o in options]
    worlds = [c["ref"] for c in scenarios["scenarios"] if c["use"] == "working"]
    value = np.array([[o["effect"] * o["scores"][c]["score"] for c in worlds] for o in options])
    agendas = [a["ref"] for a in direction["agendas"] if a["chosen"]]
    kombit = portfolio.problem(
        value,
        [o["cost_mdkk"]["high"] for o in options],
        strategy["budget_mdkk"],
        requires=[(refs.index(o["ref"]), refs.index(r)) for o in options for r in o["requires"]],
        excludes=[(refs.index(o["ref"]), refs.index(r)) for o in options for r in o["excludes"]],
        groups=[[i for i, o in enumerate(options) if o["agenda"] == a] for a in agendas],
    )
    every = portfolio.feasible(kombit)
    assert (len(every.portfolios), every.complete) == (said["feasible"], True)
    assert portfolio.non_dominated(every.portfolios @ value).sum() == said["non_dominated"]
    assert dict(zip(worlds, portfolio.best_values(kombit).tolist(), strict=True)) == said["best_value"]
    least = portfolio.minimax_regret(kombit)
    assert least.best == said["minimax_regret"]["max_regret"]
    names = sorted([refs[i] for i in row] for row in chosen(least.portfolios))
    assert names == sorted(said["minimax_regret"]["all_ties"])
    core = dict(zip(refs, portfolio.core_index(least.portfolios).round(2).tolist(), strict=True))
    assert core == said["minimax_regret"]["core_index"]
    mean = portfolio.best_mean(kombit)
    assert mean.best == said["best_mean"]["mean_value"]
    assert [[refs[i] for i in row] for row in chosen(mean.portfolios)] == [said["best_mean"]["options"]]


@st.composite
def choices(draw, unit=1):
    n, scenarios = draw(st.integers(1, 6)), draw(st.integers(1, 3))
    option = st.integers(0, n - 1)
    pairs = st.lists(st.tuples(option, option), max_size=3)
    cells = st.lists(st.integers(-4, 6), min_size=scenarios, max_size=scenarios)
    value = np.array(draw(st.lists(cells, min_size=n, max_size=n))) * unit
    cost = np.array(draw(st.lists(st.integers(0, 5), min_size=n, max_size=n))) * unit
    return {
        "value": value,
        "cost": cost,
        "budget": draw(st.integers(0, 15)) * unit,
        "requires": draw(pairs),
        "excludes": draw(pairs),
        "groups": draw(st.lists(st.lists(option, min_size=1, max_size=3), max_size=2)),
    }


def enumerate_all(value, cost, budget, requires, excludes, groups):
    """Every portfolio that fits, by trying all of them with rounded sums."""
    every = []
    for flags in product([True, False], repeat=len(value)):
        price = round(sum(c for c, on in zip(cost.tolist(), flags, strict=True) if on), 6)
        kept = (
            price <= round(budget, 6)
            and all(flags[j] or not flags[i] for i, j in requires)
            and not any(flags[i] and flags[j] for i, j in excludes)
            and all(any(flags[i] for i in group) for group in groups)
        )
        if kept:
            every.append(flags)
    return np.array(every, bool).reshape(-1, len(value))


def assert_equal_to_enumeration(choice):
    value, every = choice["value"], enumerate_all(**choice)
    made = portfolio.problem(choice.pop("value"), choice.pop("cost"), choice.pop("budget"), **choice)
    assert portfolio.feasible(made).portfolios.tolist() == every.tolist()
    assert portfolio.fits(made, every).all()
    if not len(every):
        with pytest.raises(MethodError, match="No portfolio"):
            portfolio.best_mean(made)
        return
    worth = (every @ value).round(6)
    assert portfolio.best_values(made) == pytest.approx(worth.max(axis=0))
    mean, total = portfolio.best_mean(made), worth.sum(axis=1).round(6)
    assert mean.best == pytest.approx(worth.mean(axis=1).max())
    assert mean.portfolios.tolist() == every[total == total.max()].tolist()
    regret = (worth.max(axis=0) - worth).max(axis=1).round(6)
    least = portfolio.minimax_regret(made)
    assert least.best == pytest.approx(regret.min(), abs=1e-9)
    assert least.portfolios.tolist() == every[regret == regret.min()].tolist()


@settings(max_examples=60, deadline=None)
@given(choice=choices())
def test_whole_numbers_equal_enumeration(choice):
    assert_equal_to_enumeration(choice)


@settings(max_examples=30, deadline=None)
@given(choice=choices(unit=0.1))
def test_fractions_equal_enumeration(choice):
    assert_equal_to_enumeration(choice)


def test_what_the_solver_lets_through_is_judged_by_exact_sums():
    value = [[4, 3], [4, 4], [6, 8], [1, 8], [5, 3]]
    close = portfolio.problem(value, [4, 3.0000002, 4.0000002, 3.0000003, 3.0000002], 6)
    best = portfolio.best_mean(close)
    assert chosen(best.portfolios) == [[2]]
    assert portfolio.fits(close, best.portfolios).all()


def test_a_limit_says_when_there_is_more(small):
    less = portfolio.feasible(small, limit=2)
    assert (len(less.portfolios), less.complete) == (2, False)
    assert portfolio.feasible(small, limit=6).complete
    mean = portfolio.best_mean(small, limit=1)
    assert (len(mean.portfolios), mean.complete) == (1, False)
    assert portfolio.best_mean(small, limit=2).complete
    with pytest.raises(MethodError, match="0 or more"):
        portfolio.feasible(small, limit=-1)
    with pytest.raises(MethodError, match="1 or more"):
        portfolio.minimax_regret(small, limit=0)


def test_a_budget_that_nothing_fits_says_what_would():
    poor = portfolio.problem(VALUE, COST, 1, groups=[[0, 1]])
    assert len(portfolio.feasible(poor).portfolios) == 0
    with pytest.raises(MethodError, match="budget of 1; the cheapest that keeps the rules costs 2"):
        portfolio.minimax_regret(poor)


def test_rules_that_clash_say_so():
    stuck = portfolio.problem(VALUE, COST, 9, requires=[(0, 1)], excludes=[(0, 1)], groups=[[0]])
    with pytest.raises(MethodError, match="at any budget"):
        portfolio.best_mean(stuck)


def test_equal_portfolios_do_not_beat_each_other():
    assert portfolio.non_dominated([[1, 2], [1, 2], [2, 1], [1, 1]]).tolist() == [True, True, True, False]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=30))
def test_non_dominated_equals_the_definition(rows):
    table = np.array(rows)
    beaten = [bool(((table >= row).all(axis=1) & (table > row).any(axis=1)).any()) for row in table]
    assert portfolio.non_dominated(rows).tolist() == [not b for b in beaten]


def test_non_dominated_holds_its_own_where_rounding_makes_sums_equal():
    assert portfolio.non_dominated([[1e20, 1], [1e20, 2]]).tolist() == [False, True]


def test_non_dominated_is_done_with_a_hundred_thousand():
    dice = np.random.default_rng(35)
    value = dice.integers(1, 6, (25, 1)) * dice.integers(-2, 3, (25, 4))
    values = (dice.random((100_000, 25)) < 0.5) @ value
    kept = portfolio.non_dominated(values)
    assert 0 < kept.sum() < 2000


def test_the_solver_keeps_standard_output_clean():
    code = (
        "from fremsyn.methods import portfolio as p;"
        "import sys; assert 'highspy' not in sys.modules;"
        "p.minimax_regret(p.problem([[1]], [1], 1))"
    )
    # The command is this interpreter on a line of our own.
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (run.stdout, run.stderr) == ("", "")


def test_input_is_copied_and_left_alone():
    value = np.array(VALUE, float)
    made = portfolio.problem(value, COST, 3)
    value[:] = 0
    assert made.value.tolist() == VALUE
    with pytest.raises(ValueError, match="read-only"):
        made.value[0, 0] = 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"value": [1, 2, 3]}, "a row for each option"),
        ({"value": [[np.nan], [1], [2]]}, "values must be finite"),
        ({"cost": [1, 2]}, "3 costs"),
        ({"cost": [1, 2, -1]}, "none below 0"),
        ({"budget": -1}, "0 or more"),
        ({"budget": float("nan")}, "0 or more"),
        ({"requires": [(0, 3)]}, "no option 3"),
        ({"excludes": [(-1, 0)]}, "no option -1"),
        ({"groups": [[4]]}, "no option 4"),
        ({"groups": [[]]}, "group without options"),
    ],
)
def test_a_bad_problem_is_refused(change, says):
    given_problem = {"value": VALUE, "cost": COST, "budget": 3, **change}
    with pytest.raises(MethodError, match=says):
        portfolio.problem(**given_problem)


def test_other_tables_are_refused(small):
    with pytest.raises(MethodError, match="rows of 3 flags"):
        portfolio.outcomes(small, [[1, 0]])
    with pytest.raises(MethodError, match="at least one portfolio"):
        portfolio.core_index([])
    with pytest.raises(MethodError, match="row for each portfolio"):
        portfolio.non_dominated([1, 2])
