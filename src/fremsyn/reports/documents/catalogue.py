"""The documents of a case by key: whose they are, what they are called, and how they are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fremsyn.cases.access import Visit
from fremsyn.cases.file import load as case_file
from fremsyn.cases.models import Case
from fremsyn.cases.remembered import remembered
from fremsyn.conversation.handover import load as load_conversation
from fremsyn.core.text import LANGUAGES, Text
from fremsyn.people.models import Person
from fremsyn.people.roles import Role
from fremsyn.reports.blocks import Block, Document, Entry, Facts
from fremsyn.reports.documents import (
    action_plan,
    board_paper,
    direction_paper,
    framing_brief,
    scan_report,
    scenario_book,
    strategy,
)
from fremsyn.reports.documents.pieces import day, filled, strung
from fremsyn.reports.documents.versions import version_of
from fremsyn.reports.typesetting import pdf
from fremsyn.web.templatetags.say import say_plain

MOST_NAMED, MOST_TITLE = 12, 120


@dataclass(frozen=True)
class Kind:
    """A kind of document. `area` is the part of the case that whoever opens it must be allowed to enter."""

    key: str
    area: str
    name: Promise
    about: Promise
    write: Callable[[Visit], tuple[Block, ...]]


KINDS = {
    kind.key: kind
    for kind in (
        Kind(
            "framing_brief",
            "framing",
            gettext_lazy("Framing brief"),
            gettext_lazy("The question, its frame, the role here and now, and who has a stake"),
            framing_brief.blocks,
        ),
        Kind(
            "scan_report",
            "scanning",
            gettext_lazy("Scan report"),
            gettext_lazy("What is changing, what speaks against it, and what we have not seen"),
            scan_report.blocks,
        ),
        Kind(
            "scenario_book",
            "scenarios",
            gettext_lazy("Scenario book"),
            gettext_lazy("The futures that hang together, told to be read, and why each of them is consistent"),
            scenario_book.blocks,
        ),
        Kind(
            "direction_paper",
            "direction",
            gettext_lazy("Direction paper"),
            gettext_lazy("Values, the desirable scenario and what resists it, the vision and the agendas"),
            direction_paper.blocks,
        ),
        Kind(
            "strategy",
            "strategy",
            gettext_lazy("Strategy"),
            gettext_lazy("The role, the choice and its reasons, and what we let go of"),
            strategy.blocks,
        ),
        Kind(
            "action_plan",
            "plans",
            gettext_lazy("Action plan"),
            gettext_lazy("What is done, by whom, when and for how much, and the signposts"),
            action_plan.blocks,
        ),
        Kind(
            "board_paper",
            "approval",
            gettext_lazy("Board paper"),
            gettext_lazy("What is recommended to the board, point by point, and what it rests on"),
            board_paper.blocks,
        ),
    )
}


def reader_of(case: Case, area: str, *, internal: bool = True) -> Visit:
    """Return the case as it is seen by whoever may open an area with the least rights; a document tells no more.

    :param internal: with what is closed to others than the body and those who serve it
    """
    roles = (Role.MEMBER, Role.BOARD if internal else Role.OBSERVER)
    visits = (Visit(case=case, person=Person(), role=role) for role in roles)
    return next(visit for visit in visits if visit.may_enter(area))


def document(case: Case, key: str, language: str, *, internal: bool = True) -> Document:
    """Return a document of a case, remembered until the case changes.

    :param key: one of KINDS
    :param language: "da" or "en"
    :param internal: with what is closed; without it, the public edition
    """
    return _WRITTEN[key, language, internal](case)


def document_pdf(case: Case, key: str, language: str, *, internal: bool = True) -> bytes:
    """Return a document as PDF: the same bytes each time, on any machine.

    :param key: one of KINDS
    :param language: "da" or "en"
    :param internal: with what is closed; without it, the public edition
    """
    return pdf(document(case, key, language, internal=internal))


def _writer(key: str, language: str, internal: bool) -> Callable[[Case], Document]:
    def written(case: Case) -> Document:
        with translation.override(language):
            return _written(case, KINDS[key], language, internal=internal)

    written.__qualname__ = f"{key}.{language}.{internal}"
    return remembered(written)


_WRITTEN = {
    (key, language, internal): _writer(key, language, internal)
    for key in KINDS
    for language in LANGUAGES
    for internal in (True, False)
}


def _written(case: Case, kind: Kind, language: str, *, internal: bool) -> Document:
    visit, own = reader_of(case, kind.area, internal=internal), case_file(case)
    index = {
        entry.ref: Entry(shortened(entry.title), entry.url, entry.unverified)
        for entry in visit.entries.values()
        if entry.ref
    }
    focal = next((entry.title for entry in visit.of_kind("question")), own.title)
    title = str(kind.name)
    front = _front(case)
    if kind.key == "board_paper":
        title, front = board_paper.title(visit) or title, board_paper.front(visit)
    version = version_of(case)
    made = Document(
        key=kind.key,
        title=title,
        subtitle=say_plain(focal),
        case_title=say_plain(own.title),
        language=language,
        version=version.number,
        date=case.as_of,
        blocks=filled(kind.write(visit)),
        front=(
            *front,
            Facts(((_("Version"), version.said(visit.withheld)),)),
        ),
        index=index,
    )
    return _with_marks(case, visit, made)


def shortened(title: Text) -> Text | str:
    """Return a title as it is, or the beginning of one that is a whole paragraph."""
    words = say_plain(title)
    return title if len(words) <= MOST_TITLE else words[:MOST_TITLE].rsplit(" ", 1)[0] + " …"


def _front(case: Case) -> tuple[Block, ...]:
    own = case_file(case)
    owner = ((_("Answers for it"), own.owner_role),) if own.owner_role else ()
    return (
        Facts(
            (
                (_("Organisation"), own.organisation.name),
                *owner,
                (_("As of"), day(case.as_of)),
            )
        ),
    )


def _with_marks(case: Case, visit: Visit, made: Document) -> Document:
    return replace(made, marks=(*marks_of_case(case), *_unverified(visit, made)))


def marks_of_case(case: Case, *, rounds: bool = True) -> tuple[tuple[str, str], ...]:
    """Return the marks that stand on everything of a case: what each says, and its note.

    :param rounds: whether what is marked shows what was answered in the rounds; the body's meetings and minutes don't
    """
    status, talk = case_file(case).status, load_conversation(case).conversation.status
    illustrative = ((say_plain(status.mark) or _("Illustrative"), say_plain(status.note)),)
    synthetic = ((_("Synthetic answers"), say_plain(talk.synthetic_note)),)
    return (*(illustrative if status.illustrative else ()), *(synthetic if rounds and talk.synthetic else ()))


def _unverified(visit: Visit, made: Document) -> tuple[tuple[str, str], ...]:
    bare = [ref for ref, entry in made.used().items() if entry.unverified]
    if not bare:
        return ()
    said = ngettext(
        "%(n)d thing in this document rests on no checked source: %(refs)s.",
        "%(n)d things in this document rest on no checked source: %(refs)s.",
        len(bare),
    )
    refs = strung(visit.shown(bare[:MOST_NAMED])) + (" …" if len(bare) > MOST_NAMED else "")
    return ((_("Left unverified"), (said % {"n": len(bare), "refs": refs}).replace("….", "…")),)
