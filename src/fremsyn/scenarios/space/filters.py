"""Which of the consistent scenarios are asked for: by state, by how firmly they stand, in which order."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from numpy.typing import NDArray

from fremsyn.scenarios.queries import Ground
from fremsyn.scenarios.schema import Driver, Variant
from fremsyn.scenarios.space.people import People
from fremsyn.scenarios.space.standing import Standing
from fremsyn.scenarios.words import said

LARGEST = 1_000_000
LIMITS = {
    "max_value": gettext_lazy("Write at most %(limit_value)s."),
    "min_value": gettext_lazy("Write at least %(limit_value)s."),
}


def number(label: Any, least: int = -LARGEST, most: int = LARGEST) -> forms.DecimalField:
    """Return a field for the least that a measure may be; empty where it doesn't matter."""
    return forms.DecimalField(
        label=label, required=False, min_value=least, max_value=most, max_digits=12, error_messages=LIMITS
    )


MEASURED = ("strength", "lead", "holds", "people", "drawn")  # `people` only where several have judged


class SpaceForm(forms.Form):
    """What is asked of the space; everything may be left empty, and the fields of the drivers go by their reference."""

    strength = number(gettext_lazy("Strength, at least"))
    lead = number(gettext_lazy("Lead, at least"))
    holds = number(gettext_lazy("Holds in at least, per cent of the trials"), 0, 100)
    drawn = number(gettext_lazy("Per cent of the starts that end there, at least"), 0, 100)
    use = forms.ChoiceField(label=gettext_lazy("Use"), required=False)
    sort = forms.ChoiceField(label=gettext_lazy("Sort by"), required=False)

    def __init__(self, base: Ground, data: Mapping[str, Any], people: People | None = None) -> None:
        super().__init__(data, auto_id="ask-%s")
        self.base, self.people = base, people
        if people:
            self.fields["people"] = number(_("Holds for at least so many people"), 0, people.number)
        self.fields["use"] = forms.ChoiceField(label=_("Use"), required=False, choices=uses())
        self.fields["sort"] = forms.ChoiceField(label=_("Sort by"), required=False, choices=orders())
        for name in MEASURED:
            if name in self.fields:
                self.fields[name].widget.attrs |= {"step": "any"}
        for driver in base.drivers:
            self.fields[driver.ref] = forms.MultipleChoiceField(
                label=f"{driver.ref} {said(driver.name)}", required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(each.ref, said(each.name)) for each in driver.variants],
            )  # fmt: skip

    @property
    def of_drivers(self) -> list[forms.BoundField]:
        """Return the fields of the drivers."""
        return [self[driver.ref] for driver in self.base.drivers]

    @property
    def of_standing(self) -> list[forms.BoundField]:
        """Return the fields of how firmly scenarios stand, and the order."""
        names = (*MEASURED, "use", "sort")
        return [self[name] for name in names if name in self.fields]

    @property
    def chosen(self) -> tuple[tuple[Driver, tuple[Variant, ...]], ...]:
        """Return the drivers of which some states were chosen, with these."""
        given = self._sound
        chosen = (
            (driver, tuple(each for each in driver.variants if each.ref in given.get(driver.ref, ())))
            for driver in self.base.drivers
        )
        return tuple((driver, states) for driver, states in chosen if states)

    @property
    def _sound(self) -> Mapping[str, Any]:
        """Return what was understood, where something else was not."""
        self.is_valid()
        return self.cleaned_data

    @property
    def anything(self) -> bool:
        """Return whether anything narrows the list."""
        return any(value not in (None, "", []) for name, value in self._sound.items() if name != "sort")

    @property
    def only_states(self) -> bool:
        """Return whether nothing but states narrows the list."""
        return not any(self._sound.get(name) not in (None, "") for name in (*MEASURED, "use"))

    def remaining(self, standing: Standing) -> NDArray[np.int64]:
        """Return the numbers, from one, of the scenarios asked for, in the order asked for; the unsound is ignored."""
        order = np.flatnonzero(self._mask(standing))
        return order[np.argsort(-self._measure(standing)[order], kind="stable")] + 1

    def _mask(self, standing: Standing) -> NDArray[np.bool_]:
        base, given = self.base, self._sound
        mask = np.ones(len(base.rows), np.bool_)
        for driver, states in self.chosen:
            column = base.rows[:, base.drivers.index(driver)]
            mask &= np.isin(column, [driver.variants.index(each) for each in states])
        for name, values in self._measures(standing).items():
            if (least := given.get(name)) is not None:
                mask &= values >= float(_share(name, least)) - 1e-12
        if use := given.get("use"):
            mask &= np.array([_use(base, each.ref) == use for each in base.space.found], np.bool_)
        return mask

    def _measure(self, standing: Standing) -> NDArray[np.float64]:
        return self._measures(standing)[self._sound.get("sort") or "strength"]

    def _measures(self, standing: Standing) -> dict[str, NDArray[np.float64]]:
        found = self.base.space.found
        measures = {
            "strength": np.array([each.score for each in found], np.float64),
            "lead": np.array([each.margin for each in found], np.float64),
            "holds": standing.holds,
            "drawn": standing.drawn,
        }
        return measures | ({"people": self.people.held.astype(np.float64)} if self.people else {})


def uses() -> list[tuple[str, str]]:
    """Return the ways a scenario can be used, as choices."""
    return [
        ("", _("any")), ("working", _("in the working set")), ("reserve", _("in reserve")), ("none", _("not named"))
    ]  # fmt: skip


def orders() -> list[tuple[str, str]]:
    """Return the orders of the list, as choices; the highest comes first."""
    return [
        ("strength", _("strength")), ("lead", _("lead")), ("holds", _("how often it holds")),
        ("drawn", _("how much leads there")),
    ]  # fmt: skip


def _share(name: str, least: Decimal) -> Decimal:
    return least / 100 if name in ("holds", "drawn") else least


def _use(base: Ground, ref: str | None) -> str:
    return base.scenario[ref].use if ref else "none"
