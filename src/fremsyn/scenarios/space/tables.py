"""The tables of the space: the tableau a page at a time, and what each driver does across the scenarios."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.figures.figure import Cell, Column, Row, Table
from fremsyn.figures.matrix import Side, assembled
from fremsyn.methods.deciding import Deciding
from fremsyn.scenarios.pictures.space import name_of, state_cell
from fremsyn.scenarios.queries import Ground
from fremsyn.scenarios.schema import Variant
from fremsyn.scenarios.space import words
from fremsyn.scenarios.space.people import People
from fremsyn.scenarios.space.standing import Standing
from fremsyn.scenarios.words import breakable, said


def tableau_table(
    visit: Visit, base: Ground, standing: Standing, people: People | None, numbers: Sequence[int]
) -> Table:
    """Set consistent scenarios, by their numbers, in rows: a state of each driver, and how firmly each stands."""
    columns = [
        Side(d.ref, ref=d.ref, phase="scenarios", href=visit.entries[d.ref].url, note=breakable(said(d.name)))
        for d in base.drivers
    ]
    return assembled(
        _("Consistent scenarios with their states"),
        [_side(visit, base, standing, people, number) for number in numbers],
        columns,
        [[state_cell(base, base.space.found[n - 1], driver) for driver in base.drivers] for n in numbers],
        _("Scenario"),
        (_("Why"), _("Strength"), _("Lead"), _("Holds"), *([_("People")] if people else []), _("Starts")),
        "tableau",
    )


def _side(visit: Visit, base: Ground, standing: Standing, people: People | None, number: int) -> Side:
    each, at = base.space.found[number - 1], number - 1
    page = reverse("scenarios:consistent", args=[visit.case.slug, number])
    holds, starts = (Cell(said_, align="end") for said_ in (words.held(standing, at), words.drawn(standing, at)))
    told = _("%(n)d of %(all)d") % {"n": people.held[at], "all": people.number} if people else ""
    theirs = [Cell(told, align="end")] if people else []
    return Side(
        name_of(base, number, each),
        ref=each.ref or "",
        phase="scenarios",
        href=visit.entries[each.ref].url if each.ref else page,
        marked=each.ref is not None and base.scenario[each.ref].use == "working",
        extra=(Cell(_("Why?"), href=page, align="end"), Cell(each.score), Cell(each.margin), holds, *theirs, starts),
    )


@dataclass(frozen=True)
class Across:
    """What the drivers do across all scenarios: those that never vary, with their one state, and the table."""

    fixed: tuple[Variant, ...]
    absent: tuple[Variant, ...]
    most: str
    table: Table


def across(visit: Visit, base: Ground) -> Across:
    """Say what each driver does across the consistent scenarios; there must be one."""
    found = base.deciding
    total = len(base.rows)
    counted = [
        (variant, int(times))
        for driver, each in zip(base.drivers, found.occurs, strict=True)
        for variant, times in zip(driver.variants, each.tolist(), strict=True)
    ]
    order = sorted(range(len(base.drivers)), key=lambda i: -found.tells[i])
    return Across(
        tuple(variant for variant, n in counted if n == total),
        tuple(variant for variant, n in counted if not n),
        said(base.drivers[order[0]].name) if found.tells[order[0]] > 0 else "",
        Table(
            _("What each driver does across the scenarios"),
            (
                Column(_("Driver")), Column(_("In how many each state stands")),
                Column(_("Spread"), "end"), Column(_("Settles of the others"), "end"),
            ),
            tuple(_across_row(visit, base, found, i) for i in order),
        ),
    )  # fmt: skip


def _across_row(visit: Visit, base: Ground, found: Deciding, i: int) -> Row:
    driver = base.drivers[i]
    counts = zip(driver.variants, found.occurs[i].tolist(), strict=True)
    spread, tells = float(found.spread[i]), float(found.tells[i])
    return Row(
        (
            Cell(said(driver.name), ref=driver.ref, phase="scenarios", href=visit.entries[driver.ref].url),
            Cell(", ".join(f"{said(variant.name)} {n}" for variant, n in counts)),
            Cell(spread, text=_("never varies") if not spread else words.per_cent(spread)),
            Cell(tells, text=words.per_cent(tells)),
        )
    )
