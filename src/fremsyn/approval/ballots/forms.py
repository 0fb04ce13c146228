"""What is sent in at a voting."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fremsyn.approval.ballots.operations.amending import LONGEST_TEXT
from fremsyn.approval.ballots.operations.dissenting import LONGEST_DISSENT
from fremsyn.cases.free_text import FreeTextField
from fremsyn.core.text import LANGUAGES

LONGEST_REASON = 1000
ACTIONS = ("put", "count", "again")


class LeadForm(forms.Form):
    """What whoever leads the meeting does with a voting."""

    action = forms.ChoiceField(choices=[(each, each) for each in ACTIONS])
    amendment = forms.IntegerField(required=False, min_value=1)
    voting = forms.IntegerField(required=False, min_value=1)
    sure = forms.BooleanField(required=False)
    why = FreeTextField(required=False, max_length=LONGEST_REASON)


class AmendForm(forms.Form):
    """Other words for a point, in the languages of the case and those that the point has words in."""

    da = FreeTextField(
        label=gettext_lazy("The point as you want it, in Danish"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "da"}),
    )
    en = FreeTextField(
        label=gettext_lazy("The point as you want it, in English"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "en"}),
    )
    withdraw = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *given: Any, languages: Collection[str], **named: Any) -> None:
        super().__init__(*given, **named)
        for code in set(LANGUAGES).difference(languages):
            del self.fields[code]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("withdraw") and not (said.get("da") or said.get("en")):
            raise forms.ValidationError(_("Write the point in at least one of the languages."))
        return said


class DissentForm(forms.Form):
    """What a member wants in the minutes."""

    text = FreeTextField(
        label=gettext_lazy("Your words for the minutes"),
        help_text=gettext_lazy("They stand in the minutes as you write them. Leave the field empty to take them back."),
        required=False,
        max_length=LONGEST_DISSENT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
