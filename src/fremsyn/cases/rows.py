"""Dataclasses to rows and back: the one pair of maps behind import, export and every hand-over.

A schema's item or part becomes an `Item`, its references become `Link`s, its figures that are claims stay on the item,
and all else stands in the phase's own row, in columns named as the schema's fields.
"""

import dataclasses
import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache
from typing import Any, TypeVar

from django.db import models as db
from django.db.models import Q
from django.utils.text import camel_case_to_spaces

from fremsyn.cases.models import Case, Item, ItemRow, Link, Part
from fremsyn.cases.plain import to_plain
from fremsyn.cases.reader import value_from_plain
from fremsyn.cases.remembered import made_of
from fremsyn.cases.shape import LinkKind, Slot, Text, dataclasses_in, has_row, holds_rows, slots, without_none
from fremsyn.cases.tables import OnItem, Rows, rows_of

Schema = TypeVar("Schema")
Tables = Mapping[type, type[ItemRow]]


def kind_of(schema: type) -> str:
    """Return the name under which things of a schema are kept: `SuccessCriterion` is `success_criterion`."""
    return camel_case_to_spaces(schema.__name__).replace(" ", "_")


def references(value: Any) -> list[str]:
    """Return the references in the value of a link field, in order."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)


def _is_mapping(slot: Slot) -> bool:
    return getattr(without_none(slot.type), "__origin__", None) in (dict, Mapping)


def stored_as_links(slot: Slot) -> bool:
    """Tell whether a field is kept as links alone (a mapping by reference is also kept as content)."""
    return slot.link is not None and not _is_mapping(slot)


def part_path(path: str, slot: Slot, thing: Any, at: int, *, many: bool) -> str:
    """Return the path of a part: its place in whoever holds it, by id where it has one, else by number from one."""
    if not many:
        return f"{path}/{slot.yaml}"
    return f"{path}/{slot.yaml}/{getattr(thing, 'ref', '') or getattr(thing, 'id', '') or at + 1}"


def is_own(slot: Slot) -> bool:
    """Tell whether a field is a thing's own, unlike its parts, which are things themselves, and its claims."""
    return not slot.meta.get("claim") and (not holds_rows(slot.type) or bool(slot.meta.get("inline")))


class Way(Enum):
    """How a field of a thing is kept."""

    ITEM = auto()
    CLAIM = auto()
    LINKS = auto()
    THINGS = auto()
    CONTENT = auto()


@cache
def _ways(schema: type) -> tuple[tuple[Slot, Way], ...]:
    """Return the fields of a schema, each with how it is kept."""
    return tuple((slot, _way(slot)) for slot in slots(schema))


def _way(slot: Slot) -> Way:
    if slot.name == "ref" or (slot.name == "unverified" and slot.type is bool):
        return Way.ITEM
    if slot.meta.get("claim"):
        return Way.CLAIM
    if stored_as_links(slot):
        return Way.LINKS
    return Way.THINGS if holds_rows(slot.type) and not slot.meta.get("inline") else Way.CONTENT


@dataclass
class Writer:
    """Gathers the rows of a case; `flush` writes them, links last, when every item is known."""

    case: Case
    items: list[Item] = field(default_factory=list)
    rows: dict[type[ItemRow], list[ItemRow]] = field(default_factory=lambda: defaultdict(list))
    links: list[tuple[Item, str | Item, LinkKind, str, int]] = field(default_factory=list)

    def add(self, sheet: str, content: Any, tables: Tables) -> None:
        """Take in one file's content."""
        self._thing(content, sheet, sheet, tables)

    def add_to(self, parent: Item, slot: Slot, thing: Any, at: int, tables: Tables) -> Item:
        """Take in one thing that `parent` holds in a field, at a place in its list (from zero)."""
        many = getattr(without_none(slot.type), "__origin__", None) is tuple
        path = part_path(parent.path, slot, thing, at, many=many)
        return self._part(thing, slot, parent.sheet, path, tables, parent, at)

    def flush(self) -> dict[str, Item]:
        """Write everything and return the items by reference, those included that new links lead to.

        :raises KeyError: when a link names a reference that no item has
        """
        Item.objects.bulk_create(self.items)
        for table, rows in self.rows.items():
            table._default_manager.bulk_create(rows)
        known = {item.ref: item for item in self.items if item.ref}
        away = {to for _item, to, *_rest in self.links if isinstance(to, str)} - known.keys()
        if away:
            known |= {item.ref: item for item in Item.objects.filter(case=self.case, ref__in=away, withdrawn_at=None)}
        Link.objects.bulk_create(
            Link(from_item=a, to_item=b if isinstance(b, Item) else known[b], kind=kind, field=name, position=at)
            for a, b, kind, name, at in self.links
        )
        return known

    def _thing(
        self, thing: Any, sheet: str, path: str, tables: Tables, parent: Item | None = None, slot: str = "", at: int = 0
    ) -> Item:
        schema: type = type(thing)
        item = Item(
            id=uuid.uuid4(), case=self.case, sheet=sheet, ref=getattr(thing, "ref", ""), path=path, kind=kind_of(schema)
        )
        item.parent, item.slot, item.position = parent, slot, at
        item.title, item.unverified = title_of(thing), getattr(thing, "unverified", False) is True
        self.items.append(item)
        self._own(item, thing, tables)
        for each, kept in _ways(schema):
            if kept is Way.THINGS:
                self._parts(item, each, getattr(thing, each.name), sheet, path, tables)
        return item

    def _own(self, item: Item, thing: Any, tables: Tables) -> None:
        """Take in what is the thing's own: its columns, claims and links, not its parts."""
        content, claims = {}, {}
        schema: type = type(thing)
        for each, kept in _ways(schema):
            value = getattr(thing, each.name)
            self._links(item, each, value, each.name)
            if kept is Way.CLAIM and value != each.default:
                claims[each.name] = to_plain(value)
            elif kept is Way.CONTENT:
                content[each.name] = value
        item.claims = claims or None
        self._row(item, schema, content, tables)

    def rewrite(self, item: Item, thing: Any, tables: Tables) -> None:
        """Write what is a stored thing's own anew: title, mark, columns, claims and links. Its parts stay.

        :raises KeyError: when a link names a reference that no item has
        """
        withdrawn = Q(to_item__withdrawn_at__isnull=False)  # hidden, and back when that is brought back
        written = [each.name for each in slots(type(thing)) if each.link is not None]
        inline = [f"{each.name}." for each in slots(type(thing)) if each.meta.get("inline")]
        of_fields = Q(field__in=written)
        for start in inline:
            of_fields |= Q(field__startswith=start)
        Link.objects.filter(of_fields, from_item=item).exclude(withdrawn).delete()
        thing = _with_hidden(item, thing, tables)
        item.title, item.unverified = title_of(thing), getattr(thing, "unverified", False) is True
        self._own(item, thing, tables)
        kept = set(Link.objects.filter(withdrawn, from_item=item).values_list("to_item__ref", flat=True))
        self.links = [link for link in self.links if link[1] not in kept]
        item.save(update_fields=["title", "unverified", "claims", "version", "look_again"])
        for row in self.rows.pop(tables.get(type(thing), Part)):
            row.save()  # what hangs on the row, such as votes, stays
        self.flush()

    def _row(self, item: Item, schema: type, content: Mapping[str, Any], tables: Tables) -> None:
        table = tables.get(schema)
        if table is None:
            defaults = {each.name: each for each in slots(schema)}
            kept = {n: to_plain(v) for n, v in content.items() if defaults[n].required or v != defaults[n].default}
            self.rows[Part].append(Part(item=item, content=kept))
            return
        columns = {
            name: _plain_without_links(value) if isinstance(table._meta.get_field(name), db.JSONField) else value
            for name, value in content.items()
        }
        self.rows[table].append(table(item=item, **columns))

    def _links(self, item: Item, slot: Slot, value: Any, name: str) -> None:
        if slot.meta.get("inline") and value is not None:
            for inner in slots(type(value)):
                self._links(item, inner, getattr(value, inner.name), f"{name}.{inner.name}")
        if slot.link is not None:
            for at, ref in enumerate(references(value)):
                self.links.append((item, ref, slot.link, name, at))

    def _parts(self, item: Item, slot: Slot, value: Any, sheet: str, path: str, tables: Tables) -> None:
        many = isinstance(value, tuple)
        for at, thing in enumerate(value if many else (() if value is None else (value,))):
            self._part(thing, slot, sheet, part_path(path, slot, thing, at, many=many), tables, item, at)

    def _part(self, thing: Any, slot: Slot, sheet: str, path: str, tables: Tables, item: Item, at: int) -> Item:
        part = self._thing(thing, sheet, path, tables, item, slot.name, at)
        if slot.meta.get("made_of"):
            self.links.append((item, part, LinkKind.PART, slot.name, at))
        elif item.ref:
            self.links.append((part, item, LinkKind.PART, "", 0))
        return part


def _plain_without_links(value: Any) -> Any:
    plain = to_plain(value)
    if isinstance(plain, dict) and dataclasses.is_dataclass(value):
        for slot in slots(type(value)):
            if stored_as_links(slot):
                plain.pop(slot.yaml, None)
    return plain


def title_of(thing: Any) -> dict[str, str]:
    """Return what a thing is called: its title, else its name, its text, or the reason that it gives."""
    for name in ("title", "name", "text", "says", "why", "verdict", "reason"):
        value = getattr(thing, name, None)
        if isinstance(value, Text):
            plain: dict[str, str] = to_plain(value)
            return plain
        if isinstance(value, str):
            return {"da": value, "en": value}
    return {}


def _with_hidden(item: Item, thing: Any, tables: Tables) -> Any:
    """Return the thing with what it said of things that are withdrawn for now, so that it is there when they are back."""
    by_reference = [each for each in slots(type(thing)) if each.link is not None and not stored_as_links(each)]
    if not by_reference:
        return thing
    rows = Rows(item.case, under=item)
    stored, hidden = rows.content(item, tables.get(type(thing), Part)), {}
    for each in by_reference:
        kept = stored.get(each.name) or {}
        gone = {ref: value for ref, value in kept.items() if ref in rows.gone}
        if gone:
            hidden[each.name] = {**getattr(thing, each.name), **value_from_plain(gone, each.type)}
    return dataclasses.replace(thing, **hidden)


def load_thing(item: Item, schema: type, tables: Tables) -> Any:
    """Return one stored thing with its parts."""
    return _Stored(Rows(item.case, under=item), tables).thing(item, schema)


def load(case: Case, sheet: str, schema: type[Schema], tables: Tables) -> Schema:
    """Return one file's content from the rows.

    :raises Item.DoesNotExist: when the case has no such sheet
    """
    rows = rows_of(case)
    if not (found := rows.held.get((None, sheet))):
        raise Item.DoesNotExist(f"{case.slug} has no {sheet}")
    of = rows.of_sheet(sheet, tables.values())
    made: Schema = made_of(case, sheet, of, lambda: _Stored(rows, tables).thing(found[0], schema))
    return made


@dataclass(frozen=True)
class _Stored:
    """Puts things together from the rows."""

    rows: Rows
    tables: Tables

    def thing(self, item: Item | OnItem, schema: Any) -> Any:
        content, given = self.rows.content(item, self.tables.get(schema, Part)), {}
        for slot, kept in _ways(schema):
            if kept is Way.ITEM:
                given[slot.name] = getattr(item, slot.name)
            elif kept is Way.CLAIM:
                if item.claims and slot.name in item.claims:
                    given[slot.name] = value_from_plain(item.claims[slot.name], slot.type)
            elif kept is Way.LINKS:
                given[slot.name] = self._references(item, slot, slot.name)
            elif kept is Way.THINGS:
                given[slot.name] = self._things(item, slot)
            elif slot.name in content:
                given[slot.name] = self._value(item, slot, content[slot.name])
        return schema(**given)

    def _references(self, item: Item | OnItem, slot: Slot, name: str) -> Any:
        found = self.rows.references.get((item.path, name), [])
        if without_none(slot.type) is str:
            return found[0] if found else None
        return tuple(found)

    def _things(self, item: Item | OnItem, slot: Slot) -> Any:
        schema = next(cls for cls in dataclasses_in(slot.type) if has_row(cls))
        made = tuple(self.thing(part, schema) for part in self.rows.held.get((item.path, slot.name), ()))
        if getattr(without_none(slot.type), "__origin__", None) is tuple:
            return made
        return made[0] if made else None

    def _value(self, item: Item | OnItem, slot: Slot, value: Any) -> Any:
        if slot.meta.get("inline") and value is not None:
            schema = dataclasses_in(slot.type)[0]
            inner: dict[str, Any] = {}
            for each in slots(schema):
                if stored_as_links(each):
                    inner[each.name] = self._references(item, each, f"{slot.name}.{each.name}")
                elif each.yaml in value:
                    inner[each.name] = value_from_plain(value[each.yaml], each.type)
            return schema(**inner)
        if slot.link is not None and isinstance(value, Mapping) and self.rows.gone:
            value = {ref: each for ref, each in value.items() if ref not in self.rows.gone}
        if isinstance(value, float) and value.is_integer() and int in getattr(slot.type, "__args__", ()):
            return int(value)
        return value_from_plain(value, slot.type)
