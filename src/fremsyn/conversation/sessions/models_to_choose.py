"""What a session may be prepared like: the templates that ship, and the case's own earlier sessions."""

from dataclasses import dataclass

from django.utils.translation import get_language

from fremsyn.cases.access import Visit
from fremsyn.cases.kinds import app_name
from fremsyn.conversation.handover import load
from fremsyn.conversation.queries import PHASES, duration
from fremsyn.conversation.sessions.library import templates
from fremsyn.core.text import Text


@dataclass(frozen=True)
class Model:
    """Something a session may be prepared like, as it is chosen from a list."""

    key: str
    title: Text
    about: Text
    length: str


@dataclass(frozen=True)
class Group:
    """The models for one phase; `own` are the case's earlier sessions."""

    phase: str
    name: str
    models: tuple[Model, ...]
    own: tuple[Model, ...]


def groups(visit: Visit) -> tuple[Group, ...]:
    """Return the models by phase, in the order of the phases."""
    talk = load(visit.case).conversation
    found = []
    for phase in PHASES:
        shipped = tuple(
            Model(each.id, each.title, each.about, duration(each.minutes_total))
            for each in templates()
            if each.phase == phase
        )
        own = tuple(
            Model(each.ref, each.title, each.focal_question, duration(each.minutes_total))
            for each in talk.sessions
            if each.phase == phase and each.ref in visit.entries
        )
        found.append(Group(phase, app_name(phase), shipped, own))
    return tuple(found)


def choices(visit: Visit) -> list[tuple[str, str]]:
    """Return the models as a form's choices."""
    language = get_language() or "da"
    return [
        (model.key, model.title.in_language(language)[0])
        for group in groups(visit)
        for model in (*group.models, *group.own)
    ]


def suggested(visit: Visit, phase: str) -> str:
    """Return the model to begin with: the template of the phase asked for, else of the latest session's phase."""
    held = sorted(load(visit.case).conversation.sessions, key=lambda each: each.held)
    wanted = phase if phase in PHASES else held[-1].phase if held else PHASES[0]
    return next((each.id for each in templates() if each.phase == wanted), templates()[0].id)
