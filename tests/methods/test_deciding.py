"""What descriptors do across scenarios: against a plain count, and in cases that one can say beforehand."""

from __future__ import annotations

from collections import Counter
from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fremsyn.methods.deciding import deciding
from fremsyn.methods.errors import MethodError

TABLES = st.integers(2, 4).flatmap(
    lambda d: st.lists(st.lists(st.integers(0, 2), min_size=d, max_size=d), min_size=1, max_size=12)
)


def entropy(values) -> float:
    values = list(values)
    return -sum(n / len(values) * log2(n / len(values)) for n in Counter(values).values())


@given(TABLES)
def test_it_tells_what_a_plain_count_tells(table):
    found = deciding(table, [3] * len(table[0]))
    columns = list(zip(*table, strict=True))
    for j, own in enumerate(columns):
        others = [column for k, column in enumerate(columns) if k != j]
        open_ = sum(entropy(column) for column in others)
        known = sum(entropy(own) + entropy(c) - entropy(zip(own, c, strict=True)) for c in others)
        assert found.tells[j] == pytest.approx(known / open_ if open_ > 1e-9 else 0, abs=1e-6)
        assert found.spread[j] == pytest.approx(entropy(own) / log2(3), abs=1e-6)
        assert found.occurs[j].tolist() == [own.count(i) for i in range(3)]


def test_one_that_all_others_follow_tells_everything_and_one_that_never_varies_nothing():
    found = deciding([[0, 0, 1], [1, 1, 1], [2, 0, 1]], [3, 2, 2])
    assert found.tells[0] == pytest.approx(1)
    assert found.tells[2] == found.spread[2] == 0


@pytest.mark.parametrize("table", [np.zeros((0, 2), int), [[1, 0]]])
def test_none_and_one_have_nothing_open(table):
    found = deciding(table, [2, 1])
    assert found.tells.tolist() == found.spread.tolist() == [0, 0]


@pytest.mark.parametrize("table", [[[0, 2]], [[-1, 0]]])
def test_a_variant_that_isnt_there_is_refused(table):
    with pytest.raises(MethodError, match="names a variant"):
        deciding(table, [2, 2])
