"""The body rules on a disqualification that was declared, before the point that it is at is decided or ended."""

from django.utils.translation import gettext as _

from fremsyn.approval.meeting.attendance import Attendance
from fremsyn.approval.meeting.words import named_people
from fremsyn.approval.schema import Body
from fremsyn.core.errors import RuleBroken


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
