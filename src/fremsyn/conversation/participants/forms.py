"""What participants fill in."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from fremsyn.cases.free_text import refuse_unfit
from fremsyn.conversation.judging.scales import DONT_KNOW, SCALES, UNSURE
from fremsyn.conversation.operations.voting import LONGEST_KEY
from fremsyn.conversation.operations.writing import LONGEST

CARE = _("Don't write names, health or anything else that is private.")
TOO_LONG = _("The text is too long. Write at most 2,000 characters.")


def words(label: Any, *, required: bool, rows: int = 4) -> forms.CharField:
    """Return the field for a text of a participant's own."""
    return forms.CharField(
        label=label,
        required=required,
        widget=forms.Textarea({"rows": rows, "dir": "auto"}),
        validators=[MaxLengthValidator(LONGEST, TOO_LONG), refuse_unfit],
        help_text=CARE,
        error_messages={"required": _("Write something first, or go on without.")},
    )


class VoteForm(forms.Form):
    """A vote, and why."""

    value = forms.IntegerField(min_value=-1, max_value=7)
    important = forms.BooleanField(required=False, label=_("This is important to me"))
    reason = words(_("Why do you think so?"), required=False, rows=3)


class ScenarioForm(forms.Form):
    """How a scenario is judged: a step on each scale or not knowing, and a word on why. What is left out stays open."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for aspect, scale in SCALES.items():
            steps = [*enumerate(scale.steps, start=1), (UNSURE, DONT_KNOW)]
            self.fields[aspect] = forms.TypedChoiceField(
                label=str(scale.question), choices=steps, coerce=int, empty_value=None, required=False,
                widget=forms.RadioSelect,
            )  # fmt: skip
        self.fields["word"] = words(_("What made you say so? (if you like)"), required=False, rows=3)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not said.get("word") and all(said[aspect] is None for aspect in SCALES):
            raise forms.ValidationError(_("Choose at least one answer, or go on without."))
        return said

    @property
    def scales(self) -> list[forms.BoundField]:
        """Return the three questions."""
        return [self[aspect] for aspect in SCALES]


class PressForm(forms.Form):
    """A vote that a script sends: one press of a button."""

    statement = forms.CharField(max_length=12)
    value = forms.IntegerField(min_value=-1, max_value=7)
    important = forms.BooleanField(required=False)
    key = forms.CharField(max_length=LONGEST_KEY)
    who = forms.CharField(max_length=16)


class WordsForm(forms.Form):
    """A text of one's own."""

    text = words(_("Your answer"), required=True)

    def __init__(self, *args: Any, label: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["text"].label = label


class CodeForm(forms.Form):
    """The code to come back by."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("Twelve letters and digits, such as 7KQM-3XPT-9WDA."),
    )
