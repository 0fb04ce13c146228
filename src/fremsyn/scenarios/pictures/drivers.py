"""The drivers by how much they mean and how open they are."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.access import Visit
from fremsyn.figures.figure import Cell, Column, Figure, Finding, Row, Sign, Table
from fremsyn.figures.points.mark import Axis, Point
from fremsyn.figures.points.scatter import scatter
from fremsyn.scenarios.queries import Ground
from fremsyn.scenarios.schema import Driver
from fremsyn.scenarios.words import said
from fremsyn.web.templatetags.say import listed

HIGH = 4
FEW = 4


def kinds() -> dict[str, str]:
    """Return what the kinds of driver are called."""
    return {"sector": _("the sector itself"), "context": _("the world around it")}


def influences() -> dict[str, str]:
    """Return what the degrees of own influence are called."""
    return {"none": _("outside our control"), "partly": _("partly ours to move")}


def importance(visit: Visit, base: Ground) -> Figure | None:
    """Draw the drivers by impact and uncertainty; nothing where there are none."""
    if not base.drivers:
        return None
    decisive = [each for each in base.drivers if each.impact >= HIGH and each.uncertainty >= HIGH]
    finding = Finding(
        key="drivers",
        title=_title(decisive, len(base.drivers)),
        subtitle=_("Impact and uncertainty from 1 to 5. An outlined mark: partly ours to move"),
        alt=_("%(all)d drivers by impact and uncertainty. High on both: %(names)s.")
        % {"all": len(base.drivers), "names": listed([f"{each.ref} {said(each.name)}" for each in decisive]) or "0"},
    )
    points = [
        Point(
            x=each.impact,
            y=each.uncertainty,
            ref=each.ref,
            label=said(each.name),
            href=visit.entries[each.ref].url,
            phase="scenarios",
            size=4,
            open=each.influence == "partly",
        )
        for each in base.drivers
    ]
    low_x, low_y = min(each.impact for each in base.drivers), min(each.uncertainty for each in base.drivers)
    x = Axis(_("Impact"), min(low_x, HIGH) - 0.5, 5.5, tuple((n, str(n)) for n in range(min(low_x, HIGH), 6)))
    y = Axis(_("Uncertainty"), min(low_y, HIGH) - 0.5, 5.5, tuple((n, str(n)) for n in range(min(low_y, HIGH), 6)))
    legend = (Sign("●", influences()["none"]), Sign("○", influences()["partly"]))
    return scatter(finding, points, x, y, table=_table(visit, base, finding.title), size=(980.0, 620.0), legend=legend)


def _title(decisive: list[Driver], total: int) -> str:
    if 0 < len(decisive) <= FEW:
        return _("%(names)s are both important and open") % {"names": listed([said(each.name) for each in decisive])}
    return ngettext(
        "%(n)d of %(all)d drivers is both important and open",
        "%(n)d of %(all)d drivers are both important and open",
        len(decisive),
    ) % {"n": len(decisive), "all": total}


def _table(visit: Visit, base: Ground, caption: str) -> Table:
    kind, influence = kinds(), influences()
    return Table(
        caption,
        (
            Column(_("Driver")),
            Column(_("Asks")),
            Column(_("Lies in")),
            Column(_("Our influence")),
            Column(_("Impact"), "end"),
            Column(_("Uncertainty"), "end"),
            Column(_("States"), "end"),
        ),
        tuple(
            Row(
                (
                    Cell(said(each.name), ref=each.ref, phase="scenarios", href=visit.entries[each.ref].url),
                    Cell(said(each.asks)),
                    Cell(kind[each.kind]),
                    Cell(influence[each.influence]),
                    Cell(each.impact),
                    Cell(each.uncertainty),
                    Cell(len(each.variants)),
                )
            )
            for each in base.drivers
        ),
        sortable=True,
    )
