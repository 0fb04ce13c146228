"""Codes that are made of a thing's name where nobody writes one."""

import dataclasses
from collections.abc import Collection, Iterator
from functools import cache
from itertools import count
from typing import Any

from fremsyn.cases.editing.fields import Makes, is_asked_for, sheet_of
from fremsyn.cases.editing.stored import Stored
from fremsyn.cases.models import Item
from fremsyn.cases.shape import Slot
from fremsyn.core.text import in_small_letters

LONGEST = 32


def small_letters(name: str, holder: Any, used: Collection[str]) -> str:
    """Return a name in small letters, digits and underscores, with a number where it is in use."""
    start = in_small_letters(name, "_")[:LONGEST].strip("_") or "x"
    return start if start not in used else next(f"{start}_{n}" for n in count(2) if f"{start}_{n}" not in used)


@cache
def made_fields(schema: type) -> dict[str, Makes]:
    """Return the fields of a schema whose codes are made where they are left empty, and how."""
    if not is_asked_for(schema):  # such as a section of the matrix, which has a page of its own
        return {}
    return {name: words.made for name, words in sheet_of(schema).fields.items() if words.made}


def with_codes(holder: Stored, slot: Slot, things: list[Any]) -> list[Any]:
    """Return new things with the codes that they were left without, each unlike those in use."""
    if not things:
        return []
    made = list(things)
    schema: type = type(things[0])
    for name, makes in made_fields(schema).items():
        used = {*_in_use(holder, slot, schema, name), *(getattr(each, name) for each in things)}
        for at, thing in enumerate(made):
            if not getattr(thing, name):
                code = makes(_called(thing), holder.thing, used)
                used.add(code)
                made[at] = dataclasses.replace(thing, **{name: code})
    return made


def _called(thing: Any) -> str:
    """Return what a thing is called, in whichever field its schema has for that."""
    return str(next(getattr(thing, name) for name in ("name", "title", "role") if hasattr(thing, name)))


def _in_use(holder: Stored, slot: Slot, schema: type, name: str) -> Iterator[str]:
    """Yield the codes of a field: those of a holder's parts from their paths, others from the phase's table."""
    if name == "id":
        paths = Item.objects.filter(parent=holder.item, slot=slot.name).values_list("path", flat=True)
        yield from (path.rpartition("/")[2] for path in paths)
    elif schema in holder.tables:
        yield from (
            holder.tables[schema]._default_manager.filter(item__case=holder.item.case).values_list(name, flat=True)
        )
