"""What people do with the things of a case: add, change, withdraw, bring back, say that they still hold."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from fremsyn.audit.operations import record
from fremsyn.audit.personal import keep_personal
from fremsyn.cases.editing.checks import honest, must_hold
from fremsyn.cases.editing.codes import with_codes
from fremsyn.cases.editing.stored import Stored, lock, row_of, stored
from fremsyn.cases.editing.versions import Conflict, keep_added, keep_version
from fremsyn.cases.kinds import APP_OF_SHEET, KINDS
from fremsyn.cases.models import Case, Item, Link, Reconsideration, VersionEvent
from fremsyn.cases.phases import refuse_unless_open
from fremsyn.cases.remembered import changed
from fremsyn.cases.rows import Writer, kind_of, part_path
from fremsyn.cases.shape import GROUNDS, Slot, is_item
from fremsyn.cases.sheets import schema_of, slot_named
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person

NO_MORE_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@transaction.atomic
def add_thing(*, case: Case, parent: str, slot: str, thing: Any, by: Person | None, at: datetime) -> Item:
    """Add an item or part to what `parent` holds.

    :param parent: the key of whoever holds it, such as `scanning` or `D3`
    :param slot: the name of the holder's field, such as `signals`
    :param thing: of the field's schema; an empty `ref` gets the next free number, and an empty code is made of the name
    :raises RuleBroken: when the phase is closed, the thing can't stand in the case, or its place is taken
    """
    lock(case)
    return add_things(case=case, parent=parent, slot=slot, things=(thing,), by=by, at=at)[0]


@transaction.atomic
def add_things(
    *, case: Case, parent: str, slot: str, things: Iterable[Any], by: Person | None, at: datetime
) -> tuple[Item, ...]:
    """Add several things at once, all or none; see `add_thing`."""
    lock(case)
    holder = stored(case, parent)
    field = slot_named(holder.schema, slot)
    given = tuple(things)
    for thing in given[:1]:
        refuse_unless_open(case, APP_OF_SHEET[holder.item.sheet], kind_of(type(thing)), f"{parent}/{slot}")
    for thing in given:
        must_hold(case, thing, None)
    given = tuple(honest(case, thing, None) for thing in given)
    changed(case)
    writer = Writer(case)
    added = _placed(writer, holder, field, given)
    writer.flush()
    keep_added(added, by=by, at=at)
    keys = [item.ref or item.path for item, _thing in added]
    record("cases.things_added", case=case, by=by, at=at, kind=kind_of(type(given[0])), keys=keys)
    return tuple(item for item, _thing in added)


def _placed(writer: Writer, holder: Stored, slot: Slot, given: tuple[Any, ...]) -> list[tuple[Item, Any]]:
    siblings = Item.objects.filter(parent=holder.item, slot=slot.name)
    first = (siblings.aggregate(most=Max("position"))["most"] or 0) + 1 if siblings.exists() else 0
    refs = _free_refs(holder, type(given[0])) if given and is_item(type(given[0])) else iter(())
    things = [dataclasses.replace(each, ref=next(refs)) if getattr(each, "ref", None) == "" else each for each in given]
    things = with_codes(holder, slot, things)
    many = _holds_many(slot)
    paths = [part_path(holder.item.path, slot, each, first + at, many=many) for at, each in enumerate(things)]
    taken = Item.objects.filter(case=holder.item.case, path__startswith=f"{holder.item.path}/{slot.yaml}")
    if len(set(paths)) < len(paths) or set(paths) & set(taken.values_list("path", flat=True)):
        raise RuleBroken(_("There is one here already. If it was withdrawn, bring it back instead."))
    return [
        (writer.add_to(holder.item, slot, thing, first + at, holder.tables), thing) for at, thing in enumerate(things)
    ]


def _holds_many(slot: Slot) -> bool:
    return getattr(slot.type, "__origin__", None) is tuple


def _free_refs(holder: Stored, schema: type) -> Iterator[str]:
    """Yield the references that new things get: the next numbers, or the next letters under a driver."""
    kind = KINDS[kind_of(schema)]
    items = Item.objects.filter(case=holder.item.case)
    if kind.name == "variant":
        used = {ref.partition(".")[2] for ref in items.filter(parent=holder.item).values_list("ref", flat=True)}
        yield from (f"{holder.item.ref}.{letter}" for letter in NO_MORE_LETTERS if letter not in used)
        raise RuleBroken(_("There are no more letters for new states here."))
    if kind.name in ("desirable_scenario", "baseline_role"):
        yield f"{kind.letter}0"
        raise RuleBroken(_("There is one here already. If it was withdrawn, bring it back instead."))
    refs = items.filter(ref__startswith=kind.letter).exclude(ref__contains=".").values_list("ref", flat=True)
    most = max((int(ref[1:]) for ref in refs), default=0)
    yield from (f"{kind.letter}{number}" for number in count(most + 1))


@transaction.atomic
def change_thing(
    *,
    case: Case,
    key: str,
    version: int | None,
    values: Mapping[str, Any],
    meaning: bool,
    why: str = "",
    although_closed: bool = False,
    by: Person | None,
    at: datetime,
) -> Item:
    """Change fields of a thing. A change of meaning marks what rests on it directly to be looked at again.

    :param version: the version that the change was written on; None to change whatever stands there
    :param values: new values by the schema's field names; parts are things of their own and can't be given here
    :param although_closed: for what goes on when the phase is closed, such as reading a signpost
    :raises Conflict: when somebody else has changed the same fields since
    :raises RuleBroken: when the phase is closed, the thing is gone, or the values can't stand
    """
    lock(case)
    found = stored(case, key)
    if not although_closed:
        refuse_unless_open(case, APP_OF_SHEET[found.item.sheet], found.item.kind, key)
    new = {name: value for name, value in values.items() if getattr(found.thing, name) != value}
    if not new:
        return found.item
    if version is not None and version != found.item.version:
        Conflict.unless_apart(found, version, new)
    thing = dataclasses.replace(found.thing, **new)
    must_hold(case, thing, found.item)
    thing = honest(case, thing, found)
    changed(case)
    keep_version(found.item, found.thing, VersionEvent.FIRST, why="", by=None, at=case.created_at, first=True)
    found.item.version += 1
    found.item.look_again = False
    Reconsideration.objects.filter(item=found.item).delete()
    Writer(case).rewrite(found.item, thing, found.tables)
    event = VersionEvent.MEANING if meaning else VersionEvent.WORDING
    keep_version(found.item, thing, event, why=why, by=by, at=at)
    marked = _mark_dependents(found.item, at) if meaning else []
    said = {"why": keep_personal(why, about=by)} if why else {}
    record(
        "cases.thing_changed", case=case, by=by, at=at, key=key, version=found.item.version,
        fields=sorted(new), meaning=meaning, to_be_looked_at=marked, **said,
    )  # fmt: skip
    return found.item


def _mark_dependents(cause: Item, at: datetime) -> list[str]:
    links = Link.objects.filter(to_item=cause, kind__in=GROUNDS, from_item__withdrawn_at=None).exclude(field="")
    return _mark({link.from_item_id: link.from_item for link in links.select_related("from_item")}, cause, at)


def _mark(items: Mapping[Any, Item], cause: Item, at: datetime) -> list[str]:
    Item.objects.filter(pk__in=items).update(look_again=True)
    Reconsideration.objects.bulk_create(
        (Reconsideration(item=item, cause=cause, at=at) for item in items.values()), ignore_conflicts=True
    )
    return sorted(item.ref or item.path for item in items.values())


@transaction.atomic
def mark_to_be_looked_at(
    *, case: Case, cause: str, keys: Iterable[str], by: Person | None, at: datetime
) -> tuple[str, ...]:
    """Mark things to be looked at again because of something that is none of their grounds, such as a signpost.

    :param cause: the key of what happened; it stands on the marked things' pages
    :returns: the keys that are marked now; those that are withdrawn or unknown are passed over
    :raises RuleBroken: when there is no such cause
    """
    lock(case)
    of = row_of(case, cause)
    wanted = set(keys)
    found = Item.objects.filter(Q(ref__in=wanted) | Q(path__in=wanted), case=case, withdrawn_at=None).exclude(pk=of.pk)
    items = {item.pk: item for item in found}
    if not items:
        return ()
    changed(case)
    marked = tuple(_mark(items, of, at))
    record("cases.things_marked", case=case, by=by, at=at, cause=cause, keys=list(marked))
    return marked


@transaction.atomic
def still_holds(*, case: Case, key: str, why: str = "", by: Person | None, at: datetime) -> Item:
    """Say that a thing holds although something that it rests on has changed its meaning.

    :raises RuleBroken: when it isn't marked to be looked at again
    """
    lock(case)
    found = stored(case, key)
    if not found.item.look_again:
        raise RuleBroken(_("%(key)s is not marked to be looked at again; there is nothing to answer.") % {"key": key})
    changed(case)
    keep_version(found.item, found.thing, VersionEvent.FIRST, why="", by=None, at=case.created_at, first=True)
    found.item.version += 1
    found.item.look_again = False
    found.item.save(update_fields=["version", "look_again"])
    Reconsideration.objects.filter(item=found.item).delete()
    keep_version(found.item, found.thing, VersionEvent.HOLDS, why=why, by=by, at=at)
    said = {"why": keep_personal(why, about=by)} if why else {}
    record("cases.thing_held", case=case, by=by, at=at, key=key, **said)
    return found.item


@transaction.atomic
def withdraw_thing(*, case: Case, key: str, why: str = "", by: Person | None, at: datetime) -> Item:
    """Take a thing and its parts out of use. It can be brought back; what rests on it is marked to be looked at again.

    :raises RuleBroken: when something can't stand without it, naming that
    """
    lock(case)
    found = stored(case, key)
    refuse_unless_open(case, APP_OF_SHEET[found.item.sheet], found.item.kind, key)
    gone = _with_parts(found.item)
    needed = needed_by(gone)
    if found.item.parent is None or needed:
        raise RuleBroken(
            _("%(key)s can't be withdrawn, because %(others)s can't stand without it. Change or withdraw that first.")
            % {"key": key, "others": ", ".join(needed) or _("the case")}
        )
    changed(case)
    marked = [ref for item in gone for ref in _mark_dependents(item, at)]
    found.item.version += 1
    found.item.save(update_fields=["version"])
    Item.objects.filter(pk__in=[item.pk for item in gone]).update(withdrawn_at=at)
    keep_version(found.item, found.thing, VersionEvent.WITHDRAWN, why=why, by=by, at=at)
    said = {"why": keep_personal(why, about=by)} if why else {}
    record("cases.thing_withdrawn", case=case, by=by, at=at, key=key, to_be_looked_at=sorted(set(marked)), **said)
    return found.item


def _with_parts(item: Item) -> list[Item]:
    parts = Item.objects.select_related("case").filter(parent=item, withdrawn_at=None)
    return [item, *(each for part in parts for each in _with_parts(part))]


def needed_by(gone: Iterable[Item]) -> list[str]:
    """Return the keys of things in use that name one of these in a field which takes exactly one, and must not be empty."""
    away = {item.pk for item in gone}
    links = Link.objects.filter(to_item__in=away, from_item__withdrawn_at=None).exclude(from_item__in=away)
    keys = set()
    for link in links.exclude(field="").select_related("from_item__parent__parent__parent"):
        if needs(link):
            keys.add(link.from_item.ref or link.from_item.path)
    return sorted(keys)


def needs(link: Link) -> bool:
    """Tell whether whoever links can't stand without what it links to."""
    slot = slot_named(schema_of(link.from_item), link.field.partition(".")[0])
    return slot.link is not None and slot.type is str


@transaction.atomic
def restore_thing(*, case: Case, key: str, by: Person | None, at: datetime) -> Item:
    """Bring back what was withdrawn, with the parts that went with it and every link that led to them.

    :raises RuleBroken: when it is in use, or what holds it is withdrawn itself
    """
    lock(case)
    item = row_of(case, key)
    if item.withdrawn_at is None:
        raise RuleBroken(_("%(key)s is in use; there is nothing to bring back.") % {"key": key})
    if item.parent and item.parent.withdrawn_at is not None:
        holder = item.parent.ref or item.parent.path
        raise RuleBroken(_("%(key)s is part of %(holder)s. Bring that back first.") % {"key": key, "holder": holder})
    refuse_unless_open(case, APP_OF_SHEET[item.sheet], item.kind, key)
    changed(case)
    back = Item.objects.filter(case=case, path__startswith=f"{item.path}/", withdrawn_at=item.withdrawn_at)
    back.update(withdrawn_at=None)
    item.withdrawn_at = None
    item.version += 1
    item.save(update_fields=["withdrawn_at", "version"])
    keep_version(item, stored(case, key).thing, VersionEvent.RESTORED, why="", by=by, at=at)
    record("cases.thing_restored", case=case, by=by, at=at, key=key)
    return item
