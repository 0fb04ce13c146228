"""The map of every consistent scenario: near each other where they are alike, those with a name marked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from numpy.typing import NDArray

from fremsyn.cases.access import Visit
from fremsyn.figures.drawing import shorten
from fremsyn.figures.figure import Cell, Column, Figure, Finding, Row, Sign, Table
from fremsyn.figures.points.mark import Axis, Dot, Point
from fremsyn.figures.points.scatter import CROWD, plot_of, scatter
from fremsyn.scenarios.pictures.space import MOST, Numbered, name_of
from fremsyn.scenarios.queries import Ground
from fremsyn.scenarios.schema import Driver, Scenario, Variant
from fremsyn.scenarios.words import said
from fremsyn.web.templatetags.say import listed
from fremsyn.web.templatetags.say import number as written

SIZE = (860.0, 600.0)
MARGIN = 1.18  # room around the outermost places, for the words in the corners
BIN = 10.0  # pixels: of many scenarios, those that lie nearer than this are one dot
STRONGEST = 20  # rows of the table on a page, where there are more than can all stand there
SEPARATING = 2  # drivers that are named for what a direction shows
JOINED = 20.0  # pixels for what stands between the names on an axis

Places = NDArray[np.float64]


def scenario_map(visit: Visit, base: Ground, only: Collection[int] | None = None) -> Figure | None:
    """Draw every consistent scenario as a point, for a page: its table holds the named and the strongest.

    :param only: the numbers of those to draw, at the places they have among all; None for all of them
    """
    shown = _numbered(base) if only is None else [(n, base.space.found[n - 1]) for n in sorted(only)]
    most = MOST if len(shown) <= MOST else STRONGEST
    few = [(number, each) for at, (number, each) in enumerate(shown) if at < most or each.ref]
    return _drawn(visit, base, shown, few)


def scenario_map_file(visit: Visit, base: Ground) -> Figure | None:
    """Return the map with every scenario in its table, for a file."""
    return _drawn(visit, base, _numbered(base), _numbered(base))


def _numbered(base: Ground) -> list[Numbered]:
    return list(enumerate(base.space.found, 1))


def _drawn(visit: Visit, base: Ground, shown: Sequence[Numbered], told: Sequence[Numbered]) -> Figure | None:
    if not base.space.found:
        return None
    sheet = _sheet(base.plane.places)
    named = [(number, each) for number, each in shown if each.ref]
    finding = Finding(
        key="map",
        title=_title(base),
        subtitle=_subtitle(base),
        alt=_alt(base, [name_of(base, number, each) for number, each in named]),
        note=_note(base),
    )
    return scatter(
        finding,
        [_point(visit, base, pair) for pair in named],
        sheet.axis(0, _direction(base, 0)),
        sheet.axis(1, _direction(base, 1)),
        table=_table(visit, base, told, finding.title),
        corners=_corners(base),
        size=SIZE,
        legend=_legend(base),
        dots=_dots(visit, base, sheet, [number for number, each in shown if not each.ref]),
    )


@dataclass(frozen=True)
class _Sheet:
    """The part of the plane that is drawn: its middle, and how much of it a pixel is, in both directions alike."""

    middle: Places
    unit: float

    def axis(self, k: int, title: str) -> Axis:
        plot = plot_of(SIZE)
        half = self.unit * (plot.w, plot.h)[k] / 2
        return Axis(title, float(self.middle[k]) - half, float(self.middle[k]) + half)


def _sheet(places: Places) -> _Sheet:
    low, high, plot = places.min(axis=0), places.max(axis=0), plot_of(SIZE)
    unit = float(((high - low) / (plot.w, plot.h)).max()) * MARGIN
    return _Sheet((low + high) / 2, unit or 1 / plot.w)


def _point(visit: Visit, base: Ground, pair: Numbered) -> Point:
    number, each = pair
    ref = each.ref or ""
    x, y = base.plane.places[number - 1].tolist()
    reserve = base.scenario[ref].use == "reserve"
    return Point(
        x, y, ref, label=name_of(base, number, each), href=visit.entries[ref].url, phase="scenarios",
        size=2 if reserve else 4, open=reserve, strong=not reserve, whole=True,
    )  # fmt: skip


def _dots(visit: Visit, base: Ground, sheet: _Sheet, unnamed: Sequence[int]) -> list[Dot]:
    """Return a dot for every place at which there are scenarios without a name; larger where there are several."""
    step = sheet.unit * (BIN if len(unnamed) > CROWD else 0.5)
    held: dict[tuple[int, int], list[int]] = {}
    for number, (x, y) in zip(unnamed, base.plane.places[[n - 1 for n in unnamed]].tolist(), strict=True):
        held.setdefault((round(x / step), round(y / step)), []).append(number)
    page = reverse("scenarios:space", args=[visit.case.slug])
    return [_dot(base, f"{page}{numbers[0]}/", numbers, labelled=len(unnamed) <= CROWD) for numbers in held.values()]


def _dot(base: Ground, page: str, numbers: Sequence[int], *, labelled: bool) -> Dot:
    x, y = base.plane.places[[n - 1 for n in numbers]].mean(axis=0).tolist()
    told = _("No. %(number)d") % {"number": numbers[0]}
    if len(numbers) > 1:
        told = ngettext(
            "No. %(number)d and %(n)d other", "No. %(number)d and %(n)d others", len(numbers) - 1
        ) % {"number": numbers[0], "n": len(numbers) - 1}  # fmt: skip
    return Dot(x, y, told if labelled else "", told, page, 3 + min(4.0, len(numbers) ** 0.5 - 1))


def _title(base: Ground) -> str:
    across, up = (next((said(each.name) for each in _along(base, k)), "") for k in (0, 1))
    if not across:
        return _("There is one future, so there is nothing to compare")
    if not up:
        return _("%(driver)s separates the futures most") % {"driver": across}
    return _("Across, %(across)s separates the futures most; up and down, %(up)s") % {"across": across, "up": up}


def _subtitle(base: Ground) -> str:
    return _(
        "The nearer each other, the more drivers with the same state. The plane shows %(share)d%% of all differences between the %(n)s scenarios"
    ) % {"share": round(100 * base.plane.share), "n": written(len(base.space.found))}


def _alt(base: Ground, named: Sequence[str]) -> str:
    told = {"n": written(len(base.space.found)), "share": round(100 * base.plane.share), "names": listed(named)}
    if not named:
        return (
            _("Map of %(n)s consistent scenarios; it shows %(share)d%% of their differences. None has a name.") % told
        )
    return (
        _("Map of %(n)s consistent scenarios; it shows %(share)d%% of their differences. Those with a name: %(names)s.")
        % told
    )


def _note(base: Ground) -> str:
    words = []
    across, up = (listed([f"{d.ref} {said(d.name)}" for d in _along(base, k)]) for k in (0, 1))
    if across:
        words.append(_("Across, the map shows mostly %(drivers)s.") % {"drivers": across})
    if up:
        words.append(_("Up, mostly %(drivers)s.") % {"drivers": up})
    if base.plane.share < 0.995:
        words.append(
            _("Two that lie close together may still differ in what the plane doesn't show: the table says in how many drivers.")
        )  # fmt: skip
    on_it = {each.ref for each in base.space.found}
    absent = [said(each.name) for each in base.scenario.values() if each.ref not in on_it]
    if absent:
        words.append(_("Not on the map, as they aren't consistent: %(names)s.") % {"names": listed(absent)})
    return " ".join(words)


def _along(base: Ground, k: int) -> list[Driver]:
    """Return the drivers that most of a direction comes from: 0 is across, 1 is up."""
    drawn = base.plane.drawn[:, k]
    order = [i for i in np.argsort(-drawn, kind="stable")[:SEPARATING] if drawn[i] > 0]
    return [base.drivers[i] for i in order]


def _direction(base: Ground, k: int) -> str:
    """Name the drivers of a direction, as short as the axis is."""
    plot, along = plot_of(SIZE), _along(base, k)
    room = (plot.w, plot.h)[k] / SEPARATING - 2 * JOINED
    return " · ".join(shorten(f"{each.ref} {said(each.name)}", room, 14, strong=True) for each in along) or "–"


def _corners(base: Ground) -> list[str]:
    """Return what is typical of each corner: the states whose scenarios lie farthest out there, on the average."""
    places, rows = base.plane.places, base.rows
    reach = np.abs(places).max(axis=0)
    if not reach.all():
        return []
    typical = []
    for j, driver in enumerate(base.drivers):
        for i, variant in enumerate(driver.variants):
            having = rows[:, j] == i
            if having.any():
                typical.append((driver, variant, places[having].mean(axis=0) / reach * having.mean() ** 0.5))
    return [_corner(typical, (x, y)) for y, x in product((1, -1), (-1, 1))]


def _corner(typical: Sequence[tuple[Driver, Variant, Places]], towards: tuple[int, int]) -> str:
    ranked = sorted(typical, key=lambda each: -float(each[2] @ towards))
    chosen: dict[str, str] = {}
    for driver, variant, place in ranked:
        if (place * towards).min() > 0 and len(chosen) < SEPARATING:
            chosen.setdefault(driver.ref, said(variant.name))
    return shorten(" · ".join(chosen.values()), (SIZE[0] - 120) / 2, 14)


def _legend(base: Ground) -> tuple[Sign, ...]:
    uses = {base.scenario[each.ref].use for each in base.space.found if each.ref}
    signs = [Sign("◉", _("in the working set"))] if "working" in uses else []
    signs += [Sign("○", _("in reserve"))] if "reserve" in uses else []
    if any(each.ref is None for each in base.space.found):
        signs.append(Sign("•", _("other consistent scenarios; a larger dot is several")))
    return tuple(signs)


def _table(visit: Visit, base: Ground, told: Sequence[Numbered], caption: str) -> Table:
    heads = (
        Column(_("Scenario")),
        Column(_("Use")),
        Column(_("Across"), "end"),
        Column(_("Up"), "end"),
        Column(_("Nearest of the working set")),
        Column(_("Differs from it in"), "end"),
    )
    refs = {each.ref for each in base.working}
    working = [(number, base.scenario[each.ref]) for number, each in _numbered(base) if each.ref in refs]
    near = base.rows[[number - 1 for number, _each in working]] if working else None
    rows = []
    for number, each in told:
        x, y = base.plane.places[number - 1].tolist()
        page = (
            visit.entries[each.ref].url if each.ref else reverse("scenarios:consistent", args=[visit.case.slug, number])
        )
        name = Cell(name_of(base, number, each), ref=each.ref or "", phase="scenarios", href=page)
        nearest, far = _nearest(base, near, number, [scenario for _number, scenario in working])
        use = _use(base, each.ref)
        marked = each.ref in refs
        rows.append(Row((name, Cell(use), Cell(round(x, 2)), Cell(round(y, 2)), nearest, far), marked=marked))
    return Table(caption, heads, tuple(rows), sortable=True)


def _use(base: Ground, ref: str | None) -> str:
    if ref is None:
        return "–"
    return _("in the working set") if base.scenario[ref].use == "working" else _("in reserve")


def _nearest(
    base: Ground, near: NDArray[np.int64] | None, number: int, working: Sequence[Scenario]
) -> tuple[Cell, Cell]:
    """Return which of the working set is nearest to a scenario, and in how many drivers it differs."""
    if near is None:
        return Cell("–"), Cell(None, text="–", align="end")
    apart = (near != base.rows[number - 1]).sum(axis=1)
    at = int(apart.argmin())
    return Cell(said(working[at].name), ref=working[at].ref, phase="scenarios"), Cell(int(apart[at]))
