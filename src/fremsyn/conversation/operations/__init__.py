"""What people do in a round. Votes come in by one door: `cast_vote`."""

from fremsyn.conversation.operations.erasing import erasable, erase_answers
from fremsyn.conversation.operations.inviting import invite, withdraw_invitation
from fremsyn.conversation.operations.joining import issue_code, join_round, resume
from fremsyn.conversation.operations.moderating import accept_answer, accept_proposal, decline_answer
from fremsyn.conversation.operations.preparing import add_statements, prepare_round
from fremsyn.conversation.operations.running import close_round, open_round, show_results
from fremsyn.conversation.operations.voting import Receipt, cast_vote
from fremsyn.conversation.operations.writing import take_back_answer, write_answer

__all__ = [
    "Receipt",
    "accept_answer",
    "accept_proposal",
    "add_statements",
    "cast_vote",
    "close_round",
    "decline_answer",
    "erasable",
    "erase_answers",
    "invite",
    "issue_code",
    "join_round",
    "open_round",
    "prepare_round",
    "resume",
    "show_results",
    "take_back_answer",
    "withdraw_invitation",
    "write_answer",
]
