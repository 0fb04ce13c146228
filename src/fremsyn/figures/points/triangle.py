"""A field between three corners: each mark lies nearest to what weighs most in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from fremsyn.figures import drawing
from fremsyn.figures.figure import Cell, Column, Figure, Finding, Row, Sign, Table, figure
from fremsyn.figures.placing import Disc, spread
from fremsyn.figures.points.mark import Point, mark, radius

SIDE, TOP, LEFT = 640.0, 40.0, 20.0
HEIGHT = SIDE * 0.8660254


@dataclass(frozen=True)
class Corner:
    """A corner's name and a line under it (how much lies there)."""

    text: str
    note: str = ""


@dataclass(frozen=True)
class Weighed:
    """A point with its three weights, in the corners' order: top, bottom left, bottom right."""

    point: Point
    weights: tuple[float, float, float]


def triangle(
    finding: Finding,
    points: Sequence[Weighed],
    corners: tuple[Corner, Corner, Corner],
    *,
    columns: Sequence[str] = (),
    table: Table | None = None,
    legend: tuple[Sign, ...] = (),
) -> Figure:
    """Draw points by three weights; the weights are scaled to sum to one.

    :raises ValueError: when a weight is negative or all three are zero
    """
    discs = placed(tuple(Disc(*place(each), radius(each.point.size, 0.92)) for each in points))
    parts = [ground(), *corner_words(corners)]
    parts += [mark(each.point, disc) for each, disc in zip(points, discs, strict=True)]
    frame = (0.0, 0.0, SIDE + 2 * LEFT, TOP + HEIGHT + 52)
    svg = drawing.drawing(finding.key, finding.alt, parts, frame)
    heads = columns or ("", *(corner.text for corner in corners))
    return figure(finding, svg, table or weight_table(finding.title, heads, points), legend=legend)


@lru_cache(maxsize=32)  # the same field stands on the page of every trend
def placed(wanted: tuple[Disc, ...]) -> list[Disc]:
    def inside(x: float, y: float, r: float) -> bool:
        across = (HEIGHT - (y - TOP)) / HEIGHT
        left, right = LEFT + across * SIDE / 2, LEFT + SIDE - across * SIDE / 2
        return y <= TOP + HEIGHT - r and y >= TOP and left + 1.155 * r <= x <= right - 1.155 * r

    return spread(wanted, [[inside]] * len(wanted))


def place(each: Weighed) -> tuple[float, float]:
    total = sum(each.weights)
    if total <= 0 or min(each.weights) < 0:
        raise ValueError(f"{each.point.ref}: three weights, none below zero and not all zero")
    top, _, right = (weight / total for weight in each.weights)
    return LEFT + SIDE * (top / 2 + right), TOP + HEIGHT * (1 - top)


def ground() -> str:
    left, right, low = drawing.short(LEFT), drawing.short(LEFT + SIDE), drawing.short(TOP + HEIGHT)
    middle, centre = drawing.short(LEFT + SIDE / 2), drawing.short(TOP + HEIGHT * 2 / 3)
    half = drawing.short(TOP + HEIGHT / 2)
    a, b = drawing.short(LEFT + SIDE / 4), drawing.short(LEFT + SIDE * 3 / 4)
    return drawing.tag("path", css="area", d=f"M{middle} {drawing.short(TOP)}L{right} {low}H{left}Z") + drawing.tag(
        "path", css="rule", d=f"M{middle} {centre}V{low}M{middle} {centre}L{a} {half}M{middle} {centre}L{b} {half}"
    )


def corner_words(corners: tuple[Corner, Corner, Corner]) -> list[str]:
    top, left, right = corners
    low = TOP + HEIGHT
    half = SIDE / 2 - 12
    centre = LEFT + SIDE / 2
    note = drawing.text(centre + 40, TOP + 10, drawing.shorten(top.note, half, 12), "dim small")
    return [
        drawing.text(centre, TOP - 16, drawing.shorten(top.text, SIDE, 13, strong=True), "strong", "middle"),
        note,
        drawing.text(LEFT, low + 20, drawing.shorten(left.text, half, 13, strong=True), "strong"),
        drawing.text(LEFT, low + 38, drawing.shorten(left.note, half, 12), "dim small"),
        drawing.text(LEFT + SIDE, low + 20, drawing.shorten(right.text, half, 13, strong=True), "strong", "end"),
        drawing.text(LEFT + SIDE, low + 38, drawing.shorten(right.note, half, 12), "dim small", "end"),
    ]


def weight_table(caption: str, columns: Sequence[str], points: Sequence[Weighed]) -> Table:
    first, *rest = columns
    heads = (Column(first), *(Column(words, "end") for words in rest))
    rows = tuple(
        Row(
            (
                Cell(e.point.label, ref=e.point.ref, phase=e.point.phase, href=e.point.href),
                *(Cell(w) for w in e.weights),
            )
        )
        for e in points
    )
    return Table(caption, heads, rows, sortable=True)
