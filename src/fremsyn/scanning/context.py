"""What each page of the phase holds, gathered for its template."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fremsyn.cases.access import Visit
from fremsyn.cases.pages import crumbs, guidance
from fremsyn.conversation.handover.talk import phase_talk
from fremsyn.scanning import gaps, pictures, queries, register
from fremsyn.scanning.forms import TrendFilter
from fremsyn.scanning.handover import load

ADDS: Mapping[str, tuple[tuple[str, Promise], ...]] = {
    "trends": (("trend", gettext_lazy("Write a trend")),),
    "sources": (("source", gettext_lazy("Add a source")),),
    "coverage": (("coverage", gettext_lazy("Say it in your own words")),),
}


def scanning(visit: Visit, asked: QueryDict) -> dict[str, Any]:
    """Return what the phase's page holds; `asked` narrows its trends."""
    content = load(visit.case).scanning
    chosen = TrendFilter(asked, content)
    seen = queries.overview(visit)
    return {
        "visit": visit,
        "known": visit.entries,
        "crumbs": crumbs(visit, "scanning"),
        "heading": heading(seen),
        "question": queries.phase_question(visit),
        "guidance": guidance("scanning", "scanning"),
        "talk": phase_talk(visit, "scanning"),
        "gate": gaps.gate_of(visit),
        "seen": seen,
        "filter": chosen,
        "lines": queries.trend_lines(visit, chosen.chosen()),
        "signals": queries.signal_lines(visit),
        "gaps": gaps.gaps(visit),
        "coverage": content.coverage,
        "scales": content.scales,
        "illustrative": content.status.illustrative,
        "radar": pictures.radar(visit),
        "field": pictures.field(visit),
        "covered": pictures.covered(visit),
        "contested": contested(visit, seen),
        "downloads": downloads(visit),
        "adds": ADDS,
    }


def heading(seen: queries.Overview) -> str:
    """Return the phase's finding as its page's heading."""
    words = {"all": seen.trends, "n": len(seen.pressing)}
    if not seen.trends:
        return _("The first signals become the first trends") if seen.signals else _("What is changing around you?")
    if not seen.pressing:
        return _("%(all)d trends, none of them hits hard within two years") % words
    return (
        ngettext(
            "%(all)d trends, %(n)d of which hits hard within two years",
            "%(all)d trends, %(n)d of which hit hard within two years",
            len(seen.pressing),
        )
        % words
    )


def contested(visit: Visit, seen: queries.Overview) -> list[dict[str, Any]]:
    """Return the trends that signals speak against, with what speaks for them."""
    return [
        {
            "entry": visit.entries[trend.ref],
            "supporting": visit.shown(trend.signals.supporting),
            "against": visit.shown(trend.signals.against),
        }
        for trend in seen.contested
    ]


def downloads(visit: Visit) -> str:
    """Return the address before a picture's file name."""
    return reverse("scanning:figure", args=[visit.case.slug, "radar", "svg"]).removesuffix("radar.svg")


def sources(visit: Visit, kind: str) -> dict[str, Any]:
    """Return what the register's page holds; a `kind` that the case doesn't know is said and ignored."""
    lines, kinds = register.register(visit), register.kinds_of(visit)
    known = kind in {each.code for each in kinds}
    return {
        "visit": visit,
        "known": visit.entries,
        "crumbs": crumbs(visit, "scanning", (_("Sources"), "")),
        "guidance": guidance("scanning", "sources"),
        "note": load(visit.case).sources.note,
        "all": lines,
        "lines": [line for line in lines if not known or line.source.kind == kind],
        "unused": [line for line in lines if not line.direct],
        "kinds": kinds,
        "kind": kind if known else "",
        "unknown": bool(kind) and not known,
        "adds": ADDS["sources"],
    }


def source(visit: Visit, ref: str) -> dict[str, Any]:
    """Return what a source's page adds: what the case takes from it, and all that comes to rest on it."""
    thing = next(each for each in load(visit.case).sources.sources if each.ref == ref)
    return {
        "thing": thing,
        "line": register.source_line(visit, thing),
        "direct": register.direct_users(visit, ref),
        "later": register.later_users(visit, ref),
        "way": register.way_to_board(visit, ref),
        "ways": queries.neighbours(visit, "source", ref),
    }


def signal(visit: Visit, ref: str) -> dict[str, Any]:
    """Return what a signal's page adds: its kind and circle, and the trends it speaks for and against."""
    line = next(each for each in queries.signal_lines(visit) if each.signal.ref == ref)
    return {"thing": line.signal, "line": line, "ways": queries.neighbours(visit, "signal", ref)}


def trend(visit: Visit, ref: str) -> dict[str, Any]:
    """Return what a trend's page adds: its place, and the signals for and against it in full."""
    thing = queries.trend_of(visit, ref)
    signals = {line.signal.ref: line for line in queries.signal_lines(visit)}
    return {
        "thing": thing,
        "line": queries.trend_lines(visit, [thing])[0],
        "weights": queries.weights(visit, thing),
        "scales": load(visit.case).scanning.scales,
        "illustrative": load(visit.case).scanning.status.illustrative,
        "supporting": [signals[each] for each in thing.signals.supporting],
        "against": [signals[each] for each in thing.signals.against],
        "place": pictures.trend_place(visit, thing),
        "ways": queries.neighbours(visit, "trend", ref),
    }
