"""The annual cycle: when a quarter has ended, those who serve the body hear what was read, what wasn't, and what it rests on."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from fremsyn.approval.after.operations import approved_version
from fremsyn.audit.operations import record
from fremsyn.cases.directory import directory
from fremsyn.cases.models import Case, Told
from fremsyn.cases.rights import Right
from fremsyn.cases.telling import in_languages, mail_waiting, people_with, tell
from fremsyn.cases.trace import chain_of
from fremsyn.plans import handover as plans_handover
from fremsyn.plans.handover import all_readings, is_beyond, quarter_of, quarter_written
from fremsyn.web.templatetags.say import quarter_in_words, say_plain

EVENT = "approval.quarter"


@transaction.atomic
def remind(*, case: Case, at: datetime) -> tuple[Told, ...]:
    """Note that those who serve the body are told of the quarter that ended last, once for each quarter.

    Nothing is told where nothing is approved, or the quarter ended before it was.
    """
    approved = approved_version(case)
    ended = quarter_of(case.as_of) - 1
    if approved is None or ended < quarter_of(approved.at.date()):
        return ()
    about = quarter_written(ended)
    fresh = tell(case=case, people=people_with(case, Right.SERVE, at), event=EVENT, about=about, at=at)
    if fresh:
        record("approval.quarter_told", case=case, by=None, at=at, quarter=about, people=len(fresh))
    return fresh


def mail_quarter(*, case: Case, at: datetime) -> int:
    """Mail the quarter's status to those who were told of it and have an address; return how many it reached."""
    about = quarter_written(quarter_of(case.as_of) - 1)

    def subject() -> str:
        return _("%(case)s: the signposts of %(quarter)s") % {
            "case": say_plain_of(case),
            "quarter": quarter_in_words(about),
        }

    mail = in_languages(case, subject, lambda: status(case, about))
    return mail_waiting(event=EVENT, about=about, case=case, at=at, **mail)


def say_plain_of(case: Case) -> str:
    """Return a case's title in the language in use."""
    return str(case.title.get(translation.get_language() or "da") or next(iter(case.title.values())))


def status(case: Case, about: str) -> str:
    """Return the status of a quarter in words: what has crossed, what was not read, which assumptions lie beneath."""
    lines = [_("Status of the signposts in %(quarter)s.") % {"quarter": quarter_in_words(about)}, ""]
    crossed, unread = [], []
    for each in plans_handover.load(case).signposts:
        read = next((one for one in all_readings(each) if one.at == about), None)
        name = f"{each.ref} {say_plain(each.name)}"
        if read is None:
            unread.append(f"- {name} ({say_plain(each.owner_role)})")
        elif is_beyond(each, read):
            crossed.append(f"- {name}: {read.number} → {', '.join(each.touches)}")
    lines += _part(_("Beyond their threshold, with the lines of the strategy that they touch:"), crossed)
    lines += _part(_("Not read yet:"), unread)
    lines += _part(_("The assumptions that the decision rests on. Do they still hold?"), _assumptions(case))
    lines.append(reverse("approval:after", args=[case.slug]))
    return "\n".join(lines)


def _part(heading: str, lines: list[str]) -> list[str]:
    return [heading, *(lines or [_("- none")]), ""]


def _assumptions(case: Case) -> list[str]:
    approved = approved_version(case)
    chain, entries = chain_of(case), directory(case).entries
    beneath = {key for ref in (approved.content["points"] if approved else ()) for key in chain.under(ref)}
    found = sorted(
        (entries[key] for key in beneath if key in entries and entries[key].kind == "assumption"), key=lambda e: e.key
    )
    return [f"- {each.ref} {say_plain(each.title)}" for each in found]
