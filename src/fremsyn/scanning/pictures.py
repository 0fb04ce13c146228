"""The phase's pictures: the radar, the field between three corners, and what each theme and kind holds."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.access import Visit
from fremsyn.figures.figure import Cell, Column, Figure, Finding, Row, Sign, Table
from fremsyn.figures.matrix import Side, heat
from fremsyn.figures.points import Corner, Point, Ring, Spoke, Weighed, polar, triangle
from fremsyn.scanning.analysis import CORNERS, RINGS, coverage, is_certain, is_pressing, nearest_corner
from fremsyn.scanning.handover import load
from fremsyn.scanning.schema import Scanning, Trend
from fremsyn.scanning.wording import inside, names_of, years
from fremsyn.web.templatetags.say import listed, number, say_plain

PHASE = "scanning"


def point_of(visit: Visit, trend: Trend, x: float = 0, y: float = 0) -> Point:
    """Return a trend's mark: its size is its impact, an outline says that it is uncertain."""
    return Point(
        x,
        y,
        trend.ref,
        say_plain(trend.title),
        visit.entries[trend.ref].url,
        PHASE,
        size=trend.impact,
        open=not is_certain(trend),
        strong=is_pressing(trend),
    )


def signs() -> tuple[Sign, ...]:
    """Return the legend that radar and field share."""
    return (
        Sign("●", _("certain (4–5)")),
        Sign("○", _("uncertain (1–3)")),
        Sign("◉", _("with an edge: greatest impact and near")),
    )


def radar(visit: Visit) -> Figure:
    """Draw the trends by years until they are felt and by theme; the title counts those that press."""
    scanning = load(visit.case).scanning
    pressing = sum(map(is_pressing, scanning.trends))
    title = (
        ngettext(
            "%(n)d trend has the greatest impact and is felt within two years",
            "%(n)d trends have the greatest impact and are felt within two years",
            pressing,
        )
        % {"n": pressing}
        if pressing
        else _("No trend has the greatest impact and is felt within two years")
    )
    alt = _("Radar of %(all)d trends by theme and by years until they are felt. %(finding)s.") % {
        "all": len(scanning.trends),
        "finding": title,
    }
    finding = Finding(
        "radar",
        title,
        alt,
        _(
            "Distance from the middle is years until it is felt; the larger the mark, the greater the impact. Numbers are the trends'."
        ),
    )
    themes = [theme.id for theme in scanning.themes]
    points = [
        point_of(visit, trend, RINGS.index(trend.time_to_impact_years), themes.index(trend.theme))
        for trend in sorted(scanning.trends, key=lambda t: (-t.impact, -t.certainty))
    ]
    return polar(
        finding,
        points,
        [Ring(years(ring)) for ring in RINGS],
        [Spoke(say_plain(theme.name)) for theme in scanning.themes],
        centre=_("today"),
        table=trend_table(visit, scanning, title),
        legend=signs(),
    )


def trend_table(visit: Visit, scanning: Scanning, caption: str) -> Table:
    """Return the radar's data as a table."""
    themes, kinds = names_of(scanning.themes), names_of(scanning.steep)
    rows = tuple(
        Row(
            (
                Cell(say_plain(trend.title), ref=trend.ref, phase=PHASE, href=visit.entries[trend.ref].url),
                Cell(say_plain(themes[trend.theme])),
                Cell(say_plain(kinds[trend.steep])),
                Cell(years(trend.time_to_impact_years)),
                Cell(trend.impact),
                Cell(trend.certainty),
                Cell(_("unverified") if trend.unverified else ""),
            ),
            marked=is_pressing(trend),
        )
        for trend in scanning.trends
    )
    heads = (Column(_("Trend")), Column(_("Theme")), Column(_("Kind")), Column(_("Felt in")))
    marks = (Column(_("Impact"), "end"), Column(_("Certainty"), "end"), Column(_("Mark")))
    return Table(caption, heads + marks, rows, sortable=True)


def field(visit: Visit) -> Figure:
    """Draw the trends between the three corners of the field; the title names the thinnest."""
    scanning = load(visit.case).scanning
    seen, names = coverage(scanning), names_of(scanning.field)
    corner = min(seen.corners, key=seen.corners.__getitem__)
    title = _("The material is thinnest at %(corner)s: %(n)d of %(all)d trends") % {
        "corner": inside(names[corner]),
        "n": seen.corners[corner],
        "all": len(scanning.trends),
    }
    finding = Finding(
        "field",
        title,
        _("The field between %(corners)s. %(finding)s.")
        % {"corners": listed([inside(names[each]) for each in CORNERS]), "finding": title},
        _("Each mark lies nearest to the corner that weighs most in it"),
        mean_place(scanning),
    )
    return triangle(finding, weighed(visit), three_corners(scanning), columns=heads_of(scanning), legend=signs())


def heads_of(scanning: Scanning) -> tuple[str, ...]:
    """Return the headings of the field's table."""
    names = names_of(scanning.field)
    return (_("Trend"), *(say_plain(names[corner]) for corner in CORNERS))


def mean_place(scanning: Scanning) -> str:
    """Say how the trends weigh in the mean."""
    mean, names = coverage(scanning).place_mean, names_of(scanning.field)
    shares = [f"{inside(names[corner])} {number(round(100 * getattr(mean, corner), 1))} %" for corner in CORNERS]
    return _("Mean weights: %(shares)s.") % {"shares": listed(shares)}


def weighed(visit: Visit, strong: str = "") -> list[Weighed]:
    """Return the trends with their weights; with `strong` only that one is drawn in full."""
    found = []
    for trend in load(visit.case).scanning.trends:
        point = point_of(visit, trend)
        if strong:
            point = Point(0, 0, point.ref, point.label, point.href, PHASE, size=1, open=True)
            if trend.ref == strong:
                point = Point(0, 0, point.ref, point.label, point.href, PHASE, size=5, strong=True)
        found.append(Weighed(point, (trend.place.megatrend, trend.place.municipal, trend.place.role)))
    return sorted(found, key=lambda each: each.point.ref != strong) if strong else found


def three_corners(scanning: Scanning) -> tuple[Corner, Corner, Corner]:
    """Return the field's corners, each with how much lies there and how much of it is unverified."""
    names = names_of(scanning.field)
    held = {corner: [t for t in scanning.trends if nearest_corner(t) == corner] for corner in CORNERS}

    def corner(code: str) -> Corner:
        count, bare = len(held[code]), sum(trend.unverified for trend in held[code])
        said = ngettext("%(n)d trend", "%(n)d trends", count) % {"n": count}
        return Corner(say_plain(names[code]), f"{said}, {_('%(n)d unverified') % {'n': bare}}" if bare else said)

    return corner(CORNERS[0]), corner(CORNERS[1]), corner(CORNERS[2])


def trend_place(visit: Visit, trend: Trend) -> Figure:
    """Draw one trend's place in the field among the others."""
    scanning = load(visit.case).scanning
    near = nearest_corner(trend)
    title = _("%(ref)s lies nearest to %(corner)s, %(share)d %%") % {
        "ref": trend.ref,
        "corner": inside(names_of(scanning.field)[near]),
        "share": round(100 * getattr(trend.place, near)),
    }
    finding = Finding("place", title, _("The field with all trends. %(finding)s.") % {"finding": title})
    return triangle(finding, weighed(visit, trend.ref), three_corners(scanning), columns=heads_of(scanning))


def covered(visit: Visit) -> Figure:
    """Set how many trends each theme has of each kind; the title names the kind that is thinnest."""
    scanning = load(visit.case).scanning
    seen, kinds = coverage(scanning), names_of(scanning.steep)
    least = min(seen.steep.values(), default=0)
    fewest = listed([inside(kinds[kind]) for kind, n in seen.steep.items() if n == least])
    said = {"kinds": fewest, "n": least, "all": len(scanning.trends)}
    hardly = ngettext(
        "We have hardly looked at %(kinds)s: %(n)d trend of %(all)d",
        "We have looked least at %(kinds)s: %(n)d trends of %(all)d",
        least,
    )
    title = (hardly if least else _("We have not looked at %(kinds)s at all")) % said
    empty = sum(not n for n in seen.cells.values())
    finding = Finding(
        "coverage",
        title,
        _("How many trends each theme has of each kind. %(finding)s.") % {"finding": title},
        _("Trends by theme and kind; %(empty)d of %(cells)d fields are empty")
        % {"empty": empty, "cells": len(seen.cells)},
    )
    top = max(seen.cells.values(), default=0) or 1
    values = [[counted(seen.cells[theme, kind], top) for kind in seen.steep] for theme in seen.themes]
    bare = {theme: sum(t.unverified for t in scanning.trends if t.theme == theme) for theme in seen.themes}
    rows = [
        Side(say_plain(theme.name), phase=PHASE, extra=(Cell(seen.themes[theme.id]), Cell(bare[theme.id])))
        for theme in scanning.themes
    ]
    columns = [Side(say_plain(kind.name), note=str(seen.steep[kind.id])) for kind in scanning.steep]
    return heat(finding, rows, columns, values, corner=_("Theme"), extras=(_("Trends"), _("Unverified")))


def counted(count: int, most: int) -> Cell:
    """Return a count coloured by its share of the largest."""
    return Cell(count, text=str(count) if count else "·", tone=-(-3 * count // most))


PICTURES = {"radar": radar, "field": field, "coverage": covered}
