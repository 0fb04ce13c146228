"""What a session's screen can show: its prompts, its minutes, and the statements whose result waits to be revealed."""

from collections.abc import Mapping
from dataclasses import dataclass

from fremsyn.cases.models import Case
from fremsyn.conversation.answers import Answers, answers, in_order, lowest
from fremsyn.conversation.handover import load
from fremsyn.conversation.judging.results import JudgedScenario, judged
from fremsyn.conversation.judging.scales import between
from fremsyn.conversation.schema import Session, Statement
from fremsyn.conversation.wording import circle_name
from fremsyn.core.text import Text
from fremsyn.methods.opinions import StatementResult

WIDEST = 4
SHARED = 2
JUDGED_IN = ("scenarios", "direction")


@dataclass(frozen=True)
class Shown:
    """Something that may stand on the screen; a statement has a result, and so has a scenario that was judged."""

    key: str
    text: Text
    result: StatementResult | JudgedScenario | None = None

    @property
    def scenario(self) -> bool:
        """Tell whether it is a scenario."""
        return isinstance(self.result, JudgedScenario)


def screens(case: Case, session: Session) -> Mapping[str, Shown]:
    """Return what can be shown in a session, by key: prompts, scenarios and statements of its rounds, then the minutes."""
    talk = load(case).conversation
    found = answers(case)
    texts = {each.ref: each for each in talk.statements}
    asked = [each for each in talk.rounds if each.phase == session.phase or each.ref in session.because]
    refs = [ref for each in asked for ref in each.statements]
    shown = {f"prompt-{at}": Shown(f"prompt-{at}", prompt) for at, prompt in enumerate(session.prompts, start=1)}
    for each in _judged(case, session):
        shown[each.ref] = Shown(each.ref, each.title, each)
    for said in _worth_talking_of(texts, found, refs):
        shown[said.ref] = Shown(said.ref, said.text, found.statements[said.ref])
    shown["minutes"] = Shown("minutes", Text())
    return shown


def _judged(case: Case, session: Session) -> list[JudgedScenario]:
    """Return the scenarios that circles judged: in the phase of scenarios, in direction, and where a session rests on it."""
    rounds = judged(case)
    if session.phase not in JUDGED_IN:
        rounds = {ref: found for ref, found in rounds.items() if ref in session.because}
    return list({each.ref: each for found in rounds.values() for each in found}.values())


def _worth_talking_of(texts: Mapping[str, Statement], found: Answers, refs: list[str]) -> list[Statement]:
    """Return the statements on which circles differ most, then those that all agree with most."""
    if not refs:
        return []
    differ = [each.statement for each in found.widest(refs)[:WIDEST]]
    agree = [each.statement for each in found.shared(refs) if lowest(each) and each.statement not in differ][:SHARED]
    return [texts[ref] for ref in (*differ, *agree) if ref in texts]


@dataclass(frozen=True)
class CircleJudged:
    """A circle's middle answer to each question of a scenario, in words; None where too few answered."""

    circle: str
    answers: tuple[str | None, ...]


def judgements(case: Case, scenario: JudgedScenario) -> tuple[CircleJudged, ...]:
    """Return how each circle judged a scenario, named in the language in use."""
    return tuple(
        CircleJudged(
            circle_name(case, code),
            tuple(
                between(aspect, found.spread.middle) if (found := each.by_circle.get(code)) else None
                for aspect, each in scenario.aspects.items()
            ),
        )
        for code in in_order(case, scenario.round)
    )


@dataclass(frozen=True)
class CircleResult:
    """A circle's answer as the screen shows it; `agree_per_cent` is None where too few answered."""

    circle: str
    agree_per_cent: int | None
    n: int | None


def results(case: Case, result: StatementResult) -> tuple[CircleResult, ...]:
    """Return the answer of each circle, named in the language in use."""
    return tuple(
        CircleResult(circle_name(case, code), count.agree_per_cent if count else None, count.n if count else None)
        for code, count in result.by_circle.items()
    )
