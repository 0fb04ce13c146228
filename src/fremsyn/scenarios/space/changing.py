"""What would have to change: the judgement that a scenario hangs on, and those that a wished-for one would need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from fremsyn.cases.shape import Number
from fremsyn.methods import cib
from fremsyn.methods.errors import MethodError
from fremsyn.scenarios.handover.judgements import StateBalance
from fremsyn.scenarios.handover.partial import Nearest, nearest
from fremsyn.scenarios.queries import Ground
from fremsyn.scenarios.schema import Driver, Variant
from fremsyn.scenarios.words import said


@dataclass(frozen=True)
class Told:
    """A judgement to be given otherwise: of which state on which, from what to what, and where it stands."""

    source: Variant
    target: Variant
    given: Number
    wanted: Number
    anchor: str


@dataclass(frozen=True)
class Breaks:
    """The smallest change of one judgement that a scenario doesn't survive; none where `by` is 0."""

    by: Number
    changes: tuple[Told, ...]

    @property
    def judged(self) -> tuple[Told, ...]:
        """Return the changes of judgements that somebody gave."""
        return tuple(each for each in self.changes if each.anchor)

    @property
    def new(self) -> tuple[Told, ...]:
        """Return the changes that would be judgements where none is now."""
        return tuple(each for each in self.changes if not each.anchor)


@dataclass(frozen=True)
class Wished:
    """A wished-for combination held against the judgements.

    `number` is its place among the consistent ones, 0 where it isn't consistent. `changes` are the fewest judgements
    that would make it so; None where the scale doesn't allow it, or judgements have fractions. `resists` are the states
    that others pull away.
    """

    number: int
    changes: tuple[Told, ...] | None
    resists: tuple[StateBalance, ...]
    nearest: Nearest | None


def breaks(base: Ground, number: int) -> Breaks | None:
    """Return what breaks a consistent scenario, by its number; None where judgements have fractions."""
    try:
        found = cib.breaking(base.handover.judgements.matrix, base.rows[number - 1])
    except MethodError:
        return None
    return Breaks(found.by, _told(base, found.changes))


def wished(base: Ground, variants: Sequence[str]) -> Wished:
    """Hold a combination of one state of every driver against the judgements."""
    judged = base.handover.judgements
    weighed = judged.weigh(variants)
    number = base.number.get(frozenset(variants), 0)
    try:
        changes = cib.lacking(judged.matrix, judged.numbered(variants))
    except MethodError:
        changes = None
    return Wished(
        number,
        None if changes is None else _told(base, changes),
        tuple(each for each in weighed.states if each.resistance),
        None if number else nearest(judged, variants),
    )


def _told(base: Ground, changes: Sequence[cib.Change]) -> tuple[Told, ...]:
    states = [(driver, variant) for driver in base.drivers for variant in driver.variants]
    found = []
    for each in changes:
        (source, one), (target, other) = states[each.source], states[each.target]
        section = base.section.get((source.ref, target.ref))
        found.append(Told(one, other, each.given, each.wanted, section.anchor if section else ""))
    return tuple(found)


class WishForm(forms.Form):
    """A state of every driver."""

    def __init__(self, drivers: Sequence[Driver], data: Mapping[str, Any] | None, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial, auto_id="wish-%s")
        for driver in drivers:
            self.fields[driver.ref] = forms.ChoiceField(
                label=f"{driver.ref} {said(driver.name)}",
                choices=[("", _("choose a state")), *((each.ref, said(each.name)) for each in driver.variants)],
            )

    @property
    def variants(self) -> tuple[str, ...]:
        """Return the states that were chosen."""
        return tuple(self.cleaned_data.values())
