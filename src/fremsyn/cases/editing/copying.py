"""Things as rows for a spreadsheet, in the columns that can be pasted back."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.formats import localize_input
from django.utils.translation import gettext as _

from fremsyn.cases.editing.forms import ThingForm
from fremsyn.cases.editing.inputs import LanguagesField, LinesField, PlaceField
from fremsyn.cases.editing.pasting import BREAK, Column, columns
from fremsyn.cases.plain import to_plain


def rows_of(things: Iterable[Any], form: ThingForm) -> str:
    """Return headings and a row for each thing, separated by tabs, as the page for pasted rows reads them."""
    wanted = columns(form)
    made = io.StringIO()
    writer = csv.writer(made, delimiter="\t", lineterminator="\n")
    writer.writerow([column.label for column in wanted])
    for thing in things:
        plain = to_plain(thing)
        writer.writerow([_cell(column, form.fields[column.field], _at(plain, column.field)) for column in wanted])
    return made.getvalue()


def _at(plain: Any, name: str) -> Any:
    """Return the value of a form's field, whose name says the way to it."""
    for step in name.split("-"):
        plain = plain.get(step) if isinstance(plain, Mapping) else None
    return plain


def _cell(column: Column, field: forms.Field, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(field, LinesField):
        lines = (
            value.get(column.part) or [] if isinstance(value, Mapping) else [each.get(column.part) for each in value]
        )
        return BREAK.join(each or "" for each in lines)
    if isinstance(field, LanguagesField):
        return value.get(column.part) or ""
    if isinstance(field, PlaceField):
        return f"{round(value[column.part] * 100, 6):g}"
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else ""
    if isinstance(value, list):
        return ", ".join(_chosen(field, each) for each in value)
    return _chosen(field, value) if isinstance(field, forms.ChoiceField) else str(localize_input(value))


def _chosen(field: forms.Field, value: Any) -> str:
    """Return the words of a choice; the code itself where it is a reference, or where its words hold a comma."""
    words = str(dict(getattr(field, "choices", ())).get(str(value), value))
    return str(value) if "," in words or words.startswith(f"{value} ") else words
