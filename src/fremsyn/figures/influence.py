"""Who acts on whom: things around an oval, from the one that moves the others most down to the one that is moved most."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Literal

from fremsyn.figures import drawing
from fremsyn.figures.drawing import short
from fremsyn.figures.figure import Figure, Finding, Table, figure
from fremsyn.figures.placing import Box

WIDE, BOX, TALL, ROW, EDGE, FOOT = 980.0, 232.0, 44.0, 66.0, 8.0, 44.0
PULLS = (0.35, 0.55, 0.75, 0.95)  # how far a curve is drawn towards the middle; the least that is clear of other things
STEPS, HEAD, NEAR = 60, 10.0, 180.0
SWEEPS = 8

Way = Literal["favours", "hinders", "both"]
Spot = tuple[float, float]
Curve = tuple[Spot, ...]
INKS: dict[Way, int] = {"favours": 1, "hinders": 2, "both": 3}


@dataclass(frozen=True)
class Thing:
    """What acts or is acted on."""

    ref: str
    text: str
    phase: str = ""
    href: str = ""


@dataclass(frozen=True)
class Arrow:
    """That one thing acts on another, by their references: `weight` 1..3 is its width, `title` what the pointer is told."""

    start: str
    end: str
    way: Way
    weight: int = 1
    href: str = ""
    title: str = ""


def influence(
    finding: Finding,
    things: Sequence[Thing],
    arrows: Sequence[Arrow],
    table: Table,
    *,
    words: dict[Way, str],
    above: str = "",
) -> Figure:
    """Draw arrows between things; the same data give the same drawing.

    :param things: in order, the one that moves the others most first; it stands on top
    :param words: what the ways of acting are called
    :param above: what standing higher means
    :raises ValueError: when a reference stands twice, or an arrow doesn't join two of the things
    """
    known = {thing.ref for thing in things}
    if len(known) != len(things):
        raise ValueError("each thing has a reference of its own")
    if any(a.start == a.end or not {a.start, a.end} <= known for a in arrows):
        raise ValueError("an arrow joins two of the things")
    spots = placed([thing.ref for thing in things], arrows)
    low = max((spot.y + spot.h for spot in spots.values()), default=0.0)
    parts = [drawing.text(2, EDGE + 12, above, "dim small")]
    parts += [arrow_drawn(arrow, way) for arrow, way in zip(arrows, curves(arrows, spots), strict=True)]
    parts += [thing_drawn(thing, spots[thing.ref]) for thing in things]
    parts += [legend(words, low + FOOT - 12)]
    svg = drawing.drawing(finding.key, finding.alt, parts, (0, 0, WIDE, low + FOOT))
    return figure(finding, svg, table)


def placed(refs: Sequence[str], arrows: Sequence[Arrow]) -> dict[str, Box]:
    """Place things row by row, the first on top, then two in each row, on the sides that let few arrows cross."""
    rows = rowed(refs, arrows)
    spots = {}
    for k, row in enumerate(rows):
        height = 4 * k / max(len(refs), 1) - 1
        aside = (WIDE / 2 - BOX / 2 - EDGE) * math.sqrt(max(0.0, 1 - height * height))
        for ref, side in zip(row, (-1, 1) if len(row) == 2 else (0,), strict=True):
            spots[ref] = Box(WIDE / 2 + side * aside - BOX / 2, EDGE + k * ROW, BOX, TALL)
    return spots


def rowed(refs: Sequence[str], arrows: Sequence[Arrow]) -> list[list[str]]:
    """Return the rows; the two of a row change sides as long as that lets fewer arrows cross."""
    rows = [list(refs[:1]), *(list(refs[i : i + 2]) for i in range(1, len(refs), 2))]
    joined = sorted({tuple(sorted((a.start, a.end))) for a in arrows})
    least = crossings(rows, joined)
    for _sweep in range(SWEEPS):
        before = least
        for row in rows:
            row.reverse()
            if (now := crossings(rows, joined)) < least:
                least = now
            else:
                row.reverse()
        if least == before:
            break
    return [row for row in rows if row]


def crossings(rows: Sequence[Sequence[str]], joined: Sequence[tuple[str, ...]]) -> tuple[int, int]:
    """Return how many lines cross around the oval, and how many of them cross its middle line."""
    right = [row[-1] for row in rows if row]
    left = [row[0] for row in reversed(rows) if len(row) == 2]
    at = {ref: i for i, ref in enumerate([*right, *left])}
    ends = [sorted((at[one], at[other])) for one, other in joined]
    crossed = sum(a < c < b < d or c < a < d < b for (a, b), (c, d) in combinations(ends, 2))
    return crossed, sum((a < len(right)) != (b < len(right)) for a, b in ends)


def curves(arrows: Sequence[Arrow], spots: dict[str, Box]) -> list[Curve]:
    """Return the arrows' ways as points, from the edge of one thing to the edge of the other, clear of the rest."""
    centre = (WIDE / 2, max((spot.y + spot.h for spot in spots.values()), default=0.0) / 2)
    ends = {ref: ports(ref, arrows, spots) for ref in spots}
    return [curve(arrow, ends[arrow.start][arrow], ends[arrow.end][arrow], spots, centre) for arrow in arrows]


def ports(ref: str, arrows: Sequence[Arrow], spots: dict[str, Box]) -> dict[Arrow, Spot]:
    """Return where a thing's arrows begin and end: side by side along its inner side, in the order of their other ends."""
    here = middle(spots[ref])
    side = inner_side(spots[ref], list(spots.values()))

    def turn(arrow: Arrow) -> float:
        there = middle(spots[arrow.end if arrow.start == ref else arrow.start])
        across, down = there[0] - here[0], there[1] - here[1]
        if abs(here[0] - WIDE / 2) < 1:
            return math.atan2(across, abs(down))
        return math.atan2(down, across if here[0] < WIDE / 2 else -across)

    own = sorted((a for a in arrows if ref in (a.start, a.end)), key=lambda a: (turn(a), a.start, a.end))
    return {a: along(side, (k + 0.5) / len(own)) for k, a in enumerate(own)}


def inner_side(spot: Box, everything: Sequence[Box]) -> Curve:
    """Return the side that faces the middle of the oval, with what of the upper and lower edge no neighbour covers."""
    top, low, left, right = spot.y, spot.y + spot.h, spot.x, spot.x + spot.w
    if abs(left + right - WIDE) < 1:
        edge = low if top < min(other.y for other in everything) + 1 else top
        return (left + 6, edge), (right - 6, edge)
    inner, outer, sign = (right, left, 1) if left + right < WIDE else (left, right, -1)

    def free(rows: float) -> float:
        """Return where the upper or lower edge begins to be free; its very corner where it isn't."""
        beside = [o for o in everything if abs(o.y - spot.y - rows * ROW) < 1 and abs(2 * o.x + o.w - WIDE) > 1]
        covers = [
            (o.x + o.w if sign > 0 else o.x) + 8 * sign for o in beside if (o.x < WIDE / 2 - o.w / 2) == (sign > 0)
        ]
        begins = covers[0] if covers else inner
        return inner if (inner - begins) * sign < 0 else outer if (begins - outer) * sign < 0 else begins

    return (free(-1), top), (inner, top), (inner, low), (free(1), low)


def along(line: Curve, share: float) -> Spot:
    """Return the point at a share of a broken line's length."""
    lengths = [math.dist(a, b) for a, b in pairwise(line)]
    left = share * sum(lengths)
    for (a, b), length in zip(pairwise(line), lengths, strict=True):
        if left <= length and length:
            return a[0] + (b[0] - a[0]) * left / length, a[1] + (b[1] - a[1]) * left / length
        left -= length
    return line[-1]


def curve(arrow: Arrow, a: Spot, b: Spot, spots: dict[str, Box], centre: Spot) -> Curve:
    others = [spot for ref, spot in spots.items() if ref not in (arrow.start, arrow.end)]
    pulls = (0.1, 0.2, *PULLS) if math.dist(a, b) < NEAR else PULLS
    ways = [trimmed(bent(a, b, centre, pull), spots[arrow.start], spots[arrow.end]) for pull in pulls]
    return next((way for way in ways if not any(touches(way, spot) for spot in others)), ways[-1])


def middle(spot: Box) -> Spot:
    return spot.x + spot.w / 2, spot.y + spot.h / 2


def bent(a: Spot, b: Spot, centre: Spot, pull: float) -> Curve:
    """Bend the line from a to b towards the centre."""
    x, y = ((a[i] + b[i]) / 2 * (1 - pull) + centre[i] * pull for i in (0, 1))
    shares = [i / STEPS for i in range(STEPS + 1)]
    return tuple(
        (
            (1 - t) ** 2 * a[0] + 2 * t * (1 - t) * x + t * t * b[0],
            (1 - t) ** 2 * a[1] + 2 * t * (1 - t) * y + t * t * b[1],
        )
        for t in shares
    )


def trimmed(way: Curve, start: Box, end: Box) -> Curve:
    """Cut off what lies within the two things; the end keeps a little distance."""
    outside = [p for p in way if not holds(start, p, 1.0) and not holds(end, p, 4.0)]
    return tuple(outside) if len(outside) > 1 else way


def holds(box: Box, point: Spot, gap: float) -> bool:
    return box.x - gap < point[0] < box.x + box.w + gap and box.y - gap < point[1] < box.y + box.h + gap


def touches(way: Curve, box: Box) -> bool:
    return any(holds(box, point, 3.0) for point in way)


def arrow_drawn(arrow: Arrow, way: Curve) -> str:
    ink = INKS[arrow.way]
    css = f"l{ink} dashed" if arrow.way == "hinders" else f"l{ink}"
    heavy = 0.5 + 0.8 * max(1, min(arrow.weight, 3))
    tip, (dx, dy) = way[-1], heading(way)
    # a line stops where its triangle begins, so that the tip stays sharp
    ends = [*way[:-1], (tip[0] - dx * HEAD * 0.6, tip[1] - dy * HEAD * 0.6)] if arrow.way != "hinders" else [*way]
    d = "M" + "L".join(f"{short(x)} {short(y)}" for x, y in ends)
    line = drawing.tag("path", css=css, d=d, stroke_width=heavy)
    reach = drawing.tag("path", css="reach", d=d)
    return drawing.group(line, end_drawn(arrow.way, tip, (dx, dy)), reach, href=arrow.href, title=arrow.title)


def heading(way: Curve) -> Spot:
    """Return the direction of an arrow's last stretch."""
    (x1, y1), (x2, y2) = way[max(-4, -len(way))], way[-1]
    far = math.hypot(x2 - x1, y2 - y1) or 1.0
    return (x2 - x1) / far, (y2 - y1) / far


def end_drawn(way: Way, tip: Spot, along: Spot) -> str:
    """Draw a triangle for what favours, a bar for what hinders, both for both."""
    (x, y), (dx, dy), ink = tip, along, INKS[way]
    parts = ""
    if way != "hinders":
        foot, half = (x - dx * HEAD, y - dy * HEAD), HEAD * 0.46
        corners = (tip, *((foot[0] - side * dy * half, foot[1] + side * dx * half) for side in (1, -1)))
        d = "M" + "L".join(f"{short(a)} {short(b)}" for a, b in corners) + "Z"
        parts += drawing.tag("path", css=f"k{ink}", d=d)
    if way != "favours":
        half = HEAD * 0.62
        d = f"M{short(x - dy * half)} {short(y + dx * half)}L{short(x + dy * half)} {short(y - dx * half)}"
        parts += drawing.tag("path", css=f"l{ink}", d=d, stroke_width=3.0)
    return parts


def thing_drawn(thing: Thing, spot: Box) -> str:
    form = drawing.tag("rect", css="box", x=spot.x, y=spot.y, width=spot.w, height=spot.h, rx=4)
    rows = drawing.wrap(thing.text, spot.w - 46, 2, 12)
    top = spot.y + spot.h / 2 + (4 if len(rows) < 2 else -3.5)
    words = drawing.text(spot.x + 8, spot.y + spot.h / 2 + 4, thing.ref, "small strong")
    words += drawing.lines(spot.x + 40, top, rows, "small")
    return drawing.group(form, words, phase=thing.phase, href=thing.href, title=f"{thing.ref} {thing.text}")


def legend(words: dict[Way, str], y: float) -> str:
    """Set the three ways beside each other, each with its line and its end."""
    parts, x = [], 8.0
    for way, said in words.items():
        arrow = Arrow("", "", way, 2)
        parts += [arrow_drawn(arrow, ((x, y), (x + 20, y), (x + 40, y)))]
        parts += [drawing.text(x + 50, y + 4, said, "dim small")]
        x += 66 + drawing.width(said, 12)
    return "".join(parts)
