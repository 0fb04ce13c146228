"""What resists a wish while it is being composed: which drivers, by how much, and what pulls at them."""

from collections.abc import Sequence
from dataclasses import dataclass

from fremsyn.cases.shape import Number, Text
from fremsyn.scenarios.handover import HandOver
from fremsyn.scenarios.handover.partial import among, nearest, undecided
from fremsyn.scenarios.schema import Driver, Scenario, Variant

MOST_PULLS = 3


@dataclass(frozen=True)
class Pull:
    """What another driver's state gives a wished state beyond what it gives the rival, with the reason judged."""

    driver: Driver
    variant: Variant
    by: Number
    reason: Text | None


@dataclass(frozen=True)
class Resisting:
    """A wished state that the others pull away from: towards which, by how much, and who pulls which way most."""

    driver: Driver
    wished: Variant
    rival: Variant
    by: Number
    against: tuple[Pull, ...]
    in_favour: tuple[Pull, ...]


@dataclass(frozen=True)
class Near:
    """The nearest consistent scenario: its name if it has one, how far it is, and what is otherwise in it."""

    scenario: Scenario | None
    far: int
    otherwise: tuple[tuple[Driver, Variant], ...]


@dataclass(frozen=True)
class Composed:
    """A wish held against the judgements. `undecided` are the drivers without a state; they say nothing yet."""

    decided: int
    undecided: tuple[Driver, ...]
    resisting: tuple[Resisting, ...]
    near: Near | None

    @property
    def total(self) -> Number:
        """Return how much stands against the wish in all."""
        return sum(each.by for each in self.resisting)


def composed(scenarios: HandOver, variants: Sequence[str]) -> Composed:
    """Return what resists a wish that holds a state of some drivers or of all."""
    judged = scenarios.judgements
    known = [v.ref for driver in judged.drivers for v in driver.variants if v.ref in set(variants)]
    return Composed(len(known), undecided(judged, known), _resisting(scenarios, known), _near(scenarios, known))


def _resisting(scenarios: HandOver, known: Sequence[str]) -> tuple[Resisting, ...]:
    held = among(scenarios.judgements, known)
    if not held.drivers:
        return ()
    driver = {each.ref: each for each in held.drivers}
    variant = {v.ref: v for each in held.drivers for v in each.variants}
    reasons = {(each.source, each.target): each.reason for each in held.cross_impact.sections}
    found = []
    for state in held.weigh(known).states:
        if not state.resistance or state.best_alternative is None:
            continue
        pulls = sorted(
            (
                Pull(driver[each.driver], variant[each.variant], each.difference,
                     reasons.get((driver[each.driver].key, driver[state.driver].key)))
                for each in held.explain(known, state.driver) if each.difference
            ),
            key=lambda pull: pull.by,
        )  # fmt: skip
        against = tuple(pull for pull in pulls if pull.by < 0)[:MOST_PULLS]
        in_favour = tuple(pull for pull in reversed(pulls) if pull.by > 0)[:MOST_PULLS]
        wished, rival = variant[state.variant], variant[state.best_alternative]
        found.append(Resisting(driver[state.driver], wished, rival, state.resistance, against, in_favour))
    return tuple(sorted(found, key=lambda each: -each.by))


def _near(scenarios: HandOver, known: Sequence[str]) -> Near | None:
    found = nearest(scenarios.judgements, known) if known else None
    if found is None:
        return None
    of = {v.ref: (driver, v) for driver in scenarios.judgements.drivers for v in driver.variants}
    decided = {of[ref][0].ref for ref in known}
    otherwise = tuple(of[ref] for ref in found.variants if ref not in known and of[ref][0].ref in decided)
    named = next((each for each in scenarios.scenarios.scenarios if set(each.variants) == set(found.variants)), None)
    return Near(named, found.far, otherwise)
