"""What came of a round, told to one who answered it: the results, what their words were used for, and what is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.cases.models import Case
from fremsyn.conversation.answers import answers, in_order
from fremsyn.conversation.handover import load
from fremsyn.conversation.judging.results import judged
from fremsyn.conversation.judging.scales import NO_PROBABILITY, between, step_words
from fremsyn.conversation.models import Answer, Participant, Vote
from fremsyn.conversation.operations.erasing import erasable
from fremsyn.conversation.participants.queries import VOTES, frame, others
from fremsyn.conversation.ratings import ratings
from fremsyn.conversation.running import RoundState, state_of
from fremsyn.conversation.schema import Conversation, Insight, Round
from fremsyn.conversation.wording import circle_name
from fremsyn.core.text import Text
from fremsyn.people.models import Person
from fremsyn.people.roles import Role

Figure = int | float | str | None


@dataclass(frozen=True)
class Use:
    """An insight that a statement led to, and what that was used for; `further` where it goes on into work not yet open."""

    insight: Insight
    seen: tuple[Entry, ...]
    further: bool


@dataclass(frozen=True)
class Said:
    """A statement that the participant answered: how, what the circles said, what it led to.

    `circles` holds per cent that agree, the middle rating or, of a scenario, the middle answer in words; None where the
    circle is hidden.
    """

    text: Text
    mine: Any
    important: bool
    circles: tuple[tuple[str, Figure], ...]
    uses: tuple[Use, ...]
    not_used: Text | None


def outcome_page(participant: Participant, at: datetime) -> dict[str, Any]:
    """Return what a participant is told of what came of the round."""
    context = frame(participant.round)
    case = participant.round.item.case
    visit = Visit(case, Person(), Role.STAKEHOLDER)  # what is told to somebody who came by a link
    results = results_by_circle(case, context["round"])
    cast = Vote.objects.filter(round=participant.round_id, participant=participant.pseudonym)
    votes = {
        ref: (v, important) for ref, v, important in cast.values_list("statement__item__ref", "value", "important")
    }
    said = [
        _said(visit, context, ref, votes[ref], results.get(ref, {}))
        for ref in context["round"].statements
        if ref in votes
    ]
    return context | {
        "open": state_of(participant.round, at) == RoundState.OPEN,
        "shown": context["round"].ref in load(case).shown,
        "synthetic": load(case).is_synthetic(context["round"].ref),
        "erasable": erasable(participant),
        "others": others(participant),
        "said": said,
        "no_probability": NO_PROBABILITY,
        "used": any(each.uses for each in said),
        "written": Answer.objects.filter(participant=participant).order_by("kind", "place"),
    }


def results_by_circle(case: Case, round_: Round) -> dict[str, dict[str, Figure]]:
    """Return what each circle answered to each statement: per cent that agree, in a rating the middle of 1 to 7, or the
    middle answer in words.

    None stands for a circle of which fewer than the smallest group answered. Empty before the results are shown.
    """
    if round_.kind == "scenarios":
        return {
            each.statement: {
                code: between(each.aspect, one.spread.middle) if one else None for code, one in each.by_circle.items()
            }
            for told in judged(case).get(round_.ref, ())
            for each in told.aspects.values()
        }
    if round_.kind == "rating":
        rated = ratings(case).statements
        return {
            ref: {code: each.median if each else None for code, each in rated[ref].by_circle.items()}
            for ref in round_.statements
            if ref in rated
        }
    found = answers(case).statements
    return {
        ref: {code: each.agree_per_cent if each else None for code, each in found[ref].by_circle.items()}
        for ref in round_.statements
        if ref in found
    }


def _said(
    visit: Visit, context: Mapping[str, Any], ref: str, vote: tuple[int, bool], result: Mapping[str, Figure]
) -> Said:
    talk: Conversation = context["talk"]
    value, important = vote
    order = [code for code in in_order(visit.case, context["round"]) if code in result]
    statement = next(each for each in talk.statements if each.ref == ref)
    mine: Any = value if context["round"].kind == "rating" and value else None
    if mine is None:
        mine = step_words(statement.aspect, value) if statement.aspect else VOTES[value][1]
    unused = bool(talk.not_used and ref in talk.not_used.statements)
    return Said(
        text=statement.text,
        mine=mine,
        important=important,
        circles=tuple((circle_name(visit.case, code), result[code]) for code in order),
        uses=uses(visit, talk, ref),
        not_used=talk.not_used.why if unused and talk.not_used else None,
    )


def uses(visit: Visit, talk: Conversation, ref: str) -> tuple[Use, ...]:
    """Return the insights that rest on a statement, and what they were used for as far as it may be seen."""
    found = []
    for each in talk.insights:
        if each.ref in visit.entries and (ref in each.because or ref in {proof.statement for proof in each.evidence}):
            seen = visit.shown(each.used_for)
            found.append(Use(each, seen, further=len(seen) < len(each.used_for)))
    return tuple(found)
