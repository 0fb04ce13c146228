"""Which futures hang together under a matrix, and which came and went when a section of it was judged anew."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from fremsyn.cases.shape import Number
from fremsyn.methods import cib
from fremsyn.scenarios.handover import HandOver
from fremsyn.scenarios.handover.judgements import Judgements, distance
from fremsyn.scenarios.handover.partial import undecided
from fremsyn.scenarios.schema import Driver, Scenario, Section, Variant

MOST_LISTED = 10_000
MOST_TOLD = 6


@dataclass(frozen=True)
class Futures:
    """The consistent scenarios of a matrix. `listed` is None where there are too many; then `total` alone is known.

    `exact` is False where `total` is only what they are at least.
    """

    total: int
    exact: bool
    listed: frozenset[tuple[str, ...]] | None


def futures(judged: Judgements) -> Futures:
    """Return the consistent scenarios, each as the references of its states, or how many they are."""
    if not judged.drivers or not all(driver.variants for driver in judged.drivers):
        return Futures(0, True, frozenset())
    found = cib.search(judged.matrix, limit=MOST_LISTED)
    if not found.complete:
        counted = cib.count(judged.matrix, limit=MOST_LISTED)
        return Futures(counted.number, counted.exact, None)
    refs = [[variant.ref for variant in driver.variants] for driver in judged.drivers]
    listed = frozenset(tuple(refs[j][i] for j, i in enumerate(row)) for row in found.scenarios.tolist())
    return Futures(len(listed), True, listed)


@dataclass(frozen=True)
class Future:
    """A consistent scenario as it is told: its name, or how it differs from the nearest that has one."""

    scenario: Scenario | None
    nearest: Scenario | None
    states: tuple[Variant, ...]


@dataclass(frozen=True)
class Standing:
    """A named scenario before and after: whether it hangs together, and which drivers resist it by how much."""

    scenario: Scenario
    held: bool
    holds: bool
    resists: tuple[tuple[Driver, Number], ...]
    undecided: tuple[Driver, ...]


@dataclass(frozen=True)
class Moved:
    """What a judgement did: how many futures hang together before and after, which came, which went."""

    before: Futures
    after: Futures
    came: tuple[Future, ...]
    went: tuple[Future, ...]
    named: tuple[Standing, ...]

    @property
    def told(self) -> bool:
        """Return whether both lists are known, so that what came and went can be named."""
        return self.before.listed is not None and self.after.listed is not None

    @property
    def lost(self) -> tuple[Standing, ...]:
        """Return the named scenarios that no longer hang together."""
        return tuple(each for each in self.named if each.held and not each.holds)

    @property
    def won(self) -> tuple[Standing, ...]:
        """Return the named scenarios that hang together now and did not before."""
        return tuple(each for each in self.named if each.holds and not each.held)

    @property
    def first_came(self) -> tuple[Future, ...]:
        """Return those that are told one by one."""
        return self.came[:MOST_TOLD]

    @property
    def first_went(self) -> tuple[Future, ...]:
        """Return those that are told one by one."""
        return self.went[:MOST_TOLD]


def with_section(judged: Judgements, source: str, target: str, section: Section | None) -> Judgements:
    """Return the judgements with another section from `source` to `target` (keys), or with none."""
    rest = tuple(each for each in judged.cross_impact.sections if (each.source, each.target) != (source, target))
    return replace(judged, cross_impact=replace(judged.cross_impact, sections=rest + ((section,) if section else ())))


def moved(handover: HandOver, former: Judgements) -> Moved:
    """Return what changed from the former judgements to those that stand."""
    now = handover.judgements
    before, after = futures(former), futures(now)
    came = (after.listed or frozenset()) - (before.listed or frozenset())
    went = (before.listed or frozenset()) - (after.listed or frozenset())
    both = before.listed is not None and after.listed is not None
    named = handover.scenarios.scenarios
    return Moved(
        before,
        after,
        _told(now, named, came) if both else (),
        _told(now, named, went) if both else (),
        tuple(_standing(each, former, now) for each in named),
    )


def _standing(scenario: Scenario, former: Judgements, now: Judgements) -> Standing:
    without = undecided(now, scenario.variants)
    if without:
        return Standing(scenario, held=False, holds=False, resists=(), undecided=without)
    weighed = now.weigh(scenario.variants)
    by_ref = {driver.ref: driver for driver in now.drivers}
    resists = sorted(weighed.resists.items(), key=lambda pair: -pair[1])
    held = former.weigh(scenario.variants).consistent
    return Standing(scenario, held, weighed.consistent, tuple((by_ref[ref], by) for ref, by in resists), ())


def _told(judged: Judgements, named: tuple[Scenario, ...], found: Iterable[tuple[str, ...]]) -> tuple[Future, ...]:
    variant = {each.ref: each for driver in judged.drivers for each in driver.variants}
    told = []
    for states in sorted(found):
        nearest = min(named, key=lambda each: distance(states, each.variants), default=None)
        apart = [variant[ref] for ref in states if nearest is None or ref not in nearest.variants]
        own = nearest if nearest and not apart else None
        told.append(Future(own, nearest, tuple(apart)))
    return tuple(sorted(told, key=lambda each: (each.scenario is None, len(each.states))))
