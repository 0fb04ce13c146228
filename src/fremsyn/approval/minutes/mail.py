"""The mail that tells those with a seat that draft minutes are out for comments."""

from datetime import datetime

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from fremsyn.approval.meeting.mail import can_mail
from fremsyn.approval.meeting.state import body_of, meeting_of
from fremsyn.approval.minutes.operations.drafting import SENT
from fremsyn.approval.models import Minutes
from fremsyn.cases.models import Told
from fremsyn.cases.telling import in_languages, mail_waiting, waiting_for_mail
from fremsyn.web.templatetags.say import say_plain


def told_of(minutes: Minutes) -> QuerySet[Told]:
    """Return who was told of the latest draft."""
    told = Told.objects.filter(case=minutes.run.case, event=SENT, about=_latest(minutes))
    return told.select_related("person").order_by("person__name")


def _latest(minutes: Minutes) -> str:
    about = f"{minutes.run.meeting}@minutes."
    every = Told.objects.filter(case=minutes.run.case, event=SENT, about__startswith=about)
    return every.order_by("-pk").values_list("about", flat=True).first() or ""


def send_draft(*, minutes: Minutes, address: str, at: datetime) -> tuple[int, int]:
    """Mail the latest draft's news to those whom it has not reached; return how many it reached, and how many not.

    :param address: the address of the minutes' page
    """
    case, about = minutes.run.case, _latest(minutes)
    if not about or not can_mail():
        return 0, 0
    meeting, body = meeting_of(case, minutes.run.meeting), body_of(case)
    waiting = waiting_for_mail(case, SENT, about).count()
    material = minutes.run.material.select_related("pack").defer("pack__content").order_by("-sent_at").first()
    shown = {"minutes": minutes, "meeting": meeting, "body": body, "material": material, "address": address}

    def subject() -> str:
        said = {"body": say_plain(body.name), "title": say_plain(meeting.title)}
        return _("Draft minutes for your comments: %(body)s, %(title)s") % said

    mail = in_languages(case, subject, lambda: render_to_string("approval/minutes_mail.txt", shown))
    sent = mail_waiting(event=SENT, about=about, case=case, at=at, **mail)
    return sent, waiting - sent
