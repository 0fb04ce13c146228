"""How the circles judged the scenarios, ready to be shown: a small group is hidden, and the total with it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fremsyn.cases.models import Case
from fremsyn.cases.remembered import remembered
from fremsyn.conversation.answers import in_order, is_over
from fremsyn.conversation.handover import load
from fremsyn.conversation.judging.scales import HIGH, LOW, STEPS, UNSURE
from fremsyn.conversation.ratings import rated
from fremsyn.conversation.schema import ASPECTS, Aspect, Round, Statement, Vote
from fremsyn.core.text import Text
from fremsyn.methods import ordinal

LEADERSHIP = "leadership"


@dataclass(frozen=True)
class Judgement:
    """How a circle answered: how many chose step 1 … 5, at least the smallest group together; how many don't know."""

    counts: tuple[int, ...]
    unsure: int

    @property
    def n(self) -> int:
        """Return how many chose a step."""
        return sum(self.counts)

    @property
    def spread(self) -> ordinal.Spread:
        """Return where the answers lie; there are some."""
        return ordinal.spread(self.counts)

    @property
    def place(self) -> float:
        """Return where a mark stands for the middle answer, 1 to 5: between two steps where it lies between them."""
        return sum(self.spread.middle) / 2

    @property
    def parts(self) -> tuple[int, int, int]:
        """Return how many chose the upper two steps, the one in the middle, and the lower two."""
        return sum(self.counts[HIGH - 1 :]), sum(self.counts[LOW : HIGH - 1]), sum(self.counts[:LOW])

    @property
    def leaning(self) -> str:
        """Return where the middle answer lies: `high`, `low`, or `even` between."""
        low, high = self.spread.middle
        return "high" if low >= HIGH else "low" if high <= LOW else "even"


@dataclass(frozen=True)
class Judged:
    """An aspect of a scenario as the circles judged it; None for one that is hidden, and then for the total too."""

    statement: str
    aspect: Aspect
    by_circle: Mapping[str, Judgement | None]
    total: Judgement | None

    @property
    def shown(self) -> Mapping[str, Judgement]:
        """Return the circles that are shown."""
        return {code: each for code, each in self.by_circle.items() if each}

    @property
    def apart(self) -> float:
        """Return how far, in steps, the leadership is from the circle that is furthest from it; 0 where that is hidden."""
        own = self.shown.get(LEADERSHIP)
        return max((abs(own.place - each.place) for each in self.shown.values()), default=0.0) if own else 0.0


@dataclass(frozen=True)
class JudgedScenario:
    """A scenario as it was told in a round, and how each of its aspects was judged."""

    ref: str
    title: Text
    round: Round
    aspects: Mapping[Aspect, Judged]


@remembered
def judged(case: Case) -> Mapping[str, tuple[JudgedScenario, ...]]:
    """Return by round how the scenarios were judged in it. A round tells nothing before its results are shown."""
    handover = load(case)
    said = {each.ref: each for each in handover.conversation.statements}
    return {
        each.ref: judged_in(each, said, in_order(case, each), handover.votes[each.ref])
        for each in handover.conversation.rounds
        if each.kind == "scenarios" and each.ref in handover.votes and is_over(each, handover, case.as_of)
    }


def judged_in(
    round_: Round, said: Mapping[str, Statement], circles: Sequence[str], votes: Sequence[Vote]
) -> tuple[JudgedScenario, ...]:
    """Return how the scenarios of one round were judged, in the order in which they were told."""
    unsure = Counter((vote.statement, vote.circle) for vote in votes if vote.value == UNSURE)
    found: dict[str, dict[Aspect, Judged]] = {ref: {} for ref in round_.tellings or {}}
    for result in rated(round_, circles, votes):
        asked = said[result.statement]
        if asked.aspect and asked.scenario in found:
            by_circle = {
                code: Judgement(each.counts, unsure[asked.ref, code]) if each else None
                for code, each in result.by_circle.items()
            }
            whole = _sum([each for each in by_circle.values() if each]) if result.total else None
            found[asked.scenario][asked.aspect] = Judged(asked.ref, asked.aspect, by_circle, whole)
    told = round_.tellings or {}
    return tuple(
        JudgedScenario(ref, told[ref].title, round_, {each: aspects[each] for each in ASPECTS if each in aspects})
        for ref, aspects in found.items()
        if aspects
    )


def _sum(judgements: Sequence[Judgement]) -> Judgement:
    counts = tuple(sum(each.counts[step] for each in judgements) for step in range(STEPS))
    return Judgement(counts, sum(each.unsure for each in judgements))


def of_scenario(case: Case, ref: str) -> tuple[JudgedScenario, ...]:
    """Return how a scenario was judged in each round that asked of it, the latest first."""
    told = (each for found in judged(case).values() for each in found if each.ref == ref)
    return tuple(sorted(told, key=lambda each: each.round.closes, reverse=True))
