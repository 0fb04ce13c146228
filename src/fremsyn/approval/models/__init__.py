"""The board's rows: the paper and its packs, the body's seats, meetings, votings, minutes, and what came after."""

from fremsyn.approval.models.after import Approved, Delegation
from fremsyn.approval.models.meeting import (
    Disqualification,
    Material,
    MeetingKind,
    MeetingRun,
    MeetingState,
    PointKind,
    PointRun,
    PointState,
    Presence,
    PresenceState,
    Ruling,
    Seat,
)
from fremsyn.approval.models.minutes import MinuteComment, Minutes, MinutesState, Signature
from fremsyn.approval.models.paper import BoardPoint, Edition, SealedPack
from fremsyn.approval.models.voting import (
    Amendment,
    AmendmentState,
    Ballot,
    BallotValue,
    Dissent,
    Voting,
    VotingOutcome,
)
from fremsyn.cases.models import Told

__all__ = [
    "Amendment",
    "AmendmentState",
    "Approved",
    "Ballot",
    "BallotValue",
    "BoardPoint",
    "Delegation",
    "Disqualification",
    "Dissent",
    "Edition",
    "Material",
    "MeetingKind",
    "MeetingRun",
    "MeetingState",
    "MinuteComment",
    "Minutes",
    "MinutesState",
    "PointKind",
    "PointRun",
    "PointState",
    "Presence",
    "PresenceState",
    "Ruling",
    "SealedPack",
    "Seat",
    "Signature",
    "Told",
    "Voting",
    "VotingOutcome",
]
