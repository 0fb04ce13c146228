"""A small diverse set: those few of many scenarios that are as far apart as possible, exactly."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fremsyn.methods.errors import MethodError

Distances = NDArray[np.integer | np.floating]  # int16 or int64 where all weights are whole, else float64

ROUNDING = 1e-9  # of the largest distance: what two sums of fractions may differ by and still be equal
MOST = 20_000  # scenarios to choose among; the distances between them take 2 bytes a pair, 8 with broken weights


@dataclass(frozen=True, eq=False)
class DiverseSet:
    """Scenarios that are far apart: their rows, in order, and the distance of the two that are nearest to each other.

    `distance` is None for fewer than two. `complete` is True where no other set has a larger one.
    """

    chosen: tuple[int, ...]
    distance: float | None
    complete: bool


def distances(scenarios: ArrayLike, weights: ArrayLike | None = None) -> Distances:
    """Return in how many descriptors every two scenarios differ, each counted by its weight.

    :param scenarios: (n, descriptors); a variant's number in each column
    :param weights: (descriptors,) at least 0; each 1 where none are given
    :returns: (n, n)
    :raises MethodError: for tables that don't fit, weights below 0, or more scenarios than can be held
    :source: Hamming (1950), Error detecting and error correcting codes, Bell System Technical Journal 29(2), 147-160

    >>> distances([[0, 0, 1], [0, 1, 0]], [1, 1, 3]).tolist()
    [[0, 4], [4, 0]]
    """
    table = np.array(scenarios)
    if table.ndim != 2 or not table.shape[1]:
        raise MethodError(
            "The scenarios must be a table with a row for each scenario and a column for each descriptor."
        )
    if len(table) > MOST:
        raise MethodError(f"{len(table)} scenarios are too many to compare; filter them to {MOST} at most.")
    heavy = np.ones(table.shape[1]) if weights is None else np.array(weights, np.float64)
    if heavy.shape != table.shape[1:] or not np.isfinite(heavy).all() or heavy.min() < 0:
        raise MethodError(f"There must be {table.shape[1]} weights, one for each descriptor, none below 0.")
    whole = bool((heavy == np.rint(heavy)).all()) and heavy.sum() < 1 << 53
    small = whole and heavy.sum() < 1 << 15
    apart: Distances = np.zeros((len(table),) * 2, np.int16 if small else np.int64 if whole else np.float64)
    for column, weight in zip(table.T, heavy.astype(apart.dtype), strict=True):
        apart += weight * (column[:, None] != column)
    return apart


def diverse_set(
    scenarios: ArrayLike,
    size: int,
    *,
    weights: ArrayLike | None = None,
    must: Iterable[int] = (),
    must_not: Iterable[int] = (),
    cancelled: Callable[[], bool] | None = None,
) -> DiverseSet:
    """Choose so many scenarios that the two nearest to each other are as far apart as can be.

    Where several sets are as good, which one it is is open, though the same on every machine.

    :param scenarios: (n, descriptors); a variant's number in each column
    :param size: how many to choose, those of `must` among them
    :param weights: (descriptors,) at least 0: how much it counts to differ there; each 1 where none are given
    :param must: rows that are chosen in any case
    :param must_not: rows that are not
    :param cancelled: asked now and then; True ends the search with the best so far and `complete` False
    :raises MethodError: for tables that don't fit, rows that aren't there or are in both lists, or a size that can't be had
    :source: Kuby (1987), Programming models for facility dispersion, Geographical Analysis 19(4), 315-329
    """
    apart = distances(scenarios, weights)
    kept, left = _rows(must, len(apart)), set(range(len(apart))) - _rows(must_not, len(apart))
    if not kept <= left:
        raise MethodError(
            f"Scenario {min(kept - left)} is among those to have and among those to leave out; choose one."
        )
    if not max(1, len(kept)) <= size <= len(left):
        raise MethodError(f"{size} scenarios can't be chosen: {len(kept)} are given, and there are {len(left)} in all.")
    first = _spread(apart, sorted(kept), sorted(left), size)
    return _improved(apart, frozenset(kept), sorted(left), first, cancelled or (lambda: False))


def _rows(given: Iterable[int], n: int) -> set[int]:
    rows = set(given)
    for row in sorted(rows):
        if not 0 <= row < n:
            raise MethodError(f"There is no scenario {row}; they are numbered from 0 to {n - 1}.")
    return rows


def _nearest(apart: Distances, chosen: Sequence[int]) -> float | None:
    if len(chosen) < 2:
        return None
    between = apart[np.ix_(chosen, chosen)][np.triu_indices(len(chosen), 1)]
    least: float = between.min().item()
    return least


def _spread(apart: Distances, kept: list[int], left: list[int], size: int) -> list[int]:
    """Return a good set to begin with: always the one next that is farthest from those chosen."""
    chosen = kept or [left[int(apart[np.ix_(left, left)].max(axis=1).argmax())]]
    while len(chosen) < size:
        rest = [row for row in left if row not in chosen]
        chosen = [*chosen, rest[int(apart[np.ix_(rest, chosen)].min(axis=1).argmax())]]
    return sorted(chosen)


class _Cancelled(Exception):
    """The search was asked to stop."""


def _improved(
    apart: Distances, kept: frozenset[int], left: list[int], chosen: list[int], cancelled: Callable[[], bool]
) -> DiverseSet:
    """Ask for a set that is farther apart until there is none."""
    slack = 0.0 if apart.dtype.kind == "i" else ROUNDING * float(apart.max(initial=0))
    better: list[int] | None = chosen
    try:
        while better is not None:
            chosen, best = better, _nearest(apart, better)
            better = None if best is None else _set_above(apart > best + slack, kept, left, len(chosen), cancelled)
    except _Cancelled:
        return DiverseSet(tuple(chosen), best, complete=False)
    return DiverseSet(tuple(chosen), best, complete=True)


def _set_above(
    far: NDArray[np.bool_], kept: frozenset[int], left: list[int], size: int, cancelled: Callable[[], bool]
) -> list[int] | None:
    """Return a set of so many rows with every two of them far apart, None where there is none.

    Sets of rows are whole numbers, a bit for each row.
    """
    beside = {row: _bits(far[row]) & ~(1 << row) for row in left}
    open_ = sum(1 << row for row in left if row not in kept)
    for row in kept:
        if any(not far[row, other] for other in kept if other != row):
            return None
        open_ &= beside[row]
    found = next(_cliques(beside, open_, size - len(kept), cancelled), None)
    return None if found is None else sorted((*kept, *found))


def _bits(flags: NDArray[np.bool_]) -> int:
    return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")


def _cliques(beside: dict[int, int], open_: int, size: int, cancelled: Callable[[], bool]) -> Iterator[tuple[int, ...]]:
    """Give sets of so many open rows, each beside every other.

    :source: Tomita and Seki (2003), An efficient branch-and-bound algorithm for finding a maximum clique, LNCS 2731
    """
    if not size:
        yield ()
        return
    if cancelled():
        raise _Cancelled
    for row in _worth_a_try(beside, open_, size):
        yield from ((row, *rest) for rest in _cliques(beside, open_ & beside[row], size - 1, cancelled))
        open_ &= ~(1 << row)


def _worth_a_try(beside: dict[int, int], open_: int, size: int) -> list[int]:
    """Return the rows of which every set of so many has one: those outside the first `size` − 1 groups.

    No two rows of a group are beside each other, so that a set has at most one of each.
    """
    for _group in range(size - 1):
        group = open_
        while group:
            bit = group & -group
            open_ ^= bit
            group &= ~(beside[bit.bit_length() - 1] | bit)
    rows = []
    while open_:
        bit = open_ & -open_
        rows.append(bit.bit_length() - 1)
        open_ ^= bit
    return rows
