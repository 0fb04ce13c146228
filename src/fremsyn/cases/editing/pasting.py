"""Rows pasted from a spreadsheet: read, looked through row by row and field by field, before anything is kept."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from fremsyn.cases.access import Visit
from fremsyn.cases.editing.blocks import Block, Keyed, Rows
from fremsyn.cases.editing.checks import NotKept, must_hold
from fremsyn.cases.editing.forms import ThingForm
from fremsyn.cases.editing.inputs import LanguagesField, LinesField, PlaceField, ReferencesField
from fremsyn.cases.editing.prefill import prefilled
from fremsyn.core.text import LANGUAGES

MOST_ROWS = 2_000
YES = frozenset({"ja", "yes", "true", "1", "x"})
NO = frozenset({"", "nej", "no", "false", "0"})
BREAK = "|"
MOST_TOLD = 12


@dataclass(frozen=True)
class Column:
    """A column that rows may have: the form's field, which part of it, its heading, all that it may be called, its choices."""

    field: str
    part: str
    label: str
    names: frozenset[str]
    required: bool
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class RowFault:
    """What is wrong in a row (1 is the headings, as in the spreadsheet), in which column, and what stands there."""

    row: int
    column: str
    says: str
    cell: str = ""


@dataclass(frozen=True)
class Pasted:
    """What was pasted, once looked through: the things that can be kept, or what is wrong."""

    things: tuple[Any, ...]
    faults: tuple[RowFault, ...]


NOTHING: tuple[Any, ...] = (None, "", [], (), {})


def fits_a_row(schema: type, visit: Visit) -> bool:
    """Tell whether all that a thing of a schema must have fits into the cells of a row."""
    form = ThingForm(None, schema=schema, visit=visit)
    return not any(isinstance(block, Rows | Keyed) and _must(form, block) for block in form.blocks)


def _must(form: ThingForm, block: Block) -> bool:
    return any(form.fields[name].required for row in block.rows for each in row.blocks for name in each.names)


def columns(form: ThingForm) -> list[Column]:
    """Return the columns that rows for a form may have, in the form's order."""
    labels = {code: _labels(form, code) for code in LANGUAGES}
    made = []
    for name, label in _labels(form, "").items():
        field = form.fields[name]
        called = {name, name.replace("-", "."), *(labels[code][name] for code in LANGUAGES)}
        for part, words in _parts(field):
            more = {f"{each}{end}" for each in called for end in _ends(part, words)}
            first = part == _parts(field)[0][0] and not isinstance(field, PlaceField)
            names = frozenset(map(_tidy, more | (called if first else set())))
            heading = f"{label} ({words})" if words and not (first and len(_parts(field)) == 1) else label
            must = field.required and (first or isinstance(field, PlaceField))
            made.append(Column(name, part, heading, names, must, choices_of(field)))
    return made


def choices_of(field: forms.Field) -> tuple[str, ...]:
    """Return the words of a field's choices; a box to tick takes a yes or a no."""
    if isinstance(field, forms.BooleanField):
        return _("yes"), _("no")
    if not isinstance(field, forms.ChoiceField):
        return ()
    return tuple(str(words) for value, words in field.widget.choices if value not in ("", None))


def _labels(form: ThingForm, language: str) -> dict[str, str]:
    if not language:
        return dict(_named(form.blocks, ""))
    with override(language):
        return dict(_named(form.blocks, ""))


def _named(blocks: Sequence[Block], before: str) -> Iterator[tuple[str, str]]:
    for block in blocks:
        label = f"{before}{block.words.label}"
        if block.kind == "field":
            yield block.names[0], label
        yield from _named(block.inner, f"{label}: ")


def _parts(field: forms.Field) -> list[tuple[str, str]]:
    if isinstance(field, LanguagesField):
        return [(code, code) for code in field.languages]
    if isinstance(field, PlaceField):
        return [(code, str(words)) for code, words in field.widget.corners.items()]
    return [("", "")]


def _ends(part: str, words: str) -> tuple[str, ...]:
    return (f"_{part}", f" ({part})", f" ({words})", f".{part}", f"-{part}") if part else ("",)


def _tidy(heading: str) -> str:
    return " ".join(heading.casefold().replace("*", "").split())


def header(form: ThingForm) -> str:
    """Return the headings to begin a spreadsheet with, separated by tabs."""
    return "\t".join(column.label for column in columns(form))


def look_through(text: str, schema: type, visit: Visit) -> Pasted:
    """Read pasted rows and look into each; nothing is kept.

    :param text: cells separated by tabs, headings in the first row
    """
    form = ThingForm(None, schema=schema, visit=visit, prefilled=prefilled(schema, visit, QueryDict()))
    try:
        read = enumerate(csv.reader(text.splitlines(keepends=True), delimiter="\t"), start=1)
        lines = [(number, cells) for number, cells in read if any(map(str.strip, cells))]
    except csv.Error:
        return Pasted((), (RowFault(0, "", _("One cell is too long to be read. Shorten it, and paste again.")),))
    if len(lines) < 2:
        return Pasted((), (RowFault(0, "", _("Paste a row of headings and at least one row under it.")),))
    if len(lines) - 1 > MOST_ROWS:
        told = ngettext("At most %(n)d row at a time.", "At most %(n)d rows at a time.", MOST_ROWS) % {"n": MOST_ROWS}
        return Pasted((), (RowFault(0, "", told),))
    chosen, faults = _headings(form, lines[0][1])
    if faults:
        return Pasted((), tuple(faults))
    reader = _Reader(form, visit, chosen)
    things = [reader.row(number, cells) for number, cells in lines[1:]]
    return Pasted(tuple(things) if not reader.faults else (), tuple(reader.faults))


def _headings(form: ThingForm, cells: Sequence[str]) -> tuple[list[Column | None], list[RowFault]]:
    known = columns(form)
    by_name = {name: column for column in reversed(known) for name in column.names}
    chosen = [by_name.get(_tidy(cell)) if cell.strip() else None for cell in cells]
    faults = [
        RowFault(1, cell, _("This heading is not known. Take the column out, or give it one of the headings above."))
        for cell, column in zip(cells, chosen, strict=True)
        if cell.strip() and column is None
    ]
    taken = [column for column in chosen if column]
    faults += [
        RowFault(1, each.label, _("This heading stands there twice."))
        for at, each in enumerate(taken)
        if each in taken[:at]
    ]
    there = {column.field for column in taken}
    faults += [
        RowFault(1, column.label, _("This column is missing."))
        for column in known
        if column.required and column.field not in there and not _has_default(form, column.field)
    ]
    return chosen, faults


def _has_default(form: ThingForm, name: str) -> bool:
    """Tell whether a field holds something when nothing is written; an empty list or text is nothing."""
    return form.initial.get(name, form.fields[name].initial) not in NOTHING


class _Reader:
    """Reads rows by one form, whose fields are asked again and again."""

    def __init__(self, form: ThingForm, visit: Visit, chosen: Sequence[Column | None]) -> None:
        self.form, self.visit, self.chosen = form, visit, chosen
        self.faults: list[RowFault] = []
        self.labels = {column.field: column.label for column in reversed(columns(form))}
        self.words = {
            name: {_tidy(str(words)): value for value, words in field.widget.choices}
            for name, field in form.fields.items()
            if isinstance(field, forms.ChoiceField) and isinstance(field.widget, forms.Select | forms.RadioSelect)
        }

    def row(self, number: int, cells: Sequence[str]) -> Any:
        """Return the thing of a row; None where something is wrong, which then stands in `faults`."""
        given: dict[str, dict[str, str]] = {}
        for column, cell in zip(self.chosen, islice(cells, len(self.chosen)), strict=False):
            if column:
                given.setdefault(column.field, {})[column.part] = cell.strip()
        before = len(self.faults)
        self.form.cleaned_data = {name: self._cleaned(number, name, given.get(name, {})) for name in self.form.fields}
        if len(self.faults) > before:
            return None
        try:
            thing = self.form.made()
            must_hold(self.visit.case, thing, None)
        except NotKept as refused:
            for fault in refused.faults:
                name = str(fault.path[0]) if fault.path else ""
                self._fault(number, name, fault.says, given.get(name, {}))
            return None
        except ValueError:
            self._fault(number, "", _("The row can't be read as it is."), {})
            return None
        return thing

    def _cleaned(self, number: int, name: str, parts: Mapping[str, str]) -> Any:
        field = self.form.fields[name]
        if not any(parts.values()) and _has_default(self.form, name):
            return field.clean(self.form.initial.get(name, field.initial))
        try:
            return field.clean(self._raw(name, field, parts))
        except ValidationError as wrong:
            self._fault(number, name, " ".join(self._said(field, wrong)), parts)
            return None

    def _said(self, field: forms.Field, wrong: ValidationError) -> list[str]:
        """Return what is wrong with a cell; a choice that isn't one is told with those that are."""
        known = choices_of(field)
        if not known or all(each.code != "invalid_choice" for each in wrong.error_list):
            return wrong.messages
        told = _("It is none of the choices. Write one of these: %(choices)s.") % {
            "choices": "; ".join(known[:MOST_TOLD])
        }
        left = len(known) - MOST_TOLD
        return [told, ngettext("And one more.", "And %(n)s more.", left) % {"n": left}] if left > 0 else [told]

    def _raw(self, name: str, field: forms.Field, parts: Mapping[str, str]) -> Any:
        cell = next(iter(parts.values()), "")
        if isinstance(field, LinesField):
            return [parts.get(code, "").replace(BREAK, "\n") for code in field.languages]
        if isinstance(field, LanguagesField | PlaceField):
            return [parts.get(code, "") for code, _words in _parts(field)]
        if isinstance(field, ReferencesField):
            return [], cell
        if isinstance(field, forms.BooleanField):
            if _tidy(cell) not in YES | NO:
                raise ValidationError(_("Write yes or no."))
            return _tidy(cell) in YES
        if isinstance(field, forms.MultipleChoiceField):
            return [self._code(name, each) for each in cell.split(",") if each.strip()]
        return self._code(name, cell)

    def _code(self, name: str, cell: str) -> str:
        return str(self.words.get(name, {}).get(_tidy(cell), cell.strip()))

    def _fault(self, number: int, name: str, says: str, parts: Mapping[str, str]) -> None:
        cell = " / ".join(filter(None, parts.values()))
        self.faults.append(RowFault(number, self.labels.get(name, name), says, cell[:120]))


class PasteForm(forms.Form):
    """The rows as they were pasted."""

    rows = forms.CharField(strip=False, max_length=2_000_000, widget=forms.Textarea({"rows": 12, "wrap": "off"}))

    def __init__(self, data: Any, label: str) -> None:
        super().__init__(data)
        self.fields["rows"].label = label
