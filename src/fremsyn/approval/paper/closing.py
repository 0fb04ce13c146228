"""What of the paper is closed to others than the body and those who serve it, and the paper without it."""

import datetime
from collections.abc import Iterator
from dataclasses import replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fremsyn.approval.handover import load
from fremsyn.approval.schema import Annex, Approval, BoardPoint, Closed, Meeting, Paper, PaperSection
from fremsyn.cases.access import Visit
from fremsyn.cases.directory import directory
from fremsyn.cases.models import Case
from fremsyn.cases.remembered import remembered
from fremsyn.core.text import Text
from fremsyn.web.templatetags.say import say_plain

WHERE = "approval/paper"
UNTIL_DECIDED = Text(da="Fortrolig, til beslutningen er truffet", en="Confidential until it is decided")
CONFIDENTIAL = Text(da="Fortrolig", en="Confidential")
PART = Text(da="Lukket del", en="Closed part")
WHOLE = Text(da="Lukket sag", en="Closed paper")
HEAD = "closed"  # the one section of a paper that is closed as a whole
# The section that tells of the money; where it is closed, the figures and the risks go with it.
ECONOMY = f"{WHERE}/sections/economy"


def holds(closed: Closed | None, day: datetime.date) -> bool:
    """Tell whether a part is closed on a day: it opens on the day that is given, and never where none is."""
    return closed is not None and (closed.until is None or day < closed.until)


def whole(approval: Approval, day: datetime.date) -> Closed | None:
    """Return why the paper is closed as a whole, by its level; None where it isn't."""
    paper = approval.paper
    if paper is None:
        return None
    access, record = paper.access, approval.decision_record
    decided = bool(record.meeting or record.votes or record.decision_text)
    levels = {"confidential": CONFIDENTIAL} | ({} if decided else {"confidential-until-decided": UNTIL_DECIDED})
    if access.level not in levels:
        return None
    closed = Closed(ground=access.text or levels[access.level], until=access.until)
    return closed if holds(closed, day) else None


def said(closed: Closed) -> str:
    """Say that something is closed: its ground, and until when."""
    words = {"ground": say_plain(closed.ground).rstrip(".")}
    if closed.until is None:
        return _("Closed: %(ground)s") % words
    return _("Closed: %(ground)s, until %(day)s") % {**words, "day": date_format(closed.until, "DATE_FORMAT")}


@remembered
def withheld(case: Case) -> frozenset[str]:
    """Return the keys of everything in a case that is closed today."""
    return frozenset(_withheld(case))


def _withheld(case: Case) -> Iterator[str]:
    approval, day = load(case), case.as_of
    paper = approval.paper
    if paper is None:
        return
    if whole(approval, day):
        yield WHERE
        yield from (each.ref for each in paper.points)
        yield from (key for key in directory(case).entries if key.startswith(f"{WHERE}/"))
    yield from (each.ref for each in paper.points if holds(each.closed, day))
    yield from (f"{WHERE}/sections/{each.id}" for each in paper.sections if holds(each.closed, day))
    if _economy_closed(paper, day):
        yield from (key for key, entry in directory(case).entries.items() if entry.kind == "risk")
    # An annex has no key of its own; this tells that there is something to leave out.
    yield from (f"{WHERE}/annexes/{each.n}" for each in paper.annexes if holds(each.closed, day))


def _economy_closed(paper: Paper, day: datetime.date) -> bool:
    return any(f"{WHERE}/sections/{each.id}" == ECONOMY and holds(each.closed, day) for each in paper.sections)


def edition(approval: Approval, day: datetime.date) -> Approval:
    """Return the public edition: what is closed on a day is not in it, but that something is closed, why and until when."""
    paper = approval.paper
    if paper is None:
        return approval
    closed = whole(approval, day)
    if closed:
        refs = {each.ref for each in paper.points}
        meetings = tuple(_without(each, refs) for each in approval.meetings)
        return replace(approval, meetings=meetings, paper=_only_head(paper, closed))
    shut = _economy_closed(paper, day)
    return replace(
        approval,
        paper=replace(
            paper,
            money=None if shut else paper.money,
            risks=() if shut else paper.risks,
            points=tuple(_point(each) if holds(each.closed, day) else each for each in paper.points),
            sections=tuple(_section(each) if holds(each.closed, day) else each for each in paper.sections),
            annexes=tuple(_annex(each) if holds(each.closed, day) else each for each in paper.annexes),
        ),
    )


def _without(meeting: Meeting, refs: set[str]) -> Meeting:
    return replace(meeting, material=tuple(ref for ref in meeting.material if ref not in refs))


def _only_head(paper: Paper, closed: Closed) -> Paper:
    return Paper(
        id=paper.id,
        meeting=paper.meeting,
        agenda_item=paper.agenda_item,
        type=paper.type,
        title=WHOLE,
        sent=paper.sent,
        access=paper.access,
        sections=(PaperSection(id=HEAD, name=PART, text=closed.ground, closed=closed),),
    )


def is_head(paper: Paper | None) -> bool:
    """Tell whether this is the public edition of a paper that is closed as a whole."""
    return paper is not None and not paper.points and any(each.id == HEAD and each.closed for each in paper.sections)


def _point(each: BoardPoint) -> BoardPoint:
    """Return a closed point with its reference and its place among the others alone."""
    return BoardPoint(ref=each.ref, question=each.question, text=PART, closed=each.closed)


def _section(each: PaperSection) -> PaperSection:
    """Return a closed section without a word of what it says, not even its heading."""
    return PaperSection(id=each.id, name=PART, text=each.closed.ground if each.closed else PART, closed=each.closed)


def _annex(each: Annex) -> Annex:
    return Annex(n=each.n, from_part="restricted", name=PART, closed=each.closed)


def seen(visit: Visit) -> Approval:
    """Return the body, the meetings and the paper as somebody may see them."""
    approval = load(visit.case)
    return edition(approval, visit.case.as_of) if visit.withheld else approval
