"""What the circles said of the scenarios, for the phases that use it."""

from dataclasses import dataclass

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.conversation.handover import load
from fremsyn.conversation.judging import pictures
from fremsyn.conversation.judging.results import JudgedScenario, judged, of_scenario
from fremsyn.conversation.judging.scales import NO_PROBABILITY
from fremsyn.conversation.judging.verdict import verdict
from fremsyn.conversation.models import Answer, AnswerKind, AnswerState
from fremsyn.figures.figure import Figure

MOST_WORDS = 12

__all__ = ["NO_PROBABILITY", "Said", "said", "said_of"]


@dataclass(frozen=True)
class Said:
    """What was said of a scenario in a round: in a sentence, and the questions that it rests on."""

    scenario: JudgedScenario
    verdict: str
    round: Entry
    entry: Entry | None
    statements: tuple[Entry, ...]
    synthetic: bool


@dataclass(frozen=True)
class SaidOf(Said):
    """The same with its picture, and the words of those who judged, as far as the others may read them."""

    figure: Figure
    words: tuple[Answer, ...]


def said(visit: Visit) -> dict[str, Said]:
    """Return by scenario what was said of it in the latest round that asked of it; empty where nothing may be shown."""
    refs = dict.fromkeys(each.ref for found in judged(visit.case).values() for each in found)
    told = {ref: [each for each in of_scenario(visit.case, ref) if each.round.ref in visit.entries] for ref in refs}
    return {ref: _said(visit, each[0]) for ref, each in told.items() if each and verdict(each[0])}


def said_of(visit: Visit, ref: str) -> tuple[SaidOf, ...]:
    """Return what was said of one scenario in each round that asked of it, the latest first."""
    rounds = [each for each in of_scenario(visit.case, ref) if each.round.ref in visit.entries]
    return tuple(
        SaidOf(**vars(_said(visit, each)), figure=pictures.scenario(visit, each), words=_words(visit, each))
        for each in rounds
    )


def _said(visit: Visit, scenario: JudgedScenario) -> Said:
    return Said(
        scenario=scenario,
        verdict=verdict(scenario),
        round=visit.entries[scenario.round.ref],
        entry=visit.entries.get(scenario.ref),
        statements=visit.shown(each.statement for each in scenario.aspects.values()),
        synthetic=load(visit.case).is_synthetic(scenario.round.ref),
    )


def _words(visit: Visit, scenario: JudgedScenario) -> tuple[Answer, ...]:
    of_round = {"round__item__case": visit.case, "round__item__ref": scenario.round.ref}
    found = Answer.objects.filter(
        **of_round, kind=AnswerKind.WORD, place=scenario.ref, state=AnswerState.ACCEPTED
    ).order_by("pk")  # no order of time: it would tell who came with whom
    return tuple(found[:MOST_WORDS])
