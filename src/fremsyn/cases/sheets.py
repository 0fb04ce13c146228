"""Which schema a stored thing has: the roots by name, and from them down to every part."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_origin

from django.apps import apps
from django.utils.module_loading import import_string

from fremsyn.cases.kinds import APP_OF_SHEET
from fremsyn.cases.models import Item, ItemRow
from fremsyn.cases.rows import Tables, kind_of
from fremsyn.cases.shape import Slot, dataclasses_in, has_row, holds_rows, slots, without_none

# Named, not imported: the phases lie above.
ROOTS: Mapping[str, str] = {
    sheet: f"fremsyn.{APP_OF_SHEET[sheet] if sheet != 'case' else 'cases'}.schema.{name}"
    for sheet, name in {
        "case": "CaseFile",
        "sources": "Sources",
        "framing": "Framing",
        "stakeholders": "Stakeholders",
        "conversation": "Conversation",
        "scanning": "Scanning",
        "scenarios": "Scenarios",
        "cross_impact": "CrossImpact",
        "direction": "Direction",
        "strategy": "Strategy",
        "plans": "Plans",
        "approval": "Approval",
    }.items()
}


@cache
def root_of(sheet: str) -> type:
    """Return the schema of a sheet's file."""
    schema: type = import_string(ROOTS[sheet])
    return schema


@cache
def tables_of(sheet: str) -> Tables:
    """Return the tables in which a sheet's items are kept: each bears its schema's name."""
    app = APP_OF_SHEET[sheet]
    named = {model.__name__: model for model in apps.get_app_config(app).get_models() if issubclass(model, ItemRow)}
    return {schema: named[schema.__name__] for schema in rows_in(root_of(sheet)) if schema.__name__ in named}


def rows_in(schema: type) -> set[type]:
    """Return the schemas of all items and parts that a schema's things hold, however deep."""
    below = {
        cls for slot in slots(schema) if holds_rows(slot.type) for cls in dataclasses_in(slot.type) if has_row(cls)
    }
    return below.union(*(rows_in(cls) for cls in below)) if below else below


def slot_named(schema: type, name: str) -> Slot:
    """Return a field of a schema.

    :raises KeyError: when it has none of that name
    """
    found = {slot.name: slot for slot in slots(schema)}
    return found[name]


def schema_of(item: Item) -> type:
    """Return the schema of a stored thing; one query for each holder that isn't loaded yet."""
    if item.parent is None:
        return root_of(item.sheet)
    return held_in(slot_named(schema_of(item.parent), item.slot))


def held_in(slot: Slot) -> type:
    """Return the schema of the items or parts that a field holds."""
    return next(cls for cls in dataclasses_in(slot.type) if has_row(cls))


@cache
def place_of(kind: str, field: str = "") -> tuple[str, str, type]:
    """Return where things of a kind are held: sheet, the names of the fields that lead there (`drivers/variants`), schema.

    :param field: the holder's field, where several of them hold such things; empty for the first
    :raises KeyError: when there is no such kind, or no such field holds it
    """
    for sheet in ROOTS:
        for way, schema in _ways_to(root_of(sheet), kind):
            if field in ("", way[-1]):
                return sheet, "/".join(way), schema
    raise KeyError(kind)


def holds_many(sheet: str, way: str) -> bool:
    """Tell whether the last field of a way, as `place_of` returns it, holds several things."""
    schema, hint = root_of(sheet), Any
    for name in way.split("/"):
        hint = next(slot.type for slot in slots(schema) if slot.name == name)
        schema = next(cls for cls in dataclasses_in(hint) if has_row(cls))
    return get_origin(without_none(hint)) is not None


def _ways_to(schema: type, kind: str) -> Iterator[tuple[tuple[str, ...], type]]:
    for slot in slots(schema):
        for cls in dataclasses_in(slot.type):
            if has_row(cls) and not slot.meta.get("inline"):
                if kind_of(cls) == kind:
                    yield (slot.name,), cls
                yield from (((slot.name, *deeper), found) for deeper, found in _ways_to(cls, kind))
