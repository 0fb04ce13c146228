"""What is sent in when a session is prepared, run and kept."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fremsyn.cases.free_text import FreeTextField
from fremsyn.conversation.models import MinuteLine
from fremsyn.conversation.sessions.operations.ending import LONGEST_REASON

LONGEST_PRE_READ = 6000


class PrepareForm(forms.Form):
    """Which model a session is made from, and the day it is planned for."""

    def __init__(self, *given: Any, models: Any, questions: Any, today: datetime.date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["model"] = forms.ChoiceField(
            label=gettext_lazy("Prepare it like"), choices=models, widget=forms.RadioSelect
        )
        self.fields["held"] = forms.DateField(
            label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        )
        self.fields["question"] = forms.ChoiceField(label=gettext_lazy("The question it serves"), choices=questions)
        self.today = today

    def clean_held(self) -> datetime.date:
        held: datetime.date = self.cleaned_data["held"]
        if held < self.today:
            raise forms.ValidationError(_("The day has passed. Choose today or a later one."))
        return held


class RunForm(forms.Form):
    """What the one who leads a session does."""

    action = forms.ChoiceField(choices=[(each, each) for each in ("start", "part", "show", "reveal", "hide", "end")])
    to = forms.IntegerField(required=False, min_value=0)
    key = forms.CharField(required=False, max_length=20)


class WriteForm(forms.Form):
    """A line of the minutes, or the pen. How long the line may be is told by the operation."""

    action = forms.ChoiceField(choices=[(each, each) for each in ("take", "lay_down", "write", "remove")])
    field = forms.ChoiceField(choices=[(each, each) for each in MinuteLine.FIELDS], required=False)
    line = forms.UUIDField(required=False)
    version = forms.IntegerField(required=False, min_value=0)
    text = forms.CharField(required=False, strip=False)
    take_over = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("action") in ("write", "remove") and not (said.get("line") and said.get("field")):
            raise forms.ValidationError(
                _("The page was not read as it should. Load it again; copy what you wrote first.")
            )
        return said

    def unread(self) -> str:
        """Return in one line what is wrong with what was sent."""
        return " ".join(str(each) for errors in self.errors.values() for each in errors)

    def as_sent(self) -> dict[str, str]:
        """Return what was sent, as it was sent, so that it can stand on the page again."""
        return {name: self.data.get(name, "") for name in self.fields}


class ReopenForm(forms.Form):
    """Why minutes are reopened."""

    why = FreeTextField(
        label=gettext_lazy("Why are the minutes reopened?"),
        help_text=gettext_lazy("The reason is kept with the minutes."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PartForm(forms.Form):
    """A part of a run sheet; one with nothing in it is left out."""

    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=1, max_value=1440, required=False)
    part = FreeTextField(label=gettext_lazy("Part"), max_length=200, required=False)
    how = FreeTextField(
        label=gettext_lazy("How"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    was = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    remove = forms.BooleanField(label=gettext_lazy("Leave out"), required=False)

    @property
    def left_out(self) -> bool:
        """Tell whether the part is to be left out: it was marked, or nothing stands in it."""
        said = self.cleaned_data
        return said.get("remove", False) or not (said.get("minutes") or said.get("part") or said.get("how"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("remove"):
            self.errors.clear()
            return said
        wanted = {
            "minutes": _("Write how many minutes."),
            "part": _("Write what the part is called."),
            "how": _("Write how it is done."),
        }
        if any(said.get(name) for name in wanted):
            for name, words in wanted.items():
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return said


PartFormSet = forms.formset_factory(PartForm, extra=0, max_num=60, validate_max=True)


class LengthForm(forms.Form):
    """How long a session is, and on which version of it the run sheet was edited."""

    minutes_total = forms.IntegerField(
        label=gettext_lazy("The session's length in minutes"), min_value=1, max_value=1440
    )
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class KeepForm(forms.Form):
    """A line of the minutes that may become an insight."""

    keep = forms.BooleanField(label=gettext_lazy("Make it an insight"), required=False)
    title = FreeTextField(label=gettext_lazy("Title"), max_length=120, required=False)

    def __init__(self, *given: Any, shows: Any, questions: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["shows"] = forms.ChoiceField(label=gettext_lazy("What it shows"), choices=shows)
        self.fields["question"] = forms.ChoiceField(label=gettext_lazy("The question it serves"), choices=questions)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("keep") and not said.get("title") and "title" not in self.errors:
            self.add_error("title", _("Give the insight a title."))
        return said
