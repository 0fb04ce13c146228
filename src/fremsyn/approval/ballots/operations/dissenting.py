"""What a member wants in the minutes on a point, in the member's own words."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.approval.ballots.held import held_point, touch
from fremsyn.approval.ballots.operations.putting import named
from fremsyn.approval.meeting.attendance import present_at
from fremsyn.approval.meeting.state import body_of
from fremsyn.approval.models import Dissent, MeetingState, Minutes, MinutesState, PointRun
from fremsyn.audit.operations import record
from fremsyn.audit.personal import keep_personal
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person

LONGEST_DISSENT = 4000


def may_write(point: PointRun) -> bool:
    """Tell whether members may add words to the minutes: from when the meeting begins until the minutes are approved."""
    drafts = (MinutesState.DRAFT, MinutesState.COMMENTS)
    begun = point.run.state in (MeetingState.OPEN, MeetingState.CLOSED)
    return begun and not Minutes.objects.filter(run=point.run).exclude(state__in=drafts).exists()


@transaction.atomic
def write_dissent(*, point: PointRun, member: str, text: str, by: Person, at: datetime) -> Dissent | None:
    """Keep a member's words for the minutes, in place of earlier ones; empty words take them back.

    :raises RuleBroken: when the minutes have been approved, the meeting has not begun, the member is disqualified at
        the point, or the words are too many
    """
    point = held_point(point)
    if not may_write(point):
        raise RuleBroken(_("Words for the minutes are written from when the meeting begins until they are approved."))
    body = body_of(point.run.case)
    if member not in {each.id for each in body.members} or present_at(body, point).shuts_out(member, by):
        raise RuleBroken(_("This member takes no part in the point."))
    words = text.strip()
    if len(words) > LONGEST_DISSENT:
        raise RuleBroken(_("Write at most %(n)d characters.") % {"n": LONGEST_DISSENT})
    known = point.dissents.filter(member=member).first()
    if (known.text if known else "") == words:
        return known
    if not words:
        point.dissents.filter(member=member).delete()
        kept = None
    else:
        kept = known or Dissent(point=point, member=member)
        kept.text, kept.written_at, kept.written_by = words, at, by
        kept.save()
    touch(point.run)
    said = {"text": keep_personal(words, about=by)} if words else {}
    event = "approval.dissent_written" if words else "approval.dissent_taken_back"
    record(event, case=point.run.case, by=by, at=at, member=member, **named(point), **said)
    return kept
