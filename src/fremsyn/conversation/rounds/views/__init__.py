"""The pages on which a round is prepared, run and read."""

from fremsyn.conversation.rounds.views.inviting import invitation_withdraw, round_invite
from fremsyn.conversation.rounds.views.moderating import round_moderate
from fremsyn.conversation.rounds.views.preparing import round_prepare, round_statements
from fremsyn.conversation.rounds.views.running import round_close, round_open, round_response, round_run, round_show
from fremsyn.conversation.rounds.views.using import insight_write, round_used

__all__ = [
    "insight_write",
    "invitation_withdraw",
    "round_close",
    "round_invite",
    "round_moderate",
    "round_open",
    "round_prepare",
    "round_response",
    "round_run",
    "round_show",
    "round_statements",
    "round_used",
]
