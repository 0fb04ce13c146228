"""The forms on which a case is opened, and on which what is said of it is changed."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from fremsyn.cases.free_text import FreeTextField
from fremsyn.cases.schema import CaseFile, Language
from fremsyn.chain.beginning import LONGEST_SLUG, Beginning, slug_of
from fremsyn.chain.operations import Settings, refuse_slug
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text

LONGEST_LINE, LONGEST_QUESTION = 200, 500
FIRST_YEAR, LAST_YEAR, FARTHEST = 1900, 2200, 100


def line(label: Any, help_text: Any = "", *, required: bool = True, longest: int = LONGEST_LINE) -> forms.CharField:
    """Return a field for a line of free text."""
    return FreeTextField(label=label, help_text=help_text, required=required, max_length=longest)


def day(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    """Return a field for a date, which browsers show as a calendar."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, required=required, widget=widget)


def year(label: Any, help_text: Any = "") -> forms.IntegerField:
    """Return a field for a year."""
    return forms.IntegerField(label=label, help_text=help_text, min_value=FIRST_YEAR, max_value=LAST_YEAR)


class NewCaseForm(forms.Form):
    """What must be known to open a case."""

    title = line(
        _("What the case is called"), _("A few words, such as the organisation and the year you look towards.")
    )
    organisation = line(_("The organisation"), _("Whose strategy it is."))
    focal_question = FreeTextField(
        label=_("The focal question"),
        help_text=_(
            "The one question that the case is to answer, in words that can be read aloud. You can change it later."
        ),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea({"rows": 3}),
    )
    horizon = year(
        _("The year you look towards"), _("Far enough that today's plans have run out; often eight to fifteen years.")
    )
    starts = day(
        _("The process starts"), _("The plan of the six phases begins on this day. You can move every date later.")
    )
    slug = forms.CharField(
        label=_("Name in the address"),
        help_text=_("Small letters, digits and hyphens. Left empty, it is made from what the case is called."),
        required=False,
        max_length=LONGEST_SLUG,
        widget=forms.TextInput({"autocapitalize": "off", "spellcheck": "false", "data-made-from": "id_title"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, horizon = cleaned.get("starts"), cleaned.get("horizon")
        if starts and horizon and not starts.year < horizon <= starts.year + FARTHEST:
            words = _("Write a year after %(year)d, at most a hundred years ahead.")
            self.add_error("horizon", ValidationError(words, params={"year": starts.year}))
        self._name(cleaned)
        return cleaned

    def _name(self, cleaned: dict[str, Any]) -> None:
        slug = cleaned.get("slug") or slug_of(cleaned.get("title", ""))
        if "slug" in self.errors or "title" in self.errors:
            return
        try:
            refuse_slug(slug)
        except RuleBroken as broken:
            words = (
                str(broken) if slug else _("Write a name with letters or digits; none could be made from the title.")
            )
            self.add_error("slug", words)
        cleaned["slug"] = slug

    def told(self, language: Language) -> Beginning:
        """Return what was written, in the language it was written in."""
        written = self.cleaned_data
        other: Language = "en" if language == "da" else "da"
        return Beginning(
            title=Text(**{language: written["title"]}),
            organisation=Text(**{language: written["organisation"]}),
            focal_question=Text(**{language: written["focal_question"]}),
            base_year=written["starts"].year,
            horizon=written["horizon"],
            starts=written["starts"],
            languages=(language, other),
        )


class SettingsForm(forms.Form):
    """What is said of a case as a whole: names and roles in each of its languages, years, and the day it is shown as of."""

    TEXTS = {
        "title": (_("What the case is called"), True),
        "organisation": (_("The organisation"), True),
        "owner_role": (_("Who answers for it, as a role"), False),
        "facilitator_role": (_("Who leads the process, as a role"), False),
    }
    horizon = year(_("The year you look towards"))
    languages = forms.MultipleChoiceField(
        label=_("Languages the case is written in"),
        choices=[("da", _("Danish")), ("en", _("English"))],
        widget=forms.CheckboxSelectMultiple,
    )
    shown_as_of = day(_("Shown as of a day"), _("Empty for a case at work: then the day is today."), required=False)

    def __init__(self, data: Any, own: CaseFile, shown_as_of: datetime.date | None) -> None:
        first = {"horizon": own.horizon, "languages": list(own.languages), "shown_as_of": shown_as_of}
        super().__init__(data, initial=first)
        self.own = own
        for name, (label, required) in reversed(self.TEXTS.items()):
            self._text(name, label, required=required)

    def _text(self, name: str, label: Any, *, required: bool) -> None:
        kept = self.own.organisation.name if name == "organisation" else getattr(self.own, name)
        names = {"da": _("in Danish"), "en": _("in English")}
        fields = {}
        for code in self.own.languages:
            field = line(f"{label}, {names[code]}", required=required and code == self.own.language)
            field.widget.attrs["lang"] = code
            fields[f"{name}_{code}"] = field
            self.initial[f"{name}_{code}"] = getattr(kept, code, None) or ""
        self.fields = {**fields, **self.fields}

    def clean_horizon(self) -> int:
        horizon: int = self.cleaned_data["horizon"]
        if horizon <= self.own.base_year:
            raise ValidationError(_("Look further ahead than %(year)d."), params={"year": self.own.base_year})
        return horizon

    def clean_languages(self) -> tuple[str, ...]:
        chosen = self.cleaned_data["languages"]
        if self.own.language not in chosen:
            raise ValidationError(_("Keep the language that the case was begun in."))
        return tuple(sorted(chosen, key=lambda code: code != self.own.language))

    @cached_property
    def settings(self) -> Settings:
        """Return what was written."""
        written = self.cleaned_data
        return Settings(
            title=self._written("title") or self.own.title,
            organisation=self._written("organisation") or self.own.organisation.name,
            owner_role=self._written("owner_role"),
            facilitator_role=self._written("facilitator_role"),
            horizon=written["horizon"],
            languages=written["languages"],
            shown_as_of=written["shown_as_of"],
        )

    def _written(self, name: str) -> Text | None:
        kept = self.own.organisation.name if name == "organisation" else getattr(self.own, name)
        texts = {code: getattr(kept, code, None) for code in ("da", "en")}
        texts |= {code: self.cleaned_data[f"{name}_{code}"] or None for code in self.own.languages}
        return Text(**texts) if any(texts.values()) else None
