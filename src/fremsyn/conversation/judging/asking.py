"""What a round asks of the scenarios that it tells: three statements each."""

from fremsyn.cases.models import Case
from fremsyn.cases.vocabulary import vocabularies
from fremsyn.conversation.judging.scales import questions
from fremsyn.conversation.schema import Round, Statement

THEMES = ("scenarios", "direction")


def statements(case: Case, round_: Round) -> tuple[Statement, ...]:
    """Return a statement for each question of each scenario, in the order in which they are told."""
    theme = theme_of(case)
    return tuple(
        Statement(
            ref="", round="", text=text, scenario=ref, aspect=aspect, theme=theme, question=round_.question,
            because=(ref,),
        )
        for ref, telling in (round_.tellings or {}).items()
        for aspect, text in questions(telling).items()
    )  # fmt: skip


def theme_of(case: Case) -> str:
    """Return the theme under which scenarios are judged: one of that name where the case has it, else its first."""
    known = vocabularies(case).get("conversation.themes", {})
    return next((code for code in THEMES if code in known), next(iter(known), ""))
