"""The chain of evidence: what rests on what, down to the sources and back up to the board.

A key is an item's reference, or a part's path. The chain is a graph of keys; it knows nothing of where it came from, so
that a folder being checked and a case being read answer alike.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import cached_property

from fremsyn.cases.models import Case, Link, live_links
from fremsyn.cases.remembered import remembered
from fremsyn.cases.shape import GROUNDS


def is_source(key: str) -> bool:
    """Tell whether a key is that of a source."""
    return key[:1] == "F" and key[1:].isdigit()


@dataclass(frozen=True)
class Chain:
    """What rests on what: `grounds[a]` are the keys that `a` rests on directly, in order."""

    grounds: Mapping[str, tuple[str, ...]]

    @cached_property
    def uses(self) -> Mapping[str, tuple[str, ...]]:
        """Return the keys that rest directly on each key."""
        found: dict[str, list[str]] = defaultdict(list)
        for key, below in self.grounds.items():
            for ground in below:
                found[ground].append(key)
        return {key: tuple(above) for key, above in found.items()}

    def loop(self) -> tuple[str, ...]:
        """Return keys that rest on each other in a ring, the first one again at the end; empty when there are none."""
        done: set[str] = set()
        for start in self.grounds:
            trail: list[str] = []
            on_trail: set[str] = set()
            stack: list[tuple[str, int]] = [(start, 0)]
            while stack:
                key, at = stack.pop()
                if at == 0:
                    if key in on_trail:
                        return (*trail[trail.index(key) :], key)
                    if key in done:
                        continue
                    trail.append(key)
                    on_trail.add(key)
                below = self.grounds.get(key, ())
                if at < len(below):
                    stack += [(key, at + 1), (below[at], 0)]
                else:
                    done.add(key)
                    on_trail.discard(trail.pop())
        return ()

    def under(self, key: str) -> dict[str, int]:
        """Return everything that `key` rests on, with the fewest steps to each; `key` itself at 0."""
        return _steps(key, self.grounds)

    def over(self, key: str) -> dict[str, int]:
        """Return everything that rests on `key`, with the fewest steps from each; `key` itself at 0."""
        return _steps(key, self.uses)

    def path(self, start: str, goals: Iterable[str]) -> tuple[str, ...]:
        """Return the shortest way down from `start` to one of the goals, both ends included; empty when there is none."""
        wanted = set(goals)
        came: dict[str, str] = {start: ""}
        queue = deque([start])
        while queue:
            key = queue.popleft()
            if key in wanted:
                way = [key]
                while came[way[-1]]:
                    way.append(came[way[-1]])
                return tuple(reversed(way))
            for below in self.grounds.get(key, ()):
                if below not in came:
                    came[below] = key
                    queue.append(below)
        return ()

    @cached_property
    def grounded(self) -> frozenset[str]:
        """Return every key that reaches a source."""
        found = {key for key in (*self.grounds, *self.uses) if is_source(key)}
        queue = deque(found)
        while queue:
            for above in self.uses.get(queue.popleft(), ()):
                if above not in found:
                    found.add(above)
                    queue.append(above)
        return frozenset(found)


def _steps(start: str, ways: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    steps = {start: 0}
    queue = deque([start])
    while queue:
        key = queue.popleft()
        for other in ways.get(key, ()):
            if other not in steps:
                steps[other] = steps[key] + 1
                queue.append(other)
    return steps


@remembered
def chain_of(case: Case) -> Chain:
    """Return the chain of a case, in one query."""
    found: dict[str, list[str]] = defaultdict(list)
    links = Link.objects.filter(live_links(case), kind__in=GROUNDS).order_by("position", "pk")
    for ref, path, to_ref, to_path in links.values_list(
        "from_item__ref", "from_item__path", "to_item__ref", "to_item__path"
    ):
        found[ref or path].append(to_ref or to_path)
    return Chain({key: tuple(dict.fromkeys(below)) for key, below in found.items()})
