"""The form on which a portfolio is put together."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.cases.editing.forms import LONGEST_WHY
from fremsyn.cases.free_text import FreeTextField
from fremsyn.strategy.handover import load
from fremsyn.web.templatetags.say import say_plain

LONGEST_NAME, LONGEST_TEXT = 200, 4_000


class PortfolioForm(forms.Form):
    """A role and options; to be kept under a name, or in place of another portfolio."""

    def __init__(self, data: Any, visit: Visit, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        strategy = load(visit.case)
        self.fields["role"] = forms.ChoiceField(
            label=_("Under which role"),
            choices=[(each.ref, f"{each.ref} {say_plain(each.name)}") for each in strategy.roles],
        )
        self.fields["options"] = forms.MultipleChoiceField(
            label=_("Options"),
            choices=[(each.ref, say_plain(each.name)) for each in strategy.options],
            error_messages={
                "required": _("Tick at least one option."),
                "invalid_choice": _("%(value)s has been withdrawn meanwhile, or isn't in this case. Leave it out."),
            },
        )
        self.fields["into"] = forms.RegexField(r"P\d{1,5}", required=False, widget=forms.HiddenInput)
        self.fields["version"] = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
        self.fields["name"] = FreeTextField(
            label=_("Name of the possible strategy"),
            required=False,
            max_length=LONGEST_NAME,
            needed=_("must be filled in to save it as a new one"),
        )
        self.fields["text"] = FreeTextField(
            label=_("What it wants, in a sentence or two"),
            required=False,
            needed=_("must be filled in to save it as a new one"),
            max_length=LONGEST_TEXT,
            widget=forms.Textarea({"rows": 3}),
        )
        self.fields["why"] = FreeTextField(label=_("Why?"), required=False, max_length=LONGEST_WHY)

    @property
    def act(self) -> str:
        """Return what the button that was pressed does: try, save or change."""
        return str(self.data.get("act", "try"))

    def clean(self) -> dict[str, Any]:
        """Ask for a name and a text where the portfolio is to be kept as a new one."""
        told = super().clean() or {}
        if self.act == "save":
            for name in ("name", "text"):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _("Write this, so that others know what it is."))
        return told

    def ticked(self) -> tuple[str, ...]:
        """Return the options that are ticked, whatever else is wrong."""
        name = "options"
        if self.is_bound:
            return tuple(self.data.getlist(name) if hasattr(self.data, "getlist") else self.data.get(name, ()))
        return tuple(self.initial.get(name, ()))
