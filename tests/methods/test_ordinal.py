"""The middle answer and the middle half of a scale, against the answers put in order one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fremsyn.methods.errors import MethodError
from fremsyn.methods.ordinal import share, spread

COUNTS = st.lists(st.integers(0, 12), min_size=1, max_size=7)


@given(COUNTS)
def test_it_is_what_one_finds_by_putting_the_answers_in_order(counts):
    answers = [step for step, n in enumerate(counts, start=1) for _each in range(n)]
    if not answers:
        with pytest.raises(MethodError, match="nobody"):
            spread(counts)
        return
    found = spread(counts)
    n = len(answers)
    assert found.n == n
    assert found.middle == (answers[(n - 1) // 2], answers[n // 2])
    for at, quarter in zip(found.half, (0.25, 0.75), strict=True):
        assert at in answers
        assert sum(answer <= at for answer in answers) >= quarter * n
        assert sum(answer < at for answer in answers) < quarter * n


@given(COUNTS)
def test_turning_the_scale_turns_the_middle(counts):
    if sum(counts):
        low, high = spread(counts).middle
        assert spread(counts[::-1]).middle == (len(counts) + 1 - high, len(counts) + 1 - low)


@given(COUNTS)
def test_the_shares_of_a_scale_cut_in_two_are_the_whole(counts):
    if sum(counts):
        assert share(counts, 1, len(counts)) == 100
        assert abs(share(counts, 1, 1) + share(counts, 2, len(counts)) - 100) <= 1


def test_a_count_below_zero_is_refused():
    with pytest.raises(MethodError, match="at least 0"):
        spread([1, -1])
