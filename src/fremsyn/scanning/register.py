"""The register of sources: what each is, and what comes to rest on it, directly and through the chain."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.cases.kinds import app_name
from fremsyn.cases.shape import Text
from fremsyn.scanning.handover import load
from fremsyn.scanning.schema import Source
from fremsyn.scanning.wording import dated, names_of

ORDER = ("framing", "scanning", "scenarios", "direction", "strategy", "plans", "conversation", "approval")


@dataclass(frozen=True)
class SourceLine:
    """A source as it stands in the register: how much rests on it directly, and in all through the chain."""

    source: Source
    entry: Entry
    kind: Text
    date: str
    direct: int
    through: int

    @property
    def later(self) -> int:
        """Return how much rests on it only through something else."""
        return self.through - self.direct

    @property
    def site(self) -> str:
        """Return the name of the site on which it was published."""
        return (self.source.url or "").split("//")[-1].split("/")[0].removeprefix("www.")


@dataclass(frozen=True)
class Users:
    """What rests on a source within one phase."""

    heading: str
    phase: str
    entries: tuple[Entry, ...]

    @property
    def items(self) -> tuple[Entry, ...]:
        """Return those that carry a reference of their own."""
        return tuple(entry for entry in self.entries if entry.ref)

    @property
    def parts(self) -> int:
        """Return how many are parts of something else: a value, a step, a reason."""
        return len(self.entries) - len(self.items)


@dataclass(frozen=True)
class Kind:
    """A kind of source and how many there are of it."""

    code: str
    name: Text
    count: int


def source_line(visit: Visit, source: Source) -> SourceLine:
    """Return one source's line."""
    return SourceLine(
        source=source,
        entry=visit.entries[source.ref],
        kind=names_of(load(visit.case).sources.kinds)[source.kind],
        date=dated(source.date),
        direct=len(visit.shown(visit.chain.uses.get(source.ref, ()))),
        through=len(visit.shown(visit.chain.over(source.ref))) - 1,
    )


def register(visit: Visit) -> tuple[SourceLine, ...]:
    """Return the whole register in order."""
    return tuple(source_line(visit, source) for source in load(visit.case).sources.sources)


def kinds_of(visit: Visit) -> tuple[Kind, ...]:
    """Return the kinds of source that the case has, the most frequent first."""
    content = load(visit.case).sources
    held = Counter(source.kind for source in content.sources)
    kinds = (Kind(word.id, word.name, held[word.id]) for word in content.kinds if held[word.id])
    return tuple(sorted(kinds, key=lambda kind: -kind.count))


def by_phase(entries: Iterable[Entry]) -> tuple[Users, ...]:
    """Gather entries phase by phase, in the order of the process."""
    held: dict[str, list[Entry]] = {app: [] for app in ORDER}
    for entry in entries:
        if entry.app in held:
            held[entry.app].append(entry)
    return tuple(Users(app_name(app), found[0].phase, tuple(found)) for app, found in held.items() if found)


def direct_users(visit: Visit, ref: str) -> tuple[Users, ...]:
    """Return what rests on a source directly."""
    return by_phase(visit.shown(visit.chain.uses.get(ref, ())))


def later_users(visit: Visit, ref: str) -> tuple[Users, ...]:
    """Return what rests on a source through something else, the nearest first within each phase."""
    direct = {ref, *visit.chain.uses.get(ref, ())}
    over = visit.chain.over(ref)
    return by_phase(visit.shown(sorted((key for key in over if key not in direct), key=over.__getitem__)))


def way_to_board(visit: Visit, ref: str) -> tuple[Entry, ...]:
    """Return the shortest way from the board's paper down to a source; empty when no point reaches it."""
    over = visit.chain.over(ref)
    points = [entry.key for entry in visit.shown(over) if entry.kind == "board_point"]
    if not points:
        return ()
    return visit.shown(visit.chain.path(min(points, key=over.__getitem__), [ref]))
