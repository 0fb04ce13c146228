"""The forms at a gate."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fremsyn.cases.access import Visit
from fremsyn.cases.editing.forms import LONGEST_WHY
from fremsyn.cases.editing.inputs import LanguagesField
from fremsyn.cases.file import languages_of
from fremsyn.cases.free_text import FreeTextField
from fremsyn.chain.gates.queries import sessions_for
from fremsyn.web.templatetags.say import say_plain


class CloseForm(forms.Form):
    """In which session a phase is closed, with what decision, and why although something is thin."""

    def __init__(self, data: Any, visit: Visit, phase: str, *, thin: bool) -> None:
        super().__init__(data)
        found = [(each.ref, f"{each.ref} {say_plain(each.title)}") for each in sessions_for(visit, phase)]
        self.fields["session"] = forms.ChoiceField(label=_("Closed in the session"), choices=found)
        self.fields["decision"] = LanguagesField(
            languages=languages_of(visit.case), lines=4, label=_("The decision, in words")
        )
        if thin:
            self.fields["despite"] = FreeTextField(
                label=_("We go on although something is thin, because …"),
                max_length=LONGEST_WHY,
                widget=forms.Textarea({"rows": 3}),
            )


class StepForm(forms.Form):
    """Why a phase is opened early, or again; other steps are taken without a reason."""

    why = FreeTextField(label=_("Why?"), max_length=LONGEST_WHY, widget=forms.Textarea({"rows": 3}))

    def __init__(self, data: Any = None, *, asked: bool = True) -> None:
        super().__init__(data)
        self.fields["why"].required = asked
