"""What several judgements of the same come to: the middle one, or nothing where too few agree on the sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median as middle

Table = tuple[tuple[int, ...], ...]  # a row for each state of the source, a number −3…3 for each state of the target
MEDIAN, AGREEMENT, TALK = "median", "agreement", "talk"
SMALLEST_SHARE, USUAL_SHARE = 51, 67


@dataclass(frozen=True)
class Rule:
    """How judgements become one: by `median`, or by `agreement` of at least `share` per cent (51…100) on the sign."""

    name: str = MEDIAN
    share: int = USUAL_SHARE


def median(values: Sequence[int]) -> int:
    """Return the middle of −3…3, as a whole number; between two middle ones that differ, the half towards 0.

    :raises ValueError: where there is none

    >>> median([1, 2]), median([-1, -2]), median([-2, 3]), median([3, -1, 2])
    (1, -1, 0, 2)
    """
    return int(middle(values))


def agreement(values: Sequence[int], share: int) -> int:
    """Return the median where at least `share` per cent (51…100) of the judgements have one sign, else 0.

    >>> agreement([2, 1, -1], 67), agreement([2, 1, -1], 66), agreement([2, 1, 0], 66)
    (0, 1, 1)
    """
    most = max(sum(each > 0 for each in values), sum(each < 0 for each in values))
    return median(values) if most * 100 >= share * len(values) else 0


def combined(tables: Sequence[Table], rule: Rule) -> Table:
    """Return what several people's judgements of a section come to; all tables have the same shape.

    :raises ValueError: where there is none
    """
    return tuple(
        tuple(
            median(cell) if rule.name != AGREEMENT else agreement(cell, rule.share)
            for cell in zip(*rows, strict=True)
        )
        for rows in zip(*tables, strict=True)
    )  # fmt: skip


@dataclass(frozen=True)
class Spread:
    """What each judge gave one pair of states, in the order of the judges, with the middle and the ends."""

    values: tuple[int, ...]

    @property
    def median(self) -> int:
        """Return the middle one."""
        return median(self.values)

    @property
    def low(self) -> int:
        """Return the lowest."""
        return min(self.values)

    @property
    def high(self) -> int:
        """Return the highest."""
        return max(self.values)

    @property
    def width(self) -> int:
        """Return how far apart the ends are, 0…6."""
        return self.high - self.low


def spreads(tables: Sequence[Table]) -> tuple[tuple[Spread, ...], ...]:
    """Return the spread of each cell, a row for each state of the source."""
    return tuple(tuple(Spread(cell) for cell in zip(*rows, strict=True)) for rows in zip(*tables, strict=True))
