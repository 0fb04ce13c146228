"""The pages of a session: prepared, run, written, kept."""

from fremsyn.conversation.sessions.views.keeping import session_keep, session_reopen
from fremsyn.conversation.sessions.views.minutes import session_minutes, session_write
from fremsyn.conversation.sessions.views.preparing import session_prepare, session_sheet
from fremsyn.conversation.sessions.views.running import session_run, session_show

__all__ = [
    "session_keep",
    "session_minutes",
    "session_prepare",
    "session_reopen",
    "session_run",
    "session_sheet",
    "session_show",
    "session_write",
]
