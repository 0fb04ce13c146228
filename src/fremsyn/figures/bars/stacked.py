"""Amounts by part, period under period: a budget by year and agenda."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fremsyn.core.amounts import total
from fremsyn.figures import drawing
from fremsyn.figures.figure import Cell, Column, Figure, Finding, Row, Table, figure

NAME, TALL, GAP, HEAD, TOTAL = 90.0, 34.0, 14.0, 10.0, 120.0
TINTS = 5


@dataclass(frozen=True)
class Part:
    """What a bar is made of: an agenda, a kind of cost. `open` is drawn as an outline: not used, not yet decided."""

    text: str
    ref: str = ""
    phase: str = ""
    href: str = ""
    open: bool = False


@dataclass(frozen=True)
class Period:
    """A period and its amount for each part, in the parts' order; `words` say the total ("31 mio. kr.")."""

    text: str
    amounts: tuple[float, ...]
    words: str = ""


def stacked(
    finding: Finding,
    periods: Sequence[Period],
    parts: Sequence[Part],
    *,
    columns: tuple[str, str] = ("", ""),
    width: float = 860.0,
) -> Figure:
    """Draw a bar for each period, split by part; parts are told apart by their reference, where it fits.

    :param columns: headings of the table for the part and for the sum over periods
    :raises ValueError: when an amount is negative or a period lacks one
    """
    if any(len(p.amounts) != len(parts) or min(p.amounts, default=0) < 0 for p in periods):
        raise ValueError("each period has one amount, not below zero, for each part")
    most = max((sum(p.amounts) for p in periods), default=0) or 1
    unit = (width - NAME - TOTAL) / most
    drawn = [bar(period, parts, HEAD + i * (TALL + GAP), unit) for i, period in enumerate(periods)]
    height = HEAD + len(periods) * (TALL + GAP)
    svg = drawing.drawing(finding.key, finding.alt, drawn, (0, 0, width, height))
    return figure(finding, svg, amount_table(finding.title, periods, parts, columns))


def bar(period: Period, parts: Sequence[Part], y: float, unit: float) -> str:
    made = [drawing.text(0, y + TALL / 2 + 5, drawing.shorten(period.text, NAME - 8, 13, strong=True), "strong")]
    x = NAME
    several = sum(not part.open for part in parts) > 1
    for i, (part, amount) in enumerate(zip(parts, period.amounts, strict=True)):
        wide = amount * unit
        if wide <= 0:
            continue
        css = "box dashed" if part.open else f"t{i % TINTS + 1}" if several else f"t{TINTS}"
        form = drawing.tag("rect", css=css, x=x, y=y, width=max(1.0, wide - 2), height=TALL, rx=2)
        name = part.ref or part.text
        fits = drawing.width(name, 12, strong=True) + 6 <= wide
        label = drawing.text(x + wide / 2 - 1, y + TALL / 2 + 4, name, "small strong", "middle") if fits else ""
        told = f"{part.ref} {part.text}: {drawing.short(amount)}".strip()
        made.append(drawing.group(form, label, phase=part.phase, href=part.href, title=told))
        x += wide
    made.append(drawing.text(x + 8, y + TALL / 2 + 5, period.words or drawing.short(total(period.amounts)), "strong"))
    return "".join(made)


def amount_table(caption: str, periods: Sequence[Period], parts: Sequence[Part], columns: tuple[str, str]) -> Table:
    heads = (Column(columns[0]), *(Column(p.text, "end") for p in periods), Column(columns[1], "end"))
    rows = [
        Row(
            (
                Cell(part.text, ref=part.ref, phase=part.phase, href=part.href),
                *(Cell(p.amounts[i]) for p in periods),
                Cell(total(p.amounts[i] for p in periods)),
            )
        )
        for i, part in enumerate(parts)
    ]
    totals = [total(p.amounts) for p in periods]
    rows.append(Row((Cell(columns[1]), *(Cell(each) for each in totals), Cell(total(totals))), marked=True))
    return Table(caption, heads, tuple(rows))
