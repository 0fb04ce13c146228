"""The pages of seats and meetings."""

from fremsyn.approval.meeting.views.calling import meeting_call_off, meeting_ics, meeting_mail, meeting_move
from fremsyn.approval.meeting.views.holding import (
    meeting_attendance,
    meeting_disqualification,
    meeting_note,
    meeting_run,
)
from fremsyn.approval.meeting.views.reading import meeting, meeting_declare, meetings
from fremsyn.approval.meeting.views.seats import seat_end, seat_undo, seats

__all__ = [
    "meeting",
    "meeting_attendance",
    "meeting_call_off",
    "meeting_declare",
    "meeting_disqualification",
    "meeting_ics",
    "meeting_mail",
    "meeting_move",
    "meeting_note",
    "meeting_run",
    "meetings",
    "seat_end",
    "seat_undo",
    "seats",
]
