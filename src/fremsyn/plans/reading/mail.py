"""The mail that says that a signpost has changed sides, to those who own the process and serve the board."""

from datetime import datetime

from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.cases.telling import in_languages, mail_waiting
from fremsyn.plans import operations, queries
from fremsyn.plans.reading.words import side
from fremsyn.web.templatetags.say import quarter, say_plain


def mail_crossing(visit: Visit, ref: str, at_quarter: str, marked: tuple[str, ...], at: datetime) -> int:
    """Mail that a signpost changed sides in a quarter, and what is marked for it; return how many it reached."""
    entry = visit.entries[ref]

    def subject() -> str:
        return _("%(ref)s %(name)s has changed sides") % {"ref": ref, "name": say_plain(entry.title)}

    def text() -> str:
        said = {"ref": ref, "name": say_plain(entry.title), "quarter": quarter(at_quarter)}
        return "\n\n".join(
            (
                _("%(ref)s %(name)s was read in %(quarter)s and has changed sides.") % said,
                side(visit, queries.signpost_of(visit, ref).thing),
                _("Marked to be looked at again: %(refs)s.") % {"refs": ", ".join(marked)},
                entry.url,
            )
        )

    mail = in_languages(visit.case, subject, text)
    return mail_waiting(event=operations.CROSSED, about=f"{ref}@{at_quarter}", case=visit.case, at=at, **mail)
