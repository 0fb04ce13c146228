"""A small diverse set: against every set of so many, one by one."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fremsyn.methods.diverse import MOST, distances, diverse_set
from fremsyn.methods.errors import MethodError

WEIGHTS = st.one_of(st.integers(0, 3), st.floats(0, 3).map(lambda x: round(x, 3)))


@st.composite
def choices(draw):
    """Draw scenarios, weights, a size, and rows to have and to leave out."""
    n, d = draw(st.integers(1, 8)), draw(st.integers(1, 5))
    table = draw(st.lists(st.lists(st.integers(0, 2), min_size=d, max_size=d), min_size=n, max_size=n))
    weights = draw(st.none() | st.lists(WEIGHTS, min_size=d, max_size=d))
    rows = st.sets(st.integers(0, n - 1), max_size=n)
    must, must_not = draw(rows), draw(rows)
    must_not -= must
    free = n - len(must_not)
    size = draw(st.integers(max(1, len(must)), max(1, free)))
    return np.array(table), weights, must, must_not, size, free


@given(choices())
def test_no_other_set_is_farther_apart(drawn):
    table, weights, must, must_not, size, free = drawn
    if size > free:
        with pytest.raises(MethodError, match="can't be chosen"):
            diverse_set(table, size, weights=weights, must=must, must_not=must_not)
        return
    found = diverse_set(table, size, weights=weights, must=must, must_not=must_not)
    assert found.complete
    assert len(set(found.chosen)) == size
    assert must <= set(found.chosen)
    assert not must_not & set(found.chosen)

    heavy = np.ones(table.shape[1]) if weights is None else np.array(weights, float)
    apart = [[float(heavy[one != other].sum()) for other in table] for one in table]

    def nearest(rows):
        return min((apart[a][b] for a, b in combinations(rows, 2)), default=None)

    sets = (each for each in combinations(range(len(table)), size) if must <= set(each) and not must_not & set(each))
    best = [nearest(each) for each in sets]
    if size == 1:
        assert found.distance is None
    else:
        assert found.distance == pytest.approx(nearest(found.chosen))
        assert found.distance == pytest.approx(max(best))


def test_one_that_is_stopped_says_so():
    table = np.random.default_rng(0).integers(0, 3, (60, 8))
    found = diverse_set(table, 5, cancelled=lambda: True)
    assert not found.complete
    assert len(found.chosen) == 5


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        (([[0, 1]], 2), "2 scenarios can't be chosen"),
        (([[0, 1]], 0), "0 scenarios can't be chosen"),
        (([0, 1], 1), "must be a table"),
        ((np.zeros((2, 0)), 1), "must be a table"),
    ],
)
def test_what_cant_be_had_is_refused(given_, said):
    with pytest.raises(MethodError, match=said):
        diverse_set(*given_)


def test_rows_and_weights_that_dont_fit_are_refused():
    table = [[0, 1], [1, 0], [1, 1]]
    with pytest.raises(MethodError, match="There is no scenario 3"):
        diverse_set(table, 2, must=[3])
    with pytest.raises(MethodError, match="There is no scenario -1"):
        diverse_set(table, 2, must_not=[-1])
    with pytest.raises(MethodError, match="to have and among those to leave out"):
        diverse_set(table, 2, must=[1], must_not=[1])
    for weights in ([1], [1, -1], [1, float("nan")]):
        with pytest.raises(MethodError, match="2 weights"):
            distances(table, weights)
    with pytest.raises(MethodError, match="too many to compare"):
        distances(np.zeros((MOST + 1, 1)))
