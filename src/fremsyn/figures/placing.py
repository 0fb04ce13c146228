"""Where marks and labels go so that none hides another: deterministic, nearest first."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

Inside = Callable[[float, float, float], bool]
STEP = 4.0


@dataclass(frozen=True)
class Box:
    """A rectangle: left, top, width, height in the drawing's pixels."""

    x: float
    y: float
    w: float
    h: float

    def overlaps(self, other: Box, gap: float = 0.0) -> bool:
        return (
            self.x < other.x + other.w + gap
            and other.x < self.x + self.w + gap
            and self.y < other.y + other.h + gap
            and other.y < self.y + self.h + gap
        )

    def within(self, outer: Box) -> bool:
        return (
            self.x >= outer.x
            and self.y >= outer.y
            and self.x + self.w <= outer.x + outer.w
            and self.y + self.h <= outer.y + outer.h
        )


@dataclass(frozen=True)
class Disc:
    """A round mark: centre and radius."""

    x: float
    y: float
    r: float

    def box(self, gap: float = 0.0) -> Box:
        side = self.r + gap
        return Box(self.x - side, self.y - side, 2 * side, 2 * side)

    def touches(self, other: Disc, gap: float) -> bool:
        return (self.x - other.x) ** 2 + (self.y - other.y) ** 2 < (self.r + other.r + gap) ** 2

    def covers(self, box: Box) -> bool:
        near_x = min(max(self.x, box.x), box.x + box.w)
        near_y = min(max(self.y, box.y), box.y + box.h)
        return (near_x - self.x) ** 2 + (near_y - self.y) ** 2 < self.r**2


@cache
def rings(reach: float) -> tuple[tuple[float, float], ...]:
    """Offsets around a point, nearest first, out to `reach` pixels."""
    found = [(0.0, 0.0)]
    for k in range(1, int(reach / STEP) + 1):
        distance, count = k * STEP, max(8, 5 * k)
        found += [
            (distance * math.cos(2 * math.pi * i / count + k), distance * math.sin(2 * math.pi * i / count + k))
            for i in range(count)
        ]
    return tuple(found)


def spread(
    wanted: Sequence[Disc], regions: Sequence[Sequence[Inside]], blocked: Sequence[Box] = (), gap: float = 2.0
) -> list[Disc]:
    """Move marks as little as needed so that none touches another or a blocked box.

    :param wanted: marks at the places their data give, in the order in which they may choose
    :param regions: for each mark the tests for where it may be, the strictest first
    :returns: the marks moved, in the same order
    :raises ValueError: when a mark finds no place in any of its regions
    """
    placed: list[Disc] = []
    offsets = rings(600.0)
    for mark, allowed in zip(wanted, regions, strict=True):
        placed.append(nearest_free(mark, allowed, placed, blocked, offsets, gap))
    return placed


def nearest_free(
    mark: Disc,
    allowed: Sequence[Inside],
    placed: Sequence[Disc],
    blocked: Sequence[Box],
    offsets: Sequence[tuple[float, float]],
    gap: float,
) -> Disc:
    for inside in allowed:
        for dx, dy in offsets:
            x, y = mark.x + dx, mark.y + dy
            if not inside(x, y, mark.r):
                continue
            moved = Disc(x, y, mark.r)
            if not any(moved.touches(other, gap) for other in placed) and not any(moved.covers(box) for box in blocked):
                return moved
    raise ValueError("there is no room for all the marks; give the picture more of it")


@dataclass(frozen=True)
class Label:
    """A label's wish: to stand beside its mark, in one of several sizes (width, height), the best first."""

    mark: Disc
    sizes: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Place:
    """Where a label stands; `far` says that it needs a line to its mark, `size` which of its sizes it has."""

    box: Box
    anchor: str
    far: bool
    size: int = 0


AWAY = (4.0, 12.0, 24.0, 38.0, 54.0, 72.0, 92.0, 116.0, 144.0, 176.0)


def candidates(label: Label, away: float) -> list[Place]:
    """Return the places around a mark at one distance; beyond the first distance they need a line."""
    far = away > AWAY[0]
    return [
        Place(box, anchor, far, size)
        for size, (w, h) in enumerate(label.sizes)
        for box, anchor in around(label.mark, away, w, h)
    ]


NEARER = 6  # of the distances, for lines that pass behind a label
ANGLES = (0, 12, 18, 6, 22, 2, 14, 10, 20, 4, 16, 8, 23, 1, 13, 11, 21, 3, 15, 9, 19, 5, 17, 7)  # of 24; best first


def around(mark: Disc, away: float, w: float, h: float) -> list[tuple[Box, str]]:
    """Return boxes all around a mark, their nearest edge or corner at the distance, with how their text is set."""
    found = []
    for angle in ANGLES:
        across, down = math.cos(angle * math.pi / 12), math.sin(angle * math.pi / 12)
        x, y = mark.x + (mark.r + away) * across, mark.y + (mark.r + away) * down
        left, anchor = (x, "start") if across > 0.3 else (x - w, "end") if across < -0.3 else (x - w / 2, "middle")
        top = y if down > 0.5 else y - h if down < -0.5 else y - h / 2
        found.append((Box(left, top, w, h), anchor))
    return found


Line = tuple[float, float, float, float]


def line_to(mark: Disc, box: Box) -> Line:
    """Return the line from a mark's centre to the nearest point of a label."""
    x = min(max(mark.x, box.x), box.x + box.w)
    y = min(max(mark.y, box.y), box.y + box.h)
    return mark.x, mark.y, x, y


def crosses(line: Line, box: Box) -> bool:
    x1, y1, x2, y2 = line
    steps = 16
    return any(
        box.x <= x1 + (x2 - x1) * i / steps <= box.x + box.w and box.y <= y1 + (y2 - y1) * i / steps <= box.y + box.h
        for i in range(steps)
    )


@lru_cache(maxsize=32)  # a picture stands on several pages, and on each again whenever it is opened
def place_labels(
    labels: tuple[Label | None, ...], marks: tuple[Disc, ...], bounds: Box, blocked: tuple[Box, ...] = ()
) -> tuple[Place | None, ...]:
    """Find each label a place clear of all marks and of all other labels; None where there is no room.

    All labels that can stand beside their marks do so before any is sent farther off. Lines keep clear of labels
    while there is room for that.
    """
    places: list[Place | None] = [None] * len(labels)
    taken, drawn = list(blocked), list[Line]()
    for clear in (True, False):
        for away in AWAY if clear else AWAY[:NEARER]:
            for i, label in enumerate(labels):
                if label is None or places[i] is not None:
                    continue
                place = free_place(label, away, marks, taken, drawn if clear else None, bounds)
                if place is not None:
                    places[i] = place
                    taken.append(place.box)
                    drawn += [line_to(label.mark, place.box)] if place.far else []
    return tuple(places)


def free_place(
    label: Label, away: float, marks: Sequence[Disc], taken: Sequence[Box], drawn: Sequence[Line] | None, bounds: Box
) -> Place | None:
    """Return the first place at this distance that is free; `drawn` are lines to keep clear of, None to ignore them."""
    for place in candidates(label, away):
        box = place.box
        if not box.within(bounds) or any(box.overlaps(other, 2.0) for other in taken):
            continue
        if any(Disc(mark.x, mark.y, mark.r + 1).covers(box) for mark in marks):
            continue
        line = line_to(label.mark, box)
        if place.far and any(crosses(line, mark.box()) for mark in marks if mark != label.mark):
            continue
        if drawn is not None and any(crosses(other, box) for other in drawn):
            continue
        if drawn is not None and place.far and any(crosses(line, other) for other in taken):
            continue
        return place
    return None


def push_apart(wanted: Sequence[float], height: float, low: float, high: float) -> list[float]:
    """Move numbers on a line as little as needed so that they stand `height` apart, in order, within low..high."""
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    at = [0.0] * len(wanted)
    last = low - height
    for i in order:
        at[i] = last = max(wanted[i], last + height)
    ceiling = high + height
    for i in reversed(order):
        at[i] = ceiling = min(at[i], ceiling - height)
    return at
