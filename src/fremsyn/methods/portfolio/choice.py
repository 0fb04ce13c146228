"""What there is to choose among: options with values and costs, a budget and rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fremsyn.methods.errors import MethodError

Numbers = NDArray[np.integer | np.floating]  # int64 where all are whole, else float64
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Pairs = Iterable[tuple[int, int]]

ROUNDING = 1e-9  # of the largest sum: what two sums of fractions may differ by and still be equal


@dataclass(frozen=True, eq=False)
class Problem:
    """Options to choose among; made by `problem`.

    `value` is (options, scenarios), `cost` (options,). Option i needs j for every (i, j) in `requires`; i and j
    never go together for (i, j) in `excludes`; at least one option of each of `groups` is chosen. Two with the same
    content are equal, so that what was proven of one is known of the other.
    """

    value: Numbers
    cost: Numbers
    budget: float
    requires: tuple[tuple[int, int], ...]
    excludes: tuple[tuple[int, int], ...]
    groups: tuple[tuple[int, ...], ...]

    @cached_property
    def _content(self) -> tuple[object, ...]:
        tables = [(each.dtype.str, each.shape, each.tobytes()) for each in (self.value, self.cost)]
        return (*tables, self.budget, self.requires, self.excludes, self.groups)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Problem) and self._content == other._content

    def __hash__(self) -> int:
        return hash(self._content)


def problem(
    value: ArrayLike,
    cost: ArrayLike,
    budget: float,
    *,
    requires: Pairs = (),
    excludes: Pairs = (),
    groups: Iterable[Sequence[int]] = (),
) -> Problem:
    """Check and copy a choice among options.

    :param value: (options, scenarios); any one unit, higher is better; a portfolio's value is the sum
    :param cost: (options,); any one unit, at least 0
    :param budget: in the unit of `cost`, at least 0
    :param requires: (i, j): whoever chooses option i chooses j too; options are numbered from 0
    :param excludes: (i, j): never both
    :param groups: at least one option of each is chosen
    :raises MethodError: for tables that don't fit, numbers that aren't finite, or options that aren't there
    :source: Liesiö, Mild and Salo (2007), European Journal of Operational Research 181(3), 1488-1505
    """
    worth, price = numbers(value, "values"), numbers(cost, "costs")
    if worth.ndim != 2 or not worth.size:
        raise MethodError("The values must be a table with a row for each option and a column for each scenario.")
    if price.shape != worth.shape[:1] or price.min() < 0:
        raise MethodError(f"There must be {len(worth)} costs, one for each option, none below 0.")
    if not budget >= 0:
        raise MethodError("The budget must be 0 or more.")
    needs, clashes = (tuple((int(i), int(j)) for i, j in pairs) for pairs in (requires, excludes))
    teams = tuple(tuple(int(i) for i in group) for group in groups)
    for i in [i for named in (*needs, *clashes, *teams) for i in named]:
        if not 0 <= i < len(worth):
            raise MethodError(f"There is no option {i}; they are numbered from 0 to {len(worth) - 1}.")
    if not all(teams):
        raise MethodError("A group without options can't be covered; give it options or leave it out.")
    return Problem(worth, price, float(budget), needs, clashes, teams)


def fits(problem: Problem, portfolios: ArrayLike) -> Flags:
    """Say which portfolios keep the budget and every rule.

    :param portfolios: (n, options) flags
    :returns: (n,) flags
    """
    chosen = flags(problem, portfolios)
    good: Flags = chosen @ problem.cost <= ceiling(problem)
    for i, j in problem.requires:
        good &= chosen[:, j] | ~chosen[:, i]
    for i, j in problem.excludes:
        good &= ~(chosen[:, i] & chosen[:, j])
    for group in problem.groups:
        good &= chosen[:, group].any(axis=1)
    return good


def numbers(given: ArrayLike, what: str) -> Numbers:
    """Check and copy a table; whole numbers are kept whole."""
    table = np.array(given, np.float64)
    if not np.isfinite(table).all():
        raise MethodError(f"The {what} must be finite numbers.")
    kept: Numbers = table
    if (table == np.rint(table)).all() and np.abs(table).sum() < 1 << 53:
        kept = table.astype(np.int64)
    kept.setflags(write=False)
    return kept


def flags(problem: Problem, portfolios: ArrayLike) -> Flags:
    """Check and copy rows of flags, one flag for each option."""
    chosen = np.array(portfolios, np.bool_)
    if chosen.ndim != 2 or chosen.shape[1] != len(problem.value):
        raise MethodError(f"Portfolios are rows of {len(problem.value)} flags, one for each option.")
    return chosen


def ceiling(problem: Problem) -> float:
    """Return the budget, and what a sum of fractions may be off by."""
    return problem.budget + rounding(problem.cost)


def rounding(numbers: Numbers) -> float:
    """Return the difference below which two sums are equal: 0 for whole numbers."""
    return 0.0 if numbers.dtype.kind == "i" else ROUNDING * float(np.abs(numbers).sum())


def in_order(portfolios: Flags) -> Flags:
    """Sort portfolios; those with the first options come first. What comes back is not to be written in."""
    ordered = portfolios[np.lexsort(~portfolios.T[::-1])]
    ordered.setflags(write=False)
    return ordered
