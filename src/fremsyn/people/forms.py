"""The form for signing in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fremsyn.people.confirming import by_button
from fremsyn.people.limiting import address_of, count_failure, forget, may_try
from fremsyn.people.models import Person

TOO_MANY = _("Too many tries. Wait five minutes and try again.")


class SignInForm(AuthenticationForm):
    """User name and password, tried a few times at most."""

    def clean(self) -> dict[str, Any]:
        username = self.cleaned_data.get("username") or ""
        address = address_of(self.request) if self.request else ""
        if not may_try(username, address):
            raise ValidationError(TOO_MANY, code="limited")
        try:
            cleaned = super().clean()
        except ValidationError:
            count_failure(username, address)
            raise
        forget(username, address)
        return cleaned

    def get_invalid_login_error(self) -> ValidationError:
        return ValidationError(
            _("The user name and the password don't fit together. Capital and small letters count."),
            code="invalid_login",
        )


class ConfirmForm(forms.Form):
    """The password once more, tried a few times at most; none where a demonstration's person has none."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, *given: Any, person: Person, address: str, **named: Any) -> None:
        super().__init__(*given, **named)
        self.person, self.address = person, address
        if by_button(person):
            del self.fields["password"]

    def clean_password(self) -> str:
        """Hold the password against the person's.

        :raises ValidationError: when it is another, or too many were tried
        """
        password: str = self.cleaned_data["password"]
        name = self.person.username
        if not may_try(name, self.address):
            raise ValidationError(TOO_MANY, code="limited")
        if not self.person.check_password(password):
            count_failure(name, self.address)
            raise ValidationError(_("That is not your password. Try again."))
        forget(name, self.address)
        return password
