"""Ending a session, and reopening its minutes: what was written becomes part of the session itself."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fremsyn.audit.operations import record
from fremsyn.cases.editing.operations import change_thing
from fremsyn.cases.models import Case
from fremsyn.cases.remembered import changed
from fremsyn.conversation import models
from fremsyn.conversation.schema import Minutes
from fremsyn.conversation.sessions.operations.running import running
from fremsyn.conversation.sessions.state import Meeting, Stage, locked, must_be, touch
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text
from fremsyn.people.models import Person

LONGEST_REASON = 500


@transaction.atomic
def end_session(*, case: Case, ref: str, by: Person | None, at: datetime) -> models.SessionRun:
    """End a running session: its minutes become part of it, its day is the case's, and the pen is laid down.

    :raises RuleBroken: when the session isn't running
    """
    changed(case)
    meeting = locked(case, ref)
    must_be(meeting, Stage.RUNNING)
    run = running(meeting.run)
    values: dict[str, object] = {"held": case.as_of, **_minutes(meeting, run.lines.all(), run.language)}
    change_thing(case=case, key=ref, version=None, values=values, meaning=False, why="", by=by, at=at)
    run.ended_at, run.pen, run.pen_since, run.on_screen = at, None, None, ""
    touch(run, "ended_at", "pen", "pen_since", "on_screen")
    record("conversation.session_ended", case=case, by=by, at=at, session=ref, lines=run.lines.count())
    return run


@transaction.atomic
def reopen_minutes(*, case: Case, ref: str, why: str, by: Person | None, at: datetime) -> models.SessionRun:
    """Open the minutes of a session that was held, so that they can be corrected; why stays with them.

    :param why: 1 to 500 characters
    :raises RuleBroken: when the session has not been held, or no reason is given
    """
    meeting = locked(case, ref)
    must_be(meeting, Stage.HELD)
    reason = " ".join(why.split())
    if not reason:
        raise RuleBroken(_("Say why the minutes are reopened. It is kept with them."))
    if len(reason) > LONGEST_REASON:
        raise RuleBroken(_("Say it in at most %(n)d characters.") % {"n": LONGEST_REASON})
    run = meeting.run or _run_of_minutes(case, meeting, at)
    run.reopened_at, run.reopened_why = at, reason
    touch(run, "reopened_at", "reopened_why")
    record("conversation.minutes_reopened", case=case, by=by, at=at, session=ref)
    return run


@transaction.atomic
def close_minutes(*, case: Case, ref: str, by: Person | None, at: datetime) -> models.SessionRun:
    """Close minutes that were reopened: what stands in them now becomes part of the session.

    :raises RuleBroken: when they are not open
    """
    changed(case)
    meeting = locked(case, ref)
    must_be(meeting, Stage.REOPENED)
    run = running(meeting.run)
    values = _minutes(meeting, run.lines.all(), run.language)
    if values["minutes"] != meeting.session.minutes:
        change_thing(case=case, key=ref, version=None, values=values, meaning=False, why=run.reopened_why, by=by, at=at)
    run.reopened_at, run.pen, run.pen_since = None, None, None
    touch(run, "reopened_at", "pen", "pen_since")
    record("conversation.minutes_closed", case=case, by=by, at=at, session=ref, lines=run.lines.count())
    return run


def _minutes(meeting: Meeting, lines: Iterable[models.MinuteLine], language: str) -> dict[str, object]:
    """Return the minutes as the session keeps them; a field that says what it said keeps its other language."""
    before = meeting.session.minutes or Minutes()
    fields: dict[str, Text | None] = {}
    of_field: dict[str, list[str]] = {name: [] for name in models.MinuteLine.FIELDS}
    for line in lines:
        of_field[line.field].append(line.text)
    for name, texts in of_field.items():
        written, kept = "\n".join(texts), getattr(before, name)
        same = kept is not None and lines_of(kept, language) == tuple(texts)
        fields[name] = kept if same else Text(**{language: written}) if written else None
    minutes = Minutes(**fields)
    return {"minutes": minutes if minutes != Minutes() else None}


def lines_of(text: Text, language: str) -> tuple[str, ...]:
    """Return the lines of a field of the minutes, in the language asked for where it has it."""
    return tuple(" ".join(line.split()) for line in text.in_language(language)[0].splitlines() if line.strip())


def _run_of_minutes(case: Case, meeting: Meeting, at: datetime) -> models.SessionRun:
    """Make the run of a session that came with its minutes, a line for each of theirs."""
    language = (get_language() or "da")[:2]
    row = models.Session.objects.get(item__case=case, item__ref=meeting.session.ref)
    run = models.SessionRun.objects.create(session=row, language=language)
    models.MinuteLine.objects.bulk_create(
        models.MinuteLine(run=run, field=name, position=position, text=text, written_at=at)
        for name in models.MinuteLine.FIELDS
        if meeting.session.minutes and (field := getattr(meeting.session.minutes, name))
        for position, text in enumerate(lines_of(field, language), start=1)
    )
    return run
