"""A cell's judgements as dots over a scale from −3 to 3, one upon another where judges agree."""

from collections import Counter
from dataclasses import dataclass

from fremsyn.scenarios.group.rules import Spread

STEP, RADIUS, TOP = 20, 6, 4


@dataclass(frozen=True)
class Dots:
    """Where the dots lie in a picture of 140 by `height`; `low`, `high` and `middle` are places on the scale."""

    height: int
    dots: tuple[tuple[int, int], ...]
    ticks: tuple[int, ...]
    low: int
    high: int
    middle: int

    @property
    def base(self) -> int:
        """Return where the scale is drawn."""
        return self.height - 8


def across(value: int) -> int:
    """Return where a judgement lies on the scale."""
    return STEP // 2 + (value + 3) * STEP


def dots(spread: Spread, tallest: int) -> Dots:
    """Return a cell's picture; `tallest` is how many judges there are, so that all cells are equally high."""
    height = TOP + 2 * RADIUS * tallest + 12
    count: Counter[int] = Counter()
    places = []
    for value in spread.values:
        places.append((across(value), height - 16 - RADIUS * 2 * count[value]))
        count[value] += 1
    ticks = tuple(across(value) for value in range(-3, 4))
    return Dots(height, tuple(places), ticks, across(spread.low), across(spread.high), across(spread.median))
