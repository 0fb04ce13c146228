"""The forms for letting people in."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from fremsyn.cases.free_text import FreeTextField
from fremsyn.cases.people.operations import LARGEST_CAP, LONGEST_NOTE
from fremsyn.people.roles import Role

DAYS = ((7, _("One week")), (14, _("Two weeks")), (30, _("30 days")))


class InviteForm(forms.Form):
    """Whom an invitation lets in, as what, and until when."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.MEMBER)
    cap = forms.IntegerField(
        label=_("How many may come in by it"), min_value=1, max_value=LARGEST_CAP, initial=1,
        help_text=_("1 for one person; more for a group that gets the same link."),
    )  # fmt: skip
    days = forms.TypedChoiceField(label=_("Works for"), choices=DAYS, coerce=int, initial=14)
    note = FreeTextField(
        label=_("Whom it is for"), required=False, max_length=LONGEST_NOTE,
        help_text=_("For those who let people in; the invited don't see it."),
    )  # fmt: skip


class AccountForm(forms.Form):
    """A new account for somebody who was invited."""

    name = FreeTextField(label=_("Your name"), max_length=200, help_text=_("As the others in the case know you."))
    username = forms.CharField(label=_("User name"), max_length=150, help_text=_("What you sign in with."))
    password = forms.CharField(
        label=_("Password"), max_length=128, strip=False,
        help_text=_("At least 12 characters: a sentence of your own is easy to remember."),
    )  # fmt: skip

    widgets: ClassVar[dict[str, dict[str, str]]] = {
        "name": {"autocomplete": "name"},
        "username": {"autocomplete": "username"},
        "password": {"autocomplete": "new-password"},
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].widget = forms.PasswordInput(attrs={"maxlength": 128})
        for name, attributes in self.widgets.items():
            self.fields[name].widget.attrs |= attributes

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password
