"""Every consistent scenario as a tableau, and how far those with a name lie from each other."""

from collections.abc import Sequence

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.access import Visit
from fremsyn.figures.figure import Cell, Figure, Finding
from fremsyn.figures.matrix import Side, heat, tableau
from fremsyn.scenarios.analysis import Consistent
from fremsyn.scenarios.handover.judgements import distance
from fremsyn.scenarios.queries import Ground
from fremsyn.scenarios.schema import Driver, Scenario
from fremsyn.scenarios.whatif import WhatIf, what_if
from fremsyn.scenarios.words import breakable, brief, most_and_least, said
from fremsyn.web.templatetags.say import listed

Numbered = tuple[int, Consistent]
Pair = tuple[int, Scenario, Scenario]
MOST = 60


def name_of(base: Ground, number: int, each: Consistent) -> str:
    """Return what a consistent scenario is called: its name, else its number."""
    if each.ref is None:
        return _("No. %(number)d") % {"number": number}
    scenario = base.scenario[each.ref]
    name = said(scenario.name)
    return _("%(name)s (in reserve)") % {"name": name} if scenario.use == "reserve" else name


def tableau_of(visit: Visit, asked: WhatIf, by: Driver) -> Figure | None:
    """Set what remains of the consistent scenarios in rows, by the state of a driver; nothing where there are none."""
    base = asked.base
    if not base.space.found:
        return None
    shown = grouped(asked.remaining, by)[:MOST]
    subtitle = _("The consistent scenarios with their state of each driver. Marked rows are the working set")
    if len(asked.remaining) > MOST:
        subtitle += ". " + _("The %(most)d strongest are shown; the file has all") % {"most": MOST}
    finding = Finding(key="tableau", title=title_of(asked, by), subtitle=subtitle, alt=alt_of(asked))
    return _set(visit, base, finding, shown, by, short=True)


def tableau_file(visit: Visit, base: Ground) -> Figure | None:
    """Return the whole tableau with the states' full names, for a file; nothing without a scenario."""
    if not base.space.found:
        return None
    everything, by = what_if(base, {}), base.drivers[0]
    finding = Finding(key="tableau", title=title_of(everything, by), alt=alt_of(everything))
    return _set(visit, base, finding, grouped(everything.remaining, by), by, short=False)


def grouped(found: Sequence[Numbered], by: Driver) -> list[Numbered]:
    """Put scenarios with the same state of a driver together, the largest group first."""
    sizes = {variant.ref: sum(variant.ref in each.variants for _n, each in found) for variant in by.variants}
    order = {ref: i for i, ref in enumerate(sorted(sizes, key=lambda ref: -sizes[ref]))}
    return sorted(found, key=lambda pair: (order[next(v for v in pair[1].variants if v in order)], pair[0]))


def title_of(asked: WhatIf, by: Driver) -> str:
    """Say what the tableau shows: which state is common and rare, or how many remain of what was chosen."""
    total, n = len(asked.base.space.found), len(asked.remaining)
    if not asked.held:
        counts = [sum(variant.ref in each.variants for _n, each in asked.remaining) for variant in by.variants]
        return most_and_least(by, counts, n)
    told = {"n": n, "all": total, "states": listed([said(each.name) for each in asked.chosen])}
    if not n:
        return _("None of the %(all)d futures has %(states)s") % told
    return ngettext("%(n)d of %(all)d futures has %(states)s", "%(n)d of %(all)d futures have %(states)s", n) % told


def alt_of(asked: WhatIf) -> str:
    """Say how many scenarios the tableau holds."""
    n = len(asked.remaining)
    return ngettext(
        "Tableau of %(n)d consistent scenario and its state of each of %(drivers)d drivers.",
        "Tableau of %(n)d consistent scenarios and their state of each of %(drivers)d drivers.",
        n,
    ) % {"n": n, "drivers": len(asked.base.drivers)}


def _set(visit: Visit, base: Ground, finding: Finding, found: list[Numbered], by: Driver, *, short: bool) -> Figure:
    columns = [
        Side(
            each.ref,
            ref=each.ref,
            phase="scenarios",
            href=visit.entries[each.ref].url,
            note=breakable(said(each.name)) if short else said(each.name),
        )
        for each in base.drivers
    ]
    return tableau(
        finding,
        [_row(visit, base, found, i, by) for i in range(len(found))],
        columns,
        [[state_cell(base, each, driver, short=short) for driver in base.drivers] for _number, each in found],
        corner=_("Scenario"),
        extras=(_("Why"), _("Strength"), _("Lead")),
    )


def state_cell(base: Ground, each: Consistent, driver: Driver, *, short: bool = True) -> Cell:
    """Return a driver's state in a scenario; `short` leaves as many words as tell it from the others."""
    variant = base.state(each.variants, driver)
    at = driver.variants.index(variant)
    full = said(variant.name)
    return Cell(full, text=breakable(brief(driver, variant)) if short else full, title=full, shade=at % 4 + 1)


def _row(visit: Visit, base: Ground, found: list[Numbered], i: int, by: Driver) -> Side:
    number, each = found[i]
    page = reverse("scenarios:consistent", args=[visit.case.slug, number])
    state = base.state(each.variants, by)
    group = ""
    if i == 0 or base.state(found[i - 1][1].variants, by) != state:
        group = f"{said(state.name)} · {counted(sum(state.ref in other.variants for _number, other in found))}"
    entry = visit.entries[each.ref] if each.ref else None
    return Side(
        name_of(base, number, each),
        ref=each.ref or "",
        phase="scenarios",
        href=entry.url if entry else page,
        group=group,
        marked=each.ref is not None and base.scenario[each.ref].use == "working",
        extra=(Cell(_("Why?"), href=page, align="end"), Cell(each.score), Cell(each.margin)),
    )


def counted(n: int) -> str:
    """Say a number of scenarios."""
    return ngettext("%(n)d scenario", "%(n)d scenarios", n) % {"n": n}


def distances(visit: Visit, base: Ground) -> Figure | None:
    """Show in how many drivers the named scenarios differ, two by two; nothing where there are none."""
    named = list(base.scenario.values())
    if not named:
        return None
    pairs = [
        (distance(one.variants, other.variants), one, other) for i, one in enumerate(named) for other in named[i + 1 :]
    ]
    n = len(base.drivers)
    finding = Finding(
        key="distances",
        title=_apart(pairs, n),
        subtitle=_("In how many of %(n)d drivers two scenarios have different states") % {"n": n},
        alt=_("Distances between the named scenarios, two by two."),
        note=_within_reach(base),
    )
    sides = [Side(said(each.name), ref=each.ref, phase="scenarios", href=visit.entries[each.ref].url) for each in named]
    heads = [Side(each.ref, ref=each.ref, phase="scenarios", href=visit.entries[each.ref].url) for each in named]
    values = [
        [_far(distance(one.variants, other.variants), n) if one is not other else Cell() for other in named]
        for one in named
    ]
    return heat(finding, sides, heads, values, corner=_("Scenario"))


def _far(apart: int, most: int) -> Cell:
    return Cell(apart, tone=round(3 * apart / max(most, apart, 1)))


def _apart(pairs: Sequence[Pair], n: int) -> str:
    if not pairs:
        return _("There is one named scenario so far")
    nearest, farthest = min(pairs, key=lambda each: each[0]), max(pairs, key=lambda each: each[0])
    told = {"far": _pair(farthest), "most": farthest[0], "near": _pair(nearest), "least": nearest[0], "n": n}
    if farthest[0] == n:
        return _("%(far)s differ in all %(n)d drivers, %(near)s in %(least)d") % told
    return _("%(far)s differ in %(most)d of %(n)d drivers, %(near)s in %(least)d") % told


def _pair(pair: Pair) -> str:
    return listed([said(each.name) for each in pair[1:]])


def _within_reach(base: Ground) -> str:
    """Say how near the working set comes to every consistent scenario."""
    whole = [each for each in base.working if base.handover.judgements.holds(each.variants)]
    if not (whole and base.space.found and base.space.complete):
        return ""
    apart = [(base.rows != base.handover.judgements.numbered(one.variants)).sum(axis=1) for one in whole]
    return _("No consistent scenario differs from its nearest in the working set in more than %(n)d drivers.") % {
        "n": int(np.min(apart, axis=0).max())
    }
