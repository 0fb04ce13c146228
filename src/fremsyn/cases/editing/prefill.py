"""What a new thing's form is filled with from the address that led to it, and what most often fits."""

from collections.abc import Mapping
from typing import Any, get_origin

from django.http import QueryDict

from fremsyn.cases.access import Visit
from fremsyn.cases.editing.fields import sheet_of
from fremsyn.cases.shape import LinkKind, slots, without_none

LONGEST = 200


def prefilled(schema: type, visit: Visit, query: QueryDict) -> Mapping[str, Any]:
    """Return plain values for a new thing's form: references that the address names, the question, today.

    Only references of the case are taken over, so that an address can't put words into somebody's form.
    """
    made: dict[str, Any] = dict(sheet_of(schema).initial)
    for slot in slots(schema):
        given = [each for each in query.getlist(slot.yaml) if each in visit.entries and len(each) < LONGEST]
        if slot.link is not None and given:
            made[slot.yaml] = given[0] if without_none(slot.type) is str else given
        elif slot.link == LinkKind.SERVES:
            made[slot.yaml] = next((e.ref for e in visit.entries.values() if e.kind == "question"), None)
        elif slot.name in ("noted", "held", "date"):
            made[slot.yaml] = visit.case.as_of.isoformat() if get_origin(slot.type) is None else None
    return {name: value for name, value in made.items() if value is not None}
