"""Who acts on whom, as arrows: those strong enough to be read, each leading to its written reasons."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.access import Visit
from fremsyn.cases.shape import Number, Text
from fremsyn.figures.figure import Cell, Column, Figure, Finding, Row, Table
from fremsyn.figures.influence import Arrow, Thing, Way, influence
from fremsyn.figures.matrix import signed
from fremsyn.scenarios.queries import Ground, Judged
from fremsyn.scenarios.schema import Driver
from fremsyn.scenarios.words import said
from fremsyn.web.templatetags.say import listed

MOST, NAMED = 36, 3


def influences_of(visit: Visit, base: Ground) -> Figure | None:
    """Draw the direct influences between drivers by the strongest judgement of each; nothing while none is judged."""
    if not any(each.strength for each in base.sections):
        return None
    shown = strongest(base.sections)
    ranked = sorted(base.drivers, key=lambda driver: -surplus(base, driver))
    page = reverse("scenarios:matrix", args=[visit.case.slug])
    finding = Finding(
        key="influence",
        title=_title(base, ranked),
        subtitle=_subtitle(shown, base.sections),
        alt=_("%(n)d arrows between %(drivers)d drivers. The table says each of them: %(pairs)s.")
        % {
            "n": len(shown),
            "drivers": len(base.drivers),
            "pairs": ", ".join(f"{each.source.ref}→{each.target.ref}" for each in shown),
        },
    )
    things = [Thing(each.ref, said(each.name), "scenarios", visit.entries[each.ref].url) for each in ranked]
    arrows = [
        Arrow(
            each.source.ref,
            each.target.ref,
            way(each),
            max(1, round(each.strength)),
            href=f"{page}#{each.anchor}",
            title=f"{each.source.ref} → {each.target.ref} · {said(each.reason or Text())}".strip(" ·"),
        )
        for each in shown
    ]
    words: dict[Way, str] = {
        "favours": _("favours most"),
        "hinders": _("hinders most"),
        "both": _("favours and hinders alike"),
    }
    table = _table(finding.title, visit, shown, page)
    return influence(finding, things, arrows, table, words=words, above=_("↑ moves the others more than it is moved"))


def strongest(sections: Sequence[Judged], most: int = MOST) -> tuple[Judged, ...]:
    """Return the strongest sections: all of the least strength that leaves no more than `most`, else the very strongest."""
    sizes = sorted({each.strength for each in sections if each.strength})
    kept: tuple[Judged, ...] = ()
    for least in sizes:
        kept = tuple(each for each in sections if each.strength >= least)
        if len(kept) <= most:
            break
    return kept


def surplus(base: Ground, driver: Driver) -> Number:
    """Return how much more a driver moves the others than they move it, over all sections."""
    moves = sum(each.strength for each in base.sections if each.source is driver)
    return moves - sum(each.strength for each in base.sections if each.target is driver)


def way(section: Judged) -> Way:
    """Tell whether a section's strongest judgements favour, hinder, or do both."""
    values = {value for _variant, row in section.rows for value in row if abs(value) == section.strength}
    return "both" if len(values) > 1 else "favours" if max(values) > 0 else "hinders"


def _title(base: Ground, ranked: Sequence[Driver]) -> str:
    """Say which few drivers move the others clearly more than they are moved."""
    most = surplus(base, ranked[0])
    movers = [each for each in ranked[:NAMED] if surplus(base, each) * 2 >= most]
    if most <= 0:
        return _("The drivers move each other about equally")
    names = listed([f"{each.ref} {said(each.name)}" for each in movers])
    return ngettext("%(names)s sets the others moving", "%(names)s set the others moving", len(movers)) % {
        "names": names
    }


def _subtitle(shown: Sequence[Judged], everything: Sequence[Judged]) -> str:
    told = {"n": len(shown), "all": len(everything), "least": signed(min(each.strength for each in shown)).lstrip("+")}
    if len(shown) == len(everything):
        return (
            _(
                "All %(n)d direct influences that are judged. The table has their reasons; on screen an arrow leads to them"
            )
            % told
        )
    return (
        _(
            "The %(n)d of %(all)d direct influences that hold a judgement of %(least)s or more, whatever its sign. "
            "The table has their reasons; on screen an arrow leads to them"
        )
        % told
    )


def _table(caption: str, visit: Visit, shown: Sequence[Judged], page: str) -> Table:
    heads = (Column(_("Driver")), Column(_("Acts on")), Column(_("Strongest judgement")), Column(_("Reason")))
    rows = tuple(
        Row(
            (
                _driver(visit, each.source),
                _driver(visit, each.target),
                Cell(_judgement(each), href=f"{page}#{each.anchor}"),
                Cell(said(each.reason or Text())),
            )
        )
        for each in shown
    )
    return Table(caption, heads, rows, sortable=True)


def _driver(visit: Visit, driver: Driver) -> Cell:
    return Cell(said(driver.name), ref=driver.ref, phase="scenarios", href=visit.entries[driver.ref].url)


def _judgement(section: Judged) -> str:
    """Say the first of the strongest judgements of a section, and how many more are as strong."""
    found = [
        (said(one.name), value, said(other.name))
        for one, row in section.rows
        for other, value in zip(section.target.variants, row, strict=True)
        if abs(value) == section.strength
    ]
    one, value, other = found[0]
    first = f"{signed(value)}: {one} → {other}"
    more = len(found) - 1
    return _("%(first)s, and %(n)d more") % {"first": first, "n": more} if more else first
