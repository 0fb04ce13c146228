"""What the editing pages show: the thing, its form, its versions, what rests on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit, access_case, demand
from fremsyn.cases.directory import Entry
from fremsyn.cases.editing.fields import Field, is_asked_for, sheet_of
from fremsyn.cases.editing.operations import needed_by
from fremsyn.cases.editing.stored import Stored, row_of
from fremsyn.cases.editing.versions import Meeting
from fremsyn.cases.kinds import APP_OF_SHEET, KINDS, PAGE_OF_APP
from fremsyn.cases.models import Case, Item, ItemVersion, Reconsideration
from fremsyn.cases.pages import crumbs
from fremsyn.cases.phases import gate_url, may_change, why_shut
from fremsyn.cases.rights import Right
from fremsyn.cases.rows import kind_of
from fremsyn.cases.shape import GROUNDS, slots
from fremsyn.cases.sheets import holds_many, place_of, schema_of
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import LANGUAGES
from fremsyn.web.templatetags.say import say_plain

CRUMB = 60  # characters of a thing's title in the breadcrumb
# What somebody who may not edit may still add.
CONTRIBUTED = frozenset({"signal"})


@dataclass(frozen=True)
class Place:
    """Where a new thing of a kind is put: the holder's key, the holder's field, the thing's schema."""

    parent: str
    slot: str
    schema: type
    app: str
    many: bool


def right_to_add(kind: str) -> Right:
    """Return the right that adding a thing of a kind takes."""
    return Right.CONTRIBUTE if kind in CONTRIBUTED else Right.EDIT


def place_for(request: HttpRequest, slug: str, kind: str) -> tuple[Visit, Place]:
    """Return who asks and where a new thing of a kind is put.

    The address may name the key of whoever shall hold it (`in`) and the field there (`field`), where there are several.

    :raises Http404: when there is no such kind, or no such holder or field
    """
    holder = request.GET.get("in", "")
    try:
        sheet, way, schema = place_of(kind, request.GET.get("field", ""))
    except KeyError as wrong:
        raise Http404 from wrong
    app = APP_OF_SHEET[sheet]
    visit = access_case(request, slug, area_of(app), right_to_add(kind))
    if not is_asked_for(schema):
        raise Http404
    steps = way.split("/")
    parent = holder or ("/".join([sheet, *steps[:-1]]))
    if parent not in visit.entries:
        raise Http404
    return visit, Place(parent, steps[-1], schema, app, holds_many(sheet, way))


def area_of(app: str) -> str:
    """Return the area that must be open to whoever edits an app's things."""
    return "" if app == "chain" else app


def open_row(request: HttpRequest, slug: str, key: str, right: Right | None = Right.EDIT) -> tuple[Visit, Item]:
    """Return who asks and the row of a thing, withdrawn or not, when they may edit it.

    :raises Http404: when the case has no such thing
    """
    visit = access_case(request, slug)
    try:
        item = row_of(visit.case, key)
    except RuleBroken as wrong:
        raise Http404 from wrong
    demand(visit, area_of(APP_OF_SHEET[item.sheet]), right)
    return visit, item


def changeable_row(request: HttpRequest, slug: str, key: str) -> tuple[Visit, Item]:
    """Return who asks and the row of a thing, when they may edit or top management may change things of its kind.

    :raises Http404: when the case has no such thing
    """
    visit, item = open_row(request, slug, key, None)
    if not may_change(visit, APP_OF_SHEET[item.sheet], item.kind):
        demand(visit, right=Right.EDIT)
    return visit, item


def head(visit: Visit, item: Item, *steps: tuple[str, str]) -> dict[str, Any]:
    """Return what every page about a stored thing holds."""
    key = item.ref or item.path
    entry = visit.entries.get(key)
    kind = KINDS.get(item.kind)
    title = (say_plain(entry.title) if entry else item.ref) or _part_title(item)
    trail = [(Truncator(f"{item.ref} {title}".strip()).chars(CRUMB), entry.url)] if entry else []
    return {
        "visit": visit,
        "row": item,
        "key": key,
        "item": entry,
        "kind": kind.one if kind else _("part"),
        "heading": title,
        "crumbs": crumbs(visit, APP_OF_SHEET[item.sheet], *trail, *steps) if item.sheet != "case" else [],
        "phase": entry.phase if entry else "",
    }


def changing(visit: Visit, item: Item) -> dict[str, Any]:
    """Return what the page on which a thing is changed holds; where nothing rests on it, the kind of change is given."""
    rests = dependents(visit, item.ref or item.path)
    return head(visit, item, (_("Change"), "")) | {
        "dependents": rests,
        "shut": shut(visit, APP_OF_SHEET[item.sheet], item.kind, item.ref or item.path),
        "usual": {"version": item.version, "meaning": "" if rests else "meaning"},
    }


def shut(visit: Visit, app: str, kind: str, key: str) -> dict[str, str]:
    """Return why nothing of a kind, or not this one, can be written now, and the gate's address; empty where it can."""
    why = why_shut(visit.case, app, kind, key)
    return {"why": why, "gate": gate_url(visit.case, app)} if why else {}


def _part_title(item: Item) -> str:
    schema = schema_of(item)
    return str(sheet_of(schema).intro) if is_asked_for(schema) and sheet_of(schema).intro else _("a part of the case")


def address(visit: Visit, name: str, key: str) -> str:
    """Return the address of an editing page about a thing."""
    return reverse(f"cases:{name}", args=[visit.case.slug, key])


def dependents(visit: Visit, key: str) -> tuple[Entry, ...]:
    """Return what rests on a thing directly, without its own parts."""
    ties = [tie for tie in visit.ties_to(key) if tie.kind in GROUNDS and tie.field]
    return tuple({tie.start: visit.entries[tie.start] for tie in ties}.values())


def causes(item: Item) -> list[str]:
    """Return the keys of what changed its meaning so that a thing is to be looked at again."""
    rows = Reconsideration.objects.filter(item=item).select_related("cause").order_by("at")
    return [row.cause.ref or row.cause.path for row in rows]


@dataclass(frozen=True)
class Written:
    """A field as words, before and after."""

    label: Any
    before: str
    after: str


def meetings_in_words(found: Stored, meetings: Iterable[Meeting]) -> list[dict[str, Any]]:
    """Return the fields that two people changed: what it was, what the other wrote, what this one wrote."""
    fields = sheet_of(found.schema).fields
    return [
        {
            "label": _label(fields, each.field),
            "was": in_words(each.was),
            "theirs": in_words(each.theirs),
            "mine": in_words(each.mine),
        }
        for each in meetings
    ]


def _label(fields: Mapping[str, Field], name: str) -> Any:
    return fields[name].label if name in fields else name


def in_words(value: Any) -> str:
    """Return a plain value as text that a person can compare."""
    if value is None:
        return "\N{EN DASH}"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        if set(value) <= set(LANGUAGES):
            return "\n".join(f"{each}" for each in value.values())
        return "\n".join(f"{key}: {in_words(each)}" for key, each in value.items())
    if isinstance(value, list):
        apart = ", " if all(isinstance(each, str | int | float) for each in value) else "\n"
        return apart.join(in_words(each) for each in value)
    return str(value)


@dataclass(frozen=True)
class Past:
    """A version as the history shows it: its row, and what was changed in it."""

    row: ItemVersion
    changes: tuple[Written, ...]
    current: bool


def history(item: Item) -> list[Past]:
    """Return a thing's versions, the latest first, each with what it changed."""
    schema = schema_of(item)
    fields = sheet_of(schema).fields if is_asked_for(schema) else {}
    rows = list(item.versions.select_related("by").order_by("number"))
    past = []
    for at, row in enumerate(rows):
        before = rows[at - 1].content if at else {}
        names = [slot.name for slot in slots(schema) if slot.name in row.content]
        changed = [name for name in names if at and before.get(name) != row.content[name]]
        written = tuple(
            Written(_label(fields, name), in_words(before.get(name)), in_words(row.content[name])) for name in changed
        )
        past.append(Past(row, written, at == len(rows) - 1))
    return past[::-1]


def withdrawn_in(case: Case) -> list[Item]:
    """Return what has been withdrawn in a case and can be brought back, the latest first; parts go with their holder."""
    rows = Item.objects.filter(case=case, withdrawn_at__isnull=False).select_related("parent")
    alone = [row for row in rows if not (row.parent and row.parent.withdrawn_at == row.withdrawn_at)]
    return sorted(alone, key=lambda row: row.withdrawn_at or row.case.created_at, reverse=True)


def stands_in_the_way(visit: Visit, item: Item) -> tuple[Entry, ...]:
    """Return what can't stand without a thing, so that it can't be withdrawn."""
    return visit.shown(needed_by([item, *Item.objects.filter(parent=item, withdrawn_at=None)]))


MOST_FOUND = 12


def version_of(item: Item, number: int) -> ItemVersion:
    """Return a version of a thing.

    :raises Http404: when it has none of that number
    """
    row = item.versions.filter(number=number).first()
    if row is None:
        raise Http404
    return row


def adding(visit: Visit, place: Place, kind: str) -> dict[str, Any]:
    """Return what the page for a new thing holds."""
    named = KINDS.get(kind)
    words = sheet_of(place.schema)
    return {
        "visit": visit,
        "kind": named.one if named else sheet_title(words.intro),
        "heading": _("Add: %(kind)s") % {"kind": named.one if named else sheet_title(words.intro)},
        "sheet": words if named else None,
        "holder": visit.entries[place.parent] if place.parent[1:2].isdigit() else None,
        "phase": named.phase if named else place.app,
        "crumbs": crumbs(visit, place.app, (_("Add"), "")) if place.app != "chain" else [],
        "shut": shut(visit, place.app, kind_of(place.schema), f"{place.parent}/{place.slot}"),
    }


def pasting(visit: Visit, place: Place, kind: str) -> dict[str, Any]:
    """Return what the page for pasted rows holds, beside its form."""
    page = adding(visit, place, kind)
    many = KINDS[kind].many if kind in KINDS else page["kind"]
    crumb = crumbs(visit, place.app, (_("Paste rows"), "")) if place.app != "chain" else []
    return page | {"heading": _("Paste rows: %(kinds)s") % {"kinds": many}, "crumbs": crumb}


def address_to_add(visit: Visit, place: Place, kind: str, query: QueryDict) -> str:
    """Return where one more of a kind is added in the same place; empty where there can be but one."""
    if not place.many:
        return ""
    where = urlencode({name: query[name] for name in ("in", "field") if name in query})
    return reverse("cases:item_add", args=[visit.case.slug, kind]) + (f"?{where}" if where else "")


def page_of(visit: Visit, place: Place) -> str:
    """Return the address of the page on which an app's things stand."""
    return reverse(PAGE_OF_APP[place.app], args=[visit.case.slug])


def sheet_title(intro: Any) -> Any:
    """Return what a part without a name of its own is called on its form."""
    return intro or _("part")
