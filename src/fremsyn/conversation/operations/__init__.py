"""What people do in a round. Votes come in by one door: `cast_vote`."""

from fremsyn.conversation.operations.inviting import invite, withdraw_invitation
from fremsyn.conversation.operations.joining import issue_code, join_round, resume
from fremsyn.conversation.operations.voting import Receipt, cast_vote
from fremsyn.conversation.operations.writing import take_back_answer, write_answer

__all__ = [
    "Receipt",
    "cast_vote",
    "invite",
    "issue_code",
    "join_round",
    "resume",
    "take_back_answer",
    "withdraw_invitation",
    "write_answer",
]
