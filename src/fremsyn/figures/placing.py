"""Where marks and labels go so that none hides another: deterministic, nearest first."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

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
    """A label's wish: to stand beside its mark, `w` by `h` pixels."""

    mark: Disc
    w: float
    h: float


@dataclass(frozen=True)
class Place:
    """Where a label stands; `far` says that it needs a line to its mark."""

    box: Box
    anchor: str
    far: bool


def candidates(label: Label) -> list[Place]:
    x, y, r = label.mark.x, label.mark.y, label.mark.r
    w, h = label.w, label.h
    found = []
    for away in (4.0, 12.0, 24.0, 38.0, 54.0, 72.0, 92.0, 116.0, 144.0, 176.0):
        d, far, up = r + away, away > 4.0, (r + away) * 0.75
        found += [
            Place(Box(x + d, y - h / 2, w, h), "start", far),
            Place(Box(x - d - w, y - h / 2, w, h), "end", far),
            Place(Box(x - w / 2, y - d - h, w, h), "middle", far),
            Place(Box(x - w / 2, y + d, w, h), "middle", far),
            Place(Box(x + up, y - up - h, w, h), "start", far),
            Place(Box(x + up, y + up, w, h), "start", far),
            Place(Box(x - up - w, y - up - h, w, h), "end", far),
            Place(Box(x - up - w, y + up, w, h), "end", far),
            Place(Box(x + d, y - d / 2 - h, w, h), "start", far),
            Place(Box(x + d, y + d / 2, w, h), "start", far),
            Place(Box(x - d - w, y - d / 2 - h, w, h), "end", far),
            Place(Box(x - d - w, y + d / 2, w, h), "end", far),
        ]
    return found


def place_labels(
    labels: Sequence[Label | None], marks: Sequence[Disc], bounds: Box, blocked: Sequence[Box] = ()
) -> list[Place | None]:
    """Find each label a place clear of all marks and of the labels before it; None where there is no room."""
    taken: list[Box] = list(blocked)
    places: list[Place | None] = []
    for label in labels:
        place = None if label is None else free_place(label, marks, taken, bounds)
        places.append(place)
        if place is not None:
            taken.append(place.box)
    return places


def free_place(label: Label, marks: Sequence[Disc], taken: Sequence[Box], bounds: Box) -> Place | None:
    for place in candidates(label):
        if not place.box.within(bounds) or any(place.box.overlaps(box, 2.0) for box in taken):
            continue
        if not any(Disc(mark.x, mark.y, mark.r + 1).covers(place.box) for mark in marks):
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
