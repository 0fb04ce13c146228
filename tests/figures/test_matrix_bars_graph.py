from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.figures.seen import collisions

from fremsyn.figures.bars import (
    Bar,
    Interval,
    Lane,
    Moment,
    Part,
    Period,
    Scale,
    Series,
    Spread,
    dots,
    facets,
    intervals,
    stacked,
    timeline,
)
from fremsyn.figures.figure import Cell, Column, Finding, Row, Span, Table
from fremsyn.figures.graph import Edge, Node, graph
from fremsyn.figures.matrix import Side, grid, heat, signed, tableau, toned
from fremsyn.figures.points import Axis

FOUND = Finding("found", "A finding", "A sentence")
EMPTY = Table("caption", (Column("a"),), (Row((Cell("a"),)),))
HUNDRED = Axis("", 0, 100, ((0, "0"), (50, "50"), (100, "100 %")))


def test_heat_says_sign_and_tone_in_each_cell() -> None:
    drawn = heat(FOUND, [Side("Exit", "O1")], [Side("C1"), Side("C2"), Side("C3")], [[2, -1, 0]])
    assert drawn.shown == "table"
    assert [(cell.text, cell.tone) for cell in drawn.table.rows[0].cells[1:]] == [("+2", 2), ("−1", -1), ("0", 0)]
    assert "−1" in drawn.svg


@pytest.mark.parametrize(("value", "words"), [(2, "+2"), (-1.5, "−1.5"), (0.0, "0"), (3.0, "+3")])
def test_signed_numbers_say_their_sign(value: float, words: str) -> None:
    assert signed(value) == words


def test_a_value_beyond_the_scale_takes_the_last_tone() -> None:
    assert toned(16, step=2).tone == 3
    assert toned(-16).tone == -3
    assert toned(None).tone is None


def test_a_matrix_that_is_not_full_is_refused() -> None:
    with pytest.raises(ValueError, match="each row in each column"):
        heat(FOUND, [Side("a")], [Side("b"), Side("c")], [[1]])


def test_tableau_and_grid_keep_their_kind_and_spans() -> None:
    states = tableau(
        FOUND, [Side("", "C1", group="The state steers")], [Side("D1"), Side("D2")], [[(0, "Joint"), (4, "Local")]]
    )
    assert states.table.kind == "tableau"
    assert [cell.shade for cell in states.table.rows[0].cells[1:]] == [1, 1]
    numbers = grid(FOUND, [Side("a")], [Side("b"), Side("c")], [[None, 2]], spans=[Span("D1", 2)])
    assert numbers.table.kind == "grid"
    assert [span.width for span in numbers.table.spans] == [1, 2]


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.floats(0, 10),
            st.floats(0.5, 8),
            st.text("abc æøå", max_size=30),
            st.floats(0, 15),
            st.text("de ", max_size=20),
        ),
        max_size=12,
    )
)
def test_words_on_a_roadmap_never_lie_on_each_other(rows: list[tuple[float, float, str, float, str]]) -> None:
    lanes = [
        Lane(
            f"Initiative {i}",
            f"I{i}",
            bars=(Bar(start, start + length, words),),
            moments=(Moment(at, said), Moment(at + 0.4, said)),
        )
        for i, (start, length, words, at, said) in enumerate(rows)
    ]
    drawn = timeline(FOUND, lanes, Scale(0, 16, tuple((float(i), f"Q{i % 4 + 1}") for i in range(16))), EMPTY)
    assert collisions(drawn.svg) == []


def test_an_empty_scale_of_time_is_refused() -> None:
    with pytest.raises(ValueError, match="scale"):
        timeline(FOUND, [], Scale(4, 4, ()), EMPTY)


def test_stacked_amounts_are_summed_in_the_table() -> None:
    drawn = stacked(
        FOUND, [Period("2027", (2.0, 3.0)), Period("2028", (1.0, 0.0))], [Part("One", "A1"), Part("Two", "A2")]
    )
    assert [cell.value for cell in drawn.table.rows[-1].cells[1:]] == [5.0, 1.0, 6.0]
    assert collisions(drawn.svg) == []


@pytest.mark.parametrize("amounts", [(1.0,), (1.0, -1.0)])
def test_amounts_that_can_not_be_stacked_are_refused(amounts: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="amount"):
        stacked(FOUND, [Period("2027", amounts)], [Part("One"), Part("Two")])


def test_a_hidden_result_is_said_in_the_table_and_absent_in_the_drawing() -> None:
    rows = [Spread("Statement", (29, None, 73), "U24")]
    drawn = dots(FOUND, rows, [Series("A", 4), Series("B", 2), Series("C", 1)], HUNDRED, hidden="hidden")
    assert drawn.table.rows[0].cells[2].text == "hidden"
    assert ElementTree.fromstring(drawn.svg).find(".//rect") is None


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100)), min_size=1, max_size=12))
def test_words_above_dots_never_lie_on_each_other(values: list[tuple[int, int, int]]) -> None:
    rows = [Spread("", each, f"U{i}") for i, each in enumerate(values)]
    drawn = dots(
        FOUND,
        rows,
        [Series("Leadership, 7", 4), Series("Organisation, 64", 2), Series("Stakeholders, 312", 1)],
        HUNDRED,
    )
    assert collisions(drawn.svg) == []


def test_a_row_of_dots_with_a_value_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="each series"):
        dots(FOUND, [Spread("a", (1,))], [Series("A"), Series("B")], HUNDRED)


def test_intervals_and_small_multiples_say_their_numbers() -> None:
    cost = intervals(FOUND, [Interval("", 33, 92, "P1", low_words="33", high_words="92")], HUNDRED)
    assert ">92<" in cost.svg
    many = facets(FOUND, [Side("", "P1"), Side("", "P2", marked=True)], [Side("C1"), Side("C2")], [[6, -1], [16, 4]])
    assert "−1" in many.svg
    assert collisions(many.svg) == []


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Node], list[Edge]]:
    counts = draw(st.lists(st.integers(0, 18), min_size=3, max_size=3))
    nodes = [
        Node(f"{layer}.{i}", layer, f"T{i}", "A title of some length")
        for layer, n in enumerate(counts)
        for i in range(n)
    ]
    pairs = [(a.key, b.key) for a in nodes for b in nodes if a.layer < b.layer]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=30, unique=True)) if pairs else []
    return nodes, [Edge(a, b) for a, b in chosen]


@settings(max_examples=40)
@given(graphs(), st.booleans())
def test_no_node_hides_another(made: tuple[list[Node], list[Edge]], compact: bool) -> None:
    nodes, edges = made
    drawn = graph(FOUND, nodes, edges, ["One", "Two", "Three"], compact=compact)
    assert collisions(drawn.svg) == []
    assert len(drawn.table.rows) == len(nodes)


def test_nodes_are_ordered_so_that_curves_do_not_cross() -> None:
    nodes = [Node("a", 0, "A"), Node("b", 0, "B"), Node("c", 1, "C"), Node("d", 1, "D")]
    drawn = graph(FOUND, nodes, [Edge("a", "d"), Edge("b", "c")], ["", ""])
    height = {text.text: float(text.get("y", "0")) for text in ElementTree.fromstring(drawn.svg).iter("text")}
    assert (height["A"] < height["B"]) == (height["D"] < height["C"])


@pytest.mark.parametrize("edges", [[Edge("a", "z")]])
def test_an_edge_to_nowhere_is_refused(edges: list[Edge]) -> None:
    with pytest.raises(ValueError, match="joins"):
        graph(FOUND, [Node("a", 0, "A")], edges, [""])


def test_a_roadmap_shows_groups_years_and_today() -> None:
    lanes = [
        Lane(
            "A long name of an initiative that has to be shortened here",
            "I1",
            group="Agenda one",
            bars=(Bar(0, 2, open=True),),
        ),
        Lane("Another", "I2", group="Agenda two", moments=(Moment(3.5, "M4 tested with three municipalities"),)),
    ]
    scale = Scale(0, 8, tuple((float(i), f"Q{i % 4 + 1}") for i in range(8)), ((0, "2027"), (4, "2028")))
    drawn = timeline(FOUND, lanes, scale, EMPTY, today=1.5, today_words="Today")
    for words in ("Agenda one", "Agenda two", "2028", "Today"):
        assert f">{words}<" in drawn.svg
    assert collisions(drawn.svg) == []


@given(st.lists(st.text("abc æøå", max_size=60), min_size=1, max_size=8), st.integers(1, 14))
def test_words_in_a_drawn_matrix_never_lie_on_each_other(names: list[str], columns: int) -> None:
    heads = [Side(f"C{i} {names[i % len(names)]}") for i in range(columns)]
    rows = [Side(name, f"O{i}", group=name[:12] if i % 3 == 0 else "") for i, name in enumerate(names)]
    for made in (heat, grid):
        drawn = made(
            FOUND, rows, heads, [[(i * k) % 7 - 3 for k in range(columns)] for i in range(len(rows))], corner="Row"
        )
        assert collisions(drawn.svg) == []


def test_an_edge_within_a_layer_bends_around_it() -> None:
    nodes = [Node("a", 0, "A"), Node("b", 0, "B")]
    assert "C" in graph(FOUND, nodes, [Edge("a", "b", strong=True)], ["Layer"]).svg
    with pytest.raises(ValueError, match="layer"):
        graph(FOUND, [Node("a", 3, "A")], [], ["Layer"])
