"""Many things on few values: a grid in which each thing is a mark in its cell, and no two marks touch."""

from __future__ import annotations

from collections.abc import Sequence

from fremsyn.figures import drawing
from fremsyn.figures.figure import Figure, Finding, Sign, Table, figure
from fremsyn.figures.placing import Box, Disc
from fremsyn.figures.points.mark import Axis, Point, mark, point_table

LEFT, TOP, BOTTOM = 112.0, 8.0, 56.0
PITCH, RADIUS, HEAD, PAD = 25.0, 11.0, 24.0, 8.0
MOST = 60  # marks in one cell; beyond it the cell is one bubble with its count


def cells(
    finding: Finding,
    points: Sequence[Point],
    x: Axis,
    y: Axis,
    *,
    columns: Sequence[str] = (),
    table: Table | None = None,
    unit: str = "",
    width: float = 900.0,
    legend: tuple[Sign, ...] = (),
) -> Figure:
    """Draw each point as a numbered mark in the cell of its two values; the ticks of the axes are the cells.

    A point stands in the cell of the nearest ticks. A cell says its count; one with more than 60 is one bubble.
    """
    xs, ys = [value for value, _ in x.ticks], [value for value, _ in y.ticks]
    if not xs or not ys:
        raise ValueError("a grid needs at least one tick on each axis")
    held: dict[tuple[int, int], list[Point]] = {}
    for point in points:
        held.setdefault((nearest(xs, point.x), nearest(ys, point.y)), []).append(point)
    wide = (width - LEFT) / len(xs)
    across = max(1, int((wide - 2 * PAD) / PITCH))
    heights = [row_height(held, row, across, len(xs)) for row in range(len(ys))]
    parts, at = [], TOP
    for row in reversed(range(len(ys))):
        parts.append(row_words(y.ticks[row][1], at, heights[row]))
        for column in range(len(xs)):
            box = Box(LEFT + column * wide, at, wide, heights[row])
            parts.append(cell(held.get((column, row), []), box, across, unit))
        at += heights[row]
    parts += [
        drawing.text(LEFT + (i + 0.5) * wide, at + 20, words, "dim small", "middle")
        for i, (_, words) in enumerate(x.ticks)
    ]
    parts.append(drawing.text(LEFT + (width - LEFT) / 2, at + 44, f"{x.title} →", "strong", "middle"))
    turned = drawing.text(0, 0, f"{y.title} →", "strong", "middle")
    parts.append(drawing.tag("g", turned, transform=f"translate(14 {drawing.short((TOP + at) / 2)}) rotate(-90)"))
    svg = drawing.drawing(finding.key, finding.alt, parts, (0, 0, width, at + BOTTOM))
    given = table or point_table(finding.title, columns or ("", x.title, y.title), points)
    return figure(finding, svg, given, legend=legend)


def nearest(values: Sequence[float], value: float) -> int:
    return min(range(len(values)), key=lambda i: (abs(values[i] - value), i))


def row_height(held: dict[tuple[int, int], list[Point]], row: int, across: int, columns: int) -> float:
    most = max(len(held.get((column, row), [])) for column in range(columns))
    if most > MOST:
        most = 4 * across
    return HEAD + max(1, -(-most // across)) * PITCH + PAD


def row_words(words: str, top: float, height: float) -> str:
    rows = drawing.wrap(words, LEFT - 40, 2, 12)
    return drawing.lines(LEFT - 10, top + height / 2 + 4 - drawing.LINE * (len(rows) - 1) / 2, rows, "dim small", "end")


def cell(points: Sequence[Point], box: Box, across: int, unit: str) -> str:
    inner = Box(box.x + 2, box.y + 2, box.w - 4, box.h - 4)
    ground = drawing.tag("rect", css="area", x=inner.x, y=inner.y, width=inner.w, height=inner.h, rx=4)
    if not points:
        return ground
    count = f"{len(points)} {unit}".strip()
    head = drawing.text(box.x + PAD, box.y + 17, count, "dim small strong")
    if len(points) > MOST:
        bubble = Disc(box.x + box.w / 2, box.y + HEAD + (box.h - HEAD - PAD) / 2, min(box.w, box.h - HEAD) / 2 - 4)
        form = drawing.shape(0, bubble.x, bubble.y, bubble.r, "mark")
        return ground + head + form + drawing.text(bubble.x, bubble.y + 4, str(len(points)), "strong", "middle", "mark")
    marks = []
    for i, point in enumerate(points):
        x = box.x + PAD + RADIUS + (i % across) * PITCH
        y = box.y + HEAD + RADIUS + (i // across) * PITCH
        marks.append(mark(point, Disc(x, y, RADIUS)))
    return ground + head + "".join(marks)
