"""What every picture is: a finding, a drawing, a sentence and a table."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import Literal

from fremsyn.figures.style import STANDALONE

FORMULA = ("=", "+", "-", "@", "\t", "\r")
KEY = re.compile(r"^[a-z][a-z0-9_-]*$")


class Markup(str):
    """Drawing that is already escaped; templates set it as it is."""

    def __html__(self) -> str:
        return str(self)


@dataclass(frozen=True)
class Finding:
    """What a figure says, in words: `key` names it in addresses and ids, `alt` says all of it in a sentence."""

    key: str
    title: str
    alt: str
    subtitle: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if not KEY.match(self.key):
            raise ValueError(f"a figure's key is lower-case letters, digits, - and _, not {self.key!r}")


@dataclass(frozen=True)
class Cell:
    """A table's cell: a value, perhaps shown as `text`, perhaps led by a reference or leading somewhere.

    `tone` (-3..3, harms to helps) or `shade` (0..4, only to tell apart) colours it where the table is the picture.
    `tag` sets its words as a tag of that tone.
    """

    value: str | int | float | None = ""
    text: str = ""
    ref: str = ""
    phase: str = ""
    href: str = ""
    title: str = ""
    tone: int | None = None
    shade: int | None = None
    align: Literal["", "end"] = ""
    tag: str = ""

    @property
    def numeric(self) -> bool:
        return self.align == "end" or isinstance(self.value, int | float)

    @property
    def plain(self) -> str:
        words = self.text or ("" if self.value is None else str(self.value))
        return f"{self.ref} {words}".strip()


@dataclass(frozen=True)
class Column:
    text: str
    align: Literal["", "end"] = ""
    href: str = ""
    ref: str = ""
    note: str = ""
    phase: str = ""


@dataclass(frozen=True)
class Span:
    """A heading over several columns."""

    text: str
    width: int


@dataclass(frozen=True)
class Row:
    """A row; its first cell is its heading. `group` opens a new group of rows."""

    cells: tuple[Cell, ...]
    group: str = ""
    marked: bool = False
    phase: str = ""


@dataclass(frozen=True)
class Table:
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    kind: Literal["data", "heat", "tableau", "grid"] = "data"
    spans: tuple[Span, ...] = ()
    sortable: bool = False

    def csv(self) -> str:
        """Return the table as CSV; numbers stay numbers, text that a spreadsheet would run is quoted with '."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow([guarded(column.text or column.ref) for column in self.columns])
        for row in self.rows:
            writer.writerow([as_csv(cell) for cell in row.cells])
        return out.getvalue()


def guarded(words: str) -> str:
    return f"'{words}" if words.startswith(FORMULA) else words


def as_csv(cell: Cell) -> str | int | float:
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool) and not cell.ref:
        return cell.value
    return guarded(cell.plain)


@dataclass(frozen=True)
class Sign:
    """An entry of a legend, where a direct label does not fit: a character and what it stands for."""

    sign: str
    text: str


@dataclass(frozen=True)
class Figure:
    """A finished picture; `shown` says whether the drawing or the table is what the page shows."""

    key: str
    title: str
    alt: str
    svg: str
    table: Table
    subtitle: str = ""
    note: str = ""
    wide: bool = False
    fit: bool = False
    shown: Literal["svg", "table"] = "svg"
    legend: tuple[Sign, ...] = field(default=())

    @property
    def markup(self) -> Markup:
        return Markup(self.svg)

    def csv(self) -> str:
        return self.table.csv()

    def standalone_svg(self) -> str:
        """Return the drawing as a file of its own: light colours, white ground, nothing fetched from elsewhere."""
        head, rest = self.svg.split(">", 1)
        corner = re.search(r'viewBox="(\S+) (\S+) (\S+) (\S+)"', head)
        x, y, width, height = corner.groups() if corner else ("0", "0", "100%", "100%")
        ground = f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="#ffffff"/>'
        head = head.replace("<svg ", f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" ', 1)
        return f"{head}><style>{STANDALONE}</style>{ground}{rest}"


def figure(
    finding: Finding,
    svg: str,
    table: Table,
    *,
    wide: bool = False,
    fit: bool = False,
    shown: Literal["svg", "table"] = "svg",
    legend: tuple[Sign, ...] = (),
) -> Figure:
    """Join the words of a finding with its drawing and table."""
    return Figure(
        key=finding.key,
        title=finding.title,
        alt=finding.alt,
        svg=svg,
        table=table,
        subtitle=finding.subtitle,
        note=finding.note,
        wide=wide,
        fit=fit,
        shown=shown,
        legend=legend,
    )
