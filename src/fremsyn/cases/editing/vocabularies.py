"""The case's own words when they are edited: a code that something uses can't be dropped."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from fremsyn.cases.models import Case, Item, Part
from fremsyn.cases.rows import is_own, kind_of
from fremsyn.cases.shape import Named, Place, Slot, dataclasses_in, slots
from fremsyn.cases.sheets import ROOTS, root_of, rows_in, tables_of

MOST_NAMED = 5


def dropped(thing: Any, case: Case, sheet: str) -> Iterator[tuple[str, str]]:
    """Yield a message for each vocabulary of a root that has lost codes which are in use, with its field's name.

    What has been withdrawn counts: it can be brought back.
    """
    stored = Part.objects.filter(item__case=case, item__sheet=sheet, item__parent=None).values_list(
        "content", flat=True
    )
    before: Mapping[str, Any] = stored.first() or {}
    for slot in slots(type(thing)):
        if Named in dataclasses_in(slot.type):
            kept = {entry.id for entry in getattr(thing, slot.name)}
            gone = {entry["id"] for entry in before.get(slot.name, ())} - kept
            for code, users in sorted(used(case, f"{sheet}.{slot.yaml}", gone).items()):
                named = ", ".join(users[:MOST_NAMED]) + (" …" if len(users) > MOST_NAMED else "")
                yield (
                    slot.yaml,
                    _("“%(code)s” is used by %(users)s. Keep its code, or change those first.")
                    % {"code": code, "users": named},
                )


def used(case: Case, vocabulary: str, codes: set[str]) -> dict[str, list[str]]:
    """Return those codes of a vocabulary that are used, each with the keys of what uses it."""
    found: dict[str, list[str]] = {}
    for sheet in ROOTS if codes else ():
        for schema in (root_of(sheet), *rows_in(root_of(sheet))):
            holding = [slot for slot in slots(schema) if is_own(slot) and _holds(slot, vocabulary)]
            for key, content in _contents(case, sheet, schema) if holding else ():
                for slot in holding:
                    for code in codes & _codes(content.get(slot.name)):
                        found.setdefault(code, []).append(key)
    return found


def _holds(slot: Slot, vocabulary: str) -> bool:
    return slot.meta.get("vocabulary") == vocabulary or (slot.type is Place and vocabulary == "scanning.field")


def _codes(value: Any) -> set[str]:
    if isinstance(value, str):
        return {value}
    return set(value or ())  # codes in a list, or the corners of a place


def _contents(case: Case, sheet: str, schema: type) -> Iterator[tuple[str, Mapping[str, Any]]]:
    items = {
        pk: ref or path
        for pk, ref, path in Item.objects.filter(case=case, sheet=sheet, kind=kind_of(schema)).values_list(
            "pk", "ref", "path"
        )
    }
    table = tables_of(sheet).get(schema)
    if table is None:
        rows = Part.objects.filter(item__in=items).values_list("item_id", "content")
        yield from ((items[pk], content) for pk, content in rows)
    else:
        yield from ((items[row["item_id"]], row) for row in table._default_manager.filter(item__in=items).values())
