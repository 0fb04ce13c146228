"""What came of the paper's points, from the meetings that are over: said wherever the points are shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from fremsyn.approval.minutes.points import Words, put_text, shut_points
from fremsyn.approval.models import MeetingRun, MeetingState, PointRun
from fremsyn.approval.states import DECIDED
from fremsyn.cases.access import Visit
from fremsyn.cases.models import Case
from fremsyn.cases.rights import Right
from fremsyn.web.templatetags.say import as_text


@dataclass(frozen=True)
class Outcome:
    """What came of a point: at which meeting, how it stands, the words that were put, and whether they were amended."""

    meeting: str
    label: str
    state: str
    said: str
    text: Words
    amended: bool


def outcomes(visit: Visit) -> Mapping[str, Outcome]:
    """Return what was decided, by the point's reference: the latest decision holds. What is closed to somebody is left out."""
    points = PointRun.objects.filter(
        run__case=visit.case, run__state=MeetingState.CLOSED, state__in=DECIDED, item__isnull=False
    )
    found, shut = {}, set[int]()
    if not visit.may(Right.CONFIDE):
        for run in MeetingRun.objects.filter(case=visit.case, state=MeetingState.CLOSED):
            shut |= set(shut_points(run))
    rows = points.select_related("run", "item").prefetch_related("votings__amendment")
    for point in rows.order_by("run__closed_at", "position"):
        ref = point.item.ref if point.item else ""
        if point.pk not in shut and ref in visit.entries:
            text = put_text(point)
            amended = text != as_text(point.text)
            found[ref] = Outcome(point.run.meeting, point.label, point.state, point.get_state_display(), text, amended)
    return found


def meetings_over(case: Case) -> Mapping[str, bool]:
    """Return the meetings that are over, by their ids, and whether anything was decided there."""
    runs = MeetingRun.objects.filter(case=case, state=MeetingState.CLOSED)
    decided = set(runs.filter(points__state__in=DECIDED).values_list("meeting", flat=True))
    return {each: each in decided for each in runs.values_list("meeting", flat=True)}
