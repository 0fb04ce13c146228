import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fremsyn.methods import windtunnel
from fremsyn.methods.errors import MethodError
from fremsyn.methods.windtunnel import Reading

tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(-9, 9), min_size=width, max_size=width), min_size=1, max_size=5)
)


def test_the_hand_example():
    tested = windtunnel.try_options([2, 5, 1, 3], [[1, 2], [-1, 2], [0, 1], [-2, 0]])
    assert tested.value.tolist() == [[2, 4], [-5, 10], [0, 1], [-6, 0]]
    assert tested.worst.tolist() == [2, -5, 0, -6]
    assert tested.best.tolist() == [4, 10, 1, 0]
    assert tested.spread.tolist() == [2, 15, 1, 6]
    assert tested.mean.tolist() == [3, 2.5, 0.5, -3]
    assert tested.readings == (
        Reading.HELPS_IN_ALL,
        Reading.DEPENDS,
        Reading.HARMS_IN_NONE,
        Reading.HELPS_IN_NONE,
    )


def test_an_option_that_makes_no_difference_helps_in_none():
    assert windtunnel.try_options([4], [[0, 0]]).readings == (Reading.HELPS_IN_NONE,)


def test_whole_numbers_stay_whole_and_fractions_fractions():
    assert windtunnel.try_options([2], [[1, 2]]).value.dtype == np.int64
    assert windtunnel.try_options([0.5], [[1, 2]]).value.tolist() == [[0.5, 1.0]]


def test_regret_of_the_hand_example():
    assert windtunnel.regret([[5, 0], [3, 3]]).tolist() == [[0, 3], [2, 0]]


@given(tables)
def test_somebody_is_without_regret_in_every_scenario(payoff):
    lost = windtunnel.regret(payoff)
    assert (lost >= 0).all()
    assert (lost.min(axis=0) == 0).all()


@given(tables, st.integers(-5, 5))
def test_what_comes_to_all_options_alike_is_no_regret(payoff, bonus):
    raised = np.array(payoff)
    raised[:, 0] += bonus
    assert windtunnel.regret(raised).tolist() == windtunnel.regret(payoff).tolist()


def test_input_is_left_alone():
    score = np.array([[1.0, -2.0]])
    windtunnel.try_options([2], score).value[:] = 0
    windtunnel.regret(score)[:] = 7
    assert score.tolist() == [[1, -2]]


@pytest.mark.parametrize("payoff", [[], [1, 2], [[np.inf]], [[]]])
def test_a_table_that_is_none_is_refused(payoff):
    with pytest.raises(MethodError, match="row for each option"):
        windtunnel.regret(payoff)


@pytest.mark.parametrize("effect", [[1], [1, 0], [1, np.nan], [[1, 1]]])
def test_effects_that_do_not_fit_are_refused(effect):
    with pytest.raises(MethodError, match="2 effects"):
        windtunnel.try_options(effect, [[1], [2]])
