"""The form for all initiatives' budgets: an amount for each in each year."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from fremsyn.cases.editing.checks import NotKept
from fremsyn.cases.editing.forms import LONGEST_WHY
from fremsyn.cases.free_text import FreeTextField
from fremsyn.cases.shape import Number
from fremsyn.plans.schema import Initiative

MOST = 1_000_000


class BudgetsForm(forms.Form):
    """Amounts in DKK million, as Danes or the English write decimals; an empty field is no amount."""

    def __init__(
        self, data: Any, initiatives: Iterable[Initiative], years: Iterable[int], versions: Mapping[str, int]
    ) -> None:
        super().__init__(data)
        self.initiatives, self.years, self.options = tuple(initiatives), tuple(years), tuple(versions)
        for each in self.initiatives:
            for year in self.years:
                self.fields[name_of(each.ref, year)] = forms.FloatField(
                    label=_("%(ref)s in %(year)s") % {"ref": each.ref, "year": year},
                    required=False,
                    min_value=0,
                    max_value=MOST,
                    localize=True,
                    initial=each.budget.get(year),
                    error_messages={
                        "invalid": _("Write a number, such as 12 or 2.5."),
                        "min_value": _("An amount can't be below 0. Leave it out, or write what is released."),
                    },
                )
            self.fields[f"version-{each.ref}"] = forms.IntegerField(
                required=False, min_value=1, widget=forms.HiddenInput, initial=versions.get(each.ref)
            )
        self.fields["why"] = FreeTextField(
            label=_("Why did you change it?"),
            help_text=_("Kept with the change, for those who ask later."),
            required=False,
            max_length=LONGEST_WHY,
        )

    def budgets(self) -> dict[str, dict[int, Number]]:
        """Return what was typed, as far as it can be read: by initiative, then by year."""
        told = getattr(self, "cleaned_data", {}) if self.is_bound else None
        found: dict[str, dict[int, Number]] = {}
        for each in self.initiatives:
            amounts = {
                year: told.get(name_of(each.ref, year)) if told is not None else each.budget.get(year)
                for year in self.years
            }
            found[each.ref] = {year: _tidy(amount) for year, amount in amounts.items() if amount is not None}
        return found

    def versions(self) -> dict[str, int]:
        """Return the versions that this was written on, by initiative."""
        told = {each.ref: self.cleaned_data.get(f"version-{each.ref}") for each in self.initiatives}
        return {ref: version for ref, version in told.items() if version}

    def add_faults(self, refused: NotKept) -> None:
        """Put what was found wrong beside the amounts that it is about."""
        for fault in refused.faults:
            name = str(fault.path[0])
            self.add_error(name if name in self.fields else None, fault.says)


def name_of(ref: str, year: int) -> str:
    """Return the name of the field for an initiative's amount in a year."""
    return f"amount-{ref}-{year}"


def _tidy(amount: Number) -> Number:
    return int(amount) if float(amount).is_integer() else amount
