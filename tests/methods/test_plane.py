"""The plane of scenarios: what it keeps of their distances, and that it is the same whoever draws it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fremsyn.methods.diverse import distances
from fremsyn.methods.errors import MethodError
from fremsyn.methods.plane import plane

TABLES = st.integers(1, 5).flatmap(
    lambda d: st.lists(st.lists(st.integers(0, 3), min_size=d, max_size=d), min_size=1, max_size=12)
)


def apart(places):
    """Return the squared distance of every two places."""
    return ((places[:, None] - places[None]) ** 2).sum(axis=2)


@given(TABLES)
def test_no_two_places_are_farther_apart_than_the_scenarios(table):
    found = plane(table)
    assert (apart(found.places) <= distances(table) + 1e-6).all()
    assert found.places.mean(axis=0) == pytest.approx([0, 0], abs=1e-6)
    assert found.shares[0] >= found.shares[1] - 1e-9
    assert 0 < found.share <= 1 + 1e-9


def test_descriptors_that_always_change_together_have_the_same_part_in_a_direction():
    table = [[0, 2, 1, 0], [1, 0, 0, 1], [2, 1, 1, 0], [0, 2, 0, 1], [1, 0, 1, 2]]
    drawn = plane(table).drawn
    assert (drawn[0] == drawn[1]).all()
    assert drawn[0].any()


@given(TABLES, st.randoms(use_true_random=False))
def test_the_map_is_the_same_in_whatever_order_the_scenarios_come(table, random):
    order = list(range(len(table)))
    random.shuffle(order)
    shuffled = plane([table[i] for i in order])
    assert shuffled.places == pytest.approx(plane(table).places[order], abs=1e-6)


@given(TABLES)
@example([[0]] * 7)  # whose middle, as computed, is not just where they all are
def test_what_the_plane_shows_is_what_principal_coordinates_of_all_pairs_show(table):
    squares = distances(table).astype(float)
    middle = squares - squares.mean(axis=0) - squares.mean(axis=1)[:, None] + squares.mean()
    values = np.sort(np.linalg.eigvalsh(-middle / 2))[::-1]
    total = values.sum()
    wanted = (np.append(values, 0)[:2] / total) if total > 1e-9 else [0, 0]
    assert plane(table).shares == pytest.approx(wanted, abs=1e-6)


@given(TABLES)
def test_scenarios_with_the_same_states_lie_at_the_same_place(table):
    twice = plane([*table, *table]).places
    assert twice[: len(table)] == pytest.approx(twice[len(table) :], abs=1e-8)


@pytest.mark.parametrize(
    "table", [[[0, 0], [0, 1]], [[0, 0], [0, 1], [1, 1]], [[0, 0], [0, 1], [1, 0], [1, 1]], [[0, 2], [1, 2], [2, 2]]]
)
def test_two_or_three_scenarios_and_a_square_are_shown_whole(table):
    found = plane(table)
    assert found.share == pytest.approx(1)
    assert apart(found.places) == pytest.approx(distances(table).astype(float), abs=1e-6)


def test_a_driver_that_never_varies_draws_nothing_and_the_others_share_the_rest():
    found = plane([[0, 1, 0], [1, 1, 0], [0, 1, 1]])
    assert found.drawn[1] == pytest.approx([0, 0], abs=1e-9)
    assert found.drawn.sum(axis=0) == pytest.approx([1, 1])


@pytest.mark.parametrize("table", [np.zeros((0, 3), int), [[1, 2]], [[1, 2]] * 4])
def test_none_one_and_all_equal_lie_in_the_middle(table):
    found = plane(table)
    assert found.places.tolist() == [[0, 0]] * len(table)
    assert found.share == 1
    assert not found.drawn.any()


def test_a_weight_of_nothing_takes_a_driver_out():
    found = plane([[0, 0], [0, 1], [1, 0]], [1, 0])
    assert found.places[0] == pytest.approx(found.places[1])
    assert apart(found.places)[0, 2] == pytest.approx(1)


@pytest.mark.parametrize("table", [[0, 1], np.zeros((2, 0)), [[0.5]], [[-1]]])
def test_what_is_no_table_of_variants_is_refused(table):
    with pytest.raises(MethodError, match="Give a table"):
        plane(table)


@pytest.mark.parametrize("weights", [[1], [1, -1], [1, np.inf]])
def test_weights_that_dont_fit_are_refused(weights):
    with pytest.raises(MethodError, match="There must be 2 weights"):
        plane([[0, 1]], weights)
