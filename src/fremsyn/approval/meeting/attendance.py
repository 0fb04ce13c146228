"""Who takes part in a point, who is barred from it, and whether the body is quorate on it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fremsyn.approval import counting
from fremsyn.approval.meeting.seats import seated_members
from fremsyn.approval.models import Disqualification, PointRun, Presence, PresenceState
from fremsyn.approval.schema import Body
from fremsyn.approval.states import ENDED

TAKING_PART = frozenset({PresenceState.IN, PresenceState.REMOTE, PresenceState.REPRESENTED})


def barred(body: Body, point: PointRun) -> frozenset[str]:
    """Return the ids of the members to whom a point is closed."""
    found = Disqualification.objects.filter(point=point).values_list("member", "ruling")
    return frozenset(member for member, ruling in found if body.bars(ruling))


def taking_part(point: PointRun, seated: Collection[str] | None = None) -> frozenset[str]:
    """Return the ids of the members who take part in a point, those barred included.

    As long as the point has not ended, a member whose seat nobody holds any more is not among them.
    """
    noted = Presence.objects.filter(point=point, state__in=TAKING_PART).values_list("member", flat=True)
    return _counted(point, noted, seated)


def _counted(point: PointRun, noted: Collection[str], seated: Collection[str] | None) -> frozenset[str]:
    if point.state in ENDED:
        return frozenset(noted)
    return frozenset(noted) & frozenset(seated_members(point.run) if seated is None else seated)


def quorum_on(body: Body, point: PointRun) -> counting.Quorum:
    """Return the sum of the quorum on a point as it is now."""
    return counting.quorum(body, barred=barred(body, point), taking_part=taking_part(point))


@dataclass(frozen=True)
class Attendance:
    """A point's attendance: how each member takes part, who is barred, and the quorum that comes of it."""

    states: Mapping[str, str]
    taking_part: frozenset[str]
    disqualified: Mapping[str, Disqualification]
    barred: frozenset[str]
    quorum: counting.Quorum


def attendance(body: Body, points: Collection[PointRun], seated: Collection[str]) -> dict[int, Attendance]:
    """Return the attendance of several points of one meeting, by the point's key, in two queries."""
    keys = [point.pk for point in points]
    states: dict[int, dict[str, str]] = {key: {} for key in keys}
    for presence in Presence.objects.filter(point__in=keys):
        states[presence.point_id][presence.member] = presence.state
    declared: dict[int, dict[str, Disqualification]] = {key: {} for key in keys}
    for each in Disqualification.objects.filter(point__in=keys):
        declared[each.point_id][each.member] = each
    found = {}
    for point in points:
        noted = [member for member, state in states[point.pk].items() if state in TAKING_PART]
        here = _counted(point, noted, seated)
        out = frozenset(member for member, each in declared[point.pk].items() if body.bars(each.ruling))
        total = counting.quorum(body, barred=out, taking_part=here)
        found[point.pk] = Attendance(states[point.pk], here, declared[point.pk], out, total)
    return found
