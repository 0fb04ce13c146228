"""Small multiples: the same rows under each column, a bar with its number in each."""

from __future__ import annotations

from collections.abc import Sequence

from fremsyn.figures import drawing
from fremsyn.figures.bars.ranges import name_width
from fremsyn.figures.figure import Figure, Finding, figure
from fremsyn.figures.matrix import Side, assembled, signed, toned

TALL, HEAD = 34.0, 52.0


def facets(
    finding: Finding,
    rows: Sequence[Side],
    columns: Sequence[Side],
    values: Sequence[Sequence[float]],
    *,
    corner: str = "",
    width: float = 860.0,
) -> Figure:
    """Draw a bar for each row in each column on one scale; the best of a column is set in bold.

    A row that is `marked` is drawn in the phase's colour, the others in grey.
    """
    table = assembled(finding.title, rows, columns, [[toned(v) for v in row] for row in values], corner, (), "heat")
    low = min((0.0, *(v for row in values for v in row)))
    high = max((1.0, *(v for row in values for v in row)))
    name = name_width(rows)
    wide = (width - name) / max(1, len(columns))
    unit = (wide - 52) / (high - low)
    best = [max((row[i] for row in values), default=0.0) for i in range(len(columns))]
    height = HEAD + TALL * len(rows)
    parts = []
    for i, column in enumerate(columns):
        zero = name + i * wide + 4 + (24 if low < 0 else 0) - low * unit * (1 if low < 0 else 0)
        heading = drawing.wrap(f"{column.ref} {column.text}".strip(), wide - 10, 2, 12, strong=True)
        parts.append(drawing.lines(name + i * wide, 16, heading, "small strong"))
        parts.append(drawing.tag("path", css="axis", d=f"M{drawing.short(zero)} {HEAD - 8}V{drawing.short(height)}"))
        for k, row in enumerate(rows):
            parts.append(
                bar(row, values[k][i], zero, HEAD + k * TALL, unit * (0.82 if low < 0 else 1), values[k][i] == best[i])
            )
    for k, row in enumerate(rows):
        words = drawing.shorten(f"{row.ref} {row.text}".strip(), name - 10, 13, strong=row.marked)
        parts.append(drawing.text(0, HEAD + k * TALL + 17, words, "strong" if row.marked else ""))
    svg = drawing.drawing(finding.key, finding.alt, parts, (0, 0, width, height))
    return figure(finding, svg, table)


def bar(row: Side, value: float, zero: float, y: float, unit: float, best: bool) -> str:
    start, wide = zero + min(0.0, value) * unit, abs(value) * unit
    form = drawing.tag("rect", css="tint" if row.marked else "faint", x=start, y=y + 3, width=max(1.0, wide), height=20)
    css = "small strong" if best else "dim small"
    if value < 0:
        words = drawing.text(start - 5, y + 17, signed(value), css, "end")
    else:
        words = drawing.text(start + wide + 5, y + 17, signed(value), css)
    return drawing.group(form, words, phase=row.phase, href=row.href)
