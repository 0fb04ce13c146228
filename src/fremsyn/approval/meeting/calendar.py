"""A meeting as iCalendar, for the calendars of those who are told of it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress

from fremsyn.approval.models import MeetingKind, MeetingRun, MeetingState
from fremsyn.approval.schema import Meeting
from fremsyn.web.templatetags.say import say_plain

OFF = (MeetingState.CANCELLED, MeetingState.STOPPED)
PRODUCT = "-//Fremsyn//meetings//EN"


def moment(meeting: Meeting, clock: str) -> datetime:
    """Return a time of a meeting's day, in the house's time zone."""
    hour, minute = map(int, clock.split(":"))
    day = meeting.date
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(settings.TIME_ZONE))


def as_calendar(
    meeting: Meeting, run: MeetingRun, *, title: str, about: str, at: datetime, attendee: str = ""
) -> bytes:
    """Return a meeting as an iCalendar file. Its number rises with each change, so the latest one stands.

    A written procedure stands at its deadline.

    :param about: what stands under the event: where it is, the agenda
    :param attendee: the address of whoever it is mailed to; a file that is fetched has none
    :source: RFC 5545, sections 3.7.2, 3.8.1.11, 3.8.7.4; RFC 5546, sections 3.2.2 and 3.2.5
    """
    off = run.state in OFF
    calendar, event = Calendar(), Event()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH" if not attendee else "CANCEL" if off else "REQUEST")
    event.add("uid", f"{run.case_id}-{meeting.id}@fremsyn")
    event.add("dtstamp", at.astimezone(UTC))
    if run.kind == MeetingKind.WRITTEN and run.deadline:
        event.add("dtstart", run.deadline.astimezone(ZoneInfo(settings.TIME_ZONE)))
    else:
        event.add("dtstart", moment(meeting, meeting.begins))
        event.add("dtend", moment(meeting, meeting.ends))
    event.add("summary", title)
    event.add("description", about)
    if meeting.place:
        event.add("location", say_plain(meeting.place))
    event.add("sequence", run.version)
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    if attendee:
        event.add("organizer", vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}"))
        event.add("attendee", vCalAddress(f"mailto:{attendee}"))
    calendar.add_component(event)
    calendar.add_missing_timezones()
    made: bytes = calendar.to_ical()
    return made
