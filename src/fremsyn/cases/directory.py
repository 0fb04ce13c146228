"""Every item of a case by its key: what it is called, where its page is, what it links to."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from fremsyn.cases.kinds import APP_OF_SHEET, KINDS, PAGE_OF_APP, accent
from fremsyn.cases.models import Case
from fremsyn.cases.remembered import remembered
from fremsyn.cases.shape import LinkKind, Text
from fremsyn.cases.tables import OnItem, rows_of


@dataclass(frozen=True)
class Entry:
    """An item or part as it is shown where something refers to it. `key` is its reference, or its path."""

    key: str
    ref: str
    kind: str
    app: str
    title: Text
    url: str
    unverified: bool
    look_again: bool
    note: str = ""

    @property
    def phase(self) -> str:
        """Return the accent under which it is shown."""
        return accent(self.app)


@dataclass(frozen=True)
class Tie:
    """A link between two entries, by key."""

    start: str
    end: str
    kind: LinkKind
    field: str


@dataclass(frozen=True)
class Directory:
    """All entries of a case by key, and its links both ways, each list in order."""

    entries: Mapping[str, Entry]
    outgoing: Mapping[str, tuple[Tie, ...]]
    incoming: Mapping[str, tuple[Tie, ...]]


@remembered
def directory(case: Case) -> Directory:
    """Return the directory of a case."""
    entries: dict[str, Entry] = {}
    places: dict[str, str] = {}
    rows = rows_of(case)
    by_id = {item.id: item for item in rows.items}
    for item in sorted(by_id.values(), key=lambda each: (each.sheet, _way_to(each, by_id))):
        key = item.ref or item.path
        entries[key] = Entry(
            key=key,
            ref=item.ref,
            kind=item.kind,
            app=APP_OF_SHEET[item.sheet],
            title=Text(**_titled(item, by_id).title),
            url=_url(case, item, by_id, places),
            unverified=item.unverified,
            look_again=item.look_again,
        )
    outgoing: dict[str, list[Tie]] = defaultdict(list)
    incoming: dict[str, list[Tie]] = defaultdict(list)
    for link in rows.links:
        start, end = link.from_item__ref or link.from_item__path, link.to_item__ref or link.to_item__path
        tie = Tie(start, end, LinkKind(link.kind), link.field)
        outgoing[tie.start].append(tie)
        incoming[tie.end].append(tie)
    return Directory(entries, {k: tuple(v) for k, v in outgoing.items()}, {k: tuple(v) for k, v in incoming.items()})


def anchor(path: str) -> str:
    """Return the id under which a part stands on its phase's page: `direction/values/x` is `part-values-x`."""
    return "part-" + "-".join(path.split("/")[1:])


def _way_to(item: OnItem, by_id: Mapping[UUID, OnItem]) -> tuple[tuple[str, int], ...]:
    """Return where an item stands in its file: its holder's place, then its own within it."""
    around = _way_to(by_id[item.parent_id], by_id) if item.parent_id else ()
    return (*around, (item.slot, item.position))


def _titled(item: OnItem, by_id: Mapping[UUID, OnItem]) -> OnItem:
    """Return the item, or whoever holds it where it has no title of its own."""
    holder: OnItem | None = item
    while holder is not None and not holder.title:
        holder = by_id.get(holder.parent_id) if holder.parent_id else None
    return holder or item


def _url(case: Case, item: OnItem, by_id: Mapping[UUID, OnItem], places: dict[str, str]) -> str:
    """Return where an item's page is; `places` keeps for each kind where its pages lie, which takes long to find."""
    holder: OnItem | None = item
    while holder is not None and not holder.ref:
        holder = by_id.get(holder.parent_id) if holder.parent_id else None
    if holder is not None:
        if holder.kind not in places:
            kind = KINDS[holder.kind]
            address = reverse(f"{kind.app}:{kind.name}", args=[case.slug, holder.ref])
            places[holder.kind] = address.removesuffix(f"{holder.ref}/")
        return f"{places[holder.kind]}{holder.ref}/"
    page = reverse(PAGE_OF_APP[APP_OF_SHEET[item.sheet]], args=[case.slug])
    return f"{page}#{anchor(item.path)}" if item.parent_id else page
