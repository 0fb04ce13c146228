"""How answers divide: for each row, in each column, one bar of parts that make up the whole."""

from __future__ import annotations

from collections.abc import Sequence

from fremsyn.figures import drawing
from fremsyn.figures.figure import Figure, Finding, Table, figure
from fremsyn.figures.matrix import Side

TALL, HEAD, BAR = 44.0, 30.0, 20.0
NAME, NUMBER = 300.0, 46.0
TONES = ("vp2", "vp0", "vn2")


def shares(
    finding: Finding,
    rows: Sequence[Side],
    columns: Sequence[Side],
    values: Sequence[Sequence[tuple[int, int, int] | None]],
    table: Table,
    *,
    hidden: str = "",
    width: float = 860.0,
    fit: bool = False,
) -> Figure:
    """Draw three parts of a whole (for, between, against) as one bar, with the first part's per cent beside it.

    :param values: (n_rows, n_columns) of counts; None where nothing may be shown, `hidden` then stands in its place
    :raises ValueError: when a row has not one value for each column, or a count is below zero
    """
    if len(values) != len(rows) or any(len(row) != len(columns) for row in values):
        raise ValueError("each row has one value, or None, for each column")
    if any(count < 0 for row in values for value in row if value for count in value):
        raise ValueError("a count is not below zero")
    longest = max((drawing.width(f"{row.ref} {row.text}".strip(), 12) for row in rows), default=0.0)
    name = min(NAME, longest + 16)
    wide = (width - name) / max(1, len(columns))
    parts = []
    for i, column in enumerate(columns):
        words = f"{column.text}, {column.note}" if column.note else column.text
        parts.append(
            drawing.text(name + i * wide, 16, drawing.shorten(words, wide - 8, 12, strong=True), "small strong")
        )
    for k, row in enumerate(rows):
        y = HEAD + k * TALL
        named = drawing.wrap(f"{row.ref} {row.text}".strip(), name - 12, 2, 12)
        inner = [
            drawing.lines(0, y + (17 if len(named) == 1 else 11), named, "small strong" if row.marked else "small")
        ]
        inner += [divided(values[k][i], name + i * wide, y + 3, wide - 14, hidden) for i in range(len(columns))]
        parts.append(drawing.group(*inner, phase=row.phase, href=row.href))
    svg = drawing.drawing(finding.key, finding.alt, parts, (0, 0, width, HEAD + TALL * len(rows)))
    return figure(finding, svg, table, fit=fit)


def divided(counts: tuple[int, int, int] | None, x: float, y: float, room: float, hidden: str) -> str:
    if counts is None or not sum(counts):
        return drawing.text(x, y + 14, drawing.shorten(hidden, room, 12), "dim small") if counts is None else ""
    unit = (room - NUMBER) / sum(counts)
    made = []
    for tone, count in zip(TONES, counts, strict=True):
        if count:
            made.append(drawing.tag("rect", css=tone, x=x, y=y, width=max(1.0, count * unit - 1), height=BAR))
        x += count * unit
    share = f"{round(100 * counts[0] / sum(counts))} %"
    return "".join(made) + drawing.text(x + 5, y + 15, share, "small strong")
