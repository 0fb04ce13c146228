"""The form on which an initiative is moved."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from fremsyn.cases.editing.forms import LONGEST_WHY
from fremsyn.cases.free_text import FreeTextField
from fremsyn.plans.moving.schedule import Bounds
from fremsyn.plans.quarters import quarter_number, quarter_written
from fremsyn.plans.schema import Initiative
from fremsyn.web.templatetags.say import quarter

LONGEST_DIGEST = 4_000


class MoveForm(forms.Form):
    """First and last quarter, and whether what waits for it moves along; `shown` is the preview that was agreed to."""

    def __init__(self, data: Any, initiative: Initiative, bounds: Bounds) -> None:
        super().__init__(
            data, initial={"start": initiative.start, "end": initiative.end, "with_followers": True, "shown": ""}
        )
        first, last = quarter_number(initiative.start), quarter_number(initiative.end)
        choices = [
            (quarter_written(at), quarter(quarter_written(at)))
            for at in range(min(bounds.now, first), max(bounds.last, last) + 1)
        ]
        self.fields["start"] = forms.ChoiceField(label=_("First quarter"), choices=choices)
        self.fields["end"] = forms.ChoiceField(label=_("Last quarter"), choices=choices)
        self.fields["with_followers"] = forms.BooleanField(
            label=_("What waits for it moves along, as far as it must"), required=False
        )
        self.fields["shown"] = forms.CharField(required=False, max_length=LONGEST_DIGEST, widget=forms.HiddenInput)
        self.fields["why"] = FreeTextField(
            label=_("Why?"),
            help_text=_("Kept with the change, for those who ask later."),
            required=False,
            max_length=LONGEST_WHY,
        )
