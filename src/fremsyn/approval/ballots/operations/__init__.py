"""What is done in a voting. Ballots come in by one door: `cast_ballot`."""

from fremsyn.approval.ballots.operations.amending import propose_amendment, withdraw_amendment
from fremsyn.approval.ballots.operations.casting import Receipt, cast_ballot
from fremsyn.approval.ballots.operations.counting import count_voting
from fremsyn.approval.ballots.operations.dissenting import write_dissent
from fremsyn.approval.ballots.operations.putting import put_to_vote, strike, vote_again
from fremsyn.approval.ballots.operations.written import begin_written, demand_meeting, end_written

__all__ = [
    "Receipt",
    "begin_written",
    "cast_ballot",
    "count_voting",
    "demand_meeting",
    "end_written",
    "propose_amendment",
    "put_to_vote",
    "strike",
    "vote_again",
    "withdraw_amendment",
    "write_dissent",
]
