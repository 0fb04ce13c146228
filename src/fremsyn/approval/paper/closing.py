"""What of the paper is closed to others than the body and those who serve it, and the paper without it."""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fremsyn.approval.handover import load
from fremsyn.approval.models import MeetingRun, Minutes
from fremsyn.approval.schema import Annex, Approval, BoardPoint, Closed, Meeting, Paper, PaperSection
from fremsyn.approval.states import DECIDED
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
POINT = re.compile(r"\((B\d+)\)")
HEAD = "closed"  # the one section of a paper that is closed as a whole, or but for its points
# The section that tells of the money; where it is closed, the figures and the risks go with it.
ECONOMY = f"{WHERE}/sections/economy"
# Stands for all of the paper but its head and its points, where that is closed together.
REST = f"{WHERE}/sections"


def holds(closed: Closed | None, day: datetime.date) -> bool:
    """Tell whether a part is closed on a day: it opens on the day that is given, and never where none is."""
    return closed is not None and (closed.until is None or day < closed.until)


def why_closed(paper: Paper, ref: str, day: datetime.date, *, decided: bool) -> Closed | None:
    """Return why a point is closed on a day; None where it is open. This is the rule, for paper, minutes and packs alike.

    A point that is closed itself stays so to its day. A confidential paper closes every point of it to its day; one that is
    confidential until decided closes each point until that very point is adopted or rejected.
    """
    own = next((each.closed for each in paper.points if each.ref == ref), None)
    return own if holds(own, day) else _by_level(paper, day, decided=decided)


def _by_level(paper: Paper, day: datetime.date, *, decided: bool) -> Closed | None:
    levels = {"confidential": CONFIDENTIAL} | ({} if decided else {"confidential-until-decided": UNTIL_DECIDED})
    access = paper.access
    if access.level not in levels:
        return None
    closed = Closed(ground=access.text or levels[access.level], until=access.until)
    return closed if holds(closed, day) else None


def decided_points(case: Case) -> frozenset[str]:
    """Return the references of the points that were adopted or rejected in approved minutes that didn't close them."""
    found = {ref for ref, (decided, _closed) in _in_minutes(case).items() if decided}
    record = load(case).decision_record
    if record.decision_text and not MeetingRun.objects.filter(case=case, meeting=record.meeting or "").exists():
        # The record came with the case, without the meeting that it tells of; its words name what was decided.
        found |= {ref for words in asdict(record.decision_text).values() for ref in POINT.findall(words or "")}
    return frozenset(found)


def _in_minutes(case: Case) -> Mapping[str, tuple[bool, Closed | None]]:
    """Return what approved minutes say of points: whether one was decided, and why the latest close it, if they do."""
    approved = (
        Minutes.objects.filter(run__case=case).exclude(sha256="").order_by("run__closed_at").defer("pdf", "public_pdf")
    )
    found: dict[str, tuple[bool, Closed | None]] = {}
    for minutes in approved.prefetch_related("run__points__item"):
        for point in minutes.run.points.all():
            if point.item and point.item.ref:
                ground = minutes.words.get(f"closed.{point.position}", "")
                closed = Closed(ground=Text(**{minutes.language: ground})) if ground else None
                before, _closed = found.get(point.item.ref, (False, None))
                found[point.item.ref] = (before or (point.state in DECIDED and not closed), closed)
    return found


def whole(case: Case) -> Closed | None:
    """Return why the paper of a case is closed as a whole, by its level; None where it isn't, or where a point was decided."""
    return _until(case, any)


def rest(case: Case) -> Closed | None:
    """Return why all of the paper but its points is closed, by its level; None where it isn't, or all points were decided.

    A section, the figures or a risk may tell of any of the points, so none of them opens before the last one.
    """
    return _until(case, all)


def _until(case: Case, enough: Callable[[Iterable[bool]], bool]) -> Closed | None:
    paper, decided = load(case).paper, decided_points(case)
    return _by_level(paper, case.as_of, decided=enough(each.ref in decided for each in paper.points)) if paper else None


@remembered
def closings(case: Case) -> Mapping[str, Closed]:
    """Return why points of the paper are closed today, by reference: by the paper, or by minutes that are approved."""
    paper, decided, told = load(case).paper, decided_points(case), _in_minutes(case)
    found = {ref: closed for ref, (_decided, closed) in told.items() if closed}
    for each in paper.points if paper else ():
        if paper and (why := why_closed(paper, each.ref, case.as_of, decided=each.ref in decided)):
            found.setdefault(each.ref, why)
    return found


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
    paper, day = load(case).paper, case.as_of
    if paper is None:
        return
    if whole(case):
        yield WHERE
        yield from (each.ref for each in paper.points)
    if rest(case):
        yield REST
        yield from (key for key in directory(case).entries if key.startswith(f"{WHERE}/"))
    yield from closings(case)
    yield from (f"{WHERE}/sections/{each.id}" for each in paper.sections if holds(each.closed, day))
    if _economy_closed(paper, day):
        yield from (key for key, entry in directory(case).entries.items() if entry.kind == "risk")
    # An annex has no key of its own; this tells that there is something to leave out.
    yield from (f"{WHERE}/annexes/{each.n}" for each in paper.annexes if holds(each.closed, day))


def _economy_closed(paper: Paper, day: datetime.date) -> bool:
    return any(f"{WHERE}/sections/{each.id}" == ECONOMY and holds(each.closed, day) for each in paper.sections)


def edition(case: Case) -> Approval:
    """Return the public edition: what is closed today is not in it, but that something is closed, why and until when."""
    approval, day = load(case), case.as_of
    paper = approval.paper
    if paper is None:
        return approval
    closed = whole(case)
    if closed:
        refs = {each.ref for each in paper.points}
        meetings = tuple(_without(each, refs) for each in approval.meetings)
        return replace(approval, meetings=meetings, paper=_only_head(paper, closed))
    shut, no_figures = closings(case), _economy_closed(paper, day)
    points = tuple(_point(each, shut[each.ref]) if each.ref in shut else each for each in paper.points)
    if closed := rest(case):
        return replace(approval, paper=replace(_only_head(paper, closed), title=paper.title, points=points))
    return replace(
        approval,
        paper=replace(
            paper,
            money=None if no_figures else paper.money,
            risks=() if no_figures else paper.risks,
            points=points,
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


def _point(each: BoardPoint, why: Closed) -> BoardPoint:
    """Return a closed point with its reference and its place among the others alone."""
    return BoardPoint(ref=each.ref, question=each.question, text=PART, closed=why)


def _section(each: PaperSection) -> PaperSection:
    """Return a closed section without a word of what it says, not even its heading."""
    return PaperSection(id=each.id, name=PART, text=each.closed.ground if each.closed else PART, closed=each.closed)


def _annex(each: Annex) -> Annex:
    return Annex(n=each.n, from_part="restricted", name=PART, closed=each.closed)


def seen(visit: Visit) -> Approval:
    """Return the body, the meetings and the paper as somebody may see them."""
    return edition(visit.case) if visit.withheld else load(visit.case)
