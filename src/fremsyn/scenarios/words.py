"""How the phase says its drivers, states and numbers of futures."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from fremsyn.cases.shape import Text
from fremsyn.scenarios.schema import Driver, Variant
from fremsyn.web.templatetags.say import say_plain

SHORTEST, LONG = 3, 10
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
VOWELS = frozenset("aeiouyæøåé")
# two consonants that begin a syllable together, in Danish and English
TOGETHER = frozenset(
    ["bl", "br", "dr", "fl", "fr", "gl", "gr", "kl", "kr", "pl", "pr", "sk", "sl", "sm", "sn", "sp", "st", "tr"]
)


def said(text: Text) -> str:
    """Return a text as bare words in the language in use."""
    return say_plain(text)


def brief(driver: Driver, variant: Variant) -> str:
    """Return the fewest leading words of a state's name that tell it from its driver's other states."""
    others = [said(each.name).split() for each in driver.variants if each.ref != variant.ref]
    words = said(variant.name).split()
    for count in range(1, len(words)):
        start = words[:count]
        if len(" ".join(start)) >= SHORTEST and not any(other[:count] == start for other in others):
            return " ".join(start).rstrip(",;:")
    return " ".join(words)


def breakable(words: str) -> str:
    """Let long words break between syllables in a narrow column: browsers know few languages' hyphens."""
    return re.sub(rf"[^\W\d_]{{{LONG},}}", lambda found: _syllables(found[0]), words)


def _syllables(word: str) -> str:
    parts: list[str] = []
    last, low = 0, word.lower()
    for i in range(1, len(word) - 1):
        if low[i] in VOWELS or low[i + 1] not in VOWELS:
            continue
        at = i - 1 if low[i - 1 : i + 1] in TOGETHER else i
        if at - last >= SHORTEST and len(word) - at >= SHORTEST and VOWELS & set(low[last:at]):
            parts.append(word[last:at])
            last = at
    return SOFT_HYPHEN.join([*parts, word[last:]])


def most_and_least(driver: Driver, counts: Iterable[int], total: int) -> str:
    """Say which of a driver's states stands in most of the futures and which in fewest."""
    ranked = sorted(zip(counts, driver.variants, strict=True), key=lambda pair: -pair[0])
    (most, first), (least, last) = ranked[0], ranked[-1]
    said_of = {"most": said(first.name), "n": most, "all": total, "least": said(last.name), "k": least}
    if most == total:
        return _("%(most)s stands in all %(all)d futures") % said_of
    if least == 0:
        return _("%(most)s stands in %(n)d of %(all)d futures, %(least)s in none") % said_of
    if least == most:
        return _("The states of %(driver)s stand in equally many of the %(all)d futures") % {
            "driver": said(driver.name),
            "all": total,
        }
    return _("%(most)s stands in %(n)d of %(all)d futures, %(least)s in only %(k)d") % said_of
