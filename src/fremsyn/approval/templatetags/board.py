"""Times, languages and lists on the board's pages."""

from datetime import datetime

from django import template
from django.utils.translation import get_language

from fremsyn.approval.meeting.state import moment_of
from fremsyn.cases.models import Case
from fremsyn.core.text import Text
from fremsyn.web.clock import write_clock
from fremsyn.web.templatetags.say import as_text, listed

register = template.Library()
register.filter("clock", write_clock)
register.filter("listed", listed)


@register.filter
def other_language(value: object) -> str:
    """Return the language in which a text is shown, where it has no words in the page's; else nothing."""
    text, page = as_text(value), (get_language() or "da")[:2]
    language = text.in_language(page)[1] if isinstance(text, Text) else page
    return "" if language == page else language


@register.filter
def shown_in(at: datetime | None, case: Case) -> datetime | None:
    """Return when something was done as the case shows it: in a demonstration on the day that it is shown as of."""
    return moment_of(case, at) if at else None
