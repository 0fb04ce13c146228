"""What the paper must have before it is sent, and before the body decides."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.approval import analysis
from fremsyn.approval.after.outcomes import outcomes
from fremsyn.approval.paper.closing import seen
from fremsyn.approval.paper.must import MOST_LINES, SUMMARY, lines
from fremsyn.approval.queries import PointRow, decided, meetings, money
from fremsyn.approval.schema import Approval, Meeting, Paper
from fremsyn.cases.access import Visit
from fremsyn.cases.rights import Right
from fremsyn.framing.handover.gates import Condition

MOST_STEPS = 4


@dataclass(frozen=True)
class Wanted:
    """Something that a paper has before it is sent, whether it is there, and the key of what would be changed."""

    text: str
    done: bool
    key: str


def dispatch(approval: Approval) -> tuple[Wanted, ...]:
    """Return what must be there before the paper is sent; nothing as long as there is no paper."""
    return tuple(_dispatch(approval, approval.paper)) if approval.paper else ()


def lacking(approval: Approval) -> tuple[str, ...]:
    """Return in English what the paper lacks before it is sent: no fault, since a paper is written a bit at a time."""
    with translation.override("en"):
        return tuple(each.text for each in dispatch(approval) if not each.done)


def _dispatch(approval: Approval, paper: Paper) -> Iterator[Wanted]:
    key, meeting, body = "approval/paper", analysis.meeting_of(approval), approval.body
    yield Wanted(_("Who decides, and which members have a vote"), bool(body and analysis.voting(body)), "approval/body")
    yield Wanted(_("The paper is put to a meeting, as a decision on its agenda"), _on_agenda(paper, meeting), key)
    named = bool(paper.prepared_by_role and paper.presented_by_role)
    yield Wanted(_("It says which roles prepared and present it"), named, key)
    yield Wanted(_("It has a point to be voted on"), bool(paper.points), key)
    summary = next((each for each in paper.sections if each.id == SUMMARY), None)
    short = summary is not None and lines(summary.text) <= MOST_LINES
    where = f"{key}/sections/{SUMMARY}" if summary else key
    yield Wanted(_("It has a summary of at most %(n)d lines") % {"n": MOST_LINES}, short, where)


def _on_agenda(paper: Paper, meeting: Meeting | None) -> bool:
    if meeting is None or paper.agenda_item is None:
        return False
    item = next((each for each in meeting.agenda if each.n == paper.agenda_item), None)
    return item.type == "decision" if item else not meeting.agenda


def readiness(visit: Visit, shown: Sequence[PointRow]) -> dict[str, Any]:
    """Return what must be in place before the body decides, and what is."""
    approval = seen(visit)
    before = tuple(_condition(visit, each) for each in dispatch(approval))
    return {"heading": _("Is the paper ready?"), "conditions": (*before, *_deciding(visit, approval, shown))}


def _condition(visit: Visit, wanted: Wanted) -> Condition:
    there = wanted.key in visit.entries and visit.may(Right.EDIT)
    url = reverse("cases:item_change", args=[visit.case.slug, wanted.key]) if there else ""
    return Condition(wanted.text, wanted.done, url=url)


def _deciding(visit: Visit, approval: Approval, shown: Sequence[PointRow]) -> Iterable[Condition]:
    traced = [row for row in shown if 0 < row.why.steps <= MOST_STEPS]
    unverified = len(dict.fromkeys(entry for row in shown for entry in row.why.unverified))
    first = [row for row in meetings(visit) if row.thing.reading == 1]
    funds = money(visit)["money"]
    yield _notice(approval)
    yield Condition(_("The first reading has been held"), bool(first) and all(row.held for row in first))
    yield Condition(
        _("%(done)d of %(all)d points reach a source in at most %(steps)d steps")
        % {"done": len(traced), "all": len(shown), "steps": MOST_STEPS},
        bool(shown) and len(traced) == len(shown),
    )
    yield Condition(
        _("What is released fits the strategy, and the strategy fits the frame"),
        funds.frame is not None and 0 < funds.released <= funds.cost_high <= funds.frame,
    )
    yield Condition(
        _("Nothing under the points is unverified")
        if not unverified
        else ngettext(
            "Verification of %(count)d thing under the points",
            "Verification of %(count)d things under the points",
            unverified,
        )
        % {"count": unverified},
        bool(shown) and not unverified,
    )
    yield Condition(
        _("The board's decision"),
        decided(approval.decision_record) or any(each.decided for each in outcomes(visit).values()),
    )


def _notice(approval: Approval) -> Condition:
    notice = analysis.notice(approval)
    if notice:
        said = {"given": notice.given, "asked": notice.asked}
        text = _("Sent %(given)d days before the meeting; %(asked)d are asked for") % said
        return Condition(text, notice.given >= notice.asked)
    if approval.paper is None:
        return Condition(_("There is a paper, put to a meeting of the body that decides"), False)
    return Condition(_("The paper has been sent to the members"), False)
