"""Opinion results: who agrees with which statement, circle by circle, without exposing a small circle."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from fremsyn.methods.errors import MethodError

AGREE, PASS, DISAGREE = 1, 0, -1
SMALLEST_GROUP = 5
AGREED = 60  # per cent of every circle


@dataclass(frozen=True)
class Vote:
    """One answer: 1 agrees, −1 disagrees, 0 passes. No vote means that the statement was not seen."""

    participant: Hashable
    circle: str
    statement: str
    vote: int


@dataclass(frozen=True)
class Count:
    """Answers to a statement; `n` is all of them, passes included."""

    agree: int
    disagree: int
    passed: int

    @property
    def n(self) -> int:
        return self.agree + self.disagree + self.passed

    @property
    def agree_per_cent(self) -> int:
        """Those who agree, of all who answered; a half is rounded to the even number. Nobody is 0."""
        return round(100 * self.agree / self.n) if self.n else 0


@dataclass(frozen=True)
class StatementResult:
    """A statement's results.

    `by_circle` holds None for a circle whose result is hidden, and then `total` is None too, as the hidden one
    could be had by subtraction. `gap` is the distance in percentage points between the circle that agrees most
    and the one that agrees least among those shown, None with fewer than two.
    """

    statement: str
    by_circle: dict[str, Count | None]
    total: Count | None
    gap: int | None

    @property
    def least(self) -> int | None:
        """The per cent agreeing in the circle that agrees least; None where a circle is hidden."""
        shares = [count.agree_per_cent for count in self.by_circle.values() if count]
        return min(shares) if shares and len(shares) == len(self.by_circle) else None

    @property
    def agreed(self) -> bool:
        """Whether it is known that at least `AGREED` per cent of every circle agree."""
        return self.least is not None and self.least >= AGREED


@dataclass(frozen=True)
class Opinions:
    """Results of a round, statements and circles in the order asked for."""

    circles: tuple[str, ...]
    statements: tuple[StatementResult, ...]

    def by_agreement(self, circle: str) -> tuple[StatementResult, ...]:
        """Sort statements by how many of the circle agree, most first; those hidden come last, in their order.

        :raises MethodError: for a circle that isn't there
        """
        if circle not in self.circles:
            raise MethodError(f"There is no circle {circle}; there are {', '.join(self.circles)}.")

        def place(result: StatementResult) -> tuple[bool, float]:
            count = result.by_circle[circle]
            return (True, 0.0) if count is None else (False, -count.agree / count.n)

        return tuple(sorted(self.statements, key=place))

    def by_gap(self) -> tuple[StatementResult, ...]:
        """Sort statements by the gap between circles, widest first; those without one come last."""
        return tuple(sorted(self.statements, key=lambda result: -1 if result.gap is None else result.gap, reverse=True))


def summarise(
    votes: Iterable[Vote],
    *,
    statements: Sequence[str] | None = None,
    circles: Sequence[str] | None = None,
    min_group: int = SMALLEST_GROUP,
) -> Opinions:
    """Count the answers to each statement in each circle.

    A circle's result on a statement is hidden when fewer than `min_group` of it answered that statement,
    nobody included. Inside a result that is shown every figure is shown, however small.

    :param votes: at most one of a participant on a statement, and each participant in one circle
    :param statements: those to show, in order; by default those with votes, as first met
    :param circles: those to show, in order; by default those with votes, as first met
    :param min_group: smallest number of answers that is shown, at least 1
    :raises MethodError: for a vote that is none of 1, 0, −1, a second vote on a statement, a participant in two
        circles, a statement or circle that isn't among those to show, or a smallest group below 1
    :returns: shares in whole per cent of all answers, passes included; gaps in percentage points, 0-100
    :source: Cox (1980), Journal of the American Statistical Association 75(370), 377-385: what is hidden must not be
        had by subtraction, so the total is hidden with it
    """
    if min_group < 1:
        raise MethodError("The smallest group shown must be 1 or more.")
    answers = _checked(votes)
    order = _order(statements, (vote.statement for vote in answers), "statement")
    rings = _order(circles, (vote.circle for vote in answers), "circle")
    tally = Counter((vote.statement, vote.circle, vote.vote) for vote in answers)
    results = []
    for statement in order:
        counts = {c: Count(*(tally[statement, c, kind] for kind in (AGREE, DISAGREE, PASS))) for c in rings}
        results.append(_shown(statement, counts, min_group))
    return Opinions(rings, tuple(results))


def _shown(statement: str, counts: dict[str, Count], min_group: int) -> StatementResult:
    shown = [count for count in counts.values() if count.n >= min_group]
    total = None
    if shown and len(shown) == len(counts):
        total = Count(sum(c.agree for c in shown), sum(c.disagree for c in shown), sum(c.passed for c in shown))
    shares = [count.agree_per_cent for count in shown]
    gap = max(shares) - min(shares) if len(shares) > 1 else None
    by_circle = {circle: count if count.n >= min_group else None for circle, count in counts.items()}
    return StatementResult(statement, by_circle, total, gap)


def _checked(votes: Iterable[Vote]) -> list[Vote]:
    answers = list(votes)
    wrong = next((vote for vote in answers if vote.vote not in (AGREE, PASS, DISAGREE)), None)
    if wrong:
        raise MethodError(f"A vote of {wrong.vote} on {wrong.statement} is none; use 1, 0 or -1.")
    if len({(vote.participant, vote.statement) for vote in answers}) < len(answers):
        counted = Counter((vote.participant, vote.statement) for vote in answers)
        participant, statement = next(cell for cell, times in counted.items() if times > 1)
        raise MethodError(f"{participant} has voted on {statement} twice; keep the last vote only.")
    homes = Counter(participant for participant, _circle in {(vote.participant, vote.circle) for vote in answers})
    astray = next((participant for participant, circles_ in homes.items() if circles_ > 1), None)
    if astray is not None:
        raise MethodError(f"{astray} votes in two circles; a participant belongs to one.")
    return answers


def _order(asked: Sequence[str] | None, met: Iterable[str], kind: str) -> tuple[str, ...]:
    found = dict.fromkeys(met)
    if asked is None:
        return tuple(found)
    for name in found:
        if name not in asked:
            raise MethodError(f"There are votes for the {kind} {name}, which isn't among those to show; add it.")
    return tuple(asked)
