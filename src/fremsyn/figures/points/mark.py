"""A mark: what a point is called, how it looks and where a click on it leads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fremsyn.figures import drawing
from fremsyn.figures.figure import Cell, Column, Row, Table
from fremsyn.figures.placing import Disc


@dataclass(frozen=True)
class Axis:
    """A numeric axis: its range, its ticks as (value, text) and its title."""

    title: str
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...] = ()

    def part(self, value: float) -> float:
        """Return where a value lies between low and high, 0..1; outside it is held at the end."""
        if self.high <= self.low:
            raise ValueError("an axis ends above where it begins")
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))


@dataclass(frozen=True)
class Point:
    """A thing with a place.

    :param x: value on the first axis; ring number on a radar (0 = nearest in time)
    :param y: value on the second axis; sector number on a radar
    :param size: 1..5, what the mark's size says
    :param open: drawn as an outline (for instance: uncertain)
    :param strong: drawn with a ring around it (for instance: important and near)
    :param whole: the whole reference stands in the mark, where its digits alone might be taken for another number
    :param kind: 0 in the phase's colour, 1..3 in a group's colour and shape
    """

    x: float
    y: float
    ref: str
    label: str = ""
    href: str = ""
    phase: str = ""
    size: int = 3
    open: bool = False
    strong: bool = False
    kind: int = 0
    whole: bool = False

    @property
    def number(self) -> str:
        """What stands in the mark: the digits of the reference or all of it, else its first three characters."""
        if self.whole:
            return self.ref
        found = re.search(r"\d+(?:\.[a-z])?$", self.ref)
        return found[0] if found else self.ref[:3]


@dataclass(frozen=True)
class Dot:
    """One of many things of which each is only a dot of radius `r`; `label` is set beside it, `told` to the pointer."""

    x: float
    y: float
    label: str = ""
    told: str = ""
    href: str = ""
    r: float = 3.0


def radius(size: int, scale: float = 1.0) -> float:
    return (9.0 + min(5, max(1, size)) * 1.1) * scale


def mark(point: Point, disc: Disc) -> str:
    """Draw a point's mark with its number in it."""
    if point.kind:
        css, on = f"k{point.kind}", "mark"
    elif point.open:
        css, on = "open", ""
    else:
        css, on = "mark", "mark"
    if point.strong:
        css += " hit"
    size = "tiny" if disc.r < 12.5 or len(point.number) > 2 else "small strong"
    drop = 4.0 if point.kind != 3 else 5.0
    number = drawing.text(disc.x, disc.y + drop, point.number, size, "middle", on)
    told = f"{point.ref} {point.label}".strip()
    form = drawing.shape(point.kind, disc.x, disc.y, disc.r, css)
    return drawing.group(form, number, phase=point.phase, href=point.href, title=told)


def dotted(dot: Dot, disc: Disc) -> str:
    """Draw a dot."""
    return drawing.group(drawing.shape(0, disc.x, disc.y, disc.r, "k3"), href=dot.href, title=dot.told)


def point_table(caption: str, columns: Sequence[str], points: Sequence[Point]) -> Table:
    """Set points as rows: the thing, its value on the first axis, its value on the second."""
    first, *rest = columns
    heads = (Column(first), *(Column(words, "end") for words in rest))
    rows = tuple(Row((Cell(p.label, ref=p.ref, phase=p.phase, href=p.href), Cell(p.x), Cell(p.y))) for p in points)
    return Table(caption, heads, rows, sortable=True)
