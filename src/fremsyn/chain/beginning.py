"""What a new case begins with: a template that ships as a case folder, with its own question, names and dates."""

import dataclasses
import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from fremsyn.cases.schema import CaseFile, Language, Organisation
from fremsyn.chain.content import CaseContent
from fremsyn.chain.folder import read_folder
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text, in_small_letters
from fremsyn.framing.schema import Process

BEGINNINGS = Path(__file__).parent / "beginnings"
TEMPLATE = "public"
LONGEST_SLUG = 80


@dataclasses.dataclass(frozen=True, kw_only=True)
class Beginning:
    """What whoever opens a case says of it. `languages` are those it is written in, the first one its own."""

    title: Text
    organisation: Text
    focal_question: Text
    base_year: int
    horizon: int
    starts: datetime.date
    languages: tuple[Language, ...]


def slug_of(title: str) -> str:
    """Return a title as it stands in an address; empty where nothing of it can."""
    return in_small_letters(title, "-")[:LONGEST_SLUG].rstrip("-")


def content_of(template: str, slug: str, told: Beginning) -> CaseContent:
    """Return what a case begins with: the template's words, and what was told of the case.

    :raises RuleBroken: when there is no such template
    """
    content = read_folder(BEGINNINGS / template).content if template in templates() else None
    if content is None:
        raise RuleBroken(_("There is no template named %(name)s.") % {"name": template})
    framing = content.framing.framing
    question = dataclasses.replace(framing.questions[0], text=told.focal_question)
    framing = dataclasses.replace(framing, questions=(question,), process=_from(told.starts, framing.process))
    return dataclasses.replace(
        content,
        case=_case_file(content.case, slug, told),
        framing=dataclasses.replace(content.framing, framing=framing),
    )


def templates() -> tuple[str, ...]:
    """Return the names of the templates."""
    return tuple(sorted(path.parent.name for path in BEGINNINGS.glob("*/case.yaml")))


def _case_file(own: CaseFile, slug: str, told: Beginning) -> CaseFile:
    return dataclasses.replace(
        own,
        slug=slug,
        title=told.title,
        organisation=Organisation(name=told.organisation),
        base_year=told.base_year,
        horizon=told.horizon,
        as_of=None,
        language=told.languages[0],
        languages=told.languages,
    )


def _from(starts: datetime.date, plan: Process) -> Process:
    """Move a plan so that its first phase begins on a day."""
    days = starts - min(each.begins for each in plan.phases)
    return dataclasses.replace(
        plan,
        phases=tuple(
            dataclasses.replace(each, begins=each.begins + days, ends=each.ends + days) for each in plan.phases
        ),
        circles=tuple(
            dataclasses.replace(each, begins=each.begins + days, ends=each.ends + days) for each in plan.circles
        ),
    )
