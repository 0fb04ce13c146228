"""What if: some states are chosen; which of the consistent scenarios remain, and what is then still open."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import cached_property

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
        return self._with(self.held)

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        """Return every driver with its states."""
        return tuple(
            Choice(
                driver,
                tuple(
                    Open(
                        variant,
                        len(self._with({**self.held, driver.ref: variant.ref})),
                        self.held.get(driver.ref) == variant.ref,
                    )
                    for variant in driver.variants
                ),
            )
            for driver in self.base.drivers
        )

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
        common = frozenset.intersection(*(frozenset(each.variants) for _number, each in self.remaining))
        return tuple(
            (driver, variant)
            for driver in self.base.drivers
            if driver.ref not in self.held
            for variant in driver.variants
            if variant.ref in common
        )

    @cached_property
    def counts(self) -> tuple[tuple[Driver, tuple[tuple[Variant, int, int], ...]], ...]:
        """Return for each state of each driver in how many it stands: of what remains, of all."""
        return tuple(
            (
                driver,
                tuple(
                    (
                        variant,
                        sum(variant.ref in each.variants for _number, each in self.remaining),
                        self.base.occurrences[variant.ref],
                    )
                    for variant in driver.variants
                ),
            )
            for driver in self.base.drivers
        )

    def _with(self, held: Mapping[str, str]) -> tuple[tuple[int, Consistent], ...]:
        wanted = set(held.values())
        working = {each.ref for each in self.base.working}
        return tuple(
            (number, each)
            for number, each in enumerate(self.base.space.found, 1)
            if wanted <= set(each.variants) and (not self.only_working or each.ref in working)
        )


def what_if(base: Ground, asked: Mapping[str, str]) -> WhatIf:
    """Read the choices from a query: a driver's reference with a state's, and `set=working`; the unknown is ignored."""
    held = {
        driver.ref: asked[driver.ref]
        for driver in base.drivers
        if any(asked.get(driver.ref) == variant.ref for variant in driver.variants)
    }
    return WhatIf(base, held, asked.get("set") == "working")
