"""Which schema a stored thing has: the roots by name, and from them down to every part."""

from collections.abc import Mapping
from functools import cache

from django.apps import apps
from django.utils.module_loading import import_string

from fremsyn.cases.kinds import APP_OF_SHEET
from fremsyn.cases.models import Item, ItemRow
from fremsyn.cases.rows import Tables, kind_of
from fremsyn.cases.shape import Slot, dataclasses_in, has_row, holds_rows, slots

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
    return {schema: named[schema.__name__] for schema in _rows_in(root_of(sheet)) if schema.__name__ in named}


def _rows_in(schema: type) -> set[type]:
    below = {
        cls for slot in slots(schema) if holds_rows(slot.type) for cls in dataclasses_in(slot.type) if has_row(cls)
    }
    return below.union(*(_rows_in(cls) for cls in below)) if below else below


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
def place_of(kind: str) -> tuple[str, str, type]:
    """Return where things of a kind are held: sheet, the names of the fields that lead there (`drivers/variants`), schema.

    :raises KeyError: when there is no such kind
    """
    for sheet in ROOTS:
        found = _way_to(root_of(sheet), kind)
        if found:
            return sheet, "/".join(found[0]), found[1]
    raise KeyError(kind)


def _way_to(schema: type, kind: str) -> tuple[tuple[str, ...], type] | None:
    for slot in slots(schema):
        for cls in dataclasses_in(slot.type):
            if not has_row(cls):
                continue
            if kind_of(cls) == kind:
                return (slot.name,), cls
            deeper = _way_to(cls, kind)
            if deeper:
                return (slot.name, *deeper[0]), deeper[1]
    return None
