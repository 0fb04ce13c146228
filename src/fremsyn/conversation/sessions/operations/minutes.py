"""Writing a session's minutes: one holds the pen, every line is kept when it is written, and nothing is lost on the way."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from fremsyn.audit.operations import record
from fremsyn.cases.free_text import refuse_unfit
from fremsyn.cases.models import Case
from fremsyn.conversation import models
from fremsyn.conversation.sessions.operations.running import running
from fremsyn.conversation.sessions.state import Stage, locked, must_be, touch
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person

LONGEST_LINE = 2000
MOST_LINES = 200


@dataclass(frozen=True)
class Written:
    """What became of a line that was sent: kept, or beside what somebody else wrote in the meantime."""

    line: models.MinuteLine | None
    conflict: bool = False


class PenHeld(RuleBroken):
    """Somebody else holds the pen."""


@transaction.atomic
def take_pen(*, case: Case, ref: str, by: Person, at: datetime) -> models.SessionRun:
    """Take the pen, from whoever has it; taking one's own again changes nothing.

    :raises RuleBroken: when the minutes are not open
    """
    meeting = locked(case, ref)
    must_be(meeting, Stage.RUNNING, Stage.REOPENED)
    run = running(meeting.run)
    if run.pen_id != by.pk:
        run.pen, run.pen_since = by, at
        touch(run, "pen", "pen_since")
        record("conversation.pen_taken", case=case, by=by, at=at, session=ref)
    return run


@transaction.atomic
def lay_down_pen(*, case: Case, ref: str, by: Person, at: datetime) -> models.SessionRun:
    """Lay the pen down for another to take; laying down another's changes nothing.

    :raises RuleBroken: when the minutes are not open
    """
    meeting = locked(case, ref)
    must_be(meeting, Stage.RUNNING, Stage.REOPENED)
    run = running(meeting.run)
    if run.pen_id == by.pk:
        run.pen, run.pen_since = None, None
        touch(run, "pen", "pen_since")
        record("conversation.pen_laid_down", case=case, by=by, at=at, session=ref)
    return run


@transaction.atomic
def write_line(
    *, case: Case, ref: str, field: str, line: UUID, version: int, text: str, by: Person, at: datetime
) -> Written:
    """Keep a line under its id: a new one with version 0, a changed one with the version that the writer saw.

    Writing takes a pen that lies free. A line sent twice is kept once. Where another changed it in the meantime nothing
    is written, and both stand in the answer's hands.

    :param field: surprised, differ, hold or ask
    :param text: one line, 1 to 2,000 characters
    :raises PenHeld: when somebody else holds the pen
    :raises RuleBroken: when the minutes are not open, the text is empty or too long, or the line is another session's
    """
    run = _with_pen(case, ref, by, at)
    told = said(text)
    known = models.MinuteLine.objects.filter(pk=line).first()
    if known is not None and known.run_id != run.pk:
        raise RuleBroken(_("That line belongs to other minutes. Load the page again."))
    if known is not None and known.text == told:
        return Written(known)
    if (known is None and version) or (known is not None and known.version != version):
        return Written(known, conflict=True)
    if known is None:
        kept = _added(run, field, line, told, at)
    else:
        known.text, known.version, known.written_at = told, known.version + 1, at
        known.save(update_fields=["text", "version", "written_at"])
        kept = known
    touch(run)
    record("conversation.minute_written", case=case, by=by, at=at, session=ref, line=kept.pk, version=kept.version)
    return Written(kept)


def _added(run: models.SessionRun, field: str, line: UUID, text: str, at: datetime) -> models.MinuteLine:
    if field not in models.MinuteLine.FIELDS:
        raise RuleBroken(_("The minutes have no such field. Load the page again."))
    if run.lines.count() >= MOST_LINES:
        raise RuleBroken(_("The minutes hold %(n)d lines, which is the most there is room for.") % {"n": MOST_LINES})
    last = run.lines.filter(field=field).aggregate(last=Max("position"))["last"] or 0
    return models.MinuteLine.objects.create(pk=line, run=run, field=field, position=last + 1, text=text, written_at=at)


@transaction.atomic
def remove_line(*, case: Case, ref: str, line: UUID, version: int, by: Person, at: datetime) -> Written:
    """Take a line out, if it is still as the writer saw it; one that is gone already stays gone.

    :raises PenHeld: when somebody else holds the pen
    :raises RuleBroken: when the minutes are not open, or the line has become an insight
    """
    run = _with_pen(case, ref, by, at)
    known = run.lines.filter(pk=line).first()
    if known is None:
        return Written(None)
    if known.version != version:
        return Written(known, conflict=True)
    if known.insight:
        raise RuleBroken(
            _("The line has become %(ref)s and can't be taken out. Change it instead.") % {"ref": known.insight}
        )
    known.delete()
    touch(run)
    record("conversation.minute_removed", case=case, by=by, at=at, session=ref, line=line)
    return Written(None)


def _with_pen(case: Case, ref: str, by: Person, at: datetime) -> models.SessionRun:
    meeting = locked(case, ref)
    must_be(meeting, Stage.RUNNING, Stage.REOPENED)
    run = running(meeting.run)
    if run.pen_id is None:
        return take_pen(case=case, ref=ref, by=by, at=at)
    if run.pen_id != by.pk:
        raise PenHeld(_("Somebody else holds the pen. Take it over to save what you wrote; it still stands here."))
    return run


def said(text: str) -> str:
    """Return a line as it is kept: in one line, without spaces around it.

    :raises RuleBroken: when it is empty or too long, or holds what we do not keep
    """
    told = " ".join(text.split())
    if not told:
        raise RuleBroken(_("The line is empty. Write it, or take it out."))
    if len(told) > LONGEST_LINE:
        raise RuleBroken(
            _("The line has %(n)d characters and there is room for %(most)d. Divide it into several.")
            % {"n": len(told), "most": LONGEST_LINE}
        )
    try:
        refuse_unfit(told)
    except ValidationError as refused:
        raise RuleBroken(refused.messages[0]) from refused
    return told
