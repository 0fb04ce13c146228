"""Values on one scale, row by row: intervals from low to high, and dots of several circles side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fremsyn.figures import drawing
from fremsyn.figures.figure import Cell, Column, Figure, Finding, Row, Sign, Table, figure
from fremsyn.figures.matrix import Side
from fremsyn.figures.placing import push_apart
from fremsyn.figures.points.mark import Axis

TOP, TALL = 44.0, 32.0
SIGNS = {0: "●", 1: "●", 2: "■", 3: "▲", 4: "◆"}


@dataclass(frozen=True)
class Interval:
    """From low to high, with the words that stand at each end."""

    text: str
    low: float
    high: float
    ref: str = ""
    phase: str = ""
    href: str = ""
    low_words: str = ""
    high_words: str = ""
    marked: bool = False


@dataclass(frozen=True)
class Series:
    """What one kind of mark stands for: kind 0 the phase's colour, 1 circle, 2 square, 3 triangle, 4 ink diamond."""

    text: str
    kind: int = 1
    open: bool = False


@dataclass(frozen=True)
class Spread:
    """A row of dots: a value for each series, None where it is hidden or missing; `words` stand after the last."""

    text: str
    values: tuple[float | None, ...]
    ref: str = ""
    phase: str = ""
    href: str = ""
    words: str = ""
    marked: bool = False


def name_width(rows: Sequence[Interval] | Sequence[Spread] | Sequence[Side]) -> float:
    longest = max((drawing.width(f"{row.ref} {row.text}".strip(), 13, strong=True) for row in rows), default=0.0)
    return min(longest + 16, 300.0)


def ruled(axis: Axis, left: float, right: float, height: float) -> list[str]:
    parts = []
    for value, words in axis.ticks:
        x = left + axis.part(value) * (right - left)
        parts.append(drawing.tag("path", css="rule", d=f"M{drawing.short(x)} 26V{drawing.short(height)}"))
        parts.append(drawing.text(x, 18, words, "dim small", "middle"))
    return parts


def named(row: Interval | Spread, y: float, room: float) -> str:
    words = f"{row.ref} {row.text}".strip()
    css = "strong" if row.marked else ""
    return drawing.text(0, y + 4, drawing.shorten(words, room - 10, 13, strong=row.marked), css)


def intervals(
    finding: Finding,
    rows: Sequence[Interval],
    axis: Axis,
    *,
    columns: tuple[str, str, str] = ("", "", ""),
    width: float = 640.0,
) -> Figure:
    """Draw intervals on one scale; `columns` head the table: the thing, low, high."""
    left, right = name_width(rows), width - 70
    height = TOP + TALL * len(rows)
    parts = ruled(axis, left, right, height - 12)
    for i, row in enumerate(rows):
        y = TOP + TALL * i
        a, b = (left + axis.part(value) * (right - left) for value in (row.low, row.high))
        css = "tint" if row.marked else "faint"
        form = drawing.tag("rect", css=css, x=a, y=y - 6, width=max(4.0, b - a), height=12, rx=6)
        low_words = row.low_words if a - left > drawing.width(row.low_words, 12) + 8 else ""
        ends = drawing.text(a - 6, y + 4, low_words, "dim small halo", "end") + drawing.text(
            b + 6, y + 4, row.high_words, "small strong halo"
        )
        parts.append(drawing.group(named(row, y, left), form, ends, phase=row.phase, href=row.href))
    svg = drawing.drawing(finding.key, finding.alt, parts, (0, 0, width, height))
    heads = (Column(columns[0]), Column(columns[1], "end"), Column(columns[2], "end"))
    lines = tuple(
        Row(
            (
                Cell(r.text, ref=r.ref, phase=r.phase, href=r.href),
                Cell(r.low, text=r.low_words),
                Cell(r.high, text=r.high_words),
            ),
            marked=r.marked,
        )
        for r in rows
    )
    return figure(finding, svg, Table(finding.title, heads, lines))


def dots(
    finding: Finding,
    rows: Sequence[Spread],
    series: Sequence[Series],
    axis: Axis,
    *,
    column: str = "",
    hidden: str = "",
    width: float = 640.0,
) -> Figure:
    """Draw a row of dots for each thing, joined by a line; the first row's dots carry their series' names.

    :param column: heading of the table's first column
    :param hidden: what the table says where a value is None
    :raises ValueError: when a row has not one value for each series
    """
    if any(len(row.values) != len(series) for row in rows):
        raise ValueError("each row has one value, or None, for each series")
    left, right = name_width(rows), width - 60
    height = TOP + 14 + TALL * len(rows)
    parts = ruled(axis, left, right, height - 12)
    if rows:
        parts.append(series_words(rows[0], series, axis, left, right))
    parts += [dot_row(row, series, axis, TOP + 14 + TALL * i, left, right) for i, row in enumerate(rows)]
    svg = drawing.drawing(finding.key, finding.alt, parts, (0, 0, width, height))
    heads = (Column(column), *(Column(s.text, "end") for s in series))
    lines = tuple(
        Row(
            (
                Cell(r.text, ref=r.ref, phase=r.phase, href=r.href),
                *(Cell(v, text=hidden if v is None else "", align="end") for v in r.values),
            ),
            marked=r.marked,
        )
        for r in rows
    )
    legend = tuple(Sign("○" if s.open else SIGNS[s.kind], s.text) for s in series)
    return figure(finding, svg, Table(finding.title, heads, lines), legend=legend)


def dot_row(row: Spread, series: Sequence[Series], axis: Axis, y: float, left: float, right: float) -> str:
    known = [
        (left + axis.part(v) * (right - left), s) for v, s in zip(row.values, series, strict=True) if v is not None
    ]
    parts = [named(row, y, left)]
    if known:
        ends = [drawing.short(x) for x in (min(x for x, _ in known), max(x for x, _ in known))]
        parts.append(
            drawing.tag("path", css="path" if row.marked else "axis", d=f"M{ends[0]} {drawing.short(y)}H{ends[1]}")
        )
    seen: list[float] = []
    for x, one in sorted(known, key=lambda pair: not pair[1].open):
        css = "open" if one.open else "ink" if one.kind == 4 else f"k{one.kind}" if one.kind else "mark"
        beside = sum(abs(x - other) < 9 for other in seen)  # marks that coincide step down, so that all are seen
        seen.append(x)
        parts.append(drawing.shape(one.kind, x, y + beside * 8, 6.5, css))
    if row.words and known:
        parts.append(drawing.text(max(x for x, _ in known) + 13, y + 4, row.words, "dim small halo"))
    return drawing.group(*parts, phase=row.phase, href=row.href, title=f"{row.ref} {row.text}".strip())


def series_words(row: Spread, series: Sequence[Series], axis: Axis, left: float, right: float) -> str:
    """Name the series above the first row's dots where the names fit beside each other; the legend names all."""
    known = [
        (left + axis.part(v) * (right - left), s.text) for v, s in zip(row.values, series, strict=True) if v is not None
    ]
    if not known:
        return ""
    apart = max(drawing.width(words, 11, strong=True) for _, words in known) + 10
    if apart * len(known) > right - left:
        return ""
    at = push_apart([x for x, _ in known], apart, left + apart / 2, right + 40 - apart / 2)
    return "".join(drawing.text(x, TOP, words, "tiny", "middle") for x, (_, words) in zip(at, known, strict=True))
