"""The short forms of the scan: one thing noticed, a link to tell it by, and why something is left out."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from fremsyn.cases.free_text import FreeTextField
from fremsyn.scanning.operations import LARGEST_CAP

LONGEST = 2_000
DAYS = 8


class NoteForm(forms.Form):
    """What somebody noticed, in three questions."""

    noticed = FreeTextField(
        label=_("What did you notice?"),
        help_text=_("One sentence: something concrete that has happened."),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 2}),
    )
    so_what = FreeTextField(
        label=_("So what?"),
        help_text=_("What could it come to mean for us?"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 2}),
    )
    url = forms.CharField(
        label=_("Where can it be read?"),
        help_text=_("An address that begins with https://"),
        required=False,
        max_length=LONGEST,
        validators=[
            RegexValidator(r"^https?://[^\s<>\"']+\Z", _("Write an address that begins with https://, without spaces."))
        ],
        widget=forms.URLInput({"inputmode": "url"}),
    )


class LinkForm(forms.Form):
    """For whom a link is, how many may tell something by it, and how long it can be used."""

    circle = forms.ChoiceField(label=_("For whom"), initial="organisation")
    cap = forms.IntegerField(label=_("At most so many answers"), min_value=1, max_value=LARGEST_CAP, initial=200)
    days = forms.IntegerField(label=_("Can be used for so many days"), min_value=1, max_value=60, initial=DAYS)

    def __init__(self, data: Any, circles: list[tuple[str, str]]) -> None:
        super().__init__(data)
        field = self.fields["circle"]
        if isinstance(field, forms.ChoiceField):
            field.choices = circles

    def expires(self, at: datetime) -> datetime:
        """Return when the link runs out."""
        return at + timedelta(days=self.cleaned_data["days"])


class DeclineForm(forms.Form):
    """Why something that was told is left out."""

    reason = FreeTextField(label=_("Why is it left out?"), max_length=500)
