"""Wind tunnel: what every option is worth in every scenario, and how far it depends on which one comes."""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fremsyn.methods.errors import MethodError

Table = NDArray[np.integer | np.floating]  # int64 where all are whole, else float64


class Reading(Enum):
    """How an option fares over the scenarios."""

    HELPS_IN_ALL = "helps_in_all"
    HARMS_IN_NONE = "harms_in_none"
    DEPENDS = "depends"
    HELPS_IN_NONE = "helps_in_none"


@dataclass(frozen=True, eq=False)
class WindTunnel:
    """The tested options, one row or entry each.

    `value` is (options, scenarios); `worst`, `best` and `spread` (best − worst) are in the same unit; `mean`
    weighs every scenario the same, which is a rule for sums and no probability.
    """

    value: Table
    worst: Table
    best: Table
    mean: NDArray[np.float64]
    spread: Table
    readings: tuple[Reading, ...]


def try_options(effect: ArrayLike, score: ArrayLike) -> WindTunnel:
    """Put options to the test of the scenarios: value = effect × score.

    :param effect: (options,); what the option achieves where it works, above 0, such as 1…5
    :param score: (options, scenarios); how it works in each scenario, such as −2…2; 0 is no difference
    :raises MethodError: unless the tables fit, are finite and every effect is above 0
    :source: van der Heijden (1996), Scenarios: The Art of Strategic Conversation

    >>> try_options([3], [[2, -1]]).value.tolist()
    [[6, -3]]
    """
    table = _finite_table(score)
    strength = np.array(effect, np.float64)
    if strength.shape != table.shape[:1] or not np.isfinite(strength).all() or strength.min() <= 0:
        raise MethodError(f"There must be {len(table)} effects, one for each option, all above 0.")
    value = _kept_whole(strength[:, None] * table)
    worst, best = value.min(axis=1), value.max(axis=1)
    readings = tuple(_read(row.min(), row.max()) for row in table)
    return WindTunnel(value, worst, best, value.mean(axis=1), best - worst, readings)


def regret(payoff: ArrayLike) -> Table:
    """Return what is lost in each scenario by having chosen this option and not the one best suited to it.

    :param payoff: (options, scenarios); any one unit, higher is better
    :returns: (options, scenarios); same unit, at least 0, with a 0 in every column
    :raises MethodError: unless `payoff` is a finite table with at least one cell
    :source: Savage (1951), The theory of statistical decision, JASA 46(253), 55-67

    >>> regret([[5, 0], [3, 3]]).tolist()
    [[0, 3], [2, 0]]
    """
    table = _kept_whole(_finite_table(payoff))
    lost: Table = table.max(axis=0) - table
    return lost


def _read(worst: float, best: float) -> Reading:
    if worst > 0:
        return Reading.HELPS_IN_ALL
    if best <= 0:
        return Reading.HELPS_IN_NONE
    return Reading.HARMS_IN_NONE if worst == 0 else Reading.DEPENDS


def _finite_table(given: ArrayLike) -> NDArray[np.float64]:
    table = np.array(given, np.float64)
    if table.ndim != 2 or not table.size or not np.isfinite(table).all():
        raise MethodError("A table of finite numbers is needed: a row for each option, a column for each scenario.")
    return table


def _kept_whole(table: NDArray[np.float64]) -> Table:
    whole = (table == np.rint(table)).all() and np.abs(table).max() < 1 << 53
    return table.astype(np.int64) if whole else table
