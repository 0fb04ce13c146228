"""What was answered in the rounds that have closed, ready to be shown: nothing here tells of a hidden group."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fremsyn.cases.models import Case
from fremsyn.cases.remembered import remembered
from fremsyn.conversation.analysis import by_statement, results
from fremsyn.conversation.handover import HandOver, load
from fremsyn.conversation.schema import Round, Vote
from fremsyn.conversation.wording import circles
from fremsyn.methods.opinions import StatementResult

FAR = 25


@dataclass(frozen=True)
class Turnout:
    """Who answered a round: participants by circle (None where fewer than the smallest group shown), and in all.

    `people` and `answers` are None where a hidden circle could be had from them by subtraction.
    """

    by_circle: Mapping[str, int | None]
    people: int | None
    answers: int | None


@dataclass(frozen=True)
class Answers:
    """Results by statement and turnout by round, of the rounds that have closed."""

    statements: Mapping[str, StatementResult]
    turnout: Mapping[str, Turnout]

    def widest(self, refs: Iterable[str] | None = None) -> tuple[StatementResult, ...]:
        """Return the results in which two circles are shown, the widest gap first."""
        wanted = [self.statements[ref] for ref in refs or self.statements if ref in self.statements]
        return tuple(sorted((r for r in wanted if r.gap is not None), key=lambda r: -(r.gap or 0)))

    def shared(self, refs: Iterable[str] | None = None) -> tuple[StatementResult, ...]:
        """Return the results in which every circle is shown, those that every circle agrees with most first."""
        wanted = [self.statements[ref] for ref in refs or self.statements if ref in self.statements]
        return tuple(sorted((r for r in wanted if r.total), key=lambda r: -lowest(r)))

    def agreed(self, refs: Iterable[str] | None = None) -> tuple[StatementResult, ...]:
        """Return the results in which enough of every circle agree for it to be called agreement, the most first."""
        return tuple(each for each in self.shared(refs) if each.agreed)

    def far(self) -> int:
        """Return on how many statements two circles are 25 points or more apart."""
        return sum((result.gap or 0) >= FAR for result in self.statements.values())


def shown(result: StatementResult) -> dict[str, int]:
    """Return the per cent that agree in each circle that is shown."""
    return {circle: count.agree_per_cent for circle, count in result.by_circle.items() if count}


def lowest(result: StatementResult) -> int:
    """Return the per cent of the circle that agrees least."""
    return min(shown(result).values(), default=0)


@remembered
def answers(case: Case) -> Answers:
    """Return what was answered. A round tells nothing before it has closed, nor before its results are shown."""
    handover = load(case)
    closed = [each for each in handover.conversation.rounds if tells(each, handover, case.as_of)]
    found = {ref: found for ref, found in results(handover).items() if ref in {each.ref for each in closed}}
    turnout = {}
    for each in closed:
        told = all(result.total for result in found[each.ref].statements)
        turnout[each.ref] = turnout_of(case, each, handover.votes[each.ref], told=told)
    return Answers(by_statement(found), turnout)


def turnout_of(case: Case, round_: Round, votes: Sequence[Vote], *, told: bool) -> Turnout:
    """Return who answered a round.

    :param told: whether every circle's result on every statement is shown, so that the sum of answers hides nothing
    """
    people = Counter(circle for _person, circle in {(vote.participant, vote.circle) for vote in votes})
    limit = round_.min_group
    count = {code: people[code] if people[code] >= limit else None for code in in_order(case, round_)}
    everyone = sum(people.values()) if all(each is not None for each in count.values()) else None
    return Turnout(count, everyone, len(votes) if told and everyone is not None else None)


def tells(round_: Round, handover: HandOver, day: date) -> bool:
    """Tell whether a round's results by statement may be shown on a day."""
    return is_over(round_, handover, day) and round_.ref in handover.votes and round_.kind == "statements"


def is_over(round_: Round, handover: HandOver, day: date) -> bool:
    """Tell whether what was answered in a round may be shown on a day."""
    return round_.ref in handover.shown if round_.ref in handover.live else round_.closes < day


def in_order(case: Case, round_: Round) -> list[str]:
    """Return a round's circles in the order in which the case names them."""
    return [code for code in circles(case) if code in round_.circles]
