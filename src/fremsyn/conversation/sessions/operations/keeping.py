"""Keeping what a session gave: lines of its minutes become insights."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.audit.operations import record
from fremsyn.cases.directory import directory
from fremsyn.cases.editing.operations import add_things, change_thing
from fremsyn.cases.models import Case
from fremsyn.cases.reader import REF
from fremsyn.cases.remembered import changed
from fremsyn.conversation import models
from fremsyn.conversation.schema import Insight
from fremsyn.conversation.sessions.operations.running import running
from fremsyn.conversation.sessions.state import Stage, locked, must_be, touch
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text
from fremsyn.people.models import Person
from fremsyn.web.templatetags.say import REFERENCE

Shows = Literal["agreement", "fault_line", "gap", "surprise"]
LONGEST_TITLE = 120


@dataclass(frozen=True)
class Chosen:
    """A line that is to become an insight: under which title, what it shows, which question it serves."""

    line: UUID
    title: str
    shows: Shows
    question: str


@transaction.atomic
def keep_insights(
    *, case: Case, ref: str, chosen: Sequence[Chosen], by: Person | None, at: datetime
) -> tuple[str, ...]:
    """Make insights of lines; each rests on the session and on what the line names. A line becomes one only once.

    :returns: the references of the new insights, in order
    :raises RuleBroken: when the session has not been held, or nothing was chosen
    """
    changed(case)
    meeting = locked(case, ref)
    must_be(meeting, Stage.HELD)
    run = running(meeting.run)
    if not chosen:
        raise RuleBroken(_("Choose at least one line."))
    lines = {each.pk: each for each in run.lines.filter(insight="")}
    if not {each.line for each in chosen} <= set(lines):
        raise RuleBroken(_("A line you chose has become an insight already, or is gone. Load the page again."))
    things = [_insight(case, ref, run.language, lines[each.line], each) for each in chosen]
    items = add_things(case=case, parent="conversation", slot="insights", things=things, by=by, at=at)
    made = [item.ref for item in items]
    for each, new in zip(chosen, made, strict=True):
        run.lines.filter(pk=each.line).update(insight=new)
    gives = (*meeting.session.gives, *made)
    change_thing(case=case, key=ref, version=None, values={"gives": gives}, meaning=False, why="", by=by, at=at)
    touch(run)
    record("conversation.insights_kept", case=case, by=by, at=at, session=ref, insights=made)
    return tuple(made)


def _insight(case: Case, ref: str, language: str, line: models.MinuteLine, chosen: Chosen) -> Insight:
    title = " ".join(chosen.title.split())
    if not title or len(title) > LONGEST_TITLE:
        raise RuleBroken(_("Give the insight a title of at most %(n)d characters.") % {"n": LONGEST_TITLE})
    return Insight(
        ref="",
        title=Text(**{language: title}),
        text=Text(**{language: line.text}),
        shows=chosen.shows,
        question=chosen.question,
        because=(ref, *named_in(case, line.text, ref)),
    )


def named_in(case: Case, text: str, ref: str) -> tuple[str, ...]:
    """Return the references of the case that a text names, other than `ref`, each once."""
    known = directory(case).entries
    found = dict.fromkeys(match[1] for match in REFERENCE.finditer(text))
    return tuple(each for each in found if each != ref and REF.fullmatch(each) and each in known and known[each].ref)
