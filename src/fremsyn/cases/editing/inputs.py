"""Form fields for what Django has none for: a text in two languages, lists of lines, a place in the field, references.

Each cleans to plain values as they stand in case files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.cases.free_text import refuse_unfit
from fremsyn.cases.kinds import is_of_kind
from fremsyn.cases.reader import REF
from fremsyn.cases.search import found
from fremsyn.web.clock import read_clock, write_clock

LONGEST = 20_000
MOST_FOUND = 12
LANGUAGE_NAMES = {"da": gettext_lazy("Danish"), "en": gettext_lazy("English")}
APART = re.compile(r"[\s,;]+")


class ClockField(forms.CharField):
    """A time of the day, written as people write it: 10.00, 10:00, 10, kl. 10. It cleans to 10:00."""

    def to_python(self, value: Any) -> Any:
        said = super().to_python(value)
        return read_clock(said) if said else said

    def prepare_value(self, value: Any) -> Any:
        return write_clock(value) if isinstance(value, str) else value


def _writing(lines: int) -> forms.Widget:
    return forms.Textarea({"rows": lines}) if lines > 1 else forms.TextInput()


class LanguagesWidget(forms.MultiWidget):
    """One place to write in for each of the case's languages."""

    template_name = "cases/editing/languages.html"

    def __init__(self, languages: Sequence[str], lines: int) -> None:
        self.languages = tuple(languages)
        super().__init__({code: _writing(lines) for code in self.languages})

    def decompress(self, value: Mapping[str, Any] | None) -> list[Any]:
        return [(value or {}).get(code) for code in self.languages]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for code, each in zip(self.languages, context["widget"]["subwidgets"], strict=True):
            each["attrs"]["lang"] = code
            if self.is_required and len(self.languages) == 1:
                each["attrs"]["required"] = True
            each["language"] = LANGUAGE_NAMES[code] if len(self.languages) > 1 else ""
        return context


class LanguagesField(forms.MultiValueField):
    """A text in the case's languages; one of them is enough. Cleans to `{da: …, en: …}`, or None where nothing is written."""

    def __init__(self, *, languages: Sequence[str], lines: int, **options: Any) -> None:
        self.languages = tuple(languages)
        each = tuple(forms.CharField(required=False, max_length=LONGEST, strip=True) for _code in self.languages)
        super().__init__(each, require_all_fields=False, widget=LanguagesWidget(self.languages, lines), **options)

    def compress(self, data_list: list[str]) -> dict[str, str] | None:
        written = dict(zip(self.languages, data_list, strict=False))
        made = {code: text.replace("\r\n", "\n") for code, text in written.items() if text}
        for text in made.values():
            refuse_unfit(text)
        return made or None


class LinesField(LanguagesField):
    """A list of short texts, one on each line, in the case's languages. Cleans to `[{da: …}, …]`."""

    def __init__(self, *, languages: Sequence[str], lines: int, **options: Any) -> None:
        super().__init__(languages=languages, lines=max(lines, 4), **options)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list) or (value and not isinstance(value[0], Mapping)):
            return value
        return {code: "\n".join((each.get(code) or "").replace("\n", " ") for each in value) for code in self.languages}

    def compress(self, data_list: list[str]) -> Any:
        written = super().compress(data_list) or {}
        columns = {code: [line.strip() for line in text.split("\n")] for code, text in written.items()}
        columns = {code: [line for line in lines if line] for code, lines in columns.items()}
        if len({len(lines) for lines in columns.values()}) > 1:
            raise ValidationError(_("The languages have lists of different lengths. Write as many lines in each."))
        length = max(map(len, columns.values()), default=0)
        return [{code: lines[at] for code, lines in columns.items()} for at in range(length)]


class TextsField(LinesField):
    """A list of short texts that is kept language by language. Cleans to `{da: […], en: […]}`."""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Mapping) or not all(isinstance(each, list) for each in value.values()):
            return value
        return {code: "\n".join(lines) for code, lines in value.items()}

    def compress(self, data_list: list[str]) -> Any:
        each = super().compress(data_list)
        return {code: [line[code] for line in each] for code in self.languages if each and code in each[0]} or None


class PlaceWidget(forms.MultiWidget):
    """Three weights in per cent, as sliders where the browser can keep their sum."""

    template_name = "cases/editing/place.html"

    def __init__(self, corners: Mapping[str, str]) -> None:
        self.corners = corners
        numbers = {"min": 0, "max": 100, "step": "any", "inputmode": "decimal"}
        super().__init__({code: forms.NumberInput(numbers) for code in corners})

    def decompress(self, value: Mapping[str, float] | None) -> list[Any]:
        if not value:
            return [None] * len(self.corners)
        return [f"{round(value[code] * 100, 6):g}" for code in self.corners]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for words, each in zip(self.corners.values(), context["widget"]["subwidgets"], strict=True):
            each["corner"] = words
        return context


class PlaceField(forms.MultiValueField):
    """A place in the field: three weights in per cent that make a hundred. Cleans to weights that sum to one."""

    def __init__(self, *, corners: Mapping[str, str], **options: Any) -> None:
        self.codes = tuple(corners)
        each = tuple(forms.FloatField(min_value=0, max_value=100) for _code in self.codes)
        super().__init__(each, widget=PlaceWidget(corners), require_all_fields=True, **options)

    def compress(self, data_list: list[float]) -> dict[str, float] | None:
        if not data_list:
            return None
        total = sum(data_list)
        if abs(total - 100) > 0.01:
            raise ValidationError(
                _("The three weights make %(total)s per cent together. Change them so that they make 100.")
                % {"total": f"{total:g}"}
            )
        return {code: round(value / 100, 8) for code, value in zip(self.codes, data_list, strict=True)}


class ReferencesWidget(forms.Widget):
    """What is chosen, to be kept or left out, and a place to write more references or words to search for."""

    template_name = "cases/editing/references.html"

    def __init__(self, visit: Visit, letter: str) -> None:
        super().__init__()
        self.visit = visit
        self.letter = letter
        self.offered: tuple[Entry, ...] = ()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[list[str], str]:
        chosen = data.getlist(name) if hasattr(data, "getlist") else list(data.get(name, []))
        return chosen, data.get(f"{name}_more", "") or ""

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}_more" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen, more = value if isinstance(value, tuple) else (value or [], "")
        known = self.visit.entries
        context["widget"] |= {
            "chosen": [known[ref] for ref in chosen if ref in known],
            "unknown": [ref for ref in chosen if ref not in known],
            "offered": self.offered,
            "more": more,
            "letter": self.letter,
            "told": {name: each for name, each in context["widget"]["attrs"].items() if name.startswith("aria-")},
            "slug": self.visit.case.slug,
        }
        return context

    def use_required_attribute(self, initial: Any) -> bool:
        return False

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_more" if id_ else ""


class ReferencesField(forms.Field):
    """References: those ticked, and those written. Words that are no reference are searched for, and what is found is offered.

    Cleans to a list of references, each once.
    """

    widget: ReferencesWidget

    def __init__(self, *, visit: Visit, letter: str, **options: Any) -> None:
        self.visit, self.letter = visit, letter
        super().__init__(widget=ReferencesWidget(visit, letter), **options)

    def clean(self, value: tuple[list[str], str]) -> list[str]:
        chosen, more = value
        tokens = [token for token in APART.split(more) if token]
        written = [match for token in tokens if (match := _reference(token))]
        if len(written) != len(tokens):
            hits = [each for each in found(self.visit, more) if is_of_kind(each.ref, self.letter)][:MOST_FOUND]
            self.widget.offered = tuple(each for each in hits if each.ref not in chosen)
            raise ValidationError(
                _("“%(words)s” is no reference. Tick what you meant among what was found, and empty the field.")
                % {"words": more[:60]}
                if self.widget.offered
                else _("Nothing was found for “%(words)s”. Write a reference such as T12, or other words.")
                % {"words": more[:60]}
            )
        refs = list(dict.fromkeys([*chosen, *written]))
        if self.required and not refs:
            raise ValidationError(self.error_messages["required"], code="required")
        return refs

    def has_changed(self, initial: Any, data: Any) -> bool:
        return True


def _reference(token: str) -> str:
    """Return a token as the reference that it is, however its letters are written; empty when it is none."""
    tidy = token[:1].upper() + token[1:].lower()
    return tidy if REF.fullmatch(tidy) else ""
