"""What the circles answered, with small groups hidden."""

from collections.abc import Iterable, Mapping

from fremsyn.conversation.handover import HandOver
from fremsyn.conversation.schema import Round, Vote
from fremsyn.methods import opinions


def results(handover: HandOver) -> Mapping[str, opinions.Opinions]:
    """Return the results of rounds of statements by statement and circle; small groups are hidden by the round's limit."""
    return {
        each.ref: round_results(each, handover.votes[each.ref])
        for each in handover.conversation.rounds
        if each.ref in handover.votes and each.kind == "statements"
    }


def round_results(round_: Round, cast: Iterable[Vote]) -> opinions.Opinions:
    """Return one round's results from what was cast in it."""
    votes = (opinions.Vote(v.participant, v.circle, v.statement, v.value) for v in cast)
    return opinions.summarise(votes, statements=round_.statements, circles=round_.circles, min_group=round_.min_group)


def by_statement(found: Mapping[str, opinions.Opinions]) -> dict[str, opinions.StatementResult]:
    """Return the results of all rounds by statement."""
    return {each.statement: each for results_ in found.values() for each in results_.statements}
