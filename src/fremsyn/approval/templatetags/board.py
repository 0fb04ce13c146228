"""Times on the board's pages."""

from datetime import datetime

from django import template

from fremsyn.approval.meeting.state import moment_of
from fremsyn.cases.models import Case
from fremsyn.web.clock import write_clock

register = template.Library()
register.filter("clock", write_clock)


@register.filter
def shown_in(at: datetime | None, case: Case) -> datetime | None:
    """Return when something was done as the case shows it: in a demonstration on the day that it is shown as of."""
    return moment_of(case, at) if at else None
