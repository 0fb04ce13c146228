"""Lists of portfolios: all that fit, what they share, and which of them no other beats."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from fremsyn.methods.errors import MethodError
from fremsyn.methods.portfolio.choice import Flags, Floats, Problem, ceiling, in_order, numbers

BLOCK = 1 << 15  # partial portfolios expanded at a time
MOST_KEPT = 4  # lists that are remembered; one may hold millions


@dataclass(frozen=True, eq=False)
class Feasible:
    """Portfolios that fit, (n, options) flags; `complete` is True where all are listed."""

    portfolios: Flags
    complete: bool


@lru_cache(MOST_KEPT)
def feasible(problem: Problem, *, limit: int | None = None) -> Feasible:
    """List all portfolios that fit; none is an empty table.

    :param limit: the most to list; which ones is open, and `complete` is False where there are more
    :returns: (n, options) flags, portfolios with the first options first
    :raises MethodError: for a negative limit
    """
    if limit is not None and limit < 0:
        raise MethodError("The limit must be 0 or more.")
    n = len(problem.value)
    blocks = [(0, np.zeros((1, n), np.bool_))]
    done: list[Flags] = [np.zeros((0, n), np.bool_)]
    count = 0
    while blocks and (limit is None or count <= limit):
        decided, rows = blocks.pop()
        if decided == n:
            done.append(rows)
            count += len(rows)
            continue
        rows = np.repeat(rows, 2, axis=0)
        rows[1::2, decided] = True
        rows = rows[_still_possible(problem, rows, decided + 1)]
        blocks += [(decided + 1, rows[at : at + BLOCK]) for at in range(0, len(rows), BLOCK)]
    return Feasible(in_order(np.concatenate(done)[:limit]), limit is None or count <= limit)


def core_index(portfolios: ArrayLike) -> Floats:
    """Return the share of the portfolios that holds each option: 1 in all of them, 0 in none.

    :param portfolios: (n, options) flags, at least one portfolio
    :returns: (options,) between 0 and 1
    :raises MethodError: without portfolios
    :source: Liesiö, Mild and Salo (2007), European Journal of Operational Research 181(3), 1488-1505

    >>> core_index([[True, True], [True, False]]).tolist()
    [1.0, 0.5]
    """
    chosen = np.array(portfolios, np.bool_)
    if chosen.ndim != 2 or not chosen.size:
        raise MethodError("A core index needs at least one portfolio.")
    share: Floats = chosen.mean(axis=0)
    return share


def non_dominated(value: ArrayLike) -> Flags:
    """Say which portfolios no other beats: as good in every scenario and better in one.

    Only the columns given are compared; cost counts where it is given as a column of its own, with its sign
    turned. Equal rows don't beat each other: all of them stay.

    :param value: (n, scenarios); higher is better
    :returns: (n,) flags
    :raises MethodError: unless `value` is a finite table
    :source: Liesiö, Mild and Salo (2007), European Journal of Operational Research 181(3), 1488-1505

    >>> non_dominated([[3, 1], [1, 3], [1, 2]]).tolist()
    [True, True, False]
    """
    table = numbers(value, "values")
    if table.ndim != 2:
        raise MethodError("The values must be a table with a row for each portfolio and a column for each scenario.")
    distinct, which = np.unique(table, axis=0, return_inverse=True)
    # Whoever beats a row has a sum as high, and where rounding makes the sums equal it is later in np.unique's order.
    order = np.lexsort((-np.arange(len(distinct)), -distinct.sum(axis=1)))
    left, rows = order, distinct[order]
    keep = np.zeros(len(distinct), np.bool_)
    while len(left):
        keep[left[0]] = True
        unbeaten = (rows > rows[0]).any(axis=1)
        left, rows = left[unbeaten], rows[unbeaten]
    return keep[which.reshape(-1)]


def _still_possible(problem: Problem, rows: Flags, decided: int) -> Flags:
    """Judge partial portfolios by the budget and by the rules that the last decided option settles."""
    last = decided - 1
    good: Flags = rows @ problem.cost <= ceiling(problem)
    for i, j in problem.requires:
        if max(i, j) == last:
            good &= rows[:, j] | ~rows[:, i]
    for i, j in problem.excludes:
        if max(i, j) == last:
            good &= ~(rows[:, i] & rows[:, j])
    for group in problem.groups:
        if max(group) == last:
            good &= rows[:, group].any(axis=1)
    return good
