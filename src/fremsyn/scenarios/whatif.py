"""What if: some states are chosen; which of the consistent scenarios remain, and what is then still open."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from django.utils.functional import cached_property
from numpy.typing import NDArray

from fremsyn.scenarios.analysis import Consistent
from fremsyn.scenarios.queries import Ground
from fremsyn.scenarios.schema import Driver, Variant

FIRST = 4


@dataclass(frozen=True)
class Open:
    """A state that may be chosen, and how many of the scenarios would remain with it and the other choices."""

    variant: Variant
    remain: int
    chosen: bool


@dataclass(frozen=True)
class Choice:
    """A driver that may be held at a state."""

    driver: Driver
    states: tuple[Open, ...]

    @property
    def chosen(self) -> Variant | None:
        """Return the state it is held at, if it is."""
        return next((each.variant for each in self.states if each.chosen), None)


@dataclass(frozen=True)
class WhatIf:
    """The choices made and what remains, each scenario with its number in the whole list."""

    base: Ground
    held: Mapping[str, str]
    only_working: bool

    @cached_property
    def remaining(self) -> tuple[tuple[int, Consistent], ...]:
        """Return what remains."""
        found = self.base.space.found
        return tuple((int(at) + 1, found[at]) for at in np.flatnonzero(self._mask(self.held)))

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        """Return every driver with its states."""
        found = []
        for j, driver in enumerate(self.base.drivers):
            others = {ref: state for ref, state in self.held.items() if ref != driver.ref}
            remain = np.bincount(self.base.rows[self._mask(others), j], minlength=len(driver.variants)).tolist()
            states = (
                Open(variant, n, self.held.get(driver.ref) == variant.ref)
                for variant, n in zip(driver.variants, remain, strict=True)
            )
            found.append(Choice(driver, tuple(states)))
        return tuple(found)

    @property
    def first(self) -> tuple[Choice, ...]:
        """Return the choices that stand open: the most important and open drivers, and those that were chosen."""
        ranked = sorted(self.choices, key=lambda each: -each.driver.impact * each.driver.uncertainty)
        return tuple(each for each in self.choices if each in ranked[:FIRST] or each.chosen)

    @property
    def further(self) -> tuple[Choice, ...]:
        """Return the choices that stand folded."""
        return tuple(each for each in self.choices if each not in self.first)

    @property
    def anything(self) -> bool:
        """Return whether anything was chosen."""
        return bool(self.held or self.only_working)

    @cached_property
    def chosen(self) -> tuple[Variant, ...]:
        """Return the states that were chosen."""
        return tuple(self.base.variant[ref] for ref in self.held.values())

    @cached_property
    def settled(self) -> tuple[tuple[Driver, Variant], ...]:
        """Return the drivers, other than those chosen, that have one state in all that remains."""
        if not self.held or not self.remaining:
            return ()
        return tuple(
            (driver, variant)
            for driver, states in self.counts
            if driver.ref not in self.held
            for variant, n, _all in states
            if n == len(self.remaining)
        )

    @cached_property
    def counts(self) -> tuple[tuple[Driver, tuple[tuple[Variant, int, int], ...]], ...]:
        """Return for each state of each driver in how many it stands: of what remains, of all."""
        rows = self.base.rows[self._mask(self.held)]
        found = []
        for j, driver in enumerate(self.base.drivers):
            times = np.bincount(rows[:, j], minlength=len(driver.variants)).tolist()
            states = zip(driver.variants, times, strict=True)
            found.append((driver, tuple((each, n, self.base.occurrences[each.ref]) for each, n in states)))
        return tuple(found)

    def _mask(self, held: Mapping[str, str]) -> NDArray[np.bool_]:
        mask = np.ones(len(self.base.rows), np.bool_)
        for j, driver in enumerate(self.base.drivers):
            if driver.ref in held:
                mask &= self.base.rows[:, j] == [each.ref for each in driver.variants].index(held[driver.ref])
        if self.only_working:
            working = {each.ref for each in self.base.working}
            mask &= np.array([each.ref in working for each in self.base.space.found], np.bool_)
        return mask


def what_if(base: Ground, asked: Mapping[str, str]) -> WhatIf:
    """Read the choices from a query: a driver's reference with a state's, and `set=working`; the unknown is ignored."""
    held = {
        driver.ref: asked[driver.ref]
        for driver in base.drivers
        if any(asked.get(driver.ref) == variant.ref for variant in driver.variants)
    }
    return WhatIf(base, held, asked.get("set") == "working")
