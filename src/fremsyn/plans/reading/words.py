"""How a signpost's side of its threshold is said."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.plans.reading.series import all_readings, has_crossed, is_beyond
from fremsyn.plans.schema import Reading, Signpost
from fremsyn.plans.words import threshold
from fremsyn.web.templatetags.say import say_plain


@dataclass(frozen=True)
class Read:
    """A reading, and whether it is beyond the threshold."""

    reading: Reading
    beyond: bool


def series(signpost: Signpost) -> tuple[Read, ...]:
    """Return every reading, the latest first."""
    return tuple(Read(each, is_beyond(signpost, each)) for each in reversed(all_readings(signpost)))


def side(visit: Visit, signpost: Signpost) -> str:
    """Say on which side of its threshold a signpost is, and what that speaks for; empty where it hasn't been read."""
    crossed = has_crossed(signpost)
    if crossed is None:
        return ""
    told = {"threshold": threshold(signpost), "state": say_plain(visit.entries[signpost.variant].title)}
    if not crossed:
        return _("It has not crossed (%(threshold)s), so it says nothing new of “%(state)s”.") % told
    if signpost.speaks == "for":
        return _("It has crossed (%(threshold)s) and speaks for “%(state)s”.") % told
    return _("It has crossed (%(threshold)s) and speaks against “%(state)s”.") % told
