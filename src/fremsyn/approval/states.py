"""What leads a meeting, a point and the minutes from one state to the next: three tables, and one way to take a step."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fremsyn.approval.models import MeetingRun, MeetingState, Minutes, MinutesState, PointRun, PointState
from fremsyn.core.errors import RuleBroken


@dataclass(frozen=True)
class Step:
    """A step by name: from which states, to which."""

    start: frozenset[str]
    end: str


def _step(*start: str, to: str) -> Step:
    return Step(frozenset(start), to)


M, P, W = MeetingState, PointState, MinutesState
MEETING: Mapping[str, Step] = {
    "notice": _step(M.PLANNED, to=M.NOTICED),
    "open": _step(M.NOTICED, to=M.OPEN),
    "close": _step(M.OPEN, to=M.CLOSED),
    "stop": _step(M.OPEN, to=M.STOPPED),
    "cancel": _step(M.PLANNED, M.NOTICED, to=M.CANCELLED),
}
POINT: Mapping[str, Step] = {
    "take_up": _step(P.WAITING, P.DEFERRED, to=P.ON),
    "take_up_again": _step(P.ADOPTED, P.REJECTED, P.FELL, P.NOTED, to=P.ON),
    "put": _step(P.ON, to=P.VOTING),
    "adopt": _step(P.VOTING, to=P.ADOPTED),
    "reject": _step(P.VOTING, to=P.REJECTED),
    "fall": _step(P.ON, P.VOTING, to=P.FELL),
    # After a voting on an amendment, or one that was stopped, the point itself is dealt with on.
    "go_on": _step(P.VOTING, to=P.ON),
    "conclude": _step(P.ON, to=P.NOTED),
    "withdraw": _step(P.WAITING, P.ON, P.VOTING, P.DEFERRED, to=P.WITHDRAWN),
    "defer": _step(P.WAITING, P.ON, to=P.DEFERRED),
}
MINUTES: Mapping[str, Step] = {
    "send": _step(W.DRAFT, W.COMMENTS, to=W.COMMENTS),
    "approve": _step(W.DRAFT, W.COMMENTS, to=W.APPROVED),
    "sign": _step(W.APPROVED, to=W.SIGNED),
}
DECIDED = frozenset({P.ADOPTED, P.REJECTED})
ENDED = DECIDED | {P.FELL, P.NOTED, P.WITHDRAWN, P.DEFERRED}
NOT_TAKEN_UP = frozenset({P.WAITING, P.WITHDRAWN, P.DEFERRED})


def next_state(table: Mapping[str, Step], name: str, row: MeetingRun | PointRun | Minutes) -> Any:
    """Return the state that a step leads to from where a row stands.

    :raises RuleBroken: when it does not lead on from there
    """
    step = table[name]
    if row.state not in step.start:
        raise RuleBroken(
            _("It stands as “%(state)s”, so this can't be done. Somebody else may have been quicker; look at it again.")
            % {"state": row.get_state_display()}
        )
    return step.end
