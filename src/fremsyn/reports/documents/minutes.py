"""The minutes of a meeting as a file: what the record holds, point by point, and the words that were added to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fremsyn.approval.meeting.state import moment_of
from fremsyn.approval.minutes.checking import ready_to_sign
from fremsyn.approval.minutes.content import MinutesContent, approved_words, title_of
from fremsyn.approval.minutes.operations.approving import Typeset, written
from fremsyn.approval.minutes.points import PointMinutes
from fremsyn.approval.models import Minutes
from fremsyn.cases.file import load as case_file
from fremsyn.reports.blocks import Block, Callout, Document, Facts, Heading, Kept, Paragraph, Quote, Words
from fremsyn.reports.documents.catalogue import marks_of_case
from fremsyn.reports.documents.pieces import Value, grid
from fremsyn.reports.typesetting import pdf
from fremsyn.web.templatetags.say import say_plain


def typeset(minutes: Minutes, *, at: datetime) -> Typeset:
    """Return the minutes as they are now in both editions: PDF/A-3a and PDF/UA-1, in the language they are written in.

    :param at: when they are approved; it stands in the files
    """
    whole, public = (written(minutes, whole=each) for each in (True, False))
    return Typeset(whole, ready_to_sign(pdf(document(minutes, whole, at))), pdf(document(minutes, public, at)))


def document(minutes: Minutes, content: MinutesContent, at: datetime) -> Document:
    """Return one edition of the minutes as a document."""
    case = minutes.run.case
    at = moment_of(case, at)
    with translation.override(minutes.language):
        edition = (
            _("The board's own edition") if content.whole else _("Public edition, without names and what is closed")
        )
        return Document(
            key="minutes",
            title=title_of(content),
            subtitle=say_plain(content.body),
            case_title=say_plain(case_file(case).title),
            language=minutes.language,
            version=1,
            date=timezone.localdate(at),
            blocks=tuple(blocks(content)),
            front=(Facts((*content.facts, (_("Edition"), edition), (_("The minutes"), approved_words(at)))),),
            marks=marks_of_case(case, rounds=False),
            contents=False,
        )


def blocks(content: MinutesContent) -> Iterator[Block]:
    """Yield what the minutes say."""
    yield Heading(_("Who took part"))
    yield _attendance(content)
    yield from _words(content.opening)
    if content.questions:
        yield Heading(_("Questions to the members"))
        yield from (Paragraph(each, "voice") for each in content.questions)
    for point in content.points:
        yield Kept(tuple(_point(point)))
    if content.closing:
        yield Heading(_("Closing"))
        yield from _words(content.closing)
    if content.material:
        yield Heading(_("The material that was sent"))
        yield Facts(content.material)


def _attendance(content: MinutesContent) -> Block:
    heads = [_("Member"), *([_("Name")] if content.whole else []), _("How")]
    rows: list[list[Value]] = [
        [each.role, *([each.name] if content.whole else []), each.how] for each in content.attendees
    ]
    return grid(_("The members and how they took part"), heads, rows, (2.4, 3, 2.6) if content.whole else (3, 3))


def _point(point: PointMinutes) -> Iterator[Block]:
    yield Heading(_("Point %(point)s") % {"point": point.label})
    if point.hidden:
        yield Paragraph(point.hidden)
        return
    yield Paragraph(point.text, "lead")
    if point.outcome:
        yield Callout(_("Outcome:"), point.outcome)
    if lines := (*_amendments(point), *point.lines):
        yield Facts(lines)
    yield from _words(point.note)
    for member, text in point.dissents:
        yield Quote(text, _("%(member)s, entered in the minutes") % {"member": say_plain(member)})


def _amendments(point: PointMinutes) -> Iterator[tuple[Words, Words]]:
    """Yield the amendments before the words that were sent out; those that were taken over stand above already."""
    for each in point.amendments:
        said = _("The point was put in these words.") if each.taken else say_plain(each.text)
        yield each.name, f"{each.whose}{'.' if each.taken else ':'} {said}"


def _words(text: str) -> Iterator[Block]:
    for part in text.replace("\r\n", "\n").split("\n\n"):
        if part.strip():
            yield Paragraph(part.strip())
