"""Scenario cross: two axes that matter, are open and don't hang together, and which scenarios stand in each corner."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fremsyn.methods.cib.matrix import Matrix
from fremsyn.methods.errors import MethodError

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

WEAK = 1.0  # the strongest tie two axes may have, in the unit of the judgements
BETWEEN = -1


@dataclass(frozen=True)
class Pair:
    """Two drivers as axes: the sum of their weights, how strongly they are tied, and whether that is little enough."""

    first: int
    second: int
    weight: float
    tie: float
    independent: bool


@dataclass(frozen=True)
class Axis:
    """A driver with the variants at its two ends; a scenario with another variant stands between."""

    driver: int
    low: frozenset[int]
    high: frozenset[int]


def weights(importance: ArrayLike, uncertainty: ArrayLike) -> Numbers:
    """Return importance × uncertainty of each driver: what a scenario cross should be spanned by.

    :param importance: (n,) at least 0, usually 1…5
    :param uncertainty: (n,) at least 0, usually 1…5
    :raises MethodError: unless both are lists of as many finite numbers from 0
    :source: Schwartz (1991), The Art of the Long View; van der Heijden (1996), Scenarios, ch. 9

    >>> weights([5, 4], [3, 5]).tolist()
    [15.0, 20.0]
    """
    one, other = (np.array(each, np.float64) for each in (importance, uncertainty))
    if one.ndim != 1 or one.shape != other.shape or not len(one):
        raise MethodError("Importance and uncertainty must be two lists with a number for each driver.")
    if not (np.isfinite(one) & np.isfinite(other) & (one >= 0) & (other >= 0)).all():
        raise MethodError("Importance and uncertainty must be numbers from 0.")
    return one * other


def ties(matrix: Matrix) -> Numbers:
    """Return how strongly every two drivers are tied by judgements, the stronger of both ways.

    A variant's judgements on another driver tie by half the difference between the largest and the smallest: as much as
    the judgement itself where they are +x and −x, and nothing where all are the same.

    :returns: (n, n) in the unit of the judgements, symmetric, 0 on the diagonal
    """
    starts = np.array(matrix.starts)
    high, low = (each.reduceat(matrix.judgements, starts, axis=1) for each in (np.maximum, np.minimum))
    one_way = np.maximum.reduceat((high - low) / 2, starts, axis=0)
    both: Numbers = np.maximum(one_way, one_way.T)
    np.fill_diagonal(both, 0)
    return both


def pairs(weight: ArrayLike, tie: ArrayLike, *, weak: float = WEAK) -> tuple[Pair, ...]:
    """Return every pair of drivers as axes, the best first.

    First those that are independent, by weight; then the others, by how little they are tied. Equals: the less tied, the
    heavier, then the order of drivers.

    :param weight: (n,) of `weights`
    :param tie: (n, n) of `ties`
    :param weak: the strongest tie that independent axes may have
    :raises MethodError: for fewer than two drivers, or a table of ties that doesn't fit
    """
    heavy, tied = np.array(weight, np.float64), np.array(tie, np.float64)
    if heavy.ndim != 1 or len(heavy) < 2 or tied.shape != (len(heavy),) * 2:
        raise MethodError("There must be two drivers at least, and a table of ties with a row and a column for each.")
    found = [
        Pair(i, j, float(heavy[i] + heavy[j]), float(tied[i, j]), bool(tied[i, j] <= weak))
        for i, j in combinations(range(len(heavy)), 2)
    ]
    free = sorted((each for each in found if each.independent), key=lambda each: (-each.weight, each.tie))
    return (*free, *sorted((each for each in found if not each.independent), key=lambda each: (each.tie, -each.weight)))


def axis(driver: int, size: int, low: Iterable[int] = (), high: Iterable[int] = ()) -> Axis:
    """Return an axis; its ends are the driver's first and last variant where none are given.

    :param size: how many variants the driver has
    :raises MethodError: for a variant that isn't there or stands at both ends, or an end without any
    """
    ends = [frozenset(each) for each in (low, high)]
    if not any(ends):
        ends = [frozenset([0]), frozenset([size - 1])]
    for variant in sorted(ends[0] | ends[1]):
        if not 0 <= variant < size:
            raise MethodError(
                f"There is no variant {variant} of driver {driver}; they are numbered from 0 to {size - 1}."
            )
    if not all(ends) or ends[0] & ends[1]:
        raise MethodError(f"Driver {driver} needs variants at both ends, and none of them at both.")
    return Axis(driver, *ends)


def corners(scenarios: ArrayLike, first: Axis, second: Axis) -> Indices:
    """Return each scenario's corner: 0 low and low, 1 low and high, 2 high and low, 3 high and high; −1 between.

    :param scenarios: (n, drivers); a variant's number in each column
    :raises MethodError: unless it is a table with a column for both axes, and these are two drivers

    >>> corners([[0, 0], [1, 0], [1, 2], [0, 1]], axis(0, 2), axis(1, 3)).tolist()
    [0, 2, 3, -1]
    """
    table = np.array(scenarios)
    if first.driver == second.driver:
        raise MethodError("The two axes are the same driver; choose two.")
    if table.ndim != 2 or table.dtype.kind not in "iu" or not 0 <= max(first.driver, second.driver) < table.shape[1]:
        raise MethodError("The scenarios must be a table of variants with a column for each driver.")
    one, other = (_end(table[:, each.driver], each) for each in (first, second))
    return np.where((one == BETWEEN) | (other == BETWEEN), BETWEEN, 2 * one + other)


def _end(column: Indices, axis: Axis) -> Indices:
    ends = np.where(np.isin(column, list(axis.high)), 1, BETWEEN)
    return np.where(np.isin(column, list(axis.low)), 0, ends)
