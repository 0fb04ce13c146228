"""What a round may be prepared like: the templates that ship, and the case's own earlier rounds."""

from dataclasses import dataclass

from fremsyn.cases.access import Visit
from fremsyn.cases.kinds import app_name
from fremsyn.conversation.handover import load
from fremsyn.conversation.queries import PHASES
from fremsyn.conversation.rounds.library import Template, templates
from fremsyn.conversation.schema import Round
from fremsyn.web.templatetags.say import say_plain


@dataclass(frozen=True)
class Group:
    """The models for one phase; `own` are the case's earlier rounds."""

    phase: str
    name: str
    models: tuple[Template, ...]
    own: tuple[Round, ...]


def groups(visit: Visit) -> tuple[Group, ...]:
    """Return the models by phase, in the order of the phases."""
    rounds = own_rounds(visit)
    return tuple(
        Group(
            phase,
            app_name(phase),
            tuple(each for each in templates() if each.phase == phase),
            tuple(each for each in rounds if each.phase == phase),
        )
        for phase in PHASES
    )


def own_rounds(visit: Visit) -> list[Round]:
    """Return the case's rounds that may be seen."""
    return [each for each in load(visit.case).conversation.rounds if each.ref in visit.entries]


def sources_of_statements(visit: Visit) -> list[tuple[str, str]]:
    """Return the rounds that statements may be taken from, as a form's choices."""
    return [(each.ref, f"{each.ref} {say_plain(each.title)}") for each in own_rounds(visit) if each.statements]


def suggested(visit: Visit, phase: str) -> str:
    """Return the model to begin with: the template of the phase asked for, else of the latest round's phase."""
    rounds = sorted(own_rounds(visit), key=lambda each: each.closes)
    wanted = phase if phase in PHASES else rounds[-1].phase if rounds else PHASES[0]
    return next((each.id for each in templates() if each.phase == wanted), templates()[0].id)
