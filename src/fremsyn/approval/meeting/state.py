"""A meeting of the case with its run, held still while something is done to it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fremsyn.approval.handover import load
from fremsyn.approval.meeting.changes import ALONGSIDE, changes_since
from fremsyn.approval.models import MeetingRun, MeetingState, PointRun
from fremsyn.approval.schema import Body, Meeting
from fremsyn.audit.operations import record
from fremsyn.cases.models import Case
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person


class Overtaken(RuleBroken):
    """Somebody else changed the meeting since the page was shown. `since` is the version that it showed."""

    def __init__(self, since: int) -> None:
        super().__init__(
            _("Somebody else has changed the meeting since you loaded the page. Nothing of yours was kept yet.")
        )
        self.since = since


@dataclass(frozen=True)
class Sitting:
    """A meeting of the case, the body that meets, and how it goes."""

    case: Case
    meeting: Meeting
    body: Body
    run: MeetingRun


def day_of(case: Case, at: datetime) -> date:
    """Return the day on which something is done: the one a demonstration is shown as of, else the date of `at`."""
    return case.shown_as_of or timezone.localdate(at)


def moment_of(case: Case, at: datetime) -> datetime:
    """Return a time as a case shows it and holds it against deadlines: in a demonstration on the day it is shown as of."""
    if case.shown_as_of is None:
        return at
    return timezone.make_aware(datetime.combine(case.shown_as_of, timezone.localtime(at).time()))


def end_of(case: Case, day: date, at: datetime) -> datetime:
    """Return the end of a day that members are given.

    :raises RuleBroken: when it lies behind
    """
    if day < day_of(case, at):
        raise RuleBroken(_("The day lies behind. Give the members until a day to come."))
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def later(at: datetime, *others: datetime | None) -> datetime:
    """Return the latest of some times, so that a clock that was set back tells of no end before its beginning."""
    return max(at, *(other for other in others if other), at)


def meeting_of(case: Case, ident: str) -> Meeting:
    """Return a meeting as the case plans it.

    :raises RuleBroken: when the case has none of that id
    """
    found = next((each for each in load(case).meetings if each.id == ident), None)
    if found is None:
        raise RuleBroken(_("There is no such meeting in this case any more."))
    return found


def body_of(case: Case) -> Body:
    """Return the body that decides.

    :raises RuleBroken: as long as none is written
    """
    body = load(case).body
    if body is None:
        raise RuleBroken(_("The case has no body yet. Write who decides before a meeting is called."))
    return body


def locked(case: Case, ident: str, version: int | None = None) -> Sitting:
    """Return a meeting as it goes, held still until the transaction is over.

    :param version: the version of the page on which something was done; None to do it whatever has happened since
    :raises RuleBroken: when it was never called
    :raises Overtaken: when somebody else changed it since
    """
    meeting, body = meeting_of(case, ident), body_of(case)
    run = MeetingRun.objects.select_for_update().filter(case=case, meeting=ident).first()
    if run is None:
        raise RuleBroken(_("The meeting has not been called yet."))
    if version is not None and version != run.version:
        newer = changes_since(run, version)
        if not newer or any(change.event not in ALONGSIDE for change in newer):
            raise Overtaken(version)
    return Sitting(case, meeting, body, run)


def must_be(run: MeetingRun, *states: str) -> None:
    """Refuse what can't be done in a meeting as it stands.

    :raises RuleBroken: unless it is in one of the states
    """
    if run.state not in states:
        raise RuleBroken(
            _("The meeting stands as “%(state)s”, so this can't be done.") % {"state": run.get_state_display()}
        )


def must_be_open(run: MeetingRun) -> None:
    """Refuse what is done in a meeting in progress only.

    :raises RuleBroken: unless it is in progress
    """
    must_be(run, MeetingState.OPEN)


def point_of(run: MeetingRun, ident: int) -> PointRun:
    """Return a point of a meeting.

    :raises RuleBroken: when the meeting has none of that id
    """
    point = run.points.select_for_update().filter(pk=ident).first()
    if point is None:
        raise RuleBroken(_("The meeting has no such point. Load the page again."))
    return point


def told(sitting: Sitting, event: str, *fields: str, by: Person | None, at: datetime, **data: Any) -> None:
    """Keep what was changed of a run, let its pages know, and write it in the log with the version it came to."""
    run = sitting.run
    run.version += 1
    run.save(update_fields=[*fields, "version"])
    record(event, case=sitting.case, by=by, at=at, meeting=run.meeting, version=run.version, **data)
