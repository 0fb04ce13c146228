"""The form for signing in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fremsyn.people.limiting import address_of, count_failure, forget, may_try


class SignInForm(AuthenticationForm):
    """User name and password, tried a few times at most."""

    def clean(self) -> dict[str, Any]:
        username = self.cleaned_data.get("username") or ""
        address = address_of(self.request) if self.request else ""
        if not may_try(username, address):
            raise ValidationError(_("Too many tries. Wait five minutes and try again."), code="limited")
        try:
            cleaned = super().clean()
        except ValidationError:
            count_failure(username, address)
            raise
        forget(username, address)
        return cleaned
