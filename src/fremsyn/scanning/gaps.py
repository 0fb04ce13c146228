"""What the scan has not seen, said in words from its own figures, and what its gate asks for."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.access import Visit
from fremsyn.framing.handover import load as load_framing
from fremsyn.framing.handover.gates import Gate, gate
from fremsyn.scanning.analysis import RINGS, Seen, coverage
from fremsyn.scanning.conditions import conditions
from fremsyn.scanning.handover import load
from fremsyn.scanning.schema import Scanning
from fremsyn.scanning.wording import inside, names_of, years
from fremsyn.web.templatetags.say import listed


def gaps(visit: Visit) -> tuple[str, ...]:
    """Return what is thin or missing, a sentence each, the broadest first; only what the figures say."""
    scanning = load(visit.case).scanning
    if not scanning.trends:
        return (_("Nothing has been scanned yet."),)
    seen = coverage(scanning)
    said = (*thin_themes(scanning, seen), *thin_places(scanning, seen), *thin_grounds(scanning, seen))
    return tuple(each for each in (*said, unasked(visit), unheard(visit)) if each)


def thin_themes(scanning: Scanning, seen: Seen) -> tuple[str, ...]:
    """Say which theme and kind hold least, and how many combinations of the two hold nothing."""
    themes, kinds = names_of(scanning.themes), names_of(scanning.steep)
    thin, thick = min(seen.themes, key=seen.themes.__getitem__), max(seen.themes, key=seen.themes.__getitem__)
    least, empty = min(seen.steep.values()), sum(not n for n in seen.cells.values())
    fewest = [inside(kinds[kind]) for kind, n in seen.steep.items() if n == least]
    by_kind = ngettext("By kind, %(kinds)s has only %(n)d trend.", "By kind, %(kinds)s has only %(n)d trends.", least)
    filled = {"thin": inside(themes[thin]), "few": seen.themes[thin], "all": len(scanning.trends)}
    filled |= {"thick": inside(themes[thick]), "many": seen.themes[thick]}
    return (
        _("We know least about %(thin)s, %(few)d of %(all)d trends, and most about %(thick)s, %(many)d.") % filled,
        (by_kind if least else _("By kind, there is no trend about %(kinds)s."))
        % {"kinds": listed(fewest), "n": least},
        _("%(empty)d of %(cells)d combinations of theme and kind hold no trend at all.")
        % {"empty": empty, "cells": len(seen.cells)}
        if empty
        else "",
    )


def thin_places(scanning: Scanning, seen: Seen) -> tuple[str, ...]:
    """Say which corner of the field holds least, and how little lies far ahead."""
    corners, count = names_of(scanning.field), len(scanning.trends)
    corner = min(seen.corners, key=seen.corners.__getitem__)
    far = seen.rings[RINGS[-1]]
    few = (
        _("Only %(n)d of %(all)d trends lie %(years)s ahead: we see mostly what has already begun.")
        if far
        else _("No trend lies %(years)s ahead: we see only what has already begun.")
    )
    return (
        _("The thinnest corner of the field is %(corner)s: it weighs most in %(n)d of %(all)d trends.")
        % {"corner": inside(corners[corner]), "n": seen.corners[corner], "all": count},
        few % {"n": far, "all": count, "years": years(RINGS[-1])} if 5 * far < count else "",
    )


def thin_grounds(scanning: Scanning, seen: Seen) -> tuple[str, ...]:
    """Say how many trends stand without signals, without signals against, and without a checked source."""
    count = len(scanning.trends)
    against = count - seen.contested
    cards = sum(signal.kind == "wild_card" for signal in scanning.signals)
    wild = ngettext("There is only %(n)d wild card.", "There are only %(n)d wild cards.", cards) % {"n": cards}
    return (
        _("For %(n)d of %(all)d trends nobody has noted a signal against.") % {"n": against, "all": count}
        if against
        else "",
        _("%(n)d of %(all)d trends have no signal at all behind them.") % {"n": seen.silent, "all": count}
        if seen.silent
        else "",
        _("%(n)d of %(all)d trends rest on no checked source.") % {"n": seen.unverified, "all": count}
        if seen.unverified
        else "",
        (wild if cards else _("Nobody has written a wild card.")) if cards < 3 else "",
    )


def unasked(visit: Visit) -> str:
    """Say which question the fewest trends bear on."""
    asked = Counter(trend.question for trend in load(visit.case).scanning.trends)
    held = {q.ref: asked[q.ref] for q in load_framing(visit.case).framing.questions if q.kind == "sub"}
    if not held:
        return ""
    least = min(held.values())
    refs = listed([ref for ref, n in held.items() if n == least])
    return _("Fewest trends serve %(refs)s: %(n)d.") % {"refs": refs, "n": least}


def unheard(visit: Visit) -> str:
    """Say which circles have noticed no signal."""
    heard = {signal.noticed_by for signal in load(visit.case).scanning.signals}
    silent = [inside(each.name) for each in load_framing(visit.case).stakeholders.circles if each.id not in heard]
    return _("No signal has been noticed by %(circles)s.") % {"circles": listed(silent)} if silent else ""


def gate_of(visit: Visit) -> Gate:
    """Return the phase's gate with what its own material shows to be in place, thin or missing."""
    return gate(visit.case, "scanning", conditions(visit.case))
