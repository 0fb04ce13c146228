"""The minutes of a meeting, held still while something is done to them."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from fremsyn.approval.models import Minutes
from fremsyn.audit.operations import record
from fremsyn.cases.models import Case
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person

FILES = ("pdf", "public_pdf")


class Rewritten(RuleBroken):
    """Somebody else changed the minutes since the page was shown."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody else has changed the minutes since you loaded the page. Nothing of yours was kept yet.")
        )


def minutes_of(case: Case, meeting: str) -> Minutes | None:
    """Return the minutes of a meeting without their files; None as long as nobody has drafted any."""
    found = Minutes.objects.filter(run__case=case, run__meeting=meeting)
    return found.select_related("run__case").defer(*FILES).first()


def locked(case: Case, meeting: str, version: int | None = None) -> Minutes:
    """Return the minutes of a meeting, held still until the transaction is over.

    :param version: the version of the page on which something was done; None to do it whatever has happened since
    :raises RuleBroken: when nobody has drafted any
    :raises Rewritten: when somebody else changed them since
    """
    held = Minutes.objects.select_for_update().filter(run__case=case, run__meeting=meeting).defer(*FILES).first()
    if held is None:
        raise RuleBroken(_("There are no minutes of the meeting yet."))
    if version is not None and version != held.version:
        raise Rewritten
    return held


def kept(minutes: Minutes, event: str, *fields: str, by: Person | None, at: datetime, **data: Any) -> None:
    """Keep what was changed of the minutes, and write it in the log with the version that it came to."""
    minutes.version += 1
    minutes.save(update_fields=[*fields, "version"])
    run = minutes.run
    record(event, case=run.case, by=by, at=at, meeting=run.meeting, minutes_version=minutes.version, **data)
