"""What each role may do in a case, beyond reading what it may see: the one table."""

from collections.abc import Mapping
from enum import StrEnum

from fremsyn.people.roles import Role


class Right(StrEnum):
    """Something that a role may do."""

    EDIT = "edit"
    """Add, change, link and withdraw in the phases."""
    CONTRIBUTE = "contribute"
    """Note a signal."""
    JUDGE = "judge"
    """Give a judgement in the matrix, a score, a tick at a story."""
    LEAD = "lead"
    """Prepare and run sessions; open, moderate and close rounds; invite to them."""
    MINUTE = "minute"
    """Write the minutes of a session."""
    CLOSE = "close"
    """Close a phase at its gate and open it again."""
    SERVE = "serve"
    """Serve the body: seat its members, call its meetings, keep the record and the minutes."""
    VOTE = "vote"
    """Take part in the body's meetings for the seat that one holds: declare, vote, comment, sign."""
    CONFIDE = "confide"
    """Read what is closed to others than the body and those who serve it."""
    ADMINISTER = "administer"
    """Let people into the case and out of it."""


RIGHTS: Mapping[Right, frozenset[str]] = {
    Right.EDIT: frozenset({Role.OWNER, Role.FACILITATOR}),
    Right.CONTRIBUTE: frozenset({Role.OWNER, Role.FACILITATOR, Role.LEADERSHIP, Role.MEMBER}),
    Right.JUDGE: frozenset({Role.OWNER, Role.FACILITATOR, Role.LEADERSHIP, Role.MEMBER}),
    Right.LEAD: frozenset({Role.OWNER, Role.FACILITATOR}),
    Right.MINUTE: frozenset({Role.OWNER, Role.FACILITATOR, Role.LEADERSHIP}),
    Right.CLOSE: frozenset({Role.OWNER}),
    Right.SERVE: frozenset({Role.OWNER, Role.FACILITATOR}),
    Right.VOTE: frozenset({Role.BOARD}),
    Right.CONFIDE: frozenset({Role.OWNER, Role.FACILITATOR, Role.LEADERSHIP, Role.BOARD}),
    Right.ADMINISTER: frozenset({Role.OWNER, Role.ADMINISTRATOR}),
}
