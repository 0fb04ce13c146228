"""The form for a reading."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from fremsyn.cases.editing.checks import NotKept
from fremsyn.cases.editing.one_language import page_language
from fremsyn.cases.free_text import FreeTextField
from fremsyn.core.text import Text
from fremsyn.plans.quarters import quarter_written
from fremsyn.plans.schema import Reading
from fremsyn.web.templatetags.say import quarter

QUARTERS_BACK, LONGEST_NOTE = 20, 2_000


class ReadingForm(forms.Form):
    """A quarter, a number and perhaps a note."""

    def __init__(self, data: Any, now: int) -> None:
        """Take the quarter that is running; the five years before it can be read too."""
        super().__init__(data)
        choices = [
            (quarter_written(at), quarter(quarter_written(at))) for at in range(now, now - QUARTERS_BACK - 1, -1)
        ]
        self.fields["at"] = forms.ChoiceField(label=_("Quarter"), choices=choices)
        self.fields["number"] = forms.FloatField(
            label=_("What was read"),
            localize=True,
            error_messages={"invalid": _("Write a number, such as 12 or 2.5.")},
        )
        self.fields["note"] = FreeTextField(
            label=_("Note"),
            help_text=_("Where the number is from, and what one should know of it."),
            required=False,
            max_length=LONGEST_NOTE,
            widget=forms.Textarea({"rows": 2}),
        )

    def reading(self) -> Reading:
        """Return the reading that was written."""
        told = self.cleaned_data
        number = int(told["number"]) if float(told["number"]).is_integer() else told["number"]
        note = Text(**{page_language(): told["note"]}) if told["note"] else None
        return Reading(at=told["at"], number=number, note=note)

    def add_faults(self, refused: NotKept) -> None:
        """Put what was found wrong beside the fields that it is about."""
        for fault in refused.faults:
            name = str(fault.path[0])
            self.add_error(name if name in self.fields else None, fault.says)
