"""MICMAC: which variables drive a system and which are driven, directly and by way of others."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fremsyn.methods.errors import MethodError

Whole = NDArray[np.object_]  # Python's own whole numbers, so that no power is too large
Quadrant = Literal["influential", "relay", "dependent", "excluded"]
Outcome = Literal["stable", "cycle", "dies out", "unsettled"]

STRONGEST = 3
ORDERS = 100  # powers that are looked at before it is said how the ranks end
MOST_VARIABLES = 200


@dataclass(frozen=True)
class Standing:
    """What each variable gives and receives, its ranks (1 is most; equals share one), and its quadrant."""

    influence: tuple[int, ...]
    dependence: tuple[int, ...]
    influence_rank: tuple[int, ...]
    dependence_rank: tuple[int, ...]
    quadrant: tuple[Quadrant, ...]


@dataclass(frozen=True)
class Structure:
    """A system, directly and by way of others.

    `order` is the power of the matrix that `indirect` was read at. `outcome` says how the ranks go on: "stable" from
    there, in a "cycle" of `period` from there, the influences "die out" after it as no longer path is left, or the
    ranks are "unsettled" within the powers looked at. `influence_shift` and `dependence_shift` are the ranks that a
    variable climbs (+) or falls (−) from direct to indirect.
    """

    direct: Standing
    indirect: Standing
    order: int
    outcome: Outcome
    period: int
    influence_shift: tuple[int, ...]
    dependence_shift: tuple[int, ...]


@dataclass(frozen=True)
class Micmac:
    """The system as it is, and with its potential influences as well; None where there are none."""

    actual: Structure
    potential: Structure | None


def micmac(
    direct: ArrayLike, potential: ArrayLike | None = None, *, order: int | None = None, weight: int = STRONGEST
) -> Micmac:
    """Find the direct and indirect influence and dependence of each variable.

    :param direct: (n, n) whole numbers 0…3 (none, weak, medium, strong); rows act on columns, the diagonal is 0
    :param potential: (n, n) flags of influences that don't act yet but may; `direct` is 0 there
    :param order: the power to read indirect influence at, from 1; the first from which the ranks are stable if not given
    :param weight: what a potential influence counts as once it acts, 1…3
    :raises MethodError: for another shape, other numbers, something on the diagonal, or an order or weight out of range
    :source: Duperrin and Godet (1973), Méthode de hiérarchisation des éléments d'un système, rapport économique du CEA; Godet (1994),
        From Anticipation to Action, UNESCO, ch. 4
    """
    table = _matrix(direct)
    if order is not None and not 1 <= order <= ORDERS:
        raise MethodError(f"The order must be from 1 to {ORDERS}.")
    if not 1 <= weight <= STRONGEST:
        raise MethodError(f"A potential influence counts from 1 to {STRONGEST}.")
    if potential is None or not np.any(potential):
        return Micmac(_structure(table, order), None)
    flags = np.array(potential)
    if flags.shape != table.shape or flags.dtype != np.bool_:
        raise MethodError(f"The potential influences must be flags of shape {table.shape}.")
    if (flags & ((table != 0) | np.eye(len(table), dtype=np.bool_))).any():
        raise MethodError("A potential influence stands where there is an influence already, or on the diagonal.")
    return Micmac(_structure(table, order), _structure(np.where(flags, weight, table).astype(object), order))


def paths(direct: ArrayLike, order: int) -> Whole:
    """Return the matrix to the power of `order`: how many paths of that length, each by the product of its influences.

    :param direct: (n, n) as in `micmac`
    :returns: (n, n) exact whole numbers
    :raises MethodError: as `micmac`

    >>> paths([[0, 1, 0], [0, 0, 2], [3, 0, 0]], 2).tolist()
    [[0, 0, 2], [6, 0, 0], [0, 3, 0]]
    """
    table = _matrix(direct)
    if not 1 <= order <= ORDERS:
        raise MethodError(f"The order must be from 1 to {ORDERS}.")
    power: Whole = np.linalg.matrix_power(table, order)
    return power


def ranks(amounts: Sequence[int]) -> tuple[int, ...]:
    """Return each amount's rank: 1 for the largest, equals the same, the next after them all.

    >>> ranks([5, 9, 5, 0])
    (2, 1, 2, 4)
    """
    ordered = sorted(amounts, reverse=True)
    return tuple(ordered.index(amount) + 1 for amount in amounts)


def quadrants(influence: Sequence[int], dependence: Sequence[int]) -> tuple[Quadrant, ...]:
    """Return where each variable stands: above the mean of influence or not, above the mean of dependence or not.

    :source: Godet (1994), ch. 4: influential (determinant), relay (stake), dependent (result), excluded (autonomous)

    >>> quadrants([4, 4, 0, 0], [0, 4, 4, 0])
    ('influential', 'relay', 'dependent', 'excluded')
    """
    names: dict[tuple[bool, bool], Quadrant] = {
        (True, False): "influential",
        (True, True): "relay",
        (False, True): "dependent",
        (False, False): "excluded",
    }
    means = [Fraction(sum(amounts), len(amounts)) for amounts in (influence, dependence)]
    return tuple(names[one > means[0], other > means[1]] for one, other in zip(influence, dependence, strict=True))


def _matrix(direct: ArrayLike) -> Whole:
    given = np.array(direct)
    if given.ndim != 2 or given.shape[0] != given.shape[1] or not 1 <= len(given) <= MOST_VARIABLES:
        raise MethodError(
            f"The influences must be a square table of 1 to {MOST_VARIABLES} variables, not {given.shape}."
        )
    if given.dtype.kind not in "iub" or given.min() < 0 or given.max() > STRONGEST:
        raise MethodError(f"Each influence must be a whole number from 0 to {STRONGEST}.")
    if given.diagonal().any():
        at = int(np.flatnonzero(given.diagonal())[0])
        raise MethodError(f"Variable {at} acts on itself; write 0 on the diagonal.")
    return given.astype(np.int64).astype(object)


def _structure(table: Whole, order: int | None) -> Structure:
    sums = _sums(table)
    found, outcome, period = _ending([(ranks(one), ranks(other)) for one, other in sums], len(sums))
    read, nothing = order or found, ([0] * len(table),) * 2
    direct, indirect = _standing(*sums[0]), _standing(*(sums[read - 1] if read <= len(sums) else nothing))
    return Structure(
        direct=direct,
        indirect=indirect,
        order=read,
        outcome=outcome,
        period=period,
        influence_shift=_shift(direct.influence_rank, indirect.influence_rank),
        dependence_shift=_shift(direct.dependence_rank, indirect.dependence_rank),
    )


def _sums(table: Whole) -> list[tuple[list[int], list[int]]]:
    """Return row and column sums of each power, as far as something is left; a power's sums need no matrix."""
    rows, columns = (np.array([1] * len(table), object) for _ in range(2))
    sums: list[tuple[list[int], list[int]]] = []
    for _ in range(ORDERS):
        rows, columns = table.dot(rows), columns.dot(table)
        if sums and not any(rows):
            break
        sums.append((rows.tolist(), columns.tolist()))
    return sums


def _ending(places: Sequence[Any], last: int) -> tuple[int, Outcome, int]:
    """Return the order to read at, how the ranks go on from there, and the period."""
    if last < ORDERS:
        return last, "dies out", 0
    for period in range(1, ORDERS // 4 + 1):
        start = _repeats_from(places, period)
        if start <= ORDERS // 2:
            return max(start, 2), "stable" if period == 1 else "cycle", period
    return ORDERS, "unsettled", 0


def _repeats_from(places: Sequence[Any], period: int) -> int:
    """Return the first order from which all ranks are those of `period` orders later, to the end."""
    start = len(places) - period
    while start and places[start - 1] == places[start - 1 + period]:
        start -= 1
    return start + 1


def _standing(influence: list[int], dependence: list[int]) -> Standing:
    return Standing(
        influence=tuple(influence),
        dependence=tuple(dependence),
        influence_rank=ranks(influence),
        dependence_rank=ranks(dependence),
        quadrant=quadrants(influence, dependence),
    )


def _shift(before: tuple[int, ...], after: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(one - other for one, other in zip(before, after, strict=True))
