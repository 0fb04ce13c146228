"""Running a session: start, move on, show and reveal, end.

None of it says `changed(case)`: what a case remembers does not hold how a session runs, and in the room every screen asks
every other second.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.audit.operations import record
from fremsyn.cases.models import Case
from fremsyn.conversation import models
from fremsyn.conversation.sessions.screen import screens
from fremsyn.conversation.sessions.state import Stage, locked, meeting_of, must_be, touch
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person


@transaction.atomic
def start_session(*, case: Case, ref: str, language: str, by: Person | None, at: datetime) -> models.SessionRun:
    """Start a session at the first part of its run sheet; `language` is the one its minutes are written in.

    :raises RuleBroken: when it has been held or is running, or has no run sheet
    """
    meeting = meeting_of(case, ref)
    must_be(meeting, Stage.PLANNED)
    if not meeting.session.run_sheet:
        raise RuleBroken(_("The run sheet is empty. Write at least one part before you start."))
    row = models.Session.objects.select_for_update().get(item__case=case, item__ref=ref)
    run, made = models.SessionRun.objects.get_or_create(
        session=row, defaults={"language": language[:2], "started_at": at, "step_started_at": at}
    )
    if not made:
        raise RuleBroken(_("The session was started a moment ago by somebody else. Load the page again."))
    record("conversation.session_started", case=case, by=by, at=at, session=ref)
    return run


@transaction.atomic
def move_to_part(*, case: Case, ref: str, to: int, by: Person | None, at: datetime) -> models.SessionRun:
    """Go to a part of the run sheet, counted from 0; going to the one that is on changes nothing.

    :raises RuleBroken: when the session isn't running or has no such part
    """
    meeting = locked(case, ref)
    must_be(meeting, Stage.RUNNING)
    if not 0 <= to < len(meeting.session.run_sheet):
        raise RuleBroken(_("The run sheet has no such part. Load the page again."))
    run = running(meeting.run)
    if run.step != to:
        run.step, run.step_started_at, run.on_screen = to, at, ""
        touch(run, "step", "step_started_at", "on_screen")
        record("conversation.part_begun", case=case, by=by, at=at, session=ref, part=to + 1)
    return run


@transaction.atomic
def show_on_screen(*, case: Case, ref: str, key: str, by: Person | None, at: datetime) -> models.SessionRun:
    """Put a prompt, the minutes or a statement on the screen; an empty key clears it. A result stays hidden.

    :raises RuleBroken: when the session isn't running or has nothing of that key to show
    """
    run = _screened(case, ref, key)
    run.on_screen = key
    touch(run, "on_screen")
    record("conversation.screen_set", case=case, by=by, at=at, session=ref, shows=key)
    return run


@transaction.atomic
def reveal_result(*, case: Case, ref: str, key: str, by: Person | None, at: datetime) -> models.SessionRun:
    """Show everybody the result of a statement, and put it on the screen.

    :raises RuleBroken: when the session isn't running or the statement has no result to show
    """
    run = _screened(case, ref, key)
    run.on_screen = key
    run.revealed = [*(each for each in run.revealed if each != key), key]
    touch(run, "on_screen", "revealed")
    record("conversation.result_revealed", case=case, by=by, at=at, session=ref, statement=key)
    return run


@transaction.atomic
def hide_result(*, case: Case, ref: str, key: str, by: Person | None, at: datetime) -> models.SessionRun:
    """Hide a result that was revealed.

    :raises RuleBroken: when the session isn't running
    """
    run = _screened(case, ref, key)
    run.revealed = [each for each in run.revealed if each != key]
    touch(run, "revealed")
    record("conversation.result_hidden", case=case, by=by, at=at, session=ref, statement=key)
    return run


def _screened(case: Case, ref: str, key: str) -> models.SessionRun:
    meeting = locked(case, ref)
    must_be(meeting, Stage.RUNNING)
    if key and key not in screens(case, meeting.session):
        raise RuleBroken(_("There is nothing to show of that name. Load the page again."))
    return running(meeting.run)


def running(run: models.SessionRun | None) -> models.SessionRun:
    """Return the run of a session that has one.

    :raises RuleBroken: when it has none
    """
    if run is None:
        raise RuleBroken(_("The session has not begun. Start it first."))
    return run
