"""The margin of every item's page: what it rests on, where it is used, what it points to."""

import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry, Tie
from fremsyn.cases.shape import GROUNDS, LinkKind
from fremsyn.core.text import Text
from fremsyn.people.roles import Role

LONGEST_PART = 90
MOST_SHOWN, FIRST = 8, 6


@dataclass(frozen=True)
class Group:
    """A heading of the margin and the entries under it. `empty` is said where there are none."""

    heading: str
    items: tuple[Entry, ...]
    empty: str = ""

    @property
    def first(self) -> tuple[Entry, ...]:
        """Return the entries that stand unfolded: all of them, unless there are many."""
        return self.items if len(self.items) <= MOST_SHOWN else self.items[:FIRST]

    @property
    def folded(self) -> tuple[Entry, ...]:
        """Return the rest."""
        return self.items[len(self.first) :]


def margin(visit: Visit, key: str) -> tuple[Group, ...]:
    """Return the margin of an item: rests on and used in always, the rest where there is something."""
    out, into = visit.ties_from(key), visit.ties_to(key)
    always = (
        Group(_("Rests on"), _ends(visit, out, lambda t: t.kind in GROUNDS, end=True), _rests_on_nothing(visit, key)),
        Group(_("Used in"), _ends(visit, into, lambda t: t.kind in GROUNDS, end=False), used_by_nothing(visit)),
    )
    others = (
        Group(_("Serves the question"), _ends(visit, out, lambda t: t.kind == LinkKind.SERVES, end=True)),
        Group(_("Gave"), _ends(visit, out, lambda t: t.kind == LinkKind.GIVES, end=True)),
        Group(_("Was used for"), _ends(visit, out, lambda t: t.kind == LinkKind.USED_FOR, end=True)),
        Group(_("Is watched by"), _ends(visit, out, lambda t: t.kind == LinkKind.WATCHED_BY, end=True)),
        Group(_("Touches"), _ends(visit, out, lambda t: t.kind == LinkKind.TOUCHES, end=True)),
        Group(
            _("Is touched by"),
            _ends(visit, into, lambda t: t.kind == LinkKind.TOUCHES, end=False),
        ),
        Group(_("Watches"), _ends(visit, into, lambda t: t.kind == LinkKind.WATCHED_BY, end=False)),
        Group(_("Made use of"), _ends(visit, into, lambda t: t.kind in (LinkKind.USED_FOR, LinkKind.GIVES), end=False)),
        Group(_("Is named by"), _ends(visit, into, lambda t: t.kind == LinkKind.NAMES, end=False)),
    )
    return always + tuple(_new(always, others))


def _new(always: Iterable[Group], others: Iterable[Group]) -> Iterator[Group]:
    """Yield the groups that say something more: what stands in the margin already is not listed again."""
    shown = {entry.key for group in always for entry in group.items}
    for group in others:
        items = tuple(entry for entry in group.items if entry.key not in shown)
        shown |= {entry.key for entry in items}
        if items:
            yield replace(group, items=items)


def _ends(visit: Visit, ties: Iterable[Tie], wanted: Callable[[Tie], bool], *, end: bool) -> tuple[Entry, ...]:
    pairs = [(tie.end, tie.start) if end else (tie.start, tie.end) for tie in ties if wanted(tie)]
    found = {}
    for other, own in pairs:
        entry = visit.entries[other]
        # a part without a title stands under its holder's name: once, and not on the holder's own page
        if entry.ref or (str(entry.title) and entry.url != visit.entries[own].url):
            found[entry.ref or (entry.url, str(entry.title))] = _marked(entry if entry.ref else _shortened(entry))
    return tuple(found.values())


def _shortened(entry: Entry) -> Entry:
    """Keep what a part says to a line, cut at a word; its page has the rest."""
    title = entry.title
    return replace(entry, title=Text(da=_line(title.da), en=_line(title.en)))


def _line(words: str | None) -> str | None:
    return textwrap.shorten(words, LONGEST_PART, placeholder=" …") if words else words


def _marked(entry: Entry) -> Entry:
    return replace(entry, note=_("unverified")) if entry.unverified else entry


def used_by_nothing(visit: Visit) -> str:
    """Say that nothing uses an item, as far as this role may know."""
    if visit.sees_all:
        return _("Nothing rests on this yet.")
    if visit.role == Role.STAKEHOLDER:
        return _("What it was used for is told when the board has decided.")
    return _("Nothing that you have access to.")


def _rests_on_nothing(visit: Visit, key: str) -> str:
    if visit.entries[key].kind == "source":
        return _("A source: the chain ends here.")
    if visit.entries[key].unverified:
        return _("Nothing that has been checked: unverified.")
    if not visit.sees_all:
        return _("Nothing that you have access to.")
    return _("Nothing yet: here the chain has a gap.")
