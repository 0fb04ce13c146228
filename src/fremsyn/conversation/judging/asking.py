"""What a round asks of the scenarios that it tells: three statements each."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from fremsyn.cases.models import Case
from fremsyn.cases.vocabulary import vocabularies
from fremsyn.conversation.handover import load
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


def asks_of_all_it_tells(case: Case, round_: Round) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a round that tells scenarios of which it asks nothing, or asks of some that it doesn't tell.

    One that has no statements yet is still being prepared.
    """
    said = {each.ref: each.scenario for each in load(case).conversation.statements}
    asked = {said[ref] for ref in round_.statements if said.get(ref)}
    wrong = sorted(str(ref) for ref in asked ^ set(round_.tellings or {}))
    if round_.statements and wrong:
        yield (
            "tellings",
            _("The round asks of the scenarios that it was prepared with: tell those and no others. Not so: %(refs)s.")
            % {"refs": ", ".join(wrong)},
        )


def theme_of(case: Case) -> str:
    """Return the theme under which scenarios are judged: one of that name where the case has it, else its first."""
    known = vocabularies(case).get("conversation.themes", {})
    return next((code for code in THEMES if code in known), next(iter(known), ""))
