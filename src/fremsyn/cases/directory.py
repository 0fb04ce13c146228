"""Every item of a case by its key: what it is called, where its page is, what it links to."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from fremsyn.cases.kinds import APP_OF_SHEET, KINDS, PAGE_OF_APP, accent
from fremsyn.cases.models import Case
from fremsyn.cases.remembered import made_of, remembered
from fremsyn.cases.shape import LinkKind, Text
from fremsyn.cases.tables import OnItem, Rows, rows_of


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
    rows = rows_of(case)
    return made_of(case, "directory", (case.slug, rows.items, rows.links), lambda: _directory(case, rows))


def _directory(case: Case, rows: Rows) -> Directory:
    entries: dict[str, Entry] = {}
    places: dict[str, str] = {}
    by_path = {item.path: item for item in rows.items}
    for item in sorted(by_path.values(), key=lambda each: (each.sheet, _way_to(each, by_path))):
        key = item.ref or item.path
        entries[key] = Entry(
            key=key,
            ref=item.ref,
            kind=item.kind,
            app=APP_OF_SHEET[item.sheet],
            title=Text(**_titled(item, by_path).title),
            url=_url(case, item, by_path, places),
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


def _way_to(item: OnItem, by_path: Mapping[str, OnItem]) -> tuple[tuple[str, int], ...]:
    """Return where an item stands in its file: its holder's place, then its own within it."""
    around = _way_to(by_path[item.parent__path], by_path) if item.parent__path else ()
    return (*around, (item.slot, item.position))


def _titled(item: OnItem, by_path: Mapping[str, OnItem]) -> OnItem:
    """Return the item, or whoever holds it where it has no title of its own."""
    holder: OnItem | None = item
    while holder is not None and not holder.title:
        holder = by_path.get(holder.parent__path) if holder.parent__path else None
    return holder or item


def _url(case: Case, item: OnItem, by_path: Mapping[str, OnItem], places: dict[str, str]) -> str:
    """Return where an item's page is; `places` keeps where the pages of a kind or sheet lie, which takes long to find."""
    holder: OnItem | None = item
    while holder is not None and not holder.ref:
        holder = by_path.get(holder.parent__path) if holder.parent__path else None
    of = holder.kind if holder else item.sheet
    if of not in places:
        places[of] = _place(case, holder, item.sheet)
    if holder is not None:
        return f"{places[of]}{holder.ref}/"
    return f"{places[of]}#{anchor(item.path)}" if item.parent__path else places[of]


def _place(case: Case, holder: OnItem | None, sheet: str) -> str:
    if holder is None:
        return reverse(PAGE_OF_APP[APP_OF_SHEET[sheet]], args=[case.slug])
    kind = KINDS[holder.kind]
    return reverse(f"{kind.app}:{kind.name}", args=[case.slug, holder.ref]).removesuffix(f"{holder.ref}/")
