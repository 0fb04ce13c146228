"""Whether a phase may be worked in."""

from fremsyn.cases.models import Case


def refuse_unless_open(case: Case, app: str, kind: str) -> None:
    """Refuse a change in a phase that is not open."""
