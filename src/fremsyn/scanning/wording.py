"""How the phase's codes are said: names from the case's own vocabularies, distances in years, dates of sources."""

import datetime
import re
from collections.abc import Iterable

from django.utils.formats import date_format as written
from django.utils.translation import gettext as _

from fremsyn.cases.shape import Named, Text
from fremsyn.web.templatetags.say import say_plain

DAY, MONTH = re.compile(r"\d{4}-\d{2}-\d{2}"), re.compile(r"(\d{4})-(\d{2})")


def names_of(vocabulary: Iterable[Named]) -> dict[str, Text]:
    """Return the names of a vocabulary by code, in its order."""
    return {word.id: word.name for word in vocabulary}


def inside(words: Text | str) -> str:
    """Return a name as it stands within a sentence: with a small first letter, unless it is an abbreviation."""
    said = say_plain(words)
    return said if said[1:2].isupper() else said[:1].lower() + said[1:]


def years(code: str) -> str:
    """Write a distance in time: `0-2` is `0–2 years`."""
    return _("%(span)s years") % {"span": code.replace("-", "–")}


def dated(date: str | None) -> str:
    """Write a source's date, which is free text: a day or month is spelt out, the rest stands as it was noted."""
    noted = date or "undated"
    if DAY.fullmatch(noted):
        return written(datetime.date.fromisoformat(noted), "DATE_FORMAT")
    if month := MONTH.fullmatch(noted):
        return written(datetime.date(int(month[1]), int(month[2]), 1), "F Y")
    return noted.replace("undated", _("undated"))
