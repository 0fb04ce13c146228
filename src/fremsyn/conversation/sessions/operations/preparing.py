"""Preparing a session: from a template or an earlier one, and its run sheet as a table."""

import dataclasses
import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.audit.operations import record
from fremsyn.cases.editing.operations import add_thing, change_thing
from fremsyn.cases.models import Case, Item
from fremsyn.cases.remembered import changed
from fremsyn.conversation.handover import load
from fremsyn.conversation.schema import RunSheetLine, Session
from fremsyn.conversation.sessions.library import TO_BE_READ, Template, template_of
from fremsyn.conversation.sessions.state import Stage, locked, must_be
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text
from fremsyn.people.models import Person

MOST_PARTS = 40


@transaction.atomic
def prepare_session(
    *, case: Case, model: str, held: datetime.date, question: str, by: Person | None, at: datetime.datetime
) -> Item:
    """Add a session that is filled in like its model: a template's id, or the reference of an earlier session.

    :param question: the question of the case that the session serves
    :raises RuleBroken: when there is no such model
    """
    changed(case)
    talk = load(case).conversation
    earlier = next((each for each in talk.sessions if each.ref == model), None)
    thing = _like(earlier, held, question) if earlier else _from(template_of(model), held, question)
    item = add_thing(case=case, parent="conversation", slot="sessions", thing=thing, by=by, at=at)
    record("conversation.session_prepared", case=case, by=by, at=at, session=item.ref, model=model)
    return item


def _like(earlier: Session, held: datetime.date, question: str) -> Session:
    return dataclasses.replace(
        earlier,
        ref="",
        held=held,
        question=question,
        because=(earlier.ref,),
        sources=(),
        unverified=False,
        pre_read=TO_BE_READ,
        minutes=None,
        gives=(),
        gate=None,
    )


def _from(template: Template, held: datetime.date, question: str) -> Session:
    content = {field.name: getattr(template, field.name) for field in dataclasses.fields(template)}
    for name in ("id", "about"):
        content.pop(name)
    return Session(ref="", held=held, question=question, because=(question,), pre_read=TO_BE_READ, **content)


@transaction.atomic
def change_run_sheet(
    *,
    case: Case,
    ref: str,
    version: int | None,
    minutes_total: int,
    sheet: tuple[RunSheetLine, ...],
    by: Person | None,
    at: datetime.datetime,
) -> Item:
    """Set the run sheet and the length of a session; that they differ is told on the page and not refused.

    :raises RuleBroken: when the session has been held, or the sheet has no part or more than 40
    """
    changed(case)
    must_be(locked(case, ref), Stage.PLANNED, Stage.RUNNING)
    if not 1 <= len(sheet) <= MOST_PARTS:
        raise RuleBroken(_("A run sheet has from one to %(n)d parts.") % {"n": MOST_PARTS})
    values = {"run_sheet": sheet, "minutes_total": minutes_total}
    item = change_thing(case=case, key=ref, version=version, values=values, meaning=False, why="", by=by, at=at)
    record("conversation.run_sheet_changed", case=case, by=by, at=at, session=ref, parts=len(sheet))
    return item


@transaction.atomic
def take_over_pre_read(
    *, case: Case, ref: str, version: int | None, text: Text, by: Person | None, at: datetime.datetime
) -> Item:
    """Make a text the session's own pre-read.

    :raises RuleBroken: when the session has been held
    """
    changed(case)
    must_be(locked(case, ref), Stage.PLANNED, Stage.RUNNING)
    item = change_thing(
        case=case, key=ref, version=version, values={"pre_read": text}, meaning=False, why="", by=by, at=at
    )
    record("conversation.pre_read_taken_over", case=case, by=by, at=at, session=ref)
    return item
