import json
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fremsyn.methods import cib
from fremsyn.methods.errors import MethodError

from .cross_impact import brute_force, random_matrices, read_kombit

# Two descriptors that want to agree: A1 promotes B1, A2 promotes B2, and back.
HAND = [[0, 0, 2, -2], [0, 0, -1, 1], [1, -1, 0, 0], [-3, 3, 0, 0]]


def found(sizes, judgements, **how):
    result = cib.search(cib.matrix(sizes, judgements), **how)
    assert result.complete
    return result.scenarios.tolist()


def test_the_hand_example_has_two_consistent_scenarios():
    result = cib.search(cib.matrix([2, 2], HAND))
    assert result.scenarios.tolist() == [[0, 0], [1, 1]]
    assert (result.configurations, result.complete) == (4, True)
    assert result.nodes > 0


def test_the_hand_examples_balances():
    balance = cib.balances(cib.matrix([2, 2], HAND), [0, 0])
    assert balance.balance.tolist() == [1, -1, 2, -2]
    assert balance.chosen.tolist() == [1, 2]
    assert balance.best_alternative.tolist() == [1, 1]
    assert balance.best_balance.tolist() == [-1, -2]
    assert balance.margin.tolist() == [2, 4]
    assert (balance.score, balance.smallest_margin, balance.consistent) == (3, 2, True)
    assert isinstance(balance.score, int)


def test_an_inconsistent_scenario_resists():
    balance = cib.balances(cib.matrix([2, 2], HAND), [0, 1])
    assert balance.margin.tolist() == [-6, -4]
    assert balance.resistance.tolist() == [6, 4]
    assert not balance.consistent
    assert cib.balances(cib.matrix([2, 2], HAND), [0, 1], tolerance=6).consistent


def test_an_explanation_adds_up_to_the_balances():
    why = cib.explain(cib.matrix([2, 2], HAND), [0, 0], 1)
    assert (why.chosen, why.rival) == (0, 1)
    assert why.to_chosen.tolist() == [2, 0]
    assert why.to_rival.tolist() == [-2, 0]
    assert why.difference.tolist() == [4, 0]


def test_a_descriptor_with_one_variant_has_no_rival():
    matrix = cib.matrix([1, 2], [[0, 3, 1], [0, 0, 0], [5, 0, 0]])
    assert cib.search(matrix).scenarios.tolist() == [[0, 0]]
    balance = cib.balances(matrix, [0, 1])
    assert balance.best_alternative.tolist() == [-1, 0]
    assert balance.margin.tolist() == [0, -2]
    assert balance.smallest_margin == -2
    why = cib.explain(matrix, [0, 1], 0)
    assert (why.rival, why.difference.tolist()) == (-1, [0, 0])
    lonely = cib.matrix([1, 1], np.zeros((2, 2)))
    assert cib.search(lonely).scenarios.tolist() == [[0, 0]]
    assert cib.balances(lonely, [0, 0]).smallest_margin == 0


def test_somewhereland_has_its_ten_scenarios(shared):
    file = shared / "data/cib/somewhereland.json"
    if not file.exists():
        pytest.skip("the published matrix is not here")
    data = json.loads(file.read_text(encoding="utf-8"))
    sizes = [len(d["variants"]) for d in data["descriptors"]]
    result = cib.search(cib.matrix(sizes, data["matrix"]))
    assert (result.configurations, len(result.scenarios), result.complete) == (486, 10, True)
    assert result.scenarios.tolist() == brute_force(sizes, data["matrix"])


def test_kombit_has_fourteen_with_their_scores_and_margins(shared):
    if not (shared / "case/kombit").exists():
        pytest.skip("the case is not here")
    sizes, judgements, expected, columns = read_kombit(shared / "case/kombit")
    matrix = cib.matrix(sizes, judgements)
    began = time.perf_counter()
    result = cib.search(matrix)
    assert time.perf_counter() - began < 1
    assert (result.configurations, len(result.scenarios)) == (expected["combinations"], 14)
    computed = {}
    for scenario in result.scenarios:
        balance = cib.balances(matrix, scenario)
        assert balance.consistent
        keys = tuple(names[v] for names, v in zip(columns, scenario, strict=True))
        computed[keys] = (balance.score, balance.smallest_margin)
    assert computed == {tuple(x["keys"]): (x["score"], x["margin"]) for x in expected["consistent"]}


def test_the_plain_search_equals_brute_force_on_a_thousand_matrices(without_core):
    rng = np.random.default_rng(7)
    several = ties = 0
    for sizes, judgements in random_matrices(1_000, seed=3, most_configurations=150):
        expected = brute_force(sizes, judgements)
        assert found(sizes, judgements) == expected
        several += len(expected) > 1
        matrix = cib.matrix(sizes, judgements)
        ties += any(cib.balances(matrix, z).smallest_margin == 0 for z in expected)
        tolerance = int(rng.integers(0, 4))
        j = int(rng.integers(len(sizes)))
        fixed = {j: int(rng.integers(sizes[j]))}
        k = int(rng.integers(len(sizes)))
        excluded = [(k, int(rng.integers(sizes[k])))]
        how = {"tolerance": tolerance, "fixed": fixed, "excluded": excluded}
        assert found(sizes, judgements, **how) == brute_force(sizes, judgements, **how)
    assert several > 150
    assert ties > 150


def test_fractions_tie_as_they_do_on_paper():
    for sizes, judgements in random_matrices(200, seed=5, most_configurations=60):
        tenths = judgements / 10
        assert found(sizes, tenths) == brute_force(sizes, tenths.round(1))
        assert found(sizes, tenths, tolerance=0.3) == brute_force(sizes, tenths.round(1), tolerance=0.3)


def test_large_judgements_use_wider_numbers():
    for sizes, judgements in random_matrices(50, seed=6, most_configurations=60):
        assert found(sizes, judgements * 100_000) == brute_force(sizes, judgements)


@settings(max_examples=60, deadline=None)
@given(data=st.data(), seed=st.integers(0, 10_000))
def test_a_constant_added_to_a_row_within_a_section_changes_nothing(data, seed):
    ((sizes, judgements),) = random_matrices(1, seed, most_configurations=600)
    j = data.draw(st.integers(0, len(sizes) - 1))
    row = data.draw(st.integers(0, sum(sizes) - 1))
    if row not in range(sum(sizes[:j]), sum(sizes[: j + 1])):
        shifted = judgements.copy()
        shifted[row, sum(sizes[:j]) : sum(sizes[: j + 1])] += data.draw(st.integers(-5, 5))
        assert found(sizes, shifted) == found(sizes, judgements)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_every_scenario_found_explains_itself(seed):
    ((sizes, judgements),) = random_matrices(1, seed, most_configurations=600)
    matrix = cib.matrix(sizes, judgements)
    for scenario in cib.search(matrix).scenarios:
        balance = cib.balances(matrix, scenario)
        for j in range(len(sizes)):
            why = cib.explain(matrix, scenario, j)
            assert why.to_chosen.sum() == balance.chosen[j]
            assert why.to_rival.sum() == balance.best_balance[j]
            assert why.difference.sum() == balance.margin[j] >= 0


def test_a_limit_says_when_there_is_more():
    nothing_decided = cib.matrix([2, 2], np.zeros((4, 4)))
    less = cib.search(nothing_decided, limit=3)
    assert (len(less.scenarios), less.complete) == (3, False)
    just = cib.search(nothing_decided, limit=4)
    assert (len(just.scenarios), just.complete) == (4, True)


def test_progress_ends_at_the_whole_space():
    told = []
    matrix = cib.matrix([3] * 7, np.zeros((21, 21)))
    result = cib.search(matrix, progress=lambda share, count: told.append((share, count)))
    assert told[-1] == (1.0, 3**7)
    assert [share for share, _ in told] == sorted(share for share, _ in told)
    assert result.nodes > 3**7


def test_cancelling_keeps_what_was_found():
    answers = iter([False] * 6 + [True])
    result = cib.search(cib.matrix([3] * 7, np.zeros((21, 21))), cancelled=lambda: next(answers))
    assert not result.complete
    assert len(result.scenarios) < 3**7


def test_fixing_an_excluded_variant_leaves_an_empty_space():
    result = cib.search(cib.matrix([2, 2], HAND), fixed={0: 1}, excluded=[(0, 1)])
    assert (result.configurations, result.scenarios.shape, result.complete) == (0, (0, 2), True)


def test_input_is_copied_and_left_alone():
    given_table = np.array(HAND, dtype=float)
    matrix = cib.matrix([2, 2], given_table)
    given_table[:] = 9
    assert matrix.judgements.tolist() == HAND
    with pytest.raises(ValueError, match="read-only"):
        matrix.judgements[0, 0] = 1


@pytest.mark.parametrize(
    ("sizes", "judgements", "says"),
    [
        ([], [], "at least one descriptor"),
        ([2, 0], np.zeros((2, 2)), "at least one variant"),
        ([2, 2], np.zeros((3, 4)), r"need \(4, 4\)"),
        ([1, 1], [[0, np.nan], [0, 0]], "row 0, column 1"),
        ([1, 1], [[0, 1e12], [0, 0]], "smaller unit"),
    ],
)
def test_a_bad_matrix_is_refused(sizes, judgements, says):
    with pytest.raises(MethodError, match=says):
        cib.matrix(sizes, judgements)


@pytest.mark.parametrize(
    "how", [{"tolerance": -1}, {"tolerance": np.nan}, {"limit": -1}, {"fixed": {2: 0}}, {"excluded": [(0, 2)]}]
)
def test_a_bad_search_is_refused(how):
    with pytest.raises(MethodError):
        cib.search(cib.matrix([2, 2], HAND), **how)


@pytest.mark.parametrize("scenario", [[0], [0, 2], [0, -1], [0.0, 1.0]])
def test_a_scenario_that_is_none_is_refused(scenario):
    with pytest.raises(MethodError):
        cib.balances(cib.matrix([2, 2], HAND), scenario)


def test_a_descriptor_that_is_none_is_refused():
    with pytest.raises(MethodError, match="numbered from 0 to 1"):
        cib.explain(cib.matrix([2, 2], HAND), [0, 0], 2)


def test_count_is_exact_without_a_list():
    for sizes, judgements in random_matrices(60, 5, most_configurations=700):
        thin = judgements * (np.random.default_rng(len(sizes)).random(judgements.shape) < 0.15)
        assert cib.count(cib.matrix(sizes, thin), limit=1000)[:2] == (len(brute_force(sizes, thin.tolist())), True)


def test_count_of_a_matrix_that_nobody_judged_is_the_whole_space():
    sizes = [3] * 13 + [4]
    assert cib.count(cib.matrix(sizes, np.zeros((43, 43))), limit=10)[:2] == (3**13 * 4, True)


def test_count_says_when_it_gave_up():
    sizes = [3] * 6
    chain = np.zeros((18, 18))
    for at in range(0, 15, 3):
        chain[at, at + 3] = 1
    number, exact, *_ = cib.count(cib.matrix(sizes, chain), limit=5)
    assert not exact
    assert number == 5
