"""A roadmap: bars from a beginning to an end, moments between them, on one scale of time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fremsyn.figures import drawing
from fremsyn.figures.figure import Figure, Finding, Table, figure

NAME, TALL, HEAD, GROUP = 336.0, 26.0, 44.0, 30.0


@dataclass(frozen=True)
class Scale:
    """Time as numbers: from `low` to `high` (exclusive), ticks as (value, text), perhaps coarser ticks above them."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    above: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True)
class Bar:
    """From `start` up to, not including, `end`; `open` is planned and not begun; `words` stand after it."""

    start: float
    end: float
    words: str = ""
    open: bool = False
    strong: bool = False


@dataclass(frozen=True)
class Moment:
    """A point in time with its words: a milestone, a meeting."""

    at: float
    words: str = ""


@dataclass(frozen=True)
class Lane:
    """A row: what it is called, its bars and moments. `group` opens a group of lanes."""

    text: str
    ref: str = ""
    phase: str = ""
    href: str = ""
    group: str = ""
    bars: tuple[Bar, ...] = ()
    moments: tuple[Moment, ...] = ()


def timeline(
    finding: Finding,
    lanes: Sequence[Lane],
    scale: Scale,
    table: Table,
    *,
    today: float | None = None,
    today_words: str = "",
    width: float = 1290.0,
) -> Figure:
    """Draw lanes over time; words of bars and moments stand beside them and never cover each other.

    :raises ValueError: when the scale is empty
    """
    if scale.high <= scale.low:
        raise ValueError("a scale of time ends after it begins")
    unit = (width - NAME - 20) / (scale.high - scale.low)

    def at(value: float) -> float:
        return NAME + (min(max(value, scale.low), scale.high) - scale.low) * unit

    height = HEAD + sum(TALL + (GROUP if lane.group else 0) for lane in lanes) + 10
    parts = [ruled(scale, at, height)]
    if today is not None:  # under the lanes, so that no word is struck through
        line = f"M{drawing.short(at(today))} {HEAD - 6}V{drawing.short(height)}"
        parts.append(drawing.tag("path", css="path", d=line))
        parts.append(drawing.text(at(today) + 6, height - 2, today_words, "strong halo small"))
    y = HEAD
    for lane in lanes:
        if lane.group:
            parts.append(drawing.text(0, y + 20, drawing.shorten(lane.group, NAME - 10, 13, strong=True), "strong"))
            y += GROUP
        parts.append(lane_drawn(lane, y, at, width))
        y += TALL
    svg = drawing.drawing(finding.key, finding.alt, parts, (0, 0, width, height + 6))
    return figure(finding, svg, table, wide=True)


def ruled(scale: Scale, at: Callable[[float], float], height: float) -> str:
    parts = [drawing.text(at(value) + 4, 14, words, "strong small") for value, words in scale.above]
    ends = [*(value for value, _ in scale.ticks[1:]), scale.high]
    for (value, words), end in zip(scale.ticks, ends, strict=True):
        parts.append(drawing.tag("path", css="rule", d=f"M{drawing.short(at(value))} 22V{drawing.short(height)}"))
        if drawing.width(words, 12) + 6 <= at(end) - at(value):
            parts.append(drawing.text(at(value) + 4, 34, words, "dim small"))
    return "".join(parts)


def lane_drawn(lane: Lane, y: float, at: Callable[[float], float], width: float) -> str:
    ref = drawing.text(0, y + 17, lane.ref, "strong tinted small") if lane.ref else ""
    left = drawing.width(lane.ref, 12, strong=True) + 8 if lane.ref else 0
    name = drawing.text(left, y + 17, drawing.shorten(lane.text, NAME - left - 14, 12.5), "small")
    shapes = [bar_drawn(bar, y, at) for bar in lane.bars]
    shapes += [drawing.shape(4, at(moment.at), y + 13, 5.5, "stone") for moment in lane.moments]
    told = f"{lane.ref} {lane.text}".strip()
    return drawing.group(
        ref, name, *shapes, words_beside(lane, y, at, width), phase=lane.phase, href=lane.href, title=told
    )


def bar_drawn(bar: Bar, y: float, at: Callable[[float], float]) -> str:
    css = "box" if bar.open else "tint"
    wide = max(3.0, at(bar.end) - at(bar.start) - 2)
    return drawing.tag(
        "rect", css=f"{css} hit" if bar.strong else css, x=at(bar.start) + 1, y=y + 5, width=wide, height=16, rx=2
    )


def words_beside(lane: Lane, y: float, at: Callable[[float], float], width: float) -> str:
    """Set words to the right of what they belong to, pushed on where they would meet, shortened at the edge."""
    wanted = [(at(bar.end) + 5, bar.words) for bar in lane.bars if bar.words]
    wanted += [(at(moment.at) + 10, moment.words) for moment in lane.moments if moment.words]
    wanted.sort()
    taken = [(at(bar.start), at(bar.end)) for bar in lane.bars] + [(at(m.at) - 8, at(m.at) + 8) for m in lane.moments]
    parts, last = [], 0.0
    for i, (wish, words) in enumerate(wanted):
        x = max(wish, last)
        ahead = [start for start, _ in taken if start > x] + [wanted[i + 1][0] - 10 if i + 1 < len(wanted) else width]
        room = min(ahead) - x - 4
        said = drawing.shorten(words, room, 12) if room > 24 else ""
        if any(start < x < end for start, end in taken):
            said = ""
        parts.append(drawing.text(x, y + 17, said, "small halo"))
        last = x + drawing.width(said, 12) + 8
    return "".join(parts)
