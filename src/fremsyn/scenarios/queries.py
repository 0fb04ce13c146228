"""What the phase's pages read: drivers and states by reference, the judged sections, every consistent scenario."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from django.utils.functional import cached_property
from numpy.typing import NDArray

from fremsyn.cases.models import Case
from fremsyn.cases.remembered import remembered
from fremsyn.cases.shape import Number, Text
from fremsyn.methods.deciding import Deciding, deciding
from fremsyn.methods.plane import Plane, plane
from fremsyn.scenarios.analysis import Consistent, Space, space
from fremsyn.scenarios.handover import HandOver, load
from fremsyn.scenarios.handover.judgements import Contribution, StateBalance, Weighed, filled
from fremsyn.scenarios.schema import Driver, Scenario, Variant


@dataclass(frozen=True)
class Judged:
    """A section as it is read: what each state of the source does to each state of the target, and why.

    `number` is its place in the file, from one; `strength` the largest judgement in it, whatever its sign.
    """

    number: int
    source: Driver
    target: Driver
    reason: Text | None
    rows: tuple[tuple[Variant, tuple[Number, ...]], ...]

    @property
    def anchor(self) -> str:
        """Return the id under which it stands on the matrix' page."""
        return f"{self.source.ref}-{self.target.ref}"

    @property
    def part(self) -> str:
        """Return the id under which it stands on the phase's page."""
        return f"part-sections-{self.number}"

    @property
    def strength(self) -> Number:
        """Return the largest judgement of the section, without its sign."""
        return max((abs(value) for _variant, values in self.rows for value in values), default=0)


@dataclass(frozen=True)
class Effect:
    """What one state does to another: a judgement, with its reason."""

    section: Judged
    driver: Driver
    variant: Variant
    value: Number


@dataclass(frozen=True)
class Ground:
    """A case's drivers in the order of the matrix, its judgements, and the futures that hang together."""

    handover: HandOver
    space: Space

    @property
    def drivers(self) -> tuple[Driver, ...]:
        """Return the drivers in the order of the matrix."""
        return self.handover.judgements.drivers

    @cached_property
    def driver(self) -> Mapping[str, Driver]:
        """Return the drivers by reference."""
        return {each.ref: each for each in self.drivers}

    @cached_property
    def variant(self) -> Mapping[str, Variant]:
        """Return the states by reference."""
        return {variant.ref: variant for each in self.drivers for variant in each.variants}

    @cached_property
    def driver_of(self) -> Mapping[str, Driver]:
        """Return each state's driver, by the state's reference."""
        return {variant.ref: each for each in self.drivers for variant in each.variants}

    @cached_property
    def scenario(self) -> Mapping[str, Scenario]:
        """Return the scenarios that have a name, by reference."""
        return {each.ref: each for each in self.handover.scenarios.scenarios}

    @cached_property
    def working(self) -> tuple[Scenario, ...]:
        """Return the working set."""
        return tuple(each for each in self.scenario.values() if each.use == "working")

    @cached_property
    def number(self) -> Mapping[frozenset[str], int]:
        """Return the number of each consistent scenario, from one, by its states."""
        return {frozenset(each.variants): i for i, each in enumerate(self.space.found, 1)}

    @cached_property
    def sections(self) -> tuple[Judged, ...]:
        """Return every judged section, in the order of the file."""
        return tuple(
            Judged(
                number,
                source,
                target,
                section.reason,
                tuple(zip(source.variants, filled(section, source, target), strict=True)),
            )
            for number, (section, source, target) in enumerate(self.handover.judgements.sections, 1)
        )

    @cached_property
    def section(self) -> Mapping[tuple[str, str], Judged]:
        """Return the judged sections by the references of their source and target."""
        return {(each.source.ref, each.target.ref): each for each in self.sections}

    @cached_property
    def occurrences(self) -> Mapping[str, int]:
        """Return in how many of the consistent scenarios each state stands."""
        return {
            variant.ref: int(times)
            for driver, column in zip(self.drivers, self.rows.T, strict=True)
            for variant, times in zip(
                driver.variants, np.bincount(column, minlength=len(driver.variants)).tolist(), strict=True
            )
        }

    @cached_property
    def rows(self) -> NDArray[np.int64]:
        """Return the consistent scenarios as (n, drivers): the number of each driver's state, from 0."""
        return np.array([each.row for each in self.space.found], np.int64).reshape(-1, len(self.drivers))

    @cached_property
    def plane(self) -> Plane:
        """Return the consistent scenarios as places in a plane; there must be a driver."""
        return plane(self.rows)

    @cached_property
    def deciding(self) -> Deciding:
        """Return what each driver does across the consistent scenarios; there must be a driver."""
        return deciding(self.rows, [len(each.variants) for each in self.drivers])

    def state(self, variants: tuple[str, ...], driver: Driver) -> Variant:
        """Return the state that a driver has in a scenario."""
        return next(each for each in driver.variants if each.ref in variants)

    def acts_on(self, ref: str) -> tuple[Effect, ...]:
        """Return what a state does to others, strongest first; no effect is left out."""
        found = [
            Effect(section, section.target, variant, value)
            for section in self.sections
            if section.source.ref == self.driver_of[ref].ref
            for source, values in section.rows
            if source.ref == ref
            for variant, value in zip(section.target.variants, values, strict=True)
            if value
        ]
        return tuple(sorted(found, key=lambda each: -abs(each.value)))

    def acted_on_by(self, ref: str) -> tuple[Effect, ...]:
        """Return what others do to a state, strongest first; no effect is left out."""
        home = self.driver_of[ref]
        at = [each.ref for each in home.variants].index(ref)
        found = [
            Effect(section, section.source, variant, values[at])
            for section in self.sections
            if section.target.ref == home.ref
            for variant, values in section.rows
            if values[at]
        ]
        return tuple(sorted(found, key=lambda each: -abs(each.value)))


@remembered
def ground(case: Case) -> Ground:
    """Return the phase's content with every consistent scenario of it."""
    handover = load(case)
    return Ground(handover, space(handover))


@dataclass(frozen=True)
class Reason:
    """Why a driver has its state in a scenario: what speaks for it and against it, strongest first."""

    driver: Driver
    state: StateBalance
    speaks_for: tuple[Contribution, ...]
    speaks_against: tuple[Contribution, ...]

    @property
    def even(self) -> bool:
        """Return whether another state is just as strong."""
        return self.state.best_alternative is not None and self.state.margin == 0


def reasons(base: Ground, variants: tuple[str, ...], weighed: Weighed) -> tuple[Reason, ...]:
    """Return for each driver why it has its state in a scenario."""
    found = []
    for state in weighed.states:
        given = base.handover.judgements.explain(variants, state.driver)
        found.append(
            Reason(
                base.driver[state.driver],
                state,
                tuple(sorted((g for g in given if g.difference > 0), key=lambda g: -g.difference)),
                tuple(sorted((g for g in given if g.difference < 0), key=lambda g: g.difference)),
            )
        )
    return tuple(found)


def neighbours(base: Ground, number: int, most: int) -> tuple[tuple[int, int, Consistent], ...]:
    """Return the consistent scenarios that are nearest to one, by its number: how far, its number, itself."""
    apart = (base.rows != base.rows[number - 1]).sum(axis=1)
    nearest = [at for at in np.argsort(apart, kind="stable")[: most + 1].tolist() if at != number - 1]
    return tuple((int(apart[at]), at + 1, base.space.found[at]) for at in nearest[:most])
