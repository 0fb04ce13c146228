"""What several judgements come to, and the order of what is disputed, worked by hand and held against a slow way."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fremsyn.cases.shape import Text
from fremsyn.methods import cib
from fremsyn.scenarios.group.dispute import Hangs, hanging
from fremsyn.scenarios.group.rules import AGREEMENT, MEDIAN, Rule, agreement, combined, median, spreads
from fremsyn.scenarios.handover.judgements import Judgements
from fremsyn.scenarios.schema import CrossImpact, Driver, Section, Variant

values = st.lists(st.integers(-3, 3), min_size=1, max_size=9)


@given(values)
def test_the_median_is_the_same_in_any_order_lies_between_and_turns_with_the_sign(given):
    middle = median(given)
    assert min(given) <= middle <= max(given)
    assert middle == median(given[::-1])
    assert middle == -median([-each for each in given])
    assert sum(each <= middle for each in given) * 2 >= len(given) or middle == 0
    assert isinstance(middle, int)


@given(values, st.integers(51, 100))
def test_agreement_is_the_median_or_nothing(given, share):
    found = agreement(given, share)
    positive, negative = (sum(sign * each > 0 for each in given) * 100 >= share * len(given) for sign in (1, -1))
    assert found == (median(given) if positive or negative else 0)
    assert (found > 0, found < 0) == (positive, negative)


def test_tables_are_combined_cell_by_cell():
    tables = [((3, 0), (1, -1)), ((1, 1), (-1, -2)), ((2, 0), (-1, 0))]
    assert combined(tables, Rule(MEDIAN)) == ((2, 0), (-1, -1))
    assert combined(tables, Rule(AGREEMENT, 67)) == ((2, 0), (0, 0))
    assert combined(tables, Rule(AGREEMENT, 60)) == ((2, 0), (-1, -1))
    first = spreads(tables)[0][0]
    assert (first.values, first.median, first.low, first.high, first.width) == ((3, 1, 2), 2, 1, 3, 2)


def judgements(sizes, sections):
    """Return a matrix of drivers with that many states; `sections` are tables by the drivers' numbers."""
    drivers = tuple(
        Driver(
            ref=f"D{at}", key=f"d{at}", name=Text(da="d"), asks=Text(da="?"), kind="k", question="Q0",
            impact=1, uncertainty=1, influence="none",
            variants=tuple(
                Variant(ref=f"D{at}.{'abcd'[i]}", key=f"{at}{i}", name=Text(da="v"), description=Text(da="v"))
                for i in range(size)
            ),
        )
        for at, size in enumerate(sizes, 1)
    )  # fmt: skip
    made = tuple(
        Section(
            source=f"d{one}", target=f"d{other}",
            rows={v.key: row for v, row in zip(drivers[one - 1].variants, table, strict=True)},
        )
        for (one, other), table in sections.items()
    )  # fmt: skip
    return Judgements(
        drivers,
        CrossImpact(
            schema="case/cross_impact@2", status=None, question="Q0", scale=Text(da="s"), no_probability=Text(da="n"),
            order=(), columns={}, sections=made,
        ),
    )  # fmt: skip


def test_what_hangs_on_a_section_worked_by_hand():
    """Two drivers of two states that hold each other up: a with a and b with b hang together.

    Turned around from D1 to D2, nothing does: both go. With nothing from D1 to D2, D2 may stand as it likes beside a
    state of D1 that it holds up: the same two, so nothing comes and nothing goes.
    """
    up, down, nothing = ((2, 0), (0, 2)), ((0, 2), (2, 0)), ((0, 0), (0, 0))
    base = judgements([2, 2], {(1, 2): up, (2, 1): up})
    found = hanging(base, [(("D1", "D2"), [up, down, nothing])])
    assert found == {("D1", "D2"): Hangs(2, ((0, 0), (0, 2), (0, 0)))}


@settings(max_examples=50)
@given(st.data())
def test_what_hangs_is_what_two_searches_differ_by(data):
    sizes = data.draw(st.lists(st.integers(1, 3), min_size=2, max_size=4))
    number = st.integers(-2, 2)

    def table(one, other):
        return tuple(tuple(data.draw(number) for _ in range(sizes[other - 1])) for _ in range(sizes[one - 1]))

    pairs = [(i, j) for i, j in product(range(1, len(sizes) + 1), repeat=2) if i != j]
    sections = {pair: table(*pair) for pair in pairs}
    pair = data.draw(st.sampled_from(pairs))
    tables = [table(*pair) for _judge in range(2)]
    base = judgements(sizes, sections)
    found = hanging(base, [((f"D{pair[0]}", f"D{pair[1]}"), tables)])[f"D{pair[0]}", f"D{pair[1]}"]

    def consistent(judged):
        return {tuple(row) for row in cib.search(judged.matrix).scenarios.tolist()}

    now = consistent(base)
    others = [consistent(judgements(sizes, {**sections, pair: each})) for each in tables]
    assert found.by_judge == tuple((len(each - now), len(now - each)) for each in others)
    assert found.scenarios == len(set().union(*(each ^ now for each in others)))


def test_where_too_many_hang_together_nothing_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("fremsyn.scenarios.group.dispute.MOST_LOOKED_AT", 3)
    base = judgements([2, 2], {})
    assert hanging(base, [(("D1", "D2"), [((1, 0), (0, 1))])]) == {}
    assert np.array(base.matrix.judgements).sum() == 0
