"""MACTOR: an example computed by hand, and every formula done slowly with fractions."""

from __future__ import annotations

from fractions import Fraction
from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fremsyn.methods.errors import MethodError
from fremsyn.methods.mactor import mactor, power, standing

# A acts on B (3), B on C (2), C on A (1). A is for the first objective (3) and against the second (1), B for both (2 and 2),
# C against the first (2).
INFLUENCE = [[0, 3, 0], [0, 0, 2], [1, 0, 0]]
POSITIONS = [[3, -1], [2, 2], [-2, 0]]


@st.composite
def games(draw):
    n, m = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    influence = np.array(draw(st.lists(st.integers(0, 4), min_size=n * n, max_size=n * n))).reshape(n, n)
    np.fill_diagonal(influence, 0)
    positions = np.array(draw(st.lists(st.integers(-4, 4), min_size=n * m, max_size=n * m))).reshape(n, m)
    return influence, positions


def slow_power(influence):
    """MDII, I, D and Ri, cell by cell in exact fractions."""
    n = range(len(influence))
    a = influence.tolist()
    reach = [[a[i][j] + sum(min(a[i][k], a[k][j]) for k in n) for j in n] for i in n]
    given_ = [sum(reach[i][j] for j in n if j != i) for i in n]
    got = [sum(reach[j][i] for j in n if j != i) for i in n]
    total = sum(given_)
    r = [
        Fraction(given_[i], total) * Fraction(given_[i], given_[i] + got[i]) if given_[i] + got[i] else Fraction(0)
        for i in n
    ]
    mean = sum(r) / len(n)
    return reach, given_, got, [one / mean if mean else one for one in r]


def slow_standing(rows):
    """CAA, DAA and ambivalence, pair by pair and objective by objective."""
    n = range(len(rows))
    with_, against = ([[Fraction(0)] * len(rows) for _ in n] for _ in range(2))
    for i in n:
        for k in n:
            for one, other in zip(rows[i], rows[k], strict=True):
                if i != k and one * other:
                    (with_ if one * other > 0 else against)[i][k] += (abs(one) + abs(other)) / 2
    ambivalence = []
    for i in n:
        whole = sum(with_[i]) + sum(against[i])
        apart = sum(abs(a - b) for a, b in zip(with_[i], against[i], strict=True))
        ambivalence.append(1 - apart / whole if whole else None)
    return with_, against, ambivalence


@given(games())
def test_everything_is_as_done_slowly(drawn):
    influence, positions = drawn
    found = mactor(influence, positions)
    reach, given_, got, strength = slow_power(influence)
    assert found.power.reach.tolist() == reach
    assert found.power.influence.tolist() == given_
    assert found.power.dependence.tolist() == got
    assert found.power.competitiveness.tolist() == pytest.approx(list(map(float, strength)))
    rows = [[Fraction(cell) for cell in row] for row in positions.tolist()]
    signs = [[Fraction((cell > 0) - (cell < 0)) for cell in row] for row in positions.tolist()]
    weighted = [[cell * by for cell in row] for row, by in zip(rows, strength, strict=True)]
    for order, matrix in zip(found.orders, (signs, rows, weighted), strict=True):
        with_, against, ambivalence = slow_standing(matrix)
        assert order.convergence.tolist() == [pytest.approx(list(map(float, row))) for row in with_]
        assert order.divergence.tolist() == [pytest.approx(list(map(float, row))) for row in against]
        columns = list(zip(*matrix, strict=True))
        assert order.agreement.tolist() == pytest.approx([float(sum(c for c in col if c > 0)) for col in columns])
        assert order.disagreement.tolist() == pytest.approx([float(sum(c for c in col if c < 0)) for col in columns])
        assert order.engagement.tolist() == pytest.approx([float(sum(map(abs, row))) for row in matrix])
        for one, other in zip(order.ambivalence.tolist(), ambivalence, strict=True):
            assert isnan(one) if other is None else one == pytest.approx(float(other))


@given(games())
def test_what_holds_of_every_game(drawn):
    influence, positions = drawn
    found = mactor(influence, positions)
    assert found.power.net.sum() == 0
    assert found.power.influence.sum() == found.power.dependence.sum()
    assert found.power.competitiveness.mean() == pytest.approx(1 if influence.any() else 0)
    for order, close in zip(found.orders, found.objective_closeness, strict=True):
        assert (order.convergence == order.convergence.T).all()
        assert (order.divergence == order.divergence.T).all()
        assert order.mobilisation == pytest.approx(order.agreement - order.disagreement)
        assert order.engagement.sum() == pytest.approx(order.mobilisation.sum())
        assert ((order.ambivalence >= 0) & (order.ambivalence <= 1) | np.isnan(order.ambivalence)).all()
        assert (close == close.T).all()


@given(games())
def test_who_turns_against_an_objective_turns_friends_into_foes(drawn):
    _influence, positions = drawn
    turned = positions.copy()
    turned[0] = -turned[0]
    one, other = standing(positions), standing(turned)
    assert (one.convergence[0] == other.divergence[0]).all()
    assert (one.convergence[1:, 1:] == other.convergence[1:, 1:]).all()


def test_power_by_hand():
    """MDII adds what goes by way of one other: A→C by B min(3, 2) = 2, B→A by C min(2, 1) = 1, C→B by A min(1, 3) = 1.

    I = 5, 3, 2 and D = 2, 4, 4. r = 5/10 · 5/7 = 75/210, 3/10 · 3/7 = 27/210, 2/10 · 2/6 = 14/210; their mean is 116/630.
    """
    found = power(INFLUENCE)
    assert found.reach.tolist() == [[0, 3, 2], [1, 0, 2], [1, 1, 0]]
    assert found.influence.tolist() == [5, 3, 2]
    assert found.dependence.tolist() == [2, 4, 4]
    assert found.competitiveness.tolist() == pytest.approx([225 / 116, 81 / 116, 42 / 116])
    assert found.net.tolist() == [[0, 2, 1], [-2, 0, 1], [-1, -1, 0]]
    assert found.net_sum.tolist() == [3, -1, -2]


def test_an_actor_that_gets_its_own_influence_back():
    """A and B act on each other (4 and 2): MDII(A,A) = min(4, 2) = 2 stands in the table and in neither sum."""
    found = power([[0, 4], [2, 0]])
    assert found.reach.tolist() == [[2, 4], [2, 2]]
    assert found.influence.tolist() == [4, 2]
    assert found.dependence.tolist() == [2, 4]
    assert found.competitiveness.tolist() == pytest.approx([8 / 5, 2 / 5])  # 4/6 · 4/6 to 2/6 · 2/6


def test_positions_by_hand():
    """On the first objective A and B are together, (3+2)/2, and C is against both, (3+2)/2 and (2+2)/2; on the second A is
    against B, (1+2)/2."""
    one, two, three = mactor(INFLUENCE, POSITIONS).orders
    assert one.positions.tolist() == [[1, -1], [1, 1], [-1, 0]]
    assert one.convergence.tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    assert one.divergence.tolist() == [[0, 1, 1], [1, 0, 1], [1, 1, 0]]
    assert two.convergence.tolist() == [[0, 2.5, 0], [2.5, 0, 0], [0, 0, 0]]
    assert two.divergence.tolist() == [[0, 1.5, 2.5], [1.5, 0, 2], [2.5, 2, 0]]
    assert two.closeness.tolist() == [[0, 1, -2.5], [1, 0, -2], [-2.5, -2, 0]]
    assert two.agreement.tolist() == [5, 2]
    assert two.disagreement.tolist() == [-2, -1]
    assert two.mobilisation.tolist() == [7, 3]
    assert two.engagement.tolist() == [4, 4, 2]
    assert two.ambivalence.tolist() == pytest.approx([1 - 3.5 / 6.5, 1 - 3 / 6, 0])
    assert three.positions[0].tolist() == pytest.approx([675 / 116, -225 / 116])
    assert three.convergence[0, 1] == pytest.approx((675 + 162) / 116 / 2)


def test_objectives_are_close_when_actors_stand_alike_on_both():
    close = mactor(INFLUENCE, POSITIONS).objective_closeness
    assert [each[0, 1] for each in close[:2]] == [0, 0]  # A is torn between them, −(3+1)/2; B for both, +(2+2)/2
    assert close[2][0, 1] == pytest.approx(-2 * 225 / 116 + 2 * 81 / 116)


def test_where_nobody_acts_nobody_is_strong():
    found = mactor([[0, 0], [0, 0]], [[1], [0]])
    assert found.power.competitiveness.tolist() == [0, 0]
    assert found.orders[2].mobilisation.tolist() == [0]
    assert np.isnan(found.orders[0].ambivalence).all()


@pytest.mark.parametrize(
    ("influence", "positions", "said"),
    [
        ([[0, 5], [0, 0]], [[1], [1]], "influences must be whole numbers from 0 to 4"),
        ([[0, 1.5], [0, 0]], [[1], [1]], "whole numbers"),
        ([[1, 0], [0, 0]], [[1], [1]], "Actor 0 acts on itself"),
        ([[0, 1]], [[1]], "square"),
        ([], [[1]], "influences must be"),
        ([[0, 1], [0, 0]], [[5], [1]], "positions must be whole numbers from -4 to 4"),
        ([[0, 1], [0, 0]], [[1]], "2 rows"),
        ([[0, 1], [0, 0]], [1, 2], "2 rows"),
    ],
)
def test_what_cant_be_is_refused(influence, positions, said):
    with pytest.raises(MethodError, match=said):
        mactor(influence, positions)


def test_positions_must_be_numbers():
    with pytest.raises(MethodError, match="a table of numbers"):
        standing([[np.nan]])
