"""The versions of a thing: kept after each change, compared, and shown side by side when two people meet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from fremsyn.cases.editing.stored import Stored
from fremsyn.cases.models import Item, ItemVersion, VersionEvent
from fremsyn.cases.plain import to_plain
from fremsyn.cases.reader import value_from_plain
from fremsyn.cases.rows import is_own
from fremsyn.cases.shape import slots
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person


def own_content(thing: Any) -> dict[str, Any]:
    """Return what is a thing's own, as plain values by field name: not its parts and not its claims."""
    return {slot.name: to_plain(getattr(thing, slot.name)) for slot in slots(type(thing)) if is_own(slot)}


def own_values(schema: type, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `own_content` made, as values of the schema's fields."""
    return {
        slot.name: value_from_plain(content[slot.name], slot.type)
        for slot in slots(schema)
        if slot.name in content and is_own(slot) and slot.name not in ("ref", "schema")
    }


def keep_version(
    item: Item, thing: Any, event: VersionEvent, *, why: str, by: Person | None, at: datetime, first: bool = False
) -> None:
    """Keep what a thing is now under its version's number.

    :param first: keep it only where nothing of the thing is kept yet
    """
    if first and ItemVersion.objects.filter(item=item).exists():
        return
    ItemVersion.objects.create(
        item=item, number=item.version, event=event, content=own_content(thing), why=why, by=by, at=at
    )


def keep_added(added: Iterable[tuple[Item, Any]], *, by: Person | None, at: datetime) -> None:
    """Keep what new things are as their first version."""
    ItemVersion.objects.bulk_create(
        ItemVersion(item=item, number=item.version, event=VersionEvent.ADDED, content=own_content(thing), by=by, at=at)
        for item, thing in added
    )


@dataclass(frozen=True)
class Meeting:
    """A field that two people changed: what it was, what the other wrote, what this one wrote (plain values)."""

    field: str
    was: Any
    theirs: Any
    mine: Any


class Conflict(RuleBroken):
    """Somebody else changed the same fields in the meantime; nothing was written."""

    def __init__(self, found: Stored, meetings: tuple[Meeting, ...]) -> None:
        super().__init__(
            _("Somebody else has changed %(key)s while you were writing. Both versions are shown: choose, and save.")
            % {"key": found.key}
        )
        self.found = found
        self.meetings = meetings

    @classmethod
    def unless_apart(cls, found: Stored, version: int, new: Mapping[str, Any]) -> None:
        """Let changes pass that touch other fields than what was changed since `version`; refuse the rest.

        :raises Conflict: naming each field that both changed
        """
        base = ItemVersion.objects.filter(item=found.item, number=version).first()
        now = own_content(found.thing)
        was = base.content if base else {}
        meetings = tuple(
            Meeting(name, was.get(name), now[name], to_plain(value))
            for name, value in new.items()
            if name in now and (base is None or was.get(name) != now[name])
        )
        if meetings:
            raise cls(found, meetings)
