"""Rows of a meeting held still while something is done with them."""

from django.utils.translation import gettext as _

from fremsyn.approval.models import MeetingRun, MeetingState, PointRun, Voting
from fremsyn.approval.schema import Body
from fremsyn.core.errors import RuleBroken


def held_point(point: PointRun) -> PointRun:
    """Return a point as it stands, with its meeting and case, held still until the transaction is over."""
    run = MeetingRun.objects.select_for_update().get(pk=point.run_id)
    now = PointRun.objects.get(pk=point.pk)
    now.run = run
    return now


def held_voting(voting: Voting) -> Voting:
    """Return a voting as it stands, with its point and meeting, held still until the transaction is over."""
    now = Voting.objects.select_related("point", "amendment").get(pk=voting.pk)
    now.point = held_point(now.point)
    now.refresh_from_db(fields=["closed_at", "outcome", "why"])
    return now


def must_be_open(run: MeetingRun) -> None:
    """Refuse what can only be done while a meeting goes on.

    :raises RuleBroken: when it isn't in progress
    """
    if run.state != MeetingState.OPEN:
        raise RuleBroken(
            _("The meeting stands as “%(state)s”, so nothing can be voted on.") % {"state": run.get_state_display()}
        )


def voters(body: Body) -> frozenset[str]:
    """Return the ids of the members who have a vote."""
    return frozenset(each.id for each in body.members if each.votes)


def touch(run: MeetingRun) -> None:
    """Let the pages that show a meeting know that something of it has changed."""
    run.version += 1
    run.save(update_fields=["version"])
