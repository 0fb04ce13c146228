"""The points that a meeting's agenda comes to."""

from collections.abc import Iterator
from typing import Any

from fremsyn.approval.models import MeetingRun, PointKind, PointRun
from fremsyn.approval.schema import AgendaItem, Approval, Meeting
from fremsyn.cases.models import Item
from fremsyn.cases.plain import to_plain
from fremsyn.core.text import Text


def with_paper(approval: Approval, meeting: Meeting) -> int | None:
    """Return the number on the agenda under which the paper is put to a meeting; None where it isn't."""
    marked = next((each.n for each in meeting.agenda if each.paper), None)
    if approval.paper is None or (approval.paper.meeting != meeting.id and marked is None):
        return None
    return marked or approval.paper.agenda_item or 1


def agenda_of(approval: Approval, meeting: Meeting) -> tuple[AgendaItem, ...]:
    """Return what stands on a meeting's agenda in order; where none is written, the paper, or what the meeting is about."""
    put = with_paper(approval, meeting)
    written = list(meeting.agenda)
    if put is not None and approval.paper and put not in {each.n for each in written}:
        written.append(AgendaItem(n=put, type="decision", title=approval.paper.title, paper=True))
    if not written and meeting.reading == 1:
        written.append(AgendaItem(n=1, type="discussion", title=meeting.title))
    return tuple(sorted(written, key=lambda each: each.n))


def points_of(approval: Approval, meeting: Meeting) -> Iterator[dict[str, Any]]:
    """Yield what each point of a meeting is made from: one for an item, and one for each point of the paper.

    A first reading decides nothing: what stands there as a decision is talked about.
    """
    put = with_paper(approval, meeting)
    for each in agenda_of(approval, meeting):
        kind = PointKind.DISCUSSION if meeting.reading == 1 and each.type == "decision" else PointKind(each.type)
        if each.n == put and approval.paper:
            decides = PointKind.DISCUSSION if meeting.reading == 1 else PointKind.DECISION
            for number, point in enumerate(approval.paper.points, start=1):
                yield {"agenda_item": each.n, "number": number, "kind": decides, "ref": point.ref, "text": point.text}
        else:
            yield {"agenda_item": each.n, "number": 0, "kind": kind, "ref": "", "text": each.title}


def make_points(run: MeetingRun, approval: Approval, meeting: Meeting) -> list[PointRun]:
    """Make the points of a meeting from its agenda, in the words that stand there now."""
    made = list(points_of(approval, meeting))
    items = {
        item.ref: item
        for item in Item.objects.filter(case=run.case, ref__in=[each["ref"] for each in made if each["ref"]])
    }
    return PointRun.objects.bulk_create(
        PointRun(
            run=run,
            position=position,
            agenda_item=each["agenda_item"],
            number=each["number"],
            kind=each["kind"],
            item=items.get(each["ref"]),
            text=_words(each["text"]),
        )
        for position, each in enumerate(made, start=1)
    )


def _words(text: Text) -> dict[str, str]:
    plain: dict[str, str] = to_plain(text)
    return plain
