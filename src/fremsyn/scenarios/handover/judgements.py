"""A case's judgements as the method takes them, with references on rows and columns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.functional import cached_property
from numpy.typing import NDArray

from fremsyn.cases.shape import Number
from fremsyn.methods import cib
from fremsyn.scenarios.schema import CrossImpact, Driver, Scenarios, Section


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
    def of(cls, scenarios: Scenarios, cross_impact: CrossImpact) -> "Judgements":
        """Take the drivers in the order of the matrix, then those that have not found their place in it yet."""
        by_key = {driver.key: driver for driver in scenarios.drivers}
        keys = dict.fromkeys((*cross_impact.order, *by_key))
        return cls(tuple(by_key[key] for key in keys if key in by_key), cross_impact)

    @property
    def begun(self) -> bool:
        """Tell whether there is something to combine: drivers, each with a state."""
        return bool(self.drivers) and all(driver.variants for driver in self.drivers)

    def holds(self, variants: Sequence[str]) -> bool:
        """Tell whether a scenario holds one variant of every driver, and nothing else."""
        chosen = [sum(v.ref in variants for v in driver.variants) for driver in self.drivers]
        return self.begun and len(variants) == len(chosen) and all(count == 1 for count in chosen)

    @cached_property
    def sections(self) -> tuple[tuple[Section, Driver, Driver], ...]:
        """Return the judged sections between drivers that are there, with their source and target."""
        by_key = {driver.key: driver for driver in self.drivers}
        return tuple(
            (section, by_key[section.source], by_key[section.target])
            for section in self.cross_impact.sections
            if section.source in by_key and section.target in by_key
        )

    @cached_property
    def matrix(self) -> cib.Matrix:
        """Return the matrix as the method takes it."""
        sizes = [len(driver.variants) for driver in self.drivers]
        starts = dict(zip((d.key for d in self.drivers), np.cumsum([0, *sizes]).tolist(), strict=False))
        size = dict(zip((d.key for d in self.drivers), sizes, strict=True))
        whole = all(isinstance(x, int) for s in self.cross_impact.sections for row in s.rows.values() for x in row)
        table: NDArray[np.int64 | np.float64] = np.zeros((sum(sizes),) * 2, np.int64 if whole else np.float64)
        for section, source, target in self.sections:
            down, across = starts[source.key], starts[target.key]
            table[down : down + size[source.key], across : across + size[target.key]] = filled(section, source, target)
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
                best_alternative=driver.variants[rival].ref
                if (rival := int(balance.best_alternative[i])) >= 0
                else None,
                best_balance=balance.best_balance[i].item(),
                margin=balance.margin[i].item(),
                resistance=balance.resistance[i].item(),
            )
            for i, (driver, number) in enumerate(zip(self.drivers, numbers, strict=True))
        )
        return Weighed(states, whole_number(balance.score), balance.consistent)

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


def filled(section: Section, source: Driver, target: Driver) -> tuple[tuple[Number, ...], ...]:
    """Return a section's judgements, a row for each state of the source; what has not been judged is 0."""
    across = range(len(target.variants))
    rows = (section.rows.get(variant.key, ()) for variant in source.variants)
    return tuple(tuple(row[i] if i < len(row) else 0 for i in across) for row in rows)


def distance(one: Sequence[str], other: Sequence[str]) -> int:
    """Return in how many drivers two scenarios differ."""
    return len(set(one) - set(other))


def whole_number(number: float) -> Number:
    """Return a number as an integer where it is one."""
    return int(number) if float(number).is_integer() else float(number)
