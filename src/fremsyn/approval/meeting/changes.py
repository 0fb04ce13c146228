"""What has been done in a meeting since somebody's page was loaded, from the log."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from fremsyn.approval.models import MeetingRun, MeetingState, PointState, Ruling
from fremsyn.audit.models import Entry

MOST = 400
# What goes on at the members' own tables hinders nobody who leads the meeting.
ALONGSIDE = frozenset({"approval.ballot_cast", "approval.note_written", "approval.dissent_written"})


@dataclass(frozen=True)
class Change:
    """Something that was done in a meeting: when, by which event, and what the log says of it."""

    at: datetime
    event: str
    facts: dict[str, Any]

    @property
    def words(self) -> str:
        """Say what was done."""
        facts = self.facts
        match self.event:
            case "approval.attendance_noted":
                return _("Attendance at %(points)s was noted") % {"points": ", ".join(facts["points"])}
            case "approval.point_stepped":
                return _("Point %(point)s: %(state)s") % {
                    "point": facts["point"], "state": PointState(facts["state"]).label,
                }  # fmt: skip
            case "approval.disqualification_declared":
                return _("A disqualification was declared at point %(point)s") % {"point": facts["point"]}
            case "approval.disqualification_taken_back":
                return _("A declaration of disqualification was taken back at point %(point)s") % {
                    "point": facts["point"]
                }
            case "approval.disqualification_ruled":
                return _("The board ruled at point %(point)s: %(ruling)s") % {
                    "point": facts["point"], "ruling": Ruling(facts["ruling"]).label,
                }  # fmt: skip
            case "approval.meeting_late_material":
                return _("Late material was added")
            case "approval.meeting_moved":
                return _("The meeting was moved")
            case _:
                return self._of_state()

    def _of_state(self) -> str:
        state = {
            "approval.meeting_notice": MeetingState.NOTICED,
            "approval.meeting_opened": MeetingState.OPEN,
            "approval.meeting_closed": MeetingState.CLOSED,
            "approval.meeting_called_off": MeetingState.CANCELLED,
        }.get(self.event)
        if state:
            return _("The meeting: %(state)s") % {"state": state.label}
        if self.event == "approval.note_written":
            return _("A note was written at point %(point)s") % {"point": self.facts["point"]}
        return _("Something else was done with a voting")


def changes_since(run: MeetingRun, version: int) -> tuple[Change, ...]:
    """Return what was done in a meeting after its pages stood at a version, in order.

    Each thing that is done raises the version by one; where a line does not say which one it came to, it is counted.
    """
    entries = Entry.objects.filter(case=str(run.case_id), event__startswith="approval.").order_by("-sequence")[:MOST]
    lines = [(entry, json.loads(entry.data)) for entry in entries]
    mine = [(entry, facts) for entry, facts in reversed(lines) if facts.get("meeting") == run.meeting]
    newer, at = [], 0
    for entry, facts in mine:
        at = facts.get("version", at + 1)
        if at > version:
            newer.append(Change(entry.at, entry.event, facts))
    return tuple(newer)
