"""Where a session stands: planned, running, held, or held with its minutes open again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from fremsyn.cases.models import Case
from fremsyn.conversation import models
from fremsyn.conversation.handover import load
from fremsyn.conversation.schema import RunSheetLine, Session
from fremsyn.core.errors import RuleBroken


class Stage(StrEnum):
    """A session's way from plan to memory."""

    PLANNED = "planned"
    RUNNING = "running"
    HELD = "held"
    REOPENED = "reopened"


@dataclass(frozen=True)
class Meeting:
    """A session with how it runs; `run` is None until it is started."""

    session: Session
    run: models.SessionRun | None
    stage: Stage

    @property
    def writable(self) -> bool:
        """Tell whether lines of the minutes may be written now."""
        return self.stage in (Stage.RUNNING, Stage.REOPENED)

    @property
    def step(self) -> int:
        """Return which part of the run sheet is on, from 0; the sheet may have been shortened meanwhile."""
        return min(self.run.step if self.run else 0, len(self.session.run_sheet) - 1)

    @property
    def part(self) -> RunSheetLine | None:
        """Return the part of the run sheet that is on."""
        return self.session.run_sheet[self.step] if self.session.run_sheet else None

    @property
    def ends_at(self) -> datetime | None:
        """Return when the part that is on should be over."""
        if self.run is None or self.run.step_started_at is None or self.part is None:
            return None
        return self.run.step_started_at + timedelta(minutes=self.part.minutes)


def stage_of(session: Session, run: models.SessionRun | None) -> Stage:
    """Return where a session stands. One that came with its minutes, from a file, was held."""
    if run is None:
        return Stage.HELD if session.minutes else Stage.PLANNED
    if run.reopened_at is not None:
        return Stage.REOPENED
    if run.ended_at is not None or run.started_at is None:
        return Stage.HELD
    return Stage.RUNNING


def meeting_of(case: Case, ref: str) -> Meeting:
    """Return a session as it stands.

    :raises RuleBroken: when the case has no such session
    """
    session = next((each for each in load(case).conversation.sessions if each.ref == ref), None)
    if session is None:
        raise RuleBroken(_("There is no session %(ref)s in this case. It may have been withdrawn.") % {"ref": ref})
    run = models.SessionRun.objects.filter(session__item__case=case, session__item__ref=ref).first()
    return Meeting(session, run, stage_of(session, run))


def locked(case: Case, ref: str) -> Meeting:
    """Return a session as it stands, held still until the transaction is over."""
    meeting = meeting_of(case, ref)
    if meeting.run is None:
        return meeting
    run = models.SessionRun.objects.select_for_update().get(pk=meeting.run.pk)
    return Meeting(meeting.session, run, stage_of(meeting.session, run))


def must_be(meeting: Meeting, *stages: Stage) -> None:
    """Refuse what can't be done to a session as it stands, and say what can.

    :raises RuleBroken: unless the session is in one of the stages
    """
    if meeting.stage in stages:
        return
    raise RuleBroken(
        {
            Stage.PLANNED: _("The session has not begun. Start it first."),
            Stage.RUNNING: _("The session is running. End it first."),
            Stage.HELD: _(
                "The session has been held and can't be run again. To correct its minutes, reopen them and say why."
            ),
            Stage.REOPENED: _("The minutes have been reopened. Close them first."),
        }[meeting.stage]
    )


def touch(run: models.SessionRun, *fields: str) -> None:
    """Keep what was changed of a run, and let the pages that show it know."""
    run.version += 1
    run.save(update_fields=[*fields, "version"])
