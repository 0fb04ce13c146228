from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.figures.seen import collisions, discs

from fremsyn.figures.figure import Finding
from fremsyn.figures.points import Axis, Corner, Dot, Point, Ring, Spoke, Weighed, cells, polar, scatter, triangle

WORDS = st.text("abcdefghijklmnoprstuvæøå ABDEF-&<", min_size=1, max_size=60)
SCALE = Axis("Importance", 0.5, 5.5, tuple((float(i), str(i)) for i in range(1, 6)))
FOUND = Finding("found", "A finding", "A sentence")


def point_lists(most: int, x: st.SearchStrategy[float], y: st.SearchStrategy[float]) -> st.SearchStrategy[list[Point]]:
    places = st.lists(st.tuples(x, y, WORDS, st.integers(1, 5), st.booleans(), st.integers(0, 3)), max_size=most)
    return places.map(
        lambda rows: [
            Point(a, b, f"K{i}", words, "/k", "framing", size, is_open, kind=kind)
            for i, (a, b, words, size, is_open, kind) in enumerate(rows, 1)
        ]
    )


def no_two_touch(svg: str) -> bool:
    marks = discs(svg)
    return not any(one.touches(other, -0.5) for i, one in enumerate(marks) for other in marks[i + 1 :])


@settings(max_examples=30)
@given(point_lists(100, st.floats(1, 5), st.floats(1, 5)))
def test_scatter_of_up_to_a_hundred_points_hides_nothing(points: list[Point]) -> None:
    drawn = scatter(FOUND, points, SCALE, SCALE)
    assert collisions(drawn.svg) == []
    assert no_two_touch(drawn.svg)
    assert len(drawn.table.rows) == len(points)


@settings(max_examples=20)
@given(point_lists(100, st.integers(1, 5), st.integers(1, 5)))
def test_scatter_of_points_that_coincide_hides_nothing(points: list[Point]) -> None:
    drawn = scatter(FOUND, points, SCALE, SCALE)
    assert collisions(drawn.svg) == []
    assert no_two_touch(drawn.svg)


@pytest.mark.parametrize("many", [60, 3000])
def test_scatter_sets_dots_where_their_values_say_however_many(many: int) -> None:
    random = Random(1)
    dots = [Dot(random.uniform(1, 5), random.uniform(1, 5), told=f"No. {i}", href="/n") for i in range(many)]
    drawn = scatter(FOUND, [Point(3, 3, "C1", "A name")], SCALE, SCALE, dots=dots)
    assert drawn.svg.count('class="k3"') == many
    assert "A name" in drawn.svg
    assert len(discs(drawn.svg)) == 1


def test_scatter_names_few_dots_beside_them() -> None:
    drawn = scatter(FOUND, [], SCALE, SCALE, dots=[Dot(2, 2, "No. 7"), Dot(4, 4, "No. 8")])
    assert ">No. 7<" in drawn.svg
    assert ">No. 8<" in drawn.svg


@settings(max_examples=30)
@given(point_lists(120, st.integers(1, 5), st.integers(1, 5)))
def test_cells_show_every_point_apart(points: list[Point]) -> None:
    drawn = cells(FOUND, points, SCALE, SCALE, unit="things")
    assert collisions(drawn.svg) == []
    assert no_two_touch(drawn.svg)


@settings(max_examples=25)
@given(point_lists(100, st.integers(0, 2), st.integers(0, 4)))
def test_polar_shows_every_point_apart(points: list[Point]) -> None:
    drawn = polar(FOUND, points, [Ring("0–2"), Ring("2–5"), Ring("5–10")], [Spoke(f"Theme {i}") for i in range(5)])
    assert collisions(drawn.svg) == []
    assert no_two_touch(drawn.svg)


@settings(max_examples=25)
@given(st.lists(st.tuples(*[st.floats(0.01, 1)] * 3), max_size=100))
def test_triangle_shows_every_point_apart(weights: list[tuple[float, float, float]]) -> None:
    points = [Weighed(Point(0, 0, f"T{i}"), each) for i, each in enumerate(weights)]
    drawn = triangle(FOUND, points, (Corner("Far away"), Corner("Over here"), Corner("Over there")))
    assert collisions(drawn.svg) == []
    assert no_two_touch(drawn.svg)


def test_a_cell_with_more_than_sixty_is_one_bubble_with_its_count() -> None:
    drawn = cells(FOUND, [Point(3, 3, f"K{i}") for i in range(61)], SCALE, SCALE)
    assert len(discs(drawn.svg)) == 1
    assert ">61<" in drawn.svg


def test_a_point_on_the_radar_stays_in_its_ring_and_sector() -> None:
    drawn = polar(
        FOUND, [Point(0, 1, "T1")], [Ring("now"), Ring("later")], [Spoke("a"), Spoke("b"), Spoke("c"), Spoke("d")]
    )
    [disc] = discs(drawn.svg)
    assert disc.x > 0  # the second quarter is right of the middle
    assert disc.y > 0  # and below it
    assert disc.x**2 + disc.y**2 < 110**2


def test_a_point_outside_the_radar_is_refused() -> None:
    with pytest.raises(ValueError, match="T9"):
        polar(FOUND, [Point(4, 0, "T9")], [Ring("now")], [Spoke("a")])


@pytest.mark.parametrize("weights", [(0.0, 0.0, 0.0), (-1.0, 1.0, 1.0)])
def test_weights_that_place_nothing_are_refused(weights: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="T1"):
        triangle(FOUND, [Weighed(Point(0, 0, "T1"), weights)], (Corner("a"), Corner("b"), Corner("c")))


def test_heaviest_weight_draws_a_point_to_its_corner() -> None:
    drawn = triangle(
        FOUND,
        [
            Weighed(Point(0, 0, "T1"), (8, 1, 1)),
            Weighed(Point(0, 0, "T2"), (1, 8, 1)),
            Weighed(Point(0, 0, "T3"), (1, 1, 8)),
        ],
        (Corner("top"), Corner("left"), Corner("right")),
    )
    top, left, right = discs(drawn.svg)
    assert top.y < left.y
    assert left.x < top.x < right.x


def test_the_same_points_give_the_same_drawing() -> None:
    points = [Point(3, 3, f"K{i}", f"Thing {i}") for i in range(12)]
    assert scatter(FOUND, points, SCALE, SCALE).svg == scatter(FOUND, points, SCALE, SCALE).svg


def test_every_label_of_a_few_points_is_shown() -> None:
    points = [Point(float(i), float(i), f"K{i}", f"Thing number {i}") for i in range(1, 6)]
    drawn = scatter(FOUND, points, SCALE, SCALE)
    assert all(
        f"Thing number {i}" in drawn.svg.split("</title>")[-1] or f">Thing number {i}<" in drawn.svg
        for i in range(1, 6)
    )


@pytest.mark.parametrize("seed", range(4))
def test_a_hundred_points_hide_nothing_in_any_of_the_pictures(seed: int) -> None:
    chance = Random(seed)
    points = [
        Point(
            chance.randint(1, 5),
            chance.randint(2, 4),
            f"K{i}",
            f"A thing with a longer name {i}",
            size=chance.randint(1, 5),
        )
        for i in range(100)
    ]
    ringed = [Point(p.x % 3, p.y, p.ref, p.label, size=p.size) for p in points]
    weighed = [Weighed(p, (p.x, p.y, chance.random())) for p in points]
    drawn = [
        scatter(FOUND, points, SCALE, SCALE),
        cells(FOUND, points, SCALE, SCALE),
        polar(FOUND, ringed, [Ring("a"), Ring("b"), Ring("c")], [Spoke(f"Theme {i}") for i in range(6)]),
        triangle(FOUND, weighed, (Corner("Far away"), Corner("Over here"), Corner("Over there"))),
    ]
    for each in drawn:
        assert collisions(each.svg) == []
        assert no_two_touch(each.svg)
        assert len(discs(each.svg)) == 100
