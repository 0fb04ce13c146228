"""Every consistent scenario of a case's judgements, and why each of them hangs together."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from fremsyn.cases.shape import Number
from fremsyn.methods import cib
from fremsyn.scenarios.handover import HandOver
from fremsyn.scenarios.schema import CrossImpact, Driver


@dataclass(frozen=True)
class Consistent:
    """A consistent scenario: the C that names it, if any, a variant of each driver, its strength and its weakest lead."""

    ref: str | None
    variants: tuple[str, ...]
    score: Number
    margin: Number


@dataclass(frozen=True)
class Space:
    """All consistent scenarios, strongest first. Their number is no probability."""

    configurations: int
    complete: bool
    nodes: int
    found: tuple[Consistent, ...]

    def occurrences(self, variant: str) -> int:
        """Return in how many of the scenarios a variant stands."""
        return sum(variant in each.variants for each in self.found)


@dataclass(frozen=True)
class StateBalance:
    """A driver's chosen variant in a scenario, its strongest rival, and what the chosen one leads or lacks by."""

    driver: str
    variant: str
    balance: Number
    best_alternative: str | None
    best_balance: Number
    margin: Number
    resistance: Number


@dataclass(frozen=True)
class Weighed:
    """A scenario held against the judgements, driver by driver."""

    states: tuple[StateBalance, ...]
    score: Number
    consistent: bool

    @property
    def resists(self) -> dict[str, Number]:
        """Return by how much each driver resists, where it does."""
        return {each.driver: each.resistance for each in self.states if each.resistance}


@dataclass(frozen=True)
class Contribution:
    """What a driver's state gives a chosen variant and its rival; above 0 speaks for the chosen one."""

    driver: str
    variant: str
    to_chosen: Number
    to_rival: Number
    difference: Number


@dataclass(frozen=True)
class Judgements:
    """A case's matrix, with references on its rows and columns."""

    drivers: tuple[Driver, ...]
    cross_impact: CrossImpact

    @classmethod
    def of(cls, handover: HandOver) -> "Judgements":
        """Take drivers and matrix from the hand-over; the drivers in the matrix's order."""
        by_key = {driver.key: driver for driver in handover.scenarios.drivers}
        return cls(tuple(by_key[key] for key in handover.cross_impact.order), handover.cross_impact)

    @cached_property
    def matrix(self) -> cib.Matrix:
        """Return the matrix as the method takes it."""
        sizes = [len(driver.variants) for driver in self.drivers]
        starts = dict(zip((d.key for d in self.drivers), np.cumsum([0, *sizes]).tolist(), strict=False))
        size = dict(zip((d.key for d in self.drivers), sizes, strict=True))
        whole = all(isinstance(x, int) for s in self.cross_impact.sections for row in s.rows.values() for x in row)
        table: NDArray[np.int64] | NDArray[np.float64] = np.zeros((sum(sizes),) * 2, np.int64 if whole else np.float64)
        for section in self.cross_impact.sections:
            rows = [section.rows[key] for key in self.cross_impact.columns[section.source]]
            down, across = starts[section.source], starts[section.target]
            table[down : down + size[section.source], across : across + size[section.target]] = rows
        return cib.matrix(sizes, table)

    def numbered(self, variants: Sequence[str]) -> list[int]:
        """Return a scenario's variants as numbers within their drivers, in the matrix's order."""
        chosen = set(variants)
        return [next(i for i, v in enumerate(driver.variants) if v.ref in chosen) for driver in self.drivers]

    def weigh(self, variants: Sequence[str]) -> Weighed:
        """Return what the judgements say of a scenario that holds one variant of every driver."""
        numbers = self.numbered(variants)
        balance = cib.balances(self.matrix, numbers)
        states = tuple(
            StateBalance(
                driver=driver.ref,
                variant=driver.variants[number].ref,
                balance=balance.chosen[i].item(),
                best_alternative=driver.variants[rival].ref if (rival := int(balance.best_alternative[i])) >= 0 else None,
                best_balance=balance.best_balance[i].item(),
                margin=balance.margin[i].item(),
                resistance=balance.resistance[i].item(),
            )
            for i, (driver, number) in enumerate(zip(self.drivers, numbers, strict=True))
        )
        return Weighed(states, _whole(balance.score), balance.consistent)

    def explain(self, variants: Sequence[str], driver: str) -> tuple[Contribution, ...]:
        """Return what each driver's state gives to the chosen variant of `driver` and to its rival; zeros left out."""
        numbers = self.numbered(variants)
        at = next(i for i, each in enumerate(self.drivers) if each.ref == driver)
        why = cib.explain(self.matrix, numbers, at)
        return tuple(
            Contribution(
                driver=each.ref,
                variant=each.variants[numbers[i]].ref,
                to_chosen=why.to_chosen[i].item(),
                to_rival=why.to_rival[i].item(),
                difference=why.difference[i].item(),
            )
            for i, each in enumerate(self.drivers)
            if why.to_chosen[i] or why.to_rival[i]
        )


def space(handover: HandOver) -> Space:
    """Return all consistent scenarios, each with the C that has the same variants."""
    judged = Judgements.of(handover)
    search = cib.search(judged.matrix)
    named = {frozenset(each.variants): each.ref for each in handover.scenarios.scenarios}
    found = []
    for row in search.scenarios.tolist():
        balance = cib.balances(judged.matrix, row)
        variants = tuple(driver.variants[i].ref for driver, i in zip(judged.drivers, row, strict=True))
        found.append(
            Consistent(named.get(frozenset(variants)), variants, _whole(balance.score), _whole(balance.smallest_margin))
        )
    found.sort(key=lambda each: (-each.score, each.variants))
    return Space(search.configurations, search.complete, search.nodes, tuple(found))


def distance(one: Sequence[str], other: Sequence[str]) -> int:
    """Return in how many drivers two scenarios differ."""
    return len(set(one) - set(other))


def _whole(number: float) -> Number:
    return int(number) if float(number).is_integer() else float(number)
