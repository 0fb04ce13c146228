"""What the results of a judged round say above a picture: of the circles and scenarios that are shown, and of no others."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.conversation.judging.results import JudgedScenario
from fremsyn.conversation.judging.scales import STEPS
from fremsyn.conversation.judging.tables import name_of
from fremsyn.methods import ordinal
from fremsyn.web.templatetags.say import listed

Shares = Mapping[str, Mapping[str, int]]


def most_wished(found: Sequence[JudgedScenario], circles: Mapping[str, str]) -> str:
    """Say which scenario is the most wished for, told by the circle that wishes for it least; empty where none is shown.

    Scenarios are compared only by circles that are shown for each of those that are shown; else one is told of alone.

    :param circles: what the circles that were asked are called, by code, in order
    """
    every = {name_of(each): _gladly(each) for each in found}
    shown = {name: shares for name, shares in every.items() if shares}
    if not shown:
        return ""
    common = [code for code in circles if all(code in shares for shares in shown.values())]
    if len(shown) < 2 or not common:
        return _alone(max(shown, key=lambda name: len(shown[name])), shown, circles)
    least = {name: min(shares[code] for code in common) for name, shares in shown.items()}
    best = [name for name, share in least.items() if share == max(least.values())]
    if len(common) == len(circles) > 1 and len(shown) == len(every):
        return ngettext(
            "%(scenario)s is the most wished for: at least %(least)d per cent of each circle would gladly see it",
            "%(scenario)s are equally wished for: at least %(least)d per cent of each circle would gladly see them",
            len(best),
        ) % {"scenario": listed(best), "least": least[best[0]]}
    told = ngettext(
        "%(circles)s: of the scenarios that are shown, %(scenario)s is the most wished for (%(share)s)",
        "%(circles)s: of the scenarios that are shown, %(scenario)s are equally wished for (%(share)s)",
        len(best),
    ) % {"circles": _names(common, circles), "scenario": listed(best), "share": _share(least[best[0]], common)}
    seen = {code for shares in shown.values() for code in shares}
    return _with_hidden(told, [code for code in circles if code not in seen] if seen == set(common) else [])


def _gladly(scenario: JudgedScenario) -> dict[str, int]:
    """Return the per cent of each circle shown who would gladly see a scenario."""
    desired = scenario.aspects.get("desirable")
    return {code: ordinal.share(one.counts, STEPS - 1, STEPS) for code, one in desired.shown.items()} if desired else {}


def _alone(name: str, shown: Shares, circles: Mapping[str, str]) -> str:
    shares = shown[name]
    told = _("%(circles)s: %(share)s would gladly see %(scenario)s") % {
        "circles": _names(shares, circles), "share": _share(min(shares.values()), list(shares)), "scenario": name,
    }  # fmt: skip
    return _with_hidden(told, [code for code in circles if code not in shares])


def _with_hidden(told: str, unseen: Sequence[str]) -> str:
    if not unseen:
        return told
    return ngettext("%(told)s; the other circle is hidden", "%(told)s; the other circles are hidden", len(unseen)) % {
        "told": told
    }


def _share(least: int, codes: Sequence[str]) -> str:
    words = _("%(n)d per cent") if len(codes) == 1 else _("at least %(n)d per cent in each")
    return words % {"n": least}


def _names(codes: Sequence[str] | Mapping[str, int], circles: Mapping[str, str]) -> str:
    return listed([name for code, name in circles.items() if code in codes])
