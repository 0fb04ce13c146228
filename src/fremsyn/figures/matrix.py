"""Rows by columns: heat tables with their sign in each cell, tableaux of states, large grids.

On a page the table is the picture; the drawing made beside it is for download and print.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fremsyn.figures import drawing
from fremsyn.figures.figure import Cell, Column, Figure, Finding, Row, Span, Table, figure

MINUS = "\N{MINUS SIGN}"
LONGEST, CELL, TALL, MARGIN = 420.0, 64.0, 24.0, 8.0


@dataclass(frozen=True)
class Side:
    """What stands at a row or column: a reference, its words, where it leads.

    `group` opens a group from this row on; `extra` are further cells to the right of the row's values, in a tableau
    between its name and its states: a tableau is often wider than its page.
    """

    text: str
    ref: str = ""
    phase: str = ""
    href: str = ""
    note: str = ""
    group: str = ""
    marked: bool = False
    extra: tuple[Cell, ...] = ()


def signed(value: float) -> str:
    """Write +2, 0 or −1; whole numbers without decimals."""
    size = abs(value)
    words = str(int(size)) if size == int(size) else f"{size:.1f}"
    return f"+{words}" if value > 0 else f"{MINUS}{words}" if value < 0 else words


def toned(value: float | None, step: float = 1.0, text: str = "", href: str = "", title: str = "") -> Cell:
    """Make a cell coloured by a value, `step` of the value a tone; None is an empty cell."""
    if value is None:
        return Cell(None, text="·", align="end")
    tone = max(-3, min(3, round(value / step)))
    return Cell(value, text=text or signed(value), tone=tone, href=href, title=title)


def heat(
    finding: Finding,
    rows: Sequence[Side],
    columns: Sequence[Side],
    values: Sequence[Sequence[Cell | float | None]],
    *,
    corner: str = "",
    extras: Sequence[str] = (),
    step: float = 1.0,
) -> Figure:
    """Make a heat table; a value is a number or a cell made with `toned`.

    :param corner: the heading above the rows' names
    :param extras: headings of the rows' further cells
    """
    cells = [[value if isinstance(value, Cell) else toned(value, step) for value in row] for row in values]
    table = assembled(finding.title, rows, columns, cells, corner, extras, "heat")
    return figure(finding, drawn(finding, table), table, shown="table")


def tableau(
    finding: Finding,
    rows: Sequence[Side],
    columns: Sequence[Side],
    states: Sequence[Sequence[Cell | tuple[int, str]]],
    *,
    corner: str = "",
    extras: Sequence[str] = (),
) -> Figure:
    """Make a tableau: each cell is a state's number within its column (0, 1, 2 …) and its words, or made already.

    The colour only tells states of one column apart; it judges nothing.
    """
    cells = [[s if isinstance(s, Cell) else Cell(s[1], shade=s[0] % 4 + 1) for s in row] for row in states]
    table = assembled(finding.title, rows, columns, cells, corner, extras, "tableau")
    return figure(finding, drawn(finding, table), table, shown="table", wide=True)


def grid(
    finding: Finding,
    rows: Sequence[Side],
    columns: Sequence[Side],
    values: Sequence[Sequence[Cell | float | None]],
    *,
    corner: str = "",
    spans: Sequence[Span] = (),
) -> Figure:
    """Make a large, tight grid of numbers (a cross-impact matrix); `spans` head groups of its columns."""
    cells = [[value if isinstance(value, Cell) else toned(value) for value in row] for row in values]
    table = assembled(finding.title, rows, columns, cells, corner, (), "grid", spans)
    return figure(finding, drawn(finding, table, 28.0), table, shown="table", wide=True)


def assembled(
    caption: str,
    rows: Sequence[Side],
    columns: Sequence[Side],
    cells: Sequence[Sequence[Cell]],
    corner: str,
    extras: Sequence[str],
    kind: str,
    spans: Sequence[Span] = (),
) -> Table:
    if len(cells) != len(rows) or any(len(row) != len(columns) for row in cells):
        raise ValueError("a matrix has a value for each row in each column")
    of_columns = [Column(c.text, href=c.href, ref=c.ref, note=c.note, phase=c.phase) for c in columns]
    of_extras = [Column(words, "end") for words in extras]
    first = kind == "tableau"
    heads = [Column(corner), *(of_extras + of_columns if first else of_columns + of_extras)]
    lines = [
        Row(
            (
                Cell(side.text, ref=side.ref, phase=side.phase, href=side.href),
                *((*side.extra, *row) if first else (*row, *side.extra)),
            ),
            group=side.group,
            marked=side.marked,
        )
        for side, row in zip(rows, cells, strict=True)
    ]
    headed = (Span("", 1), *spans) if spans else ()
    if kind == "heat":
        return Table(caption, tuple(heads), tuple(lines), "heat", headed)
    return Table(caption, tuple(heads), tuple(lines), "tableau" if kind == "tableau" else "grid", headed)


def drawn(finding: Finding, table: Table, narrow: float = CELL) -> str:
    """Draw the table as it stands, for a file of its own."""
    names = (drawing.width(row.cells[0].plain, 12) + 2 * MARGIN for row in table.rows)
    widths = [
        min(LONGEST, max(names, default=CELL)),
        *(column_width(table, i, narrow) for i in range(1, len(table.columns))),
    ]
    lefts = [sum(widths[:i]) for i in range(len(widths))]
    head = drawing.LINE * 3 + 10 if narrow >= CELL else 120.0
    parts, y = [head_words(table, lefts, widths, head, narrow)], head
    for row in table.rows:
        if row.group:
            parts.append(drawing.text(MARGIN, y + 17, row.group, "strong small"))
            y += TALL
        for i, cell in enumerate(row.cells):
            parts.append(cell_drawn(cell, lefts[i], y, widths[i], i == 0))
        y += TALL
    return drawing.drawing(finding.key, finding.alt, parts, (0, 0, sum(widths) + MARGIN, y + MARGIN))


def column_width(table: Table, i: int, narrow: float) -> float:
    longest = max((drawing.width(shown(row.cells[i]), 12) for row in table.rows if i < len(row.cells)), default=0.0)
    return max(narrow, min(longest + 12, 150.0))


def shown(cell: Cell) -> str:
    return cell.text or ("" if cell.value is None else str(cell.value))


def head_words(table: Table, lefts: Sequence[float], widths: Sequence[float], head: float, narrow: float) -> str:
    parts = [drawing.text(MARGIN, head - 8, table.columns[0].text, "small strong")]
    for column, left, wide in list(zip(table.columns, lefts, widths, strict=True))[1:]:
        if narrow >= CELL:
            rows = drawing.wrap(column.text, wide - 6, 3, 11, strong=True)
            top = head - 8 - drawing.LINE * (len(rows) - 1)
            parts.append(drawing.lines(left + wide / 2, top, rows, "tiny", "middle"))
        else:
            turned = drawing.text(0, 0, drawing.shorten(column.text, head - 12, 10.5, strong=True), "tiny")
            at = f"translate({drawing.short(left + wide / 2 + 4)} {drawing.short(head - 6)}) rotate(-90)"
            parts.append(drawing.tag("g", turned, transform=at))
    return "".join(parts)


def cell_drawn(cell: Cell, x: float, y: float, wide: float, heading: bool) -> str:
    words = shown(cell)
    if heading:
        return drawing.text(MARGIN, y + 16, drawing.shorten(cell.plain, wide - 2 * MARGIN, 12), "small")
    ground = ""
    if cell.tone is not None:
        css = f"v{'n' if cell.tone < 0 else 'p'}{abs(cell.tone)}"
        ground = drawing.tag("rect", css=css, x=x + 1, y=y + 1, width=wide - 2, height=TALL - 2, rx=2)
    elif cell.shade is not None:
        css = f"s{cell.shade}"
        ground = drawing.tag("rect", css=css, x=x + 1, y=y + 1, width=wide - 2, height=TALL - 2, rx=2)
    return ground + drawing.text(x + wide / 2, y + 16, drawing.shorten(words, wide - 4, 12), "small", "middle")
