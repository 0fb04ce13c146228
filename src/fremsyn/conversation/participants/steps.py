"""The way through a round: one thing to answer at a time."""

from collections.abc import Iterable, Set
from dataclasses import dataclass

from django.db.models import QuerySet

from fremsyn.conversation.models import Answer, AnswerKind, AnswerState, Participant, Vote
from fremsyn.conversation.schema import Conversation, Round, Statement

SECONDS = {"statement": 10, "scenario": 90, "open": 60, "monday": 45, "postcard": 60, "others": 30}


@dataclass(frozen=True)
class Step:
    """One thing to answer. `place` is a statement's reference, a scenario's or an open question's number; `at` counts in
    its kind. A scenario is answered when each of its statements is (`asked`).
    """

    kind: str
    place: str = ""
    at: int = 1
    of: int = 1
    asked: tuple[Statement, ...] = ()

    def is_done(self, done: Set[tuple[str, str]]) -> bool:
        """Tell whether it is answered, given what is, each by kind and place."""
        parts = [("statement", each.ref) for each in self.asked] or [(self.kind, self.place)]
        return all(part in done for part in parts)


def steps_of(talk: Conversation, round_: Round, *, others: bool) -> tuple[Step, ...]:
    """Return the steps of a round in order.

    :param others: whether there is anything that others wrote to be answered
    """
    statements = scenario_steps(talk, round_) if round_.kind == "scenarios" else statement_steps(round_)
    asked = [Step("open", str(at + 1), at + 1, len(round_.questions)) for at in range(len(round_.questions))]
    return (
        *statements,
        *asked,
        *((Step("monday"),) if round_.monday else ()),
        *((Step("postcard"),) if round_.postcard else ()),
        *((Step("others"),) if others else ()),
    )


def statement_steps(round_: Round) -> list[Step]:
    """Return a step for each statement."""
    return [Step("statement", ref, at, len(round_.statements)) for at, ref in enumerate(round_.statements, start=1)]


def scenario_steps(talk: Conversation, round_: Round) -> list[Step]:
    """Return a step for each scenario that is told and asked of, with the statements that ask of it."""
    said = {each.ref: each for each in talk.statements}
    of_round = [said[ref] for ref in round_.statements if ref in said]
    asked = {ref: tuple(each for each in of_round if each.scenario == ref) for ref in round_.tellings or {}}
    told = {ref: statements for ref, statements in asked.items() if statements}
    return [Step("scenario", ref, at, len(told), told[ref]) for at, ref in enumerate(told, start=1)]


def way_of(participant: Participant, talk: Conversation, round_: Round) -> tuple[Step, ...]:
    """Return a participant's steps."""
    return steps_of(talk, round_, others=of_others(participant).exists())


def of_others(participant: Participant) -> QuerySet[Answer]:
    """Return what others in the round wrote and may be read."""
    return (
        Answer.objects.filter(round=participant.round_id, state=AnswerState.ACCEPTED)
        .exclude(participant=participant)
        .exclude(kind=AnswerKind.PROPOSAL)
    )


def answered(participant: Participant) -> frozenset[tuple[str, str]]:
    """Return what a participant has answered, each by kind and place."""
    cast = Vote.objects.filter(round=participant.round_id, participant=participant.pseudonym)
    wrote = Answer.objects.filter(participant=participant).values_list("kind", "place")
    seen = {("statement", ref) for ref in cast.values_list("statement__item__ref", flat=True)}
    return frozenset(seen | set(wrote) | {("others", "")})  # to read is no duty


def next_step(steps: Iterable[Step], done: Set[tuple[str, str]]) -> int:
    """Return the number, from one, of the first step that is not answered; one beyond the last where all are."""
    number = 0
    for number, step in enumerate(steps, start=1):
        if not step.is_done(done):
            return number
    return number + 1


def minutes(steps: Iterable[Step]) -> int:
    """Return about how long some steps take, in whole minutes, at least one."""
    return max(1, round(sum(SECONDS[step.kind] for step in steps) / 60))
