"""Answers on an ordinal scale: the middle one, between which the middle half lies, and shares. No means: steps have no size."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from fremsyn.methods.errors import MethodError


@dataclass(frozen=True)
class Spread:
    """Where answers lie on a scale whose steps are 1, 2, 3 …; every value is a step that somebody chose.

    `middle` holds the two steps between which the answers divide into halves; they are the same one unless the number of
    answers is even and the two in the middle differ. `half` holds the first and third quartile: at least a quarter of
    the answers lie at or below the first, at least three quarters at or below the third.
    """

    n: int
    middle: tuple[int, int]
    half: tuple[int, int]


def spread(counts: Sequence[int]) -> Spread:
    """Return where answers lie; there must be at least one.

    :param counts: how many chose step 1, 2, 3 …; each at least 0
    :raises MethodError: for a count below 0, and where nobody chose anything
    :source: Hyndman and Fan (1996), Sample quantiles in statistical packages, The American Statistician 50(4), 361-365:
        definition 1, which chooses steps and never places between them

    >>> spread([0, 1, 4, 2, 1])
    Spread(n=8, middle=(3, 3), half=(3, 4))
    >>> spread([2, 0, 0, 2]).middle
    (1, 4)
    """
    if min(counts, default=0) < 0:
        raise MethodError("A count of answers is at least 0.")
    n = sum(counts)
    if not n:
        raise MethodError("Where nobody has answered there is no middle answer.")
    middle = (_at(counts, (n + 1) // 2), _at(counts, n // 2 + 1))
    return Spread(n, middle, (_at(counts, -(-n // 4)), _at(counts, -(-3 * n // 4))))


def _at(counts: Sequence[int], rank: int) -> int:
    """Return the step of the answer with a rank from 1, the lowest first."""
    return next(step for step, reached in enumerate(accumulate(counts), start=1) if reached >= rank)


def share(counts: Sequence[int], first: int, last: int) -> int:
    """Return the per cent of the answers that lie from one step to another, both included; a half goes to the even number.

    :param first: from 1; `last` at least as high

    >>> share([1, 0, 2, 3], 3, 4)
    83
    """
    n = sum(counts)
    return round(100 * sum(counts[first - 1 : last]) / n) if n else 0
