"""What came of the paper's points, from the meetings that are over: said wherever the points are shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from fremsyn.approval.minutes import words
from fremsyn.approval.minutes.points import Words, put_text, shut_points
from fremsyn.approval.models import MeetingRun, MeetingState, PointRun, PointState
from fremsyn.approval.states import DECIDED, ENDED
from fremsyn.cases.access import Visit
from fremsyn.cases.models import Case
from fremsyn.cases.rights import Right
from fremsyn.web.templatetags.say import as_text

CAME_TO = ENDED - {PointState.NOTED}


@dataclass(frozen=True)
class Outcome:
    """What came of a point: at which meeting, how it stands, the words that were put, and whether they were amended.

    `said` is what came of it in words, with the reason where it was withdrawn or put off.
    """

    meeting: str
    label: str
    state: str
    said: str
    text: Words
    amended: bool

    @property
    def decided(self) -> bool:
        return self.state in DECIDED

    @property
    def tone(self) -> str:
        """Return the colour of its tag."""
        return {PointState.ADOPTED: "good", PointState.REJECTED: "bad"}.get(PointState(self.state), "warn")


def outcomes(visit: Visit) -> Mapping[str, Outcome]:
    """Return what came of the paper's points, by reference; what is closed to somebody is left out.

    The latest decision holds, and where there is none what came of the point last.
    """
    points = PointRun.objects.filter(
        run__case=visit.case, run__state=MeetingState.CLOSED, state__in=CAME_TO, item__isnull=False
    )
    found, shut = dict[str, Outcome](), set[int]()
    if not visit.may(Right.CONFIDE):
        for run in MeetingRun.objects.filter(case=visit.case, state=MeetingState.CLOSED):
            shut |= set(shut_points(run))
    rows = points.select_related("run", "item").prefetch_related("votings__amendment")
    for point in rows.order_by("run__closed_at", "position"):
        ref = point.item.ref if point.item else ""
        stands = ref in found and found[ref].decided and point.state not in DECIDED
        if point.pk not in shut and ref in visit.entries and not stands:
            text = put_text(point)
            amended = text != as_text(point.text)
            said = words.outcome_said(point)
            found[ref] = Outcome(point.run.meeting, point.label, point.state, said, text, amended)
    return found


def meetings_over(case: Case) -> Mapping[str, bool]:
    """Return the meetings that are over, by their ids, and whether anything was decided there."""
    runs = MeetingRun.objects.filter(case=case, state=MeetingState.CLOSED)
    decided = set(runs.filter(points__state__in=DECIDED).values_list("meeting", flat=True))
    return {each: each in decided for each in runs.values_list("meeting", flat=True)}
