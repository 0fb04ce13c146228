"""The working set held against the space: how far apart its scenarios lie, which states they cover, what could be better."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from fremsyn.methods.diverse import DiverseSet, diverse_set
from fremsyn.scenarios.queries import Ground
from fremsyn.scenarios.schema import Driver, Scenario, Variant

Whole = NDArray[np.int64]

MOST_COMPARED = 6_000  # the distances of every two of them take a hundred megabytes at most
SECONDS = 4.0  # the longest that one waits for a proposal


@dataclass(frozen=True)
class Member:
    """A scenario of a set: its number among the consistent ones (0: not consistent), and its name if it has one."""

    number: int
    variants: tuple[str, ...]
    scenario: Scenario | None


@dataclass(frozen=True)
class Spread:
    """How a set spans the space.

    `least` and `mean` are in how many drivers two of it differ, the two nearest and on the average, by weight; None for
    fewer than two. `missing` are the states that stand in some consistent scenario and in none of the set; `covered` of
    `possible` states stand in both.
    """

    members: tuple[Member, ...]
    least: float | None
    mean: float | None
    covered: int
    possible: int
    missing: tuple[tuple[Driver, tuple[Variant, ...]], ...]


@dataclass(frozen=True)
class Proposal:
    """A set that is as far apart as can be; `complete` says that none is better, `compared` among how many."""

    spread: Spread
    complete: bool
    compared: int


def present(base: Ground, weights: Sequence[float]) -> Spread:
    """Return how the working set as it stands spans the space; those without a state of every driver are left out."""
    whole = [each for each in base.working if base.handover.judgements.holds(each.variants)]
    return spread(
        base, [Member(base.number.get(frozenset(each.variants), 0), each.variants, each) for each in whole], weights
    )


def spread(base: Ground, members: Sequence[Member], weights: Sequence[float]) -> Spread:
    """Return how a set spans the space."""
    rows = [np.array(base.handover.judgements.numbered(each.variants)) for each in members]
    apart = [float(np.array(weights)[one != other].sum()) for one, other in combinations(rows, 2)]
    held = {ref for each in members for ref in each.variants}
    missing = []
    for driver in base.drivers:
        lacks = tuple(each for each in driver.variants if base.occurrences[each.ref] and each.ref not in held)
        missing += [(driver, lacks)] if lacks else []
    possible = [ref for ref, times in base.occurrences.items() if times]
    return Spread(
        tuple(members),
        min(apart, default=None),
        sum(apart) / len(apart) if apart else None,
        sum(ref in held for ref in possible),
        len(possible),
        tuple(missing),
    )


def propose(
    base: Ground, size: int, weights: Sequence[float], must: Collection[int], must_not: Collection[int]
) -> Proposal:
    """Choose so many consistent scenarios that the two nearest to each other are as far apart as can be.

    :param must, must_not: numbers, from one, of those to have and to leave out
    :raises MethodError: for a size that can't be had
    """
    rows = sorted({*range(min(len(base.rows), MOST_COMPARED)), *(number - 1 for number in must)})
    place = {row: at for at, row in enumerate(rows)}
    found = _chosen(
        base.rows[rows].tobytes(), len(base.drivers), size, tuple(weights),
        frozenset(place[number - 1] for number in must),
        frozenset(place[number - 1] for number in must_not if number - 1 in place),
    )  # fmt: skip
    members = []
    for at in found.chosen:
        each = base.space.found[rows[at]]
        members.append(Member(rows[at] + 1, each.variants, base.scenario[each.ref] if each.ref else None))
    return Proposal(spread(base, members, weights), found.complete, len(rows))


@lru_cache(maxsize=32)
def _chosen(
    rows: bytes, drivers: int, size: int, weights: tuple[float, ...], must: frozenset[int], must_not: frozenset[int]
) -> DiverseSet:
    table = np.frombuffer(rows, np.int64).reshape(-1, drivers)
    until = monotonic() + SECONDS
    return diverse_set(
        table, size, weights=weights, must=must, must_not=must_not, cancelled=lambda: monotonic() > until
    )
