"""The scenario cross: by hand, and against the same done cell by cell."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fremsyn.methods import cib, cross
from fremsyn.methods.errors import MethodError
from methods.cross_impact import random_matrices


def slow_tie(sizes, judgements, i, j):
    """The strongest tie of two drivers, row by row, both ways."""
    starts = [sum(sizes[:at]) for at in range(len(sizes))]
    found = []
    for one, other in ((i, j), (j, i)):
        for v in range(starts[one], starts[one] + sizes[one]):
            row = [judgements[v][w] for w in range(starts[other], starts[other] + sizes[other])]
            found.append((max(row) - min(row)) / 2)
    return max(found)


def test_ties_are_as_found_row_by_row():
    for sizes, judgements in random_matrices(60, 9, most_configurations=10**9):
        found = cross.ties(cib.matrix(sizes, judgements))
        assert not found.diagonal().any()
        for i, j in combinations(range(len(sizes)), 2):
            assert found[i, j] == found[j, i] == slow_tie(sizes, judgements.tolist(), i, j)


def test_what_changes_no_consistent_scenario_changes_no_tie():
    for sizes, judgements in random_matrices(20, 10, most_configurations=10**9):
        owner = np.repeat(np.arange(len(sizes)), sizes)
        added = np.random.default_rng(1).integers(-3, 4, (len(owner), len(sizes)))[:, owner]
        one, other = (cross.ties(cib.matrix(sizes, each)) for each in (judgements, judgements + added))
        assert (one == other).all()


def test_by_hand():
    """Three drivers weigh 4·4 = 16, 5·3 = 15 and 3·2 = 6. The first acts on the second with +2 and −2, on nothing else;
    the second on the third with +1 and −1. The heaviest pair, 31, is tied with 2; the next, 22, with 0."""
    judgements = np.zeros((6, 6), int)
    judgements[0, 2:4] = 2, -2
    judgements[3, 4:6] = -1, 1
    tie = cross.ties(cib.matrix([2, 2, 2], judgements))
    assert tie.tolist() == [[0, 2, 0], [2, 0, 1], [0, 1, 0]]
    found = cross.pairs(cross.weights([4, 5, 3], [4, 3, 2]), tie)
    assert [(each.first, each.second, each.weight, each.independent) for each in found] == [
        (0, 2, 22, True),
        (1, 2, 21, True),
        (0, 1, 31, False),
    ]
    assert cross.pairs([16, 15, 6], tie, weak=2)[0] == cross.Pair(0, 1, 31, 2, True)
    assert [each.tie for each in cross.pairs([1, 1, 1], tie, weak=-1)] == [0, 1, 2]


@given(st.lists(st.integers(1, 5), min_size=2, max_size=7), st.randoms())
def test_no_independent_pair_weighs_more_than_the_first(weight, random):
    n = len(weight)
    tie = np.zeros((n, n))
    for i, j in combinations(range(n), 2):
        tie[i, j] = tie[j, i] = random.choice([0, 1, 2, 3])
    found = cross.pairs(weight, tie)
    assert len(found) == n * (n - 1) // 2
    free = [each for each in found if each.independent]
    assert found[: len(free)] == tuple(free)
    assert all(each.tie <= 1 for each in free)
    if free:
        best = max(weight[i] + weight[j] for i, j in combinations(range(n), 2) if tie[i, j] <= 1)
        assert free[0].weight == best


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3)), max_size=20))
def test_every_scenario_stands_in_its_corner(rows):
    first, second = cross.axis(0, 3), cross.axis(1, 4, low=[0, 1], high=[3])
    found = cross.corners(np.array(rows, int).reshape(-1, 2), first, second)
    names = {0: "low", 2: "high"}, {0: "low", 1: "low", 3: "high"}
    for (a, b), corner in zip(rows, found.tolist(), strict=True):
        ends = names[0].get(a), names[1].get(b)
        expected = -1 if None in ends else ["low low", "low high", "high low", "high high"].index(" ".join(ends))
        assert corner == expected


def test_turning_the_axes_mirrors_the_cross():
    rows = np.stack(np.unravel_index(np.arange(9), (3, 3)), axis=1)
    one, other = cross.axis(0, 3), cross.axis(1, 3)
    swapped = {-1: -1, 0: 0, 1: 2, 2: 1, 3: 3}
    straight, turned = cross.corners(rows, one, other).tolist(), cross.corners(rows, other, one).tolist()
    assert [swapped[corner] for corner in straight] == turned


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: cross.weights([1], [1, 2]), "two lists"),
        (lambda: cross.weights([], []), "two lists"),
        (lambda: cross.weights([-1], [1]), "numbers from 0"),
        (lambda: cross.weights([1], [float("inf")]), "numbers from 0"),
        (lambda: cross.pairs([1], [[0]]), "two drivers"),
        (lambda: cross.pairs([1, 2], [[0]]), "table of ties"),
        (lambda: cross.axis(0, 2, [2], [0]), "no variant 2"),
        (lambda: cross.axis(0, 2, [0]), "both ends"),
        (lambda: cross.axis(0, 2, [0, 1], [1]), "both ends"),
        (lambda: cross.axis(0, 1), "both ends"),
        (lambda: cross.corners([[0, 0]], cross.axis(0, 2), cross.axis(0, 2)), "same driver"),
        (lambda: cross.corners([[0]], cross.axis(0, 2), cross.axis(1, 2)), "a column for each"),
        (lambda: cross.corners([0], cross.axis(0, 2), cross.axis(1, 2)), "a column for each"),
    ],
)
def test_what_cant_be_is_refused(make, said):
    with pytest.raises(MethodError, match=said):
        make()
