"""The mail that tells those with a seat of a meeting: what stands on the page too, with the meeting for their calendar."""

import smtplib
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from fremsyn.approval.handover import load
from fremsyn.approval.meeting.agenda import agenda_of
from fremsyn.approval.meeting.calendar import as_calendar
from fremsyn.approval.meeting.state import body_of, meeting_of
from fremsyn.approval.models import MeetingRun, MeetingState, Told
from fremsyn.web.templatetags.say import say_plain

CALENDAR = "text/calendar"


def can_mail() -> bool:
    """Tell whether a mail server is set; where none is, who is told reads it on the page."""
    return bool(settings.EMAIL_HOST)


def unsent(run: MeetingRun) -> Iterable[Told]:
    """Return whom no mail has reached of the latest that was told of a meeting, with an address to send to."""
    about = latest_told(run)
    waiting = Told.objects.filter(case=run.case, about=about, event__startswith="meeting.", mailed_at=None)
    return waiting.exclude(person__email="").select_related("person") if about else ()


def latest_told(run: MeetingRun) -> str:
    """Return what the latest news of a meeting is about; empty where nobody was told anything."""
    told = Told.objects.filter(case=run.case, about__startswith=f"{run.meeting}@", event__startswith="meeting.")
    return told.order_by("-pk").values_list("about", flat=True).first() or ""


def send_told(*, run: MeetingRun, address: str, at: datetime) -> tuple[int, int]:
    """Mail the latest news of a meeting to those whom it has not reached; return how many it reached, and how many not.

    Each one is noted when the server has taken it, so whoever asks again sends nobody the same twice.

    :param address: the address of the meeting's page
    """
    waiting = list(unsent(run)) if can_mail() else []
    if not waiting:
        return 0, 0
    sent = 0
    try:
        with get_connection() as connection:
            for told in waiting:
                message = written(run, told, address, at)
                message.connection = connection
                try:
                    sent += message.send()
                except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError):
                    continue
                Told.objects.filter(pk=told.pk).update(mailed_at=at)
    except (OSError, smtplib.SMTPException):
        pass  # no contact: those who were not reached stand on the page, with a button to try again
    return sent, len(waiting) - sent


def written(run: MeetingRun, told: Told, address: str, at: datetime) -> EmailMessage:
    """Return the mail to one person, in the language in use."""
    approval, meeting, body = load(run.case), meeting_of(run.case, run.meeting), body_of(run.case)
    material = list(run.material.select_related("pack").defer("pack__content").order_by("sent_at"))
    title = say_plain(meeting.title)
    about = {
        "event": told.event, "run": run, "meeting": meeting, "body": body, "agenda": agenda_of(approval, meeting),
        "material": material, "address": address,
    }  # fmt: skip
    text = render_to_string("approval/meeting_mail.txt", about)
    said = {"body": say_plain(body.name), "title": title}
    subject = {
        "meeting.moved": _("Moved: %(body)s, %(title)s"),
        "meeting.called_off": _("Called off: %(body)s, %(title)s"),
        "meeting.late_material": _("Late material: %(body)s, %(title)s"),
    }.get(told.event, _("Notice of meeting: %(body)s, %(title)s")) % said
    message = EmailMessage(" ".join(subject.split()), text, settings.DEFAULT_FROM_EMAIL, [told.person.email])
    method = "CANCEL" if run.state == MeetingState.CANCELLED else "REQUEST"
    made = as_calendar(meeting, run, title=title, about=text, at=at, attendee=told.person.email)
    message.attach("meeting.ics", made.decode(), f"{CALENDAR}; method={method}; charset=utf-8")
    return message
