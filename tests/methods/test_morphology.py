"""Morphology: against every configuration tried, published puzzles with known answers, and closed formulas."""

from __future__ import annotations

from itertools import combinations, product
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fremsyn.methods import morphology
from fremsyn.methods.errors import MethodError
from fremsyn.methods.morphology import counting, listing

# The number of ways to place n queens, a parameter for each row with its columns as values; Gauss and Nauck (1850) for 8
QUEENS = {1: 1, 2: 0, 3: 0, 4: 2, 5: 10, 6: 4, 7: 40, 8: 92, 9: 352}


def every_one(sizes, pairs, fixed=None, excluded=()):
    """Every consistent configuration, by trying all."""
    closed = {frozenset(pair) for pair in pairs}
    found = []
    for row in product(*map(range, sizes)):
        values = list(enumerate(row))
        if any(row[j] != v for j, v in (fixed or {}).items()) or set(values) & set(excluded):
            continue
        if not any(frozenset(two) in closed for two in combinations(values, 2)):
            found.append(list(row))
    return found


@st.composite
def fields(draw):
    """Draw sizes, pairs that can't be together, values that are given and values that may not be chosen."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))
    values = [(j, v) for j, size in enumerate(sizes) for v in range(size)]
    between = [(one, other) for one, other in combinations(values, 2) if one[0] != other[0]]
    pairs = draw(st.lists(st.sampled_from(between), max_size=20)) if between else []
    fixed = dict(draw(st.lists(st.sampled_from(values), max_size=2)))
    return sizes, pairs, fixed, draw(st.lists(st.sampled_from(values), max_size=2))


def queens(n):
    pairs = [
        ((i, a), (j, b))
        for i, j in combinations(range(n), 2)
        for a, b in product(range(n), repeat=2)
        if a == b or abs(a - b) == j - i
    ]
    return [n] * n, pairs


@given(fields(), st.sampled_from([1, 20, 2_000_000]))
def test_counts_and_lists_are_those_of_trying_every_one(drawn, widest):
    sizes, pairs, fixed, excluded = drawn
    expected = every_one(sizes, pairs, fixed, excluded)
    field, how = morphology.field(sizes, pairs), {"fixed": fixed, "excluded": excluded}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "MOST_CHOICES", widest)
        tally = morphology.tally(field, **how)
    found = morphology.search(field, **how)

    assert found.configurations.tolist() == expected
    assert found.complete
    assert (tally.number, tally.complete) == (len(expected), True)
    counts = [sum(row[j] == v for row in expected) for j, size in enumerate(sizes) for v in range(size)]
    assert list(tally.values) == counts
    assert tally.configurations == found.space == len(every_one(sizes, [], fixed, excluded))


@given(fields())
def test_what_an_exclusion_rules_out_is_what_comes_back_without_it(drawn):
    sizes, pairs, fixed, excluded = drawn
    field = morphology.field(sizes, pairs)
    now = len(every_one(sizes, pairs, fixed, excluded))
    weighed = morphology.exclusions(field, fixed=fixed, excluded=excluded)
    for each in weighed:
        rest = [pair for pair in pairs if set(pair) != {each.first, each.second}]
        assert each.only == len(every_one(sizes, rest, fixed, excluded)) - now
        holding = every_one(sizes, [], {**fixed, **dict((each.first, each.second))}, excluded)
        assert each.alone == len(holding) >= each.only
    assert [each.only for each in weighed] == sorted((each.only for each in weighed), reverse=True)


@given(fields(), st.permutations(range(5)))
def test_the_order_of_parameters_changes_no_count(drawn, order):
    sizes, pairs, _fixed, _excluded = drawn
    order = [j for j in order if j < len(sizes)]
    moved = [((order.index(i), v), (order.index(j), w)) for (i, v), (j, w) in pairs]
    again = morphology.tally(morphology.field([sizes[j] for j in order], moved))
    assert again.number == morphology.tally(morphology.field(sizes, pairs)).number


@pytest.mark.parametrize(("n", "ways"), QUEENS.items())
def test_queens_are_placed_in_as_many_ways_as_is_known(n, ways, monkeypatch):
    sizes, pairs = queens(n)
    field = morphology.field(sizes, pairs)
    assert morphology.tally(field).number == ways
    assert len(morphology.search(field).configurations) == ways
    monkeypatch.setattr(counting, "MOST_CHOICES", 30)
    assert morphology.tally(field).number == ways


HOUSES = {  # the answer as published with the puzzle: house 1 to 5
    "yellow": 0, "blue": 1, "red": 2, "ivory": 3, "green": 4,
    "Norwegian": 0, "Ukrainian": 1, "Englishman": 2, "Spaniard": 3, "Japanese": 4,
    "water": 0, "tea": 1, "milk": 2, "orange juice": 3, "coffee": 4,
    "Kools": 0, "Chesterfield": 1, "Old Gold": 2, "Lucky Strike": 3, "Parliament": 4,
    "fox": 0, "horse": 1, "snails": 2, "dog": 3, "zebra": 4,
}  # fmt: skip


def test_who_owns_the_zebra():
    """Life International (1962): 25 things in five houses, 298,023,223,876,953,125 configurations, one of them possible."""
    names = list(HOUSES)

    def unless(rule, *things):
        one, other = map(names.index, things)
        return [((one, a), (other, b)) for a, b in product(range(5), repeat=2) if not rule(a, b)]

    pairs = [
        p for at in range(0, 25, 5) for two in combinations(names[at : at + 5], 2) for p in unless(int.__ne__, *two)
    ]
    same = "Englishman red, Spaniard dog, coffee green, Ukrainian tea, Old-Gold snails, Kools yellow, Lucky-Strike orange-juice, Japanese Parliament"
    for told in same.split(", "):
        pairs += unless(int.__eq__, *(word.replace("-", " ") for word in told.split()))
    for told in ("Chesterfield fox", "Kools horse", "Norwegian blue"):
        pairs += unless(lambda a, b: abs(a - b) == 1, *told.split())
    pairs += unless(lambda a, b: a == b + 1, "green", "ivory")
    field = morphology.field([5] * 25, pairs)
    given_ = {names.index("milk"): 2, names.index("Norwegian"): 0}

    tally = morphology.tally(field, fixed=given_)
    assert tally.number == 1
    assert morphology.search(field, fixed=given_).configurations.tolist() == [list(HOUSES.values())]
    assert len(tally.dead) == 92  # four of each of the 23 things that aren't given


def test_a_ring_is_counted_as_its_formula_says():
    """Neighbours that must differ: a ring of n with k values has (k−1)^n + (−1)^n (k−1) configurations."""
    for n, k in ((5, 3), (40, 9), (99, 4)):
        pairs = [((i, v), ((i + 1) % n, v)) for i in range(n) for v in range(k)]
        tally = morphology.tally(morphology.field([k] * n, pairs))
        assert tally.number == (k - 1) ** n + (-1) ** n * (k - 1)
        assert tally.values == (tally.number // k,) * (n * k)
        assert tally.configurations == k**n


def test_what_nothing_ties_is_multiplied():
    tally = morphology.tally(morphology.field([7] * 300))
    assert tally.number == tally.configurations == 7**300


def test_a_threshold_closes_the_pairs_below_it():
    grades = np.full((4, 4), 3)
    for (v, w), grade in {(0, 2): 0, (0, 3): 1, (1, 2): 2}.items():
        grades[v, w] = grades[w, v] = grade
    numbers = [morphology.tally(morphology.graded([2, 2], grades, least)).number for least in range(5)]
    assert numbers == [4, 3, 2, 1, 0]


def test_the_inference_box():
    sizes, pairs = queens(6)
    field = morphology.field(sizes, pairs)
    tally = morphology.tally(field, fixed={0: 1})
    assert tally.number == 1
    assert [v for v, count in enumerate(tally.values[6:12]) if count] == [3]
    assert set(morphology.tally(field).dead) >= {0, 5, 30, 35}  # no queen of six stands in a corner


def test_the_first_of_a_long_list_come_at_once():
    field = morphology.field([10] * 30, [((0, 0), (1, 0))])
    found = morphology.search(field, limit=3)
    assert found.configurations[:, -1].tolist() == [0, 1, 2]
    assert found.configurations[:, 1].tolist() == [1, 1, 1]
    assert not found.complete
    assert morphology.search(field, fixed=dict.fromkeys(range(2, 30), 0), limit=99).complete
    assert not len(morphology.search(field, limit=0).configurations)


def test_progress_is_told_and_cancelling_ends_it(monkeypatch):
    monkeypatch.setattr(counting, "MOST_CHOICES", 30)
    monkeypatch.setattr(listing, "AT_ONCE", 8)
    field = morphology.field(*queens(7))
    told = []
    assert morphology.tally(field, progress=lambda share, number: told.append(share)).complete
    assert told == sorted(told)
    assert len(told) > 7
    assert told[-1] == pytest.approx(1)
    listed = []
    assert morphology.search(field, progress=lambda share, number: listed.append((share, number))).complete
    assert listed == sorted(listed)
    assert listed[-1] == (1, 40)

    stopped = morphology.tally(field, cancelled=lambda: True)
    assert (stopped.complete, stopped.number, stopped.dead) == (False, 0, ())
    some = morphology.tally(field, cancelled=lambda left=[9]: not left[0] or bool(left.__setitem__(0, left[0] - 1)))
    assert not some.complete
    assert some.number <= 40
    assert all(count <= whole for count, whole in zip(some.values, morphology.tally(field).values, strict=True))
    assert not morphology.search(field, cancelled=lambda: True).complete
    assert morphology.exclusions(field, cancelled=lambda: True) is None


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: morphology.field([]), "at least one parameter"),
        (lambda: morphology.field([2, 0]), "at least one value"),
        (lambda: morphology.field([5001]), "5,001 values"),
        (lambda: morphology.field([2, 2], [((0, 0), (1, 2))]), "no value 2 of parameter 1"),
        (lambda: morphology.field([2, 2], [((0, 0), (0, 1))]), "never together"),
        (lambda: morphology.graded([1, 1], [[0, 1]], 1), r"need \(2, 2\)"),
        (lambda: morphology.graded([1, 1], [[0, 1], [2, 0]], 1), "Row 0, column 1"),
        (lambda: morphology.graded([1, 1], [[0, np.nan], [np.nan, 0]], 1), "Row 0, column 1"),
        (lambda: morphology.tally(morphology.field([2]), fixed={1: 0}), "no value 0 of parameter 1"),
        (lambda: morphology.search(morphology.field([2]), excluded=[(0, 5)]), "no value 5 of parameter 0"),
        (lambda: morphology.search(morphology.field([2]), limit=-1), "0 or more"),
    ],
)
def test_what_cant_be_is_refused(make, said):
    with pytest.raises(MethodError, match=said):
        make()


def test_seven_parameters_of_six_values_agree_with_numpy():
    rng = np.random.default_rng(4)
    grades = np.triu(rng.integers(0, 12, (42, 42)))
    grades += grades.T
    field = morphology.graded([6] * 7, grades, 1)
    rows = np.stack(np.unravel_index(np.arange(prod(field.sizes)), field.sizes), axis=1) + np.array(field.starts)
    for i, j in combinations(range(7), 2):
        rows = rows[field.together[rows[:, i], rows[:, j]]]
    tally = morphology.tally(field)
    assert tally.number == len(rows)
    assert list(tally.values) == np.bincount(rows.ravel(), minlength=42).tolist()
