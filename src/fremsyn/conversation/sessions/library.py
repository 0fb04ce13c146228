"""The templates from which sessions are prepared; they ship as data and are read with the case's own reader."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from fremsyn.cases.reader import read_shipped
from fremsyn.cases.shape import Circle, PhaseName, Text, Texts, scale
from fremsyn.conversation.schema import RunSheetLine
from fremsyn.core.errors import RuleBroken

# What stands as the pre-read of a session until somebody has drawn it up.
TO_BE_READ = Text(
    da="Oplæg på én side: Hent udkastet fra sagens eget materiale, og ret det til.",
    en="Pre-read of one page: take over the draft from the case's own material, and edit it.",
)


@dataclass(frozen=True, kw_only=True)
class Template:
    """A session as it may be prepared: `about` says when it fits."""

    id: str
    about: Text
    phase: PhaseName
    circle: Circle
    minutes_total: int = scale(1, 1440)
    title: Text
    focal_question: Text
    prompts: tuple[Text, ...]
    present: Texts
    run_sheet: tuple[RunSheetLine, ...]
    materials: Text
    without_network: Text


@dataclass(frozen=True, kw_only=True)
class Library:
    """library.yaml."""

    templates: tuple[Template, ...]


@cache
def templates() -> tuple[Template, ...]:
    """Return every template, in the order of the phases."""
    return read_shipped(Path(__file__).with_name("library.yaml"), Library).templates


def template_of(name: str) -> Template:
    """Return a template by its id.

    :raises RuleBroken: when there is none
    """
    found = next((each for each in templates() if each.id == name), None)
    if found is None:
        raise RuleBroken(_("There is no such template. Choose one from the list."))
    return found
