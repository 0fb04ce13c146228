"""The mail that tells those with a seat of a meeting: what stands on the page too, with the meeting for their calendar."""

import json
from dataclasses import replace
from datetime import date, datetime
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from fremsyn.approval.handover import load
from fremsyn.approval.meeting.agenda import agenda_of
from fremsyn.approval.meeting.calendar import OFF, as_calendar
from fremsyn.approval.meeting.state import body_of, meeting_of
from fremsyn.approval.models import MeetingKind, MeetingRun
from fremsyn.approval.schema import Meeting
from fremsyn.audit.models import Entry
from fremsyn.cases.models import Told
from fremsyn.cases.telling import Enclosure, in_languages, mail_waiting, waiting_for_mail
from fremsyn.people.models import Person
from fremsyn.web.templatetags.say import say_plain

CALENDAR = "text/calendar"
DEMANDED = "meeting.demanded"


def can_mail() -> bool:
    """Tell whether a mail server is set; where none is, who is told reads it on the page."""
    return bool(settings.EMAIL_HOST)


def latest_told(run: MeetingRun) -> Told | None:
    """Return a line of the latest that was told of a meeting; None where nobody was told anything."""
    told = Told.objects.filter(case=run.case, about__startswith=f"{run.meeting}@", event__startswith="meeting.")
    return told.order_by("-pk").first()


def send_told(*, run: MeetingRun, address: str, at: datetime) -> tuple[int, int]:
    """Mail the latest news of a meeting to those whom it has not reached; return how many it reached, and how many not.

    Each one is noted when the server has taken it, so whoever asks again sends nobody the same twice.

    :param address: the address of the meeting's page
    """
    latest = latest_told(run)
    if latest is None or not can_mail():
        return 0, 0
    meeting, about = meeting_of(run.case, run.meeting), latest.about
    waiting = waiting_for_mail(run.case, latest.event, about).count()
    mail = in_languages(
        run.case,
        lambda: _subject(run, meeting, latest.event),
        lambda: written(run, meeting, latest.event, address),
    )
    method = "CANCEL" if run.state in OFF else "REQUEST"

    def event_for(person: Person) -> Enclosure:
        made = as_calendar(
            meeting, run, title=say_plain(meeting.title), about=mail["text"], at=at, attendee=person.email
        )
        return "meeting.ics", made.decode(), f"{CALENDAR}; method={method}; charset=utf-8"

    sent = mail_waiting(event=latest.event, about=about, case=run.case, at=at, enclosed=event_for, **mail)
    return sent, waiting - sent


def _subject(run: MeetingRun, meeting: Meeting, event: str) -> str:
    said = {"body": say_plain(body_of(run.case).name), "title": say_plain(meeting.title)}
    if event == "meeting.notice" and run.kind == MeetingKind.WRITTEN:
        return _("Written procedure: %(body)s, %(title)s") % said
    return {
        DEMANDED: _("A meeting is asked for: %(body)s, %(title)s"),
        "meeting.moved": _("Moved: %(body)s, %(title)s"),
        "meeting.called_off": _("Called off: %(body)s, %(title)s"),
        "meeting.late_material": _("Late material: %(body)s, %(title)s"),
    }.get(event, _("Notice of meeting: %(body)s, %(title)s")) % said


def written(run: MeetingRun, meeting: Meeting, event: str, address: str) -> str:
    """Return what is mailed, in the language in use."""
    in_writing = run.kind == MeetingKind.WRITTEN and event != DEMANDED
    votes = reverse("approval:written", args=[run.case.slug, run.meeting]) if in_writing else ""
    about = {
        "event": event,
        "run": run,
        "meeting": meeting,
        "body": body_of(run.case),
        "agenda": agenda_of(load(run.case), meeting),
        "material": list(run.material.select_related("pack").defer("pack__content").order_by("sent_at", "pk")),
        "address": address,
        "votes": urljoin(address, votes) if votes else "",
        "was": _before(run, meeting) if event == "meeting.moved" else None,
    }
    return render_to_string("approval/meeting_mail.txt", about)


def _before(run: MeetingRun, meeting: Meeting) -> Meeting | None:
    """Return a meeting that was moved as it was before the latest move, from the log; None where day and time stayed."""
    lines = Entry.objects.filter(case=str(run.case_id), event="approval.meeting_moved").order_by("-sequence")
    told = map(json.loads, lines.values_list("data", flat=True))
    facts = next((each for each in told if each["meeting"] == run.meeting), None)
    if facts is None or "was" not in facts:
        return None
    day = date.fromisoformat(facts["was"])
    was = replace(meeting, date=day, begins=facts["was_begins"], ends=facts["was_ends"])
    return None if was == meeting else was
