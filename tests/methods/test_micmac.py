"""MICMAC: a published example, one by hand, and paths counted one by one."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fremsyn.methods.errors import MethodError
from fremsyn.methods.micmac import ORDERS, micmac, paths, quadrants, ranks

# The example of Catumba's MICMAC for NetworkX (2013): ten variables, and the shares of all paths of length 4
ARROWS = [(0, 5), (1, 0), (3, 0), (1, 2), (1, 9), (3, 1), (2, 9), (2, 3), (3, 5), (4, 3), (6, 3), (6, 5), (6, 7), (6, 8), (7, 9)]  # fmt: skip
PUBLISHED_INFLUENCE = [0.0, 0.25, 0.1875, 0.1875, 0.1875, 0.0, 0.1875, 0.0, 0.0, 0.0]
PUBLISHED_DEPENDENCE = [0.125, 0.0625, 0.0625, 0.1875, 0.0, 0.3125, 0.0, 0.0, 0.0, 0.25]


@st.composite
def systems(draw, most=5):
    n = draw(st.integers(1, most))
    cells = draw(st.lists(st.integers(0, 3), min_size=n * n, max_size=n * n))
    table = np.array(cells).reshape(n, n)
    np.fill_diagonal(table, 0)
    return table


def walked(table, order):
    """Every path of so many steps, one by one, in plain numbers."""
    n = len(table)
    found = [[0] * n for _ in range(n)]
    for path in product(range(n), repeat=order + 1):
        weight = 1
        for one, other in pairwise(path):
            weight *= int(table[one][other])
        found[path[0]][path[-1]] += weight
    return found


@given(systems(), st.integers(1, 4))
def test_indirect_influence_is_that_of_every_path(table, order):
    found = walked(table, order)
    assert paths(table, order).tolist() == found
    indirect = micmac(table, order=order).actual.indirect
    assert list(indirect.influence) == [sum(row) for row in found]
    assert list(indirect.dependence) == [sum(column) for column in zip(*found, strict=True)]


def test_the_published_example():
    table = np.zeros((10, 10), int)
    for one, other in ARROWS:
        table[one, other] = 1
    found = micmac(table, order=4).actual.indirect
    assert [amount / 16 for amount in found.influence] == PUBLISHED_INFLUENCE
    assert [amount / 16 for amount in found.dependence] == PUBLISHED_DEPENDENCE


def test_by_hand():
    """Four variables; A acts on B (3) and C (1), B on C (2), C on A (1) and D (3), D on B (1).

    The square: A→C 3·2 = 6, A→A 1·1 = 1, A→D 1·3 = 3; B→A 2·1 = 2, B→D 2·3 = 6; C→B 1·3 + 3·1 = 6, C→C 1·1 = 1;
    D→C 1·2 = 2. Rows: 10, 8, 7, 2; columns: A 3, B 6, C 9, D 9.
    """
    found = micmac([[0, 3, 1, 0], [0, 0, 2, 0], [1, 0, 0, 3], [0, 1, 0, 0]], order=2).actual
    assert found.direct.influence == (4, 2, 4, 1)
    assert found.direct.dependence == (1, 4, 3, 3)
    assert found.direct.influence_rank == (1, 3, 1, 4)
    assert found.direct.quadrant == ("influential", "dependent", "relay", "dependent")
    assert found.indirect.influence == (10, 8, 7, 2)
    assert found.indirect.dependence == (3, 6, 9, 9)
    assert found.influence_shift == (0, 1, -2, 0)
    assert found.dependence_shift == (0, -2, 1, 1)
    assert found.indirect.quadrant == ("influential", "influential", "relay", "dependent")


@given(systems())
def test_the_order_found_is_where_the_ranks_stay(table):
    found = micmac(table).actual
    rows, columns, places, left = [1] * len(table), [1] * len(table), [], []
    for _ in range(ORDERS):
        rows = [sum(int(w) * x for w, x in zip(row, rows, strict=True)) for row in table]
        columns = [sum(int(w) * x for w, x in zip(column, columns, strict=True)) for column in table.T]
        places.append((ranks(rows), ranks(columns)))
        left.append(any(rows))
    if found.outcome == "dies out":
        assert found.order == max(1, sum(left))
    elif found.outcome != "unsettled":
        at, period = found.order - 1, found.period
        assert places[at : ORDERS - period] == places[at + period :]
        assert at == 1 or places[at - 1] != places[at - 1 + period]
        assert (period == 1) == (found.outcome == "stable")


@given(systems(), st.randoms())
def test_the_order_of_variables_changes_nothing(table, random):
    order = list(range(len(table)))
    random.shuffle(order)
    one, other = micmac(table).actual, micmac(table[np.ix_(order, order)]).actual
    assert (one.order, one.outcome) == (other.order, other.outcome)
    assert [one.indirect.influence[at] for at in order] == list(other.indirect.influence)
    assert [one.direct.quadrant[at] for at in order] == list(other.direct.quadrant)


@given(systems())
def test_turning_every_arrow_changes_influence_and_dependence(table):
    one, other = micmac(table, order=3).actual, micmac(table.T, order=3).actual
    assert one.indirect.influence == other.indirect.dependence
    assert one.dependence_shift == other.influence_shift


@pytest.mark.parametrize(
    ("table", "outcome", "order", "period"),
    [
        ([[0, 1, 0], [0, 0, 2], [3, 0, 0]], "cycle", 2, 3),  # three in a ring of unequal strength
        ([[0, 1, 0], [0, 0, 1], [1, 0, 0]], "stable", 2, 1),
        ([[0, 3, 1], [0, 0, 2], [0, 0, 0]], "dies out", 2, 0),
        ([[0, 0], [0, 0]], "dies out", 1, 0),
        # Row sums 3 4 3, 11 12 10, 34 41 34, 116 136 109, 381 443 368: ranks 2 1 2 and 2 1 3 in turn, then 2 1 3 for good
        ([[0, 2, 1], [1, 0, 3], [2, 1, 0]], "stable", 4, 1),
    ],
)
def test_how_the_ranks_go_on(table, outcome, order, period):
    found = micmac(table).actual
    assert (found.outcome, found.order, found.period) == (outcome, order, period)


def test_an_order_beyond_the_last_path_gives_nothing():
    found = micmac([[0, 3], [0, 0]], order=7).actual
    assert (found.order, found.outcome, found.indirect.influence) == (7, "dies out", (0, 0))


def test_numbers_never_overflow():
    n = 60
    table = np.full((n, n), 3)
    np.fill_diagonal(table, 0)
    assert set(micmac(table, order=ORDERS).actual.indirect.influence) == {(3 * (n - 1)) ** ORDERS}


def test_potential_influences_are_counted_apart():
    table, flags = np.array([[0, 1, 0], [0, 0, 1], [1, 0, 0]]), np.zeros((3, 3), bool)
    assert micmac(table, flags).potential is None
    flags[2, 1] = True
    found = micmac(table, flags, weight=2)
    assert found.actual == micmac(table).actual
    assert found.potential == micmac([[0, 1, 0], [0, 0, 1], [1, 2, 0]]).actual


@given(st.lists(st.integers(0, 9), min_size=1, max_size=9))
def test_ranks_are_one_more_than_how_many_have_more(amounts):
    assert list(ranks(amounts)) == [1 + sum(other > one for other in amounts) for one in amounts]


def test_the_mean_itself_is_not_above_the_mean():
    assert quadrants([1, 1], [2, 2]) == ("excluded", "excluded")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: micmac([[0, 1]]), "square"),
        (lambda: micmac([]), "square"),
        (lambda: micmac([[0, 4], [0, 0]]), "from 0 to 3"),
        (lambda: micmac([[0, -1], [0, 0]]), "from 0 to 3"),
        (lambda: micmac([[0, 0.5], [0, 0]]), "from 0 to 3"),
        (lambda: micmac([[0, 1], [0, 2]]), "Variable 1 acts on itself"),
        (lambda: micmac([[0, 1], [0, 0]], order=0), "The order"),
        (lambda: paths([[0, 1], [0, 0]], ORDERS + 1), "The order"),
        (lambda: micmac([[0, 1], [0, 0]], weight=4), "counts from 1 to 3"),
        (lambda: micmac([[0, 1], [0, 0]], [[False, True], [False, False]]), "already"),
        (lambda: micmac([[0, 1], [0, 0]], [[True, False], [False, False]]), "on the diagonal"),
        (lambda: micmac([[0, 1], [0, 0]], [[True]]), "flags of shape"),
    ],
)
def test_what_cant_be_is_refused(make, said):
    with pytest.raises(MethodError, match=said):
        make()
