"""What was answered in rounds of ratings and of scenarios, and what people marked as important to them: small groups hidden as elsewhere."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from fremsyn.cases.models import Case
from fremsyn.cases.remembered import remembered
from fremsyn.conversation.answers import Turnout, answers, in_order, is_over, turnout_of
from fremsyn.conversation.handover import load
from fremsyn.conversation.schema import STEPS, Round, Vote

LOWEST, HIGHEST = 1, STEPS["rating"]
PASSED = 0


@dataclass(frozen=True)
class Rated:
    """Ratings of a statement: how many gave 1, 2, 3 … Passes are told nowhere: who passed must not be had from them."""

    counts: tuple[int, ...]

    @property
    def n(self) -> int:
        """Return how many gave a rating."""
        return sum(self.counts)

    @property
    def median(self) -> float:
        """Return the middle rating; between two where they are even in number."""
        return float(median(value for value, n in enumerate(self.counts, start=LOWEST) for _each in range(n)))


@dataclass(frozen=True)
class RatingResult:
    """A statement's ratings by circle, None where fewer than the smallest group rated it; then the total is None too."""

    statement: str
    by_circle: Mapping[str, Rated | None]
    total: Rated | None

    @property
    def gap(self) -> float | None:
        """Return the distance between the highest and the lowest median shown; None with fewer than two."""
        shown = [each.median for each in self.by_circle.values() if each]
        return max(shown) - min(shown) if len(shown) > 1 else None


@dataclass(frozen=True)
class Ratings:
    """Ratings by statement, and turnout by round, of the rounds whose results are shown."""

    statements: Mapping[str, RatingResult]
    turnout: Mapping[str, Turnout]


@remembered
def ratings(case: Case) -> Ratings:
    """Return what was answered in rounds of ratings and of scenarios. A round tells nothing before its results are shown."""
    handover = load(case)
    found: dict[str, RatingResult] = {}
    turnout = {}
    for each in handover.conversation.rounds:
        if each.kind in STEPS and each.ref in handover.votes and is_over(each, handover, case.as_of):
            votes = handover.votes[each.ref]
            results = rated(each, in_order(case, each), votes)
            told = all(result.total for result in results)
            turnout[each.ref] = turnout_of(case, each, votes, told=told)
            found |= {result.statement: result for result in results}
    return Ratings(found, turnout)


def rated(round_: Round, circles: Sequence[str], votes: Iterable[Vote]) -> tuple[RatingResult, ...]:
    """Return a round's ratings, statement by statement, with the circles in the order given."""
    tally = Counter((vote.statement, vote.circle, vote.value) for vote in votes if vote.value != PASSED)
    steps = range(LOWEST, STEPS[round_.kind] + 1)
    results = []
    for ref in round_.statements:
        counts = {circle: Rated(tuple(tally[ref, circle, value] for value in steps)) for circle in circles}
        shown = {circle: each if each.n >= round_.min_group else None for circle, each in counts.items()}
        whole = None
        if counts and all(shown.values()):
            whole = Rated(tuple(map(sum, zip(*(each.counts for each in counts.values()), strict=True))))
        results.append(RatingResult(ref, shown, whole))
    return tuple(results)


@dataclass(frozen=True)
class Weight:
    """How many of a circle marked a statement as important to them, of how many who answered it."""

    marked: int
    n: int

    @property
    def per_cent(self) -> int:
        """Return the share, in whole per cent."""
        return round(100 * self.marked / self.n) if self.n else 0


def important(case: Case, round_: Round) -> dict[str, dict[str, Weight | None]]:
    """Return by statement and circle who marked it as important; None where the circle's answers are hidden.

    Empty before the round's results are shown, and where nobody marked anything.
    """
    handover = load(case)
    if not is_over(round_, handover, case.as_of) or round_.ref not in handover.votes:
        return {}
    marks: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for vote in handover.votes[round_.ref]:
        if round_.kind == "statements" or vote.value != PASSED:
            marks[vote.statement, vote.circle].append(vote.important)
    if not any(any(each) for each in marks.values()):
        return {}
    return {
        ref: {circle: _weight(marks[ref, circle], round_.min_group) for circle in in_order(case, round_)}
        for ref in round_.statements
    }


def _weight(marks: Sequence[bool], min_group: int) -> Weight | None:
    return Weight(sum(marks), len(marks)) if len(marks) >= min_group else None


def turnout_in(case: Case, ref: str) -> Turnout | None:
    """Return who answered a round, of whichever kind; None before its results are shown."""
    return answers(case).turnout.get(ref) or ratings(case).turnout.get(ref)
