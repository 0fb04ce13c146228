"""The form of one section: a judgement for each pair of states, and the reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fremsyn.cases.editing.one_language import in_page_language, written
from fremsyn.cases.free_text import FreeTextField
from fremsyn.cases.shape import Number, Text
from fremsyn.scenarios.judging.grid import SCALE, Pair
from fremsyn.scenarios.schema import Variant
from fremsyn.web.templatetags.say import signed

LONGEST_REASON = 4000
CHOICES = [(f"{value:+d}" if value else "0", signed(value)) for value in SCALE]


def field_of(one: Variant, other: Variant) -> str:
    """Return the name of the field for what a state does to another."""
    return f"{one.ref}:{other.ref}"


class SectionForm(forms.Form):
    """Judgements of one section as they are typed, all at once."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = FreeTextField(
        label=_("The reason"),
        help_text=_("One sentence: by what direct way does the one act on the other?"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, pair: Pair, version: int, data: Any = None) -> None:
        values = {
            field_of(one, other): _as_choice(value)
            for one, row in pair.rows
            for other, value in zip(pair.target.variants, row, strict=True)
        }
        super().__init__(data, initial={**values, "version": version, "reason": in_page_language(pair.reason)})
        self.pair = pair
        for name in values:
            self.fields[name] = forms.ChoiceField(label=name, choices=CHOICES, widget=forms.RadioSelect)

    @property
    def cells(self) -> dict[tuple[str, str], int]:
        """Return the judgements given, by the references of the two states."""
        given = ((name.split(":"), value) for name, value in self.cleaned_data.items() if ":" in name)
        return {(one, other): int(value) for (one, other), value in given}

    @property
    def said(self) -> Text | None:
        """Return the reason given, with what it says in the other language."""
        return written(self.cleaned_data["reason"].strip(), self.pair.reason)


class CellForm(forms.Form):
    """One judgement as the script sends it: what it is, and what the person saw before."""

    cell = forms.RegexField(r"D\d{1,5}\.[a-z]:D\d{1,5}\.[a-z]", required=False)
    value = forms.IntegerField(min_value=-3, max_value=3, required=False)
    was = forms.FloatField(required=False)
    reason = FreeTextField(required=False, max_length=LONGEST_REASON)


def _as_choice(value: Number) -> str:
    return f"{value:+d}" if isinstance(value, int) and value else "0" if not value else str(value)
