"""The trace of an item, down to its sources or up to all that uses it, and the chain of the whole case."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import cached_property

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.cases.kinds import KINDS, Kind
from fremsyn.cases.shape import LinkKind
from fremsyn.cases.trace import Chain
from fremsyn.conversation.answers import FAR, answers, shown
from fremsyn.conversation.handover import load as load_talk
from fremsyn.conversation.wording import circle_name

MOST_WATCHING, MOST_DIVIDED, MOST_BESIDE = 6, 5, 6
RANK = {name: at for at, name in enumerate(reversed(KINDS))}


@dataclass(frozen=True)
class Twig:
    """A line of the folded list: an entry under the one it was first met at, and what the next lines close."""

    entry: Entry
    holds: int
    elsewhere: int
    closes: range
    open: bool
    holder: str = ""

    @property
    def total(self) -> int:
        """Return how much stands right under the entry, here and elsewhere in the list."""
        return self.holds + self.elsewhere


@dataclass(frozen=True)
class KindCount:
    """A kind of the ground: how many, how many unverified."""

    kind: Kind
    count: int
    unverified: int


@dataclass(frozen=True)
class Watching:
    """A signpost and the thing that it touches or watches."""

    signpost: Entry
    touched: Entry


@dataclass(frozen=True)
class Divided:
    """A statement under the item on which circles stand far apart; `words` say who agrees most and least."""

    statement: Entry
    words: str


@dataclass(frozen=True)
class Trace:
    """The trace of one item. `chain` runs in the direction that is shown: down to sources, or up to what uses it."""

    visit: Visit
    entry: Entry
    up: bool
    chain: Chain
    goals: frozenset[str] = field(default=frozenset())

    @cached_property
    def way(self) -> tuple[str, ...]:
        """Return the shortest way to a goal; empty when there is none."""
        goals = self.goals - {self.entry.key}
        return self.chain.path(self.entry.key, goals) if goals else ()

    @cached_property
    def steps(self) -> Mapping[str, int]:
        """Return everything on the way with the fewest steps to it, the item itself apart."""
        found = self.chain.under(self.entry.key)
        return {key: steps for key, steps in found.items() if steps}

    def counts(self) -> tuple[KindCount, ...]:
        """Return the whole ground by kind, the board first and the sources last."""
        entries = [self.visit.entries[key] for key in self.steps if self.visit.entries[key].ref]
        many = Counter(entry.kind for entry in entries)
        bare = Counter(entry.kind for entry in entries if entry.unverified)
        return tuple(KindCount(KINDS[name], many[name], bare[name]) for name in sorted(many, key=RANK.__getitem__))

    def watching(self) -> tuple[Watching, ...]:
        """Return the signposts that touch the item or what it rests on, the nearest first."""
        found: dict[str, Watching] = {}
        for key in (self.entry.key, *self.steps):
            pairs = [(tie.start, key) for tie in self.visit.ties_to(key) if tie.kind == LinkKind.TOUCHES]
            pairs += [(tie.end, key) for tie in self.visit.ties_from(key) if tie.kind == LinkKind.WATCHED_BY]
            for signpost, touched in pairs:
                found.setdefault(signpost, Watching(self.visit.entries[signpost], self.visit.entries[touched]))
        return tuple(found.values())[:MOST_WATCHING]

    def divided(self) -> tuple[Divided, ...]:
        """Return the statements on the way on which circles stand far apart, the widest gap first."""
        refs = [key for key in (self.entry.key, *self.steps) if self.visit.entries[key].kind == "statement"]
        found = []
        for result in answers(self.visit.case).widest(refs) if refs else ():
            if (result.gap or 0) >= FAR:
                ranked = sorted(shown(result).items(), key=lambda pair: -pair[1])
                ends = (ranked[0], ranked[-1])
                words = ", ".join(f"{circle_name(self.visit.case, code)} {share} %" for code, share in ends)
                found.append(Divided(self.visit.entries[result.statement], words))
        return tuple(found[:MOST_DIVIDED])

    def is_synthetic(self) -> bool:
        """Tell whether nobody gave some of the answers that set the circles apart."""
        talk, told = load_talk(self.visit.case), {each.statement.key for each in self.divided()}
        return talk.is_synthetic(*(each.round for each in talk.conversation.statements if each.ref in told))

    def twigs(self) -> tuple[Twig, ...]:
        """Return the folded list: every entry once, where the fewest steps lead to it; the highlighted way stands open."""
        under = self._first_met()
        lines: list[Twig] = []

        def grow(key: str, closes: int) -> None:
            below = under.get(key, ())
            beyond = len(self.chain.grounds.get(key, ())) - len(below)
            closing = range(0) if below else range(closes)
            opened = key in self.way or key == self.entry.key
            entry = self.visit.entries[key]
            holder = "" if entry.ref else self._pages.get(entry.url.partition("#")[0], "")
            lines.append(Twig(entry, len(below), beyond, closing, opened, holder))
            for at, each in enumerate(below):
                grow(each, closes + 1 if at == len(below) - 1 else 0)

        grow(self.entry.key, 0)
        return tuple(lines)

    @cached_property
    def _pages(self) -> Mapping[str, str]:
        return {entry.url: entry.ref for entry in self.visit.entries.values() if entry.ref}

    def _first_met(self) -> Mapping[str, tuple[str, ...]]:
        under: dict[str, tuple[str, ...]] = {}
        met = {self.entry.key}
        queue = [self.entry.key]
        for key in queue:
            new = [each for each in dict.fromkeys(self.chain.grounds.get(key, ())) if each not in met]
            met.update(new)
            new.sort(key=lambda each: each not in self.way)
            under[key] = tuple(new)
            queue += new
        return under

    def ways(self) -> tuple[tuple[str, ...], ...]:
        """Return the ways that the picture shows: the shortest, then that of each other thing the item rests on."""
        direct = [key for key in self.chain.grounds.get(self.entry.key, ()) if key not in self.way[1:2]]
        direct.sort(key=lambda key: not self.visit.entries[key].ref)
        chosen = [self.way] if self.way else []
        beside = direct[: MOST_BESIDE + (not chosen)]
        return (*chosen, *((self.entry.key, *(self.chain.path(key, self.goals) or (key,))) for key in beside))

    def beyond(self) -> int:
        """Return how many of the things that the item rests on the picture leaves to the list."""
        return len(self.chain.grounds.get(self.entry.key, ())) - len({way[1] for way in self.ways() if len(way) > 1})


def trace_of(visit: Visit, entry: Entry, *, up: bool) -> Trace:
    """Return an item's trace, down to its sources or up to the points of the board."""
    grounds = readable(visit)
    if not up:
        return Trace(visit, entry, up, grounds, frozenset(each.key for each in visit.of_kind("source")))
    turned = Chain(grounds.uses)
    points = frozenset(each.key for each in visit.of_kind("board_point"))
    tops = frozenset(key for key in grounds.over(entry.key) if key not in grounds.uses and visit.entries[key].ref)
    return Trace(visit, entry, up, turned, points & grounds.over(entry.key).keys() or tops)


def readable(visit: Visit) -> Chain:
    """Return the chain without parts that nothing names: they could not be read."""
    named = {key for key, entry in visit.entries.items() if entry.ref or str(entry.title)}
    grounds = visit.chain.grounds
    return Chain({key: tuple(b for b in below if b in named) for key, below in grounds.items() if key in named})


@dataclass(frozen=True)
class Gap:
    """Things of one kind that reach no source."""

    kind: Kind
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class WholeChain:
    """The chain of a case by kind: how many there are, what they rest on, and where it has gaps."""

    kinds: Mapping[str, KindCount]
    links: Mapping[tuple[str, str], int]
    things: int
    longest: int
    points: int
    marked: tuple[Gap, ...]
    unmarked: tuple[Gap, ...]
    idle: tuple[Entry, ...]
    busiest: tuple[tuple[Entry, int], ...]
    unverified: int


def whole_chain(visit: Visit) -> WholeChain:
    """Return the chain of the whole case, as far as it may be seen."""
    entries = [entry for entry in visit.entries.values() if entry.ref]
    sources = frozenset(entry.key for entry in visit.of_kind("source"))
    points = visit.of_kind("board_point")
    loose = [each for each in entries if each.key not in visit.chain.grounded and each.key not in sources]
    used = {key: len(visit.chain.over(key)) - 1 for key in sources}
    busiest = sorted((key for key in sources if used[key]), key=lambda key: -used[key])[:5]
    return WholeChain(
        kinds=_kinds(entries),
        links=_links(visit),
        things=len(entries),
        longest=max((len(visit.chain.path(each.key, sources)) - 1 for each in points), default=0),
        points=len(points),
        marked=_gaps(each for each in loose if each.unverified),
        unmarked=_gaps(each for each in loose if not each.unverified),
        idle=tuple(each for each in visit.of_kind("source") if not used[each.key]),
        busiest=tuple((visit.entries[key], used[key]) for key in busiest),
        unverified=sum(each.unverified for each in entries),
    )


def _kinds(entries: Iterable[Entry]) -> dict[str, KindCount]:
    entries = list(entries)
    many = Counter(entry.kind for entry in entries)
    bare = Counter(entry.kind for entry in entries if entry.unverified)
    return {name: KindCount(KINDS[name], many[name], bare[name]) for name in sorted(many, key=RANK.__getitem__)}


def _links(visit: Visit) -> dict[tuple[str, str], int]:
    """Count links between kinds; a part that stands on an item's page counts as the item."""
    holder = {entry.url: entry.kind for entry in visit.entries.values() if entry.ref}
    kind = {key: entry.kind if entry.ref else holder.get(entry.url, "") for key, entry in visit.entries.items()}
    found = Counter(
        (kind[key], kind[ground])
        for key, below in visit.chain.grounds.items()
        for ground in below
        if kind[key] and kind[ground] and (kind[key] != kind[ground] or visit.entries[key].ref)
    )
    return dict(found.most_common())


def _gaps(entries: Iterable[Entry]) -> tuple[Gap, ...]:
    by_kind: dict[str, list[Entry]] = {}
    for entry in entries:
        by_kind.setdefault(entry.kind, []).append(entry)
    return tuple(Gap(KINDS[name], tuple(by_kind[name])) for name in sorted(by_kind, key=RANK.__getitem__))
