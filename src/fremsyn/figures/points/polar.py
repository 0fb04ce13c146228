"""A radar: rings are time, sectors are themes, marks are things."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from fremsyn.figures import drawing
from fremsyn.figures.figure import Cell, Column, Figure, Finding, Row, Sign, Table, figure
from fremsyn.figures.placing import Box, Disc, Inside, spread
from fremsyn.figures.points.mark import Point, mark, radius

HOLE, THINNEST, ROOM = 40.0, 62.0, 2.1
SIDE, ABOVE = 172.0, 38.0


@dataclass(frozen=True)
class Ring:
    """A ring, named for its distance in time; the first is the nearest."""

    text: str


@dataclass(frozen=True)
class Spoke:
    """A sector, named for its theme."""

    text: str


def polar(
    finding: Finding,
    points: Sequence[Point],
    rings: Sequence[Ring],
    sectors: Sequence[Spoke],
    *,
    centre: str = "",
    columns: Sequence[str] = (),
    table: Table | None = None,
    legend: tuple[Sign, ...] = (),
) -> Figure:
    """Draw a radar; a point's x is its ring's number, its y its sector's number.

    Rings are as wide as what they hold needs; marks stay in their ring and sector, and never touch.

    :param centre: the word in the middle ("today")
    :raises ValueError: when a point's ring or sector does not exist
    """
    for point in points:
        if not (0 <= point.x < len(rings) and 0 <= point.y < len(sectors)):
            raise ValueError(f"{point.ref} lies in no ring or sector of the radar")
    edges = ring_edges(points, len(rings), len(sectors))
    words = [
        Box(-drawing.width(r.text, 12) / 2 - 2, -edges[i + 1] - 8, drawing.width(r.text, 12) + 4, 16)
        for i, r in enumerate(rings)
    ]
    marks = tuple((int(p.x), int(p.y), radius(p.size)) for p in points)
    discs = settle(marks, tuple(edges), len(sectors), tuple(words))
    parts = [ground(edges, len(sectors))]
    parts += [
        drawing.text(0, box.y + 12, ring.text, "dim small halo", "middle")
        for ring, box in zip(rings, words, strict=True)
    ]
    parts += [sector_words(s.text, i, len(sectors), edges[-1]) for i, s in enumerate(sectors)]
    parts.append(drawing.text(0, 4, centre, "dim small", "middle"))
    parts += [mark(p, d) for p, d in zip(points, discs, strict=True)]
    reach = edges[-1]
    frame = (-reach - SIDE, -reach - ABOVE, 2 * (reach + SIDE), 2 * (reach + ABOVE))
    svg = drawing.drawing(finding.key, finding.alt, parts, frame)
    given = table or polar_table(finding.title, columns or ("", "", ""), points, rings, sectors)
    return figure(finding, svg, given, legend=legend)


def ring_edges(points: Sequence[Point], rings: int, sectors: int) -> list[float]:
    """Return the radii: as much area in each ring as its fullest sector asks for, for all sectors."""
    held = Counter((int(p.x), int(p.y)) for p in points)
    edges = [HOLE]
    for ring in range(rings):
        fullest = max((held[ring, sector] for sector in range(sectors)), default=0)
        area = fullest * sectors * (2 * radius(5) + 2) ** 2 * ROOM / math.pi
        edges.append(max(edges[-1] + THINNEST, math.sqrt(edges[-1] ** 2 + area)))
    return edges


@lru_cache(maxsize=32)  # the same radar stands on several pages
def settle(
    marks: tuple[tuple[int, int, float], ...], edges: tuple[float, ...], sectors: int, words: tuple[Box, ...]
) -> list[Disc]:
    """Place marks, given by ring, sector and radius: evenly over their cell to begin with, then apart."""
    held: dict[tuple[int, int], list[int]] = {}
    for i, (ring, sector, _r) in enumerate(marks):
        held.setdefault((ring, sector), []).append(i)
    wanted: list[Disc] = [Disc(0, 0, 0)] * len(marks)
    for (ring, sector), members in held.items():
        for k, i in enumerate(members):
            turn = (sector + (k + 0.5) / len(members)) / sectors * 2 * math.pi
            between = (0.5, 0.3, 0.7)[k % 3] if len(members) > 3 else 0.5
            out = edges[ring] + (edges[ring + 1] - edges[ring]) * between
            wanted[i] = Disc(out * math.sin(turn), -out * math.cos(turn), marks[i][2])
    return spread(wanted, [cell_regions(ring, sector, edges, sectors) for ring, sector, _r in marks], words)


def cell_regions(ring: int, sector: int, edges: Sequence[float], sectors: int) -> list[Inside]:
    """Where a mark may be: in its cell; if that is full, in its ring; at worst anywhere on the radar."""
    low, high = edges[ring], edges[ring + 1]
    middle, half = (sector + 0.5) / sectors * 2 * math.pi, math.pi / sectors

    def in_ring(x: float, y: float, r: float) -> bool:
        return low + r * 0.9 <= math.hypot(x, y) <= high - r * 0.9

    def in_cell(x: float, y: float, r: float) -> bool:
        if not in_ring(x, y, r):
            return False
        off = abs((math.atan2(x, -y) - middle + math.pi) % (2 * math.pi) - math.pi)
        return off <= half and (half >= math.pi or math.hypot(x, y) * math.sin(min(half - off, math.pi / 2)) >= r + 1)

    def on_radar(x: float, y: float, r: float) -> bool:
        return edges[0] <= math.hypot(x, y) <= edges[-1] - r

    return [in_cell, in_ring, on_radar]


def ground(edges: Sequence[float], sectors: int) -> str:
    parts = [drawing.tag("circle", css="area", cx=0, cy=0, r=edges[1])]
    parts += [drawing.tag("circle", css="rule", cx=0, cy=0, r=edge) for edge in edges]
    for i in range(sectors if sectors > 1 else 0):
        turn = i / sectors * 2 * math.pi
        x, y = math.sin(turn), -math.cos(turn)
        ends = [drawing.short(v) for v in (x * edges[0], y * edges[0], x * edges[-1], y * edges[-1])]
        parts.append(drawing.tag("path", css="rule", d=f"M{ends[0]} {ends[1]}L{ends[2]} {ends[3]}"))
    return "".join(parts)


def sector_words(words: str, sector: int, sectors: int, reach: float) -> str:
    turn = (sector + 0.5) / sectors * 2 * math.pi
    x, y = (reach + 14) * math.sin(turn), -(reach + 14) * math.cos(turn)
    side = math.sin(turn)
    anchor = "middle" if abs(side) < 0.25 else "start" if side > 0 else "end"
    rows = drawing.wrap(words, SIDE if anchor != "middle" else 2 * SIDE, 2, 13, strong=True)
    if anchor != "middle":
        room = max(drawing.width(row, 13, strong=True) for row in rows)
        x = min(x, reach + SIDE - room) if anchor == "start" else max(x, -reach - SIDE + room)
    return drawing.lines(x, y + 4 - (drawing.LINE * (len(rows) - 1) if y < 0 else 0), rows, "strong halo", anchor)


def polar_table(
    caption: str, columns: Sequence[str], points: Sequence[Point], rings: Sequence[Ring], sectors: Sequence[Spoke]
) -> Table:
    rows = tuple(
        Row(
            (
                Cell(p.label, ref=p.ref, phase=p.phase, href=p.href),
                Cell(rings[int(p.x)].text),
                Cell(sectors[int(p.y)].text),
            ),
            marked=p.strong,
        )
        for p in points
    )
    return Table(caption, tuple(Column(words) for words in columns), rows, sortable=True)
