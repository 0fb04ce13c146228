"""From a slot of a schema to the one form field that asks for it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fremsyn.cases.access import Visit
from fremsyn.cases.editing.fields import Field
from fremsyn.cases.editing.inputs import (
    LONGEST,
    ClockField,
    LanguagesField,
    LinesField,
    PlaceField,
    ReferencesField,
    TextsField,
)
from fremsyn.cases.free_text import refuse_unfit
from fremsyn.cases.kinds import is_of_kind, natural
from fremsyn.cases.reader import ID
from fremsyn.cases.rows import stored_as_links
from fremsyn.cases.shape import Number, Place, Slot, Text, Texts, without_none
from fremsyn.cases.vocabulary import vocabularies
from fremsyn.web.templatetags.say import say_plain

MOST_BUTTONS = 8
# As a browser sends it, and as people write it in a spreadsheet.
DATE_FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y", "%d. %m. %Y")
# What a schema says of a text's form, as it is said on a form.
CLOCK = "a time such as 13:00"
FORMS = {
    "an address that begins with https://": gettext_lazy("Write an address that begins with https://, without spaces."),
    "a quarter such as 2027K1": gettext_lazy("Write a quarter such as 2027K1."),
    CLOCK: gettext_lazy("Write a time such as 13:00."),
}


@dataclass(frozen=True)
class Asking:
    """Who is asked, in which languages, and how many rows the form that came back had."""

    visit: Visit
    languages: tuple[str, ...]
    counts: Mapping[str, int]

    def rows(self, name: str) -> int:
        """Return how many rows a table of the form had; 0 where that isn't known."""
        return self.counts.get(name, 0)

    def keys(self, slot: Slot) -> list[str] | None:
        """Return the references that are the keys of a mapping; None where its keys are written by hand."""
        if slot.link is None:
            return None
        return [entry.ref for entry in self.entries(slot.meta["to"])]

    def entries(self, letter: str) -> list[Any]:
        """Return the items that a field may refer to, by number."""
        found = [entry for entry in self.visit.entries.values() if entry.ref and is_of_kind(entry.ref, letter)]
        return sorted(found, key=lambda entry: natural(entry.ref))

    def head(self, key: str) -> str:
        """Return what stands at the head of a key's row."""
        entry = self.visit.entries.get(key)
        return f"{key} {say_plain(entry.title)}" if entry else str(key)

    def words(self, vocabulary: str) -> dict[str, str]:
        """Return the case's own words for codes."""
        return {code: say_plain(text) for code, text in vocabularies(self.visit.case).get(vocabulary, {}).items()}


def leaf(slot: Slot, words: Field, asking: Asking) -> forms.Field | None:
    """Return the form field for a slot; None where it takes more than one."""
    hint = without_none(slot.type)
    options = {"label": words.label, "help_text": words.help, "required": slot.required}
    if slot.link is not None and stored_as_links(slot):
        return _references(slot, hint, options, asking)
    if "vocabulary" in slot.meta and get_origin(hint) is not Literal:
        known = asking.words(slot.meta["vocabulary"])
        return _ticked(known, options) if get_origin(hint) is tuple else _chosen(known, str, options)
    for of_type in (_texts, _codes, _numbers):
        made = of_type(slot, hint, words, options, asking)
        if made is not None:
            return made
    return None


def _references(slot: Slot, hint: Any, options: dict[str, Any], asking: Asking) -> forms.Field:
    letter = slot.meta["to"]
    if hint is not str:
        return ReferencesField(visit=asking.visit, letter=letter, **(options | {"required": False}))
    known = asking.entries(letter)
    return _chosen({entry.ref: f"{entry.ref} {say_plain(entry.title)}" for entry in known}, str, options)


def _chosen(words: Mapping[Any, Any], coerce: Callable[[Any], Any], options: dict[str, Any]) -> forms.Field:
    choices = [(str(code), text) for code, text in words.items()]
    if len(choices) == 1 and options["required"]:
        options = options | {"initial": choices[0][0]}
    if not (options["required"] and len(choices) <= 1):
        choices = [("", _("choose …")), *choices]
    return forms.TypedChoiceField(choices=choices, coerce=coerce, empty_value=None, **options)


def _ticked(words: Mapping[Any, Any], options: dict[str, Any]) -> forms.Field:
    choices = [(str(code), text) for code, text in words.items()]
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **options)


def _texts(slot: Slot, hint: Any, words: Field, options: dict[str, Any], asking: Asking) -> forms.Field | None:
    told: dict[str, Any] = {"languages": asking.languages, "lines": words.lines}
    if hint is Text:
        return LanguagesField(**told, **options)
    if hint is Texts:
        return TextsField(**told, **options)
    if get_origin(hint) is tuple and get_args(hint)[0] is Text:
        return LinesField(**told, **(options | {"required": False}))
    if hint is str and words.offered:
        return _chosen({code: say_plain(said) for code, said in words.offered(asking.visit.case).items()}, str, options)
    if hint is str:
        kind = ClockField if slot.meta.get("says") == CLOCK else forms.CharField
        return kind(
            max_length=LONGEST,
            validators=_form_of(slot) or [refuse_unfit],
            empty_value=None,
            **options,
        )
    return None


def _form_of(slot: Slot) -> list[RegexValidator]:
    if slot.name == "id":
        told = _("At most 40 letters a to z, digits, hyphens and underscores, without spaces.")
        return [RegexValidator(rf"^(?:{ID.pattern})\Z", told)]
    if "pattern" not in slot.meta:
        return []
    told = FORMS.get(slot.meta["says"], slot.meta["says"])
    return [RegexValidator(rf"^(?:{slot.meta['pattern']})\Z", told)]


def _codes(slot: Slot, hint: Any, words: Field, options: dict[str, Any], asking: Asking) -> forms.Field | None:
    if get_origin(hint) is Literal:
        codes = get_args(hint)
        return _chosen({code: words.choices.get(code, code) for code in codes}, type(codes[0]), options)
    inner = get_args(hint)[0] if get_origin(hint) is tuple else None
    if get_origin(inner) is Literal:
        return _ticked({code: words.choices.get(code, code) for code in get_args(inner)}, options)
    if hint is bool:
        return forms.BooleanField(**(options | {"required": False}))
    return None


def _numbers(slot: Slot, hint: Any, words: Field, options: dict[str, Any], asking: Asking) -> forms.Field | None:
    if hint is Place:
        return PlaceField(corners=asking.words("scanning.field"), **options)
    if hint is datetime.date:
        widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(widget=widget, input_formats=DATE_FORMATS, **options)
    low, high = slot.meta.get("range", (None, None))
    if hint is int and low is not None and high - low < MOST_BUTTONS:
        choices = [(n, words.choices.get(n, str(n).replace("-", "\N{MINUS SIGN}"))) for n in range(low, high + 1)]
        return forms.TypedChoiceField(
            choices=choices, coerce=int, empty_value=None, widget=forms.RadioSelect({"class": "steps"}), **options
        )
    if hint is int:
        return forms.IntegerField(min_value=low, max_value=high, **options)
    if hint in (Number, float):
        return forms.FloatField(min_value=low, max_value=high, localize=True, **options)
    return None
