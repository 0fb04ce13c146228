"""The body rules on a disqualification that was declared, before the point that it is at is decided or ended."""

from django.utils.translation import gettext as _

from fremsyn.approval.handover import disqualified
from fremsyn.approval.meeting.attendance import Attendance
from fremsyn.approval.meeting.words import named_people
from fremsyn.approval.models import Disqualification, PointRun, Ruling
from fremsyn.approval.schema import Body
from fremsyn.approval.states import ENDED
from fremsyn.cases.access import Visit
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person


class Unruled(RuleBroken):
    """The body has still to rule on somebody's disqualification at a point."""


def unruled_words(body: Body, present: Attendance) -> str:
    """Say of whom the body has still to rule at a point; empty where there is nobody."""
    if not present.unruled:
        return ""
    return _(
        "It is not ruled on whether these are disqualified: %(members)s. Rule on it before the point is decided."
    ) % {"members": named_people(body, present.unruled)}


def must_be_ruled(body: Body, present: Attendance) -> None:
    """Refuse what decides or ends a point, as long as the body has still to rule on a disqualification there.

    :raises Unruled: in that case
    """
    if said := unruled_words(body, present):
        raise Unruled(said)


def may_take_back(declared: Disqualification | None, by: Person, point: PointRun) -> bool:
    """Tell whether somebody declared it themself and can still take it back: the body has not ruled, the point goes on."""
    if declared is None or declared.declared_by_id != by.pk:
        return False
    return declared.ruling == Ruling.PENDING and point.state not in ENDED


def waits(visit: Visit) -> bool:
    """Tell whether all that is closed to somebody is so because the body has still to rule."""
    ruled = disqualified(visit.case, visit.person).filter(point__item__ref__in=visit.closed, ruling=Ruling.BARRED)
    return bool(visit.closed) and not ruled.exists()


def closed_file(visit: Visit) -> str:
    """Say why a file that holds a point closed to somebody is closed to them; empty where nothing is."""
    if not visit.closed:
        return ""
    if waits(visit):
        return _("Closed to you: it holds a point on which the board has still to rule on your disqualification.")
    return _("Closed to you: it holds a point that you are disqualified on.")


def closed_point(visit: Visit) -> str:
    """Say why a point is closed to somebody."""
    if waits(visit):
        return _("The point is closed to you until the board has ruled on your disqualification.")
    return _("You are disqualified on this point, so it is closed to you.")
