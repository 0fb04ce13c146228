"""Telling people something once: noted with the case, and mailed to those who have an address where a mail server is set."""

import smtplib
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import TypedDict

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import QuerySet
from django.utils import translation

from fremsyn.cases.file import languages_of
from fremsyn.cases.models import Case, Item, Membership, Told, in_force
from fremsyn.cases.rights import RIGHTS, Right
from fremsyn.people.models import Person

# A file's name, its text and its type.
Enclosure = tuple[str, str, str]
RULE = "\n\n" + "_" * 20 + "\n\n"


class Words(TypedDict):
    """What a mail says."""

    subject: str
    text: str


def people_with(case: Case, right: Right, at: datetime) -> list[Person]:
    """Return the people of a case who have a right there now, by name."""
    held = Membership.objects.filter(in_force(at.date()), case=case, role__in=RIGHTS[right])
    return [each.person for each in held.select_related("person").order_by("person__name")]


def tell(
    *, case: Case, people: Collection[Person], event: str, about: str, item: Item | None = None, at: datetime
) -> tuple[Told, ...]:
    """Note that these people are told of something; whoever was told of it before is passed over.

    A part of the operation that has something to tell: it holds the transaction and writes the log.

    :param event: what kind of thing, such as `plans.signpost_crossed`
    :param about: which one, such as `X6@2027K1`
    """
    before = Told.objects.filter(case=case, event=event, about=about, person__in=people)
    known = set(before.values_list("person_id", flat=True))
    fresh = [each for each in people if each.pk not in known]
    return tuple(
        Told.objects.create(case=case, person=each, event=event, about=about, item=item, at=at) for each in fresh
    )


def waiting_for_mail(case: Case, event: str, about: str) -> QuerySet[Told]:
    """Return who was told of something, has an address, and was not reached by mail yet."""
    return Told.objects.filter(case=case, event=event, about=about, mailed_at=None).exclude(person__email="")


def in_languages(case: Case, subject: Callable[[], str], text: Callable[[], str]) -> Words:
    """Return a mail's subject in the case's own language, and its text in each language the case is written in.

    Nobody's language is stored, and whoever is told reads another one than the sender perhaps.
    """
    own, *others = languages_of(case)
    with translation.override(own):
        said, texts = subject(), [text()]
    for code in others:
        with translation.override(code):
            texts.append(text())
    return {"subject": said, "text": RULE.join(each.strip() for each in texts)}


def mail_waiting(
    *,
    event: str,
    about: str,
    case: Case,
    subject: str,
    text: str,
    at: datetime,
    enclosed: Callable[[Person], Enclosure] | None = None,
) -> int:
    """Mail what people were told and no mail has reached them of; return how many it reached.

    It is called when the transaction is over. Who is not reached stays noted as not mailed, and reads it on the page.

    :param enclosed: a file that goes along, made for each person
    """
    waiting = waiting_for_mail(case, event, about).select_related("person")
    return _sent(waiting, subject, text, enclosed, at) if settings.EMAIL_HOST else 0


def _sent(
    waiting: Iterable[Told], subject: str, text: str, enclosed: Callable[[Person], Enclosure] | None, at: datetime
) -> int:
    sent = 0
    try:
        with get_connection() as connection:
            for told in waiting:
                message = EmailMessage(
                    " ".join(subject.split()),
                    text,
                    settings.DEFAULT_FROM_EMAIL,
                    [told.person.email],
                    connection=connection,
                )
                if enclosed:
                    message.attach(*enclosed(told.person))
                try:
                    message.send()
                except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError):
                    continue
                Told.objects.filter(pk=told.pk).update(mailed_at=at)
                sent += 1
    except (OSError, smtplib.SMTPException):
        return sent  # no contact: those who were not reached stand as not mailed
    return sent
