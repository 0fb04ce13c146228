"""The forms of the working set: how a proposal is to be made, how it is taken, how one scenario comes or goes."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fremsyn.cases.free_text import FreeTextField
from fremsyn.scenarios.editing.forms import LONGEST_LINE, LONGEST_TEXT, line, text
from fremsyn.scenarios.queries import Ground
from fremsyn.scenarios.space.filters import LIMITS
from fremsyn.scenarios.space.operations import FEWEST, MOST, Chosen
from fremsyn.scenarios.words import said

HEAVIEST = 9


class NumbersField(forms.CharField):
    """Consistent scenarios by number or reference, as `C1, 7 12`."""

    def __init__(self, base: Ground, label: str, help_text: str) -> None:
        super().__init__(label=label, help_text=help_text, required=False, max_length=LONGEST_LINE)
        self.known = {each.ref: number for number, each in enumerate(base.space.found, 1) if each.ref}
        self.most = len(base.space.found)

    def clean(self, value: Any) -> frozenset[int]:
        """Return the numbers.

        :raises ValidationError: naming what is none
        """
        return frozenset(self._number(word) for word in re.split(r"[\s,;]+", super().clean(value)) if word)

    def _number(self, word: str) -> int:
        if word.upper() in self.known:
            return self.known[word.upper()]
        if word.isdecimal() and len(word) < 8 and 1 <= int(word) <= self.most:
            return int(word)
        told = {"word": word, "most": self.most}
        raise forms.ValidationError(
            _("%(word)s is no consistent scenario. Write numbers from 1 to %(most)d, or names such as C1.") % told
        )


class ProposeForm(forms.Form):
    """How a proposal is to be made: how many, which in any case, which not, and how much each driver counts."""

    def __init__(self, base: Ground, data: Mapping[str, Any] | None) -> None:
        super().__init__(data, auto_id="ask-%s")
        self.base = base
        most = max(FEWEST, min(MOST, len(base.space.found)))
        self.fields["size"] = forms.IntegerField(
            label=_("How many scenarios"), min_value=FEWEST, max_value=most, initial=min(max(FEWEST, len(base.working) or 4), most),
            error_messages=LIMITS,
        )  # fmt: skip
        help_text = _("Numbers or names: 7 is no. 7 of the list, C1 is the scenario C1.")
        self.fields["must"] = NumbersField(base, _("These in any case"), help_text)
        self.fields["must_not"] = NumbersField(base, _("Not these"), help_text)
        for driver in base.drivers:
            self.fields[f"weight-{driver.ref}"] = forms.IntegerField(
                label=f"{driver.ref} {said(driver.name)}",
                min_value=0,
                max_value=HEAVIEST,
                required=False,
                initial=1,
                error_messages=LIMITS,
            )

    def clean(self) -> dict[str, Any]:
        """Refuse what can't be had."""
        given = super().clean() or {}
        must, must_not = given.get("must", frozenset()), given.get("must_not", frozenset())
        if must & must_not:
            self.add_error(
                "must_not", _("No. %(number)d stands in both lists. Choose one.") % {"number": min(must & must_not)}
            )
        size = given.get("size", MOST)
        if len(must) > size:
            self.add_error("size", _("%(n)d are to be there in any case; choose at least so many.") % {"n": len(must)})
        if len(self.base.space.found) - len(must_not) < size:
            self.add_error("must_not", _("Too few are left to choose among. Leave out fewer."))
        return given

    @property
    def weights(self) -> tuple[float, ...]:
        """Return how much each driver counts; 1 where nothing is said."""
        given = self.cleaned_data if self.is_bound and self.is_valid() else {}
        weights = (given.get(f"weight-{driver.ref}") for driver in self.base.drivers)
        return tuple(1.0 if each is None else float(each) for each in weights)

    @property
    def weighted(self) -> bool:
        """Return whether any driver counts otherwise than once."""
        return set(self.weights) != {1.0}

    @property
    def of_weights(self) -> list[forms.BoundField]:
        """Return the fields of the weights."""
        return [self[f"weight-{driver.ref}"] for driver in self.base.drivers]


class WhyForm(forms.Form):
    """A reason that is kept."""

    why = FreeTextField(
        label=gettext_lazy("Why?"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("It is kept in the history of the scenario."),
        error_messages={"required": gettext_lazy("Write why: those who read the scenarios later will ask.")},
    )  # fmt: skip


class TakeForm(WhyForm):
    """A proposal that is taken: a name for each scenario that has none, and why."""

    def __init__(self, base: Ground, sets: Sequence[tuple[str, ...]], data: Any = None) -> None:
        super().__init__(data, auto_id="take-%s")
        known = {frozenset(each.variants) for each in base.scenario.values()}
        self.sets = sets
        self.unnamed = {
            at: base.number.get(frozenset(each), 0) for at, each in enumerate(sets) if frozenset(each) not in known
        }
        for at in self.unnamed:
            self.fields[f"name-{at}"] = line(_("Name: what one would call that future"))
        self.order_fields([*(f"name-{at}" for at in self.unnamed), "why"])

    @property
    def named(self) -> list[tuple[forms.BoundField, int]]:
        """Return the fields of the names, each with the number of its scenario."""
        return [(self[f"name-{at}"], number) for at, number in self.unnamed.items()]

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """Return the scenarios with their names."""
        names = {at: text(self.cleaned_data.get(f"name-{at}", "")) for at in range(len(self.sets))}
        return tuple(Chosen(states, names[at]) for at, states in enumerate(self.sets))
