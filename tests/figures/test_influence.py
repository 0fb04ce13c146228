"""Who acts on whom: where things stand, how an arrow says what it does, and that it passes no other thing."""

from __future__ import annotations

import re
from itertools import permutations
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.figures.seen import collisions

from fremsyn.figures.figure import Cell, Column, Figure, Finding, Row, Table
from fremsyn.figures.influence import Arrow, Thing, Way, influence
from fremsyn.figures.placing import Box

FOUND = Finding("found", "A finding", "A sentence")
EMPTY = Table("caption", (Column("a"),), (Row((Cell("a"),)),))
WORDS: dict[Way, str] = {"favours": "favours", "hinders": "hinders", "both": "both"}
WAYS: tuple[Way, ...] = ("favours", "hinders", "both")


def drawn(count: int, arrows: list[Arrow]) -> Figure:
    things = [Thing(f"D{i}", f"The driver of number {i}, which has a long name", href=f"/{i}") for i in range(count)]
    return influence(FOUND, things, arrows, EMPTY, words=WORDS, above="moves more")


def boxes(svg: str) -> dict[str, Box]:
    """Return the things of a drawing by reference."""
    found = {}
    for group in ElementTree.fromstring(svg).iter("g"):
        form, words = group.find("rect"), group.find("text")
        if form is not None and words is not None:
            found[str(words.text)] = Box(*(float(form.get(side, "")) for side in ("x", "y", "width", "height")))
    return found


def ways(svg: str) -> dict[str, list[tuple[float, float]]]:
    """Return the points of each arrow's line, by where the arrow leads."""
    found = {}
    for group in ElementTree.fromstring(svg).iter("g"):
        line = group.find("path")
        if line is not None and group.get("data-href"):
            numbers = [float(n) for n in re.findall(r"-?[\d.]+", line.get("d", ""))]
            found[group.get("data-href", "")] = list(zip(numbers[::2], numbers[1::2], strict=True))
    return found


def marks(svg: str, href: str) -> tuple[bool, bool, bool]:
    """Tell whether an arrow has a triangle, a bar, and a broken line."""
    group = next(g for g in ElementTree.fromstring(svg).iter("g") if g.get("data-href") == href)
    line, *rest = [path.get("class", "") for path in group.iter("path")]
    return any(css.startswith("k") for css in rest), any(css.startswith("l") for css in rest), "dashed" in line


def test_what_an_arrow_does_is_told_by_its_form():
    arrows = [Arrow("D0", "D1", way, href=f"/{way}") for way in WAYS]
    svg = drawn(2, arrows).svg
    assert marks(svg, "/favours") == (True, False, False)
    assert marks(svg, "/hinders") == (False, True, True)
    assert marks(svg, "/both") == (True, True, False)


def test_the_first_stands_on_top_and_the_others_lower_and_lower():
    tops = [box.y for box in boxes(drawn(7, []).svg).values()]
    assert tops == sorted(tops)
    assert tops[0] < tops[1]


def test_a_stronger_arrow_is_wider():
    svg = drawn(3, [Arrow("D0", "D1", "favours", 1), Arrow("D0", "D2", "favours", 3)]).svg
    wide = [float(path.get("stroke-width", "0")) for path in ElementTree.fromstring(svg).iter("path")]
    assert len({w for w in wide if w}) > 1


@pytest.mark.parametrize("arrow", [Arrow("D0", "D0", "both"), Arrow("D0", "D9", "both")])
def test_an_arrow_that_joins_no_two_things_is_refused(arrow: Arrow):
    with pytest.raises(ValueError, match="joins two"):
        drawn(2, [arrow])


def test_a_reference_that_stands_twice_is_refused():
    with pytest.raises(ValueError, match="of its own"):
        influence(FOUND, [Thing("D1", "a"), Thing("D1", "b")], [], EMPTY, words=WORDS)


@st.composite
def networks(draw: st.DrawFn) -> tuple[int, list[Arrow]]:
    count = draw(st.integers(1, 18))
    pairs = list(permutations(range(count), 2))
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=36, unique=True)) if pairs else []
    return count, [
        Arrow(f"D{a}", f"D{b}", draw(st.sampled_from(WAYS)), draw(st.integers(1, 3)), f"/{a}-{b}") for a, b in chosen
    ]


@settings(max_examples=60)
@given(networks())
def test_arrows_pass_by_all_things_but_their_own_and_no_words_lie_on_others(network: tuple[int, list[Arrow]]):
    count, arrows = network
    svg = drawn(count, arrows).svg
    spots, lines = boxes(svg), ways(svg)
    assert collisions(svg) == []
    for arrow in arrows:
        inside = [
            ref
            for ref, box in spots.items()
            for x, y in lines[arrow.href]
            if box.x < x < box.x + box.w and box.y < y < box.y + box.h
        ]
        assert inside == [], arrow
    assert drawn(count, arrows).svg == svg
