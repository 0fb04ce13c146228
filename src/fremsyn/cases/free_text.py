"""What is refused of anything that people write freely."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from fremsyn.cases.reader import UNSTORED
from fremsyn.core.personal_text import holds_cpr


def refuse_unkept(text: str) -> None:
    """Refuse characters that no database keeps.

    :raises ValidationError: in words for whoever wrote it
    """
    if UNSTORED.search(text):
        raise ValidationError(_("The text holds a character that can't be kept. Delete it, or write the text anew."))


def refuse_cpr(text: str) -> None:
    """Refuse what looks like a personal number; for the validators of a form's field.

    :raises ValidationError: in words for whoever wrote it
    """
    if holds_cpr(text):
        raise ValidationError(
            _("This looks like a CPR number. Take it out, please: we do not want to keep it. The rest can stay."),
            code="cpr",
        )


def refuse_unfit(text: str) -> None:
    """Refuse personal numbers, and characters that no database keeps.

    :raises ValidationError: in words for whoever wrote it
    """
    refuse_unkept(text)
    refuse_cpr(text)


class FreeTextField(forms.CharField):
    """A field in which people write freely: what is unfit is refused beside it.

    :param needed: said at its label: when it must be filled in, where it only must at times
    """

    def __init__(self, *, needed: Any = "", **options: Any) -> None:
        self.needed = needed
        super().__init__(**{"validators": [refuse_unfit], **options})
