"""Who is to sign the minutes of a meeting, and who took part but is not asked to."""

from fremsyn.approval.meeting.attendance import TAKING_PART
from fremsyn.approval.minutes.content import states_by_member
from fremsyn.approval.minutes.words import VOTED
from fremsyn.approval.models import Disqualification, MeetingRun
from fremsyn.approval.schema import Body


def signers_of(run: MeetingRun, body: Body) -> list[str]:
    """Return the members who took part and sign, by id, in the body's order; nobody to whom the file is closed."""
    shut = not_signing(run, body)
    return [member for member in _took_part(run, body) if member not in shut]


def not_signing(run: MeetingRun, body: Body) -> dict[str, tuple[str, ...]]:
    """Return the members who hold their seat and are disqualified on a point in the file: its numbers, by the member's id."""
    found: dict[str, tuple[str, ...]] = {}
    of = Disqualification.objects.filter(point__run=run, alternate=False).exclude(point__item=None)
    for each in of.select_related("point").order_by("point__position", "pk"):
        if body.bars(each.ruling):
            found[each.member] = (*found.get(each.member, ()), each.point.label)
    return found


def _took_part(run: MeetingRun, body: Body) -> list[str]:
    here = {*TAKING_PART, VOTED}
    return [member for member, states in states_by_member(run, body).items() if here & set(states.values())]
