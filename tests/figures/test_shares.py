"""Answers as bars: what may not be shown is not drawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fremsyn.figures.bars import shares
from fremsyn.figures.figure import Figure, Finding, Table
from fremsyn.figures.matrix import Side

COUNTS = st.one_of(st.none(), st.tuples(*(st.integers(0, 400) for _part in range(3))))
EMPTY = Table("answers", (), ())


def drawn(values: list[list[tuple[int, int, int] | None]]) -> Figure:
    rows = [Side(f"statement {n}") for n in range(len(values))]
    columns = [Side(f"circle {n}") for n in range(len(values[0]))]
    return shares(Finding("answers", "A finding", "All of it"), rows, columns, values, EMPTY, hidden="too few")


@given(st.lists(st.lists(COUNTS, min_size=2, max_size=2), min_size=1, max_size=6))
def test_each_bar_has_its_per_cent_and_each_hidden_one_says_so(values):
    svg = drawn(values).svg
    cells = [cell for row in values for cell in row]
    assert svg.count("too few") == cells.count(None)
    assert svg.count(" %<") == sum(1 for cell in cells if cell and sum(cell))


def test_the_number_is_the_per_cent_that_agree():
    assert ">25 %<" in drawn([[(1, 1, 2)]]).svg


def test_counts_below_zero_and_missing_values_are_refused():
    with pytest.raises(ValueError, match="below zero"):
        drawn([[(1, -1, 2)]])
    with pytest.raises(ValueError, match="one value"):
        shares(Finding("answers", "A finding", "All"), [Side("a")], [Side("b")], [[]], EMPTY)
