from __future__ import annotations

import csv
import io
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fremsyn.figures import drawing
from fremsyn.figures.figure import FORMULA, Cell, Column, Finding, Row, Table, figure
from fremsyn.figures.placing import push_apart

FOUND = Finding("found", "A finding", "A sentence with <brackets> & more")


def table(*cells: Cell) -> Table:
    return Table("caption", tuple(Column(f"c{i}") for i in range(len(cells))), (Row(cells),))


@given(st.text(max_size=20))
def test_no_text_in_the_csv_starts_a_formula(words: str) -> None:
    rows = list(csv.reader(io.StringIO(table(Cell(words)).csv(), newline="")))
    said = rows[1][0] if len(rows) > 1 and rows[1] else ""
    assert not said.startswith(FORMULA)
    assert said in (words.strip(), f"'{words.strip()}", words, f"'{words}")


def test_numbers_stay_numbers_in_the_csv() -> None:
    assert table(Cell(-2, text="−2"), Cell(1.5), Cell(None), Cell("=1+1"), Cell("Title", ref="T12")).csv().splitlines()[
        1
    ] == ("-2,1.5,,'=1+1,T12 Title")


def test_a_downloaded_drawing_stands_alone() -> None:
    svg = drawing.drawing("found", FOUND.alt, [drawing.text(1, 2, "<words>")], (0, 0, 100, 50))
    alone = figure(FOUND, svg, table(Cell("a"))).standalone_svg()
    root = ElementTree.fromstring(alone)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.find("{http://www.w3.org/2000/svg}style") is not None
    assert "url(" not in alone
    assert "@import" not in alone


def test_a_drawing_names_itself_and_holds_no_style_attribute() -> None:
    svg = drawing.drawing("found", FOUND.alt, [drawing.text(1, 2, "words")], (0, 0, 100, 50))
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "found-t"
    assert root[0].text == FOUND.alt
    assert all(element.get("style") is None for element in root.iter())


@pytest.mark.parametrize("key", ["", "With space", "Ært", "1st", 'a"b'])
def test_a_key_that_is_no_name_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        Finding(key, "title", "alt")


@given(st.text(max_size=80), st.floats(20, 300))
def test_shortened_words_fit_their_room(words: str, room: float) -> None:
    assert drawing.width(drawing.shorten(words, room)) <= max(room, drawing.width("…"))


@given(st.text("abc de", max_size=80), st.integers(1, 4))
def test_wrapped_words_take_no_more_rows_than_allowed(words: str, most: int) -> None:
    rows = drawing.wrap(words, 90, most)
    assert len(rows) <= most
    assert all(drawing.width(row) <= 90 for row in rows)


@given(st.lists(st.floats(0, 100), max_size=8))
def test_numbers_pushed_apart_keep_their_order_and_distance(wanted: list[float]) -> None:
    at = push_apart(wanted, 10, 0, 100)
    ordered = sorted(at)
    assert all(b - a >= 10 - 1e-6 for a, b in pairwise(ordered))
    assert sorted(range(len(at)), key=lambda i: (wanted[i], i)) == sorted(range(len(at)), key=at.__getitem__)
