"""The second half of the scenario book: the space that the stories are chosen from, and what it is computed of."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.figures.figure import Column
from fremsyn.reports.blocks import Block, Callout, Heading, Paragraph, Picture
from fremsyn.reports.documents.pieces import drawn, grid, marks_of, rests_on, without_column
from fremsyn.scenarios import pages
from fremsyn.scenarios.pictures.drivers import importance
from fremsyn.scenarios.pictures.influence import influences_of
from fremsyn.scenarios.pictures.likeness import scenario_map
from fremsyn.scenarios.pictures.matrix import overview
from fremsyn.scenarios.pictures.space import distances, tableau_of
from fremsyn.scenarios.pictures.why import balances_of
from fremsyn.scenarios.queries import Ground
from fremsyn.scenarios.whatif import what_if
from fremsyn.web.templatetags.say import number, say_plain, signed

MOST_UPRIGHT = 7
WHY = 1  # the column of the tableau that leads to why a scenario holds


def space(visit: Visit, base: Ground) -> tuple[Block, ...]:
    """Return how many futures hang together, how the stories were chosen among them, and the space as pictures."""
    sheet, said = base.handover.scenarios, base.handover.cross_impact
    counted = (Paragraph(counts(base), "lead"),) if base.drivers else ()
    return (
        Heading(pages.heading(base), annex=True),
        *counted,
        Callout(_("No probability."), said.no_probability),
        *((Paragraph(said.method),) if said.method else ()),
        Heading(_("The working set"), 2),
        *((Paragraph(sheet.set.text),) if sheet.set.text else ()),
        *drawn(distances(visit, base)),
        *_tableau(visit, base),
        *drawn(scenario_map(visit, base) if base.drivers else None),
        *drawn(influences_of(visit, base), beside=True),
        *drawn(overview(visit, base)),
    )


def counts(base: Ground) -> str:
    """Say how many combinations there are, how many of them are consistent, and whether all have been found."""
    complete = _(
        "%(drivers)d drivers with %(states)d states give %(all)s combinations. %(n)d of them are consistent: "
        "in each, no driver would do better in another state, given all the others. All of them have been found."
    )
    some = _(
        "%(drivers)d drivers with %(states)d states give %(all)s combinations. At least %(n)d of them are consistent: "
        "in each, no driver would do better in another state, given all the others. The search stopped there, so not "
        "all of them have been found."
    )
    return (complete if base.space.complete else some) % {
        "drivers": len(base.drivers),
        "states": len(base.variant),
        "all": number(base.space.configurations),
        "n": len(base.space.found),
    }


def _tableau(visit: Visit, base: Ground) -> tuple[Block, ...]:
    found = tableau_of(visit, what_if(base, {}), base.drivers[0]) if base.drivers else None
    return drawn(
        found and replace(found, table=without_column(found.table, WHY)), wide=len(base.drivers) > MOST_UPRIGHT
    )


def why(visit: Visit, base: Ground) -> tuple[Block, ...]:
    """Return for each named scenario why it hangs together."""
    if not base.scenario:
        return ()
    found: list[Block] = [
        Heading(_("Annex 1 · Why each of them is consistent"), annex=True),
        Paragraph(
            _(
                "A state's balance is the sum of what the other drivers' states do to it. A scenario is consistent "
                "when in every driver the state it has is at least as strong as the best alternative."
            )
        ),
    ]
    for each in base.scenario.values():
        found.append(Heading(each.name, 2, each.ref))
        if base.handover.judgements.holds(each.variants):
            balances = balances_of(visit, base, each.variants, f"why-{each.ref.lower()}")
            found.append(Picture(replace(balances, title=f"{each.ref}: {balances.title}")))
    return tuple(found)


def drivers(visit: Visit, base: Ground) -> tuple[Block, ...]:
    """Return the drivers by impact and uncertainty, and each with its states."""
    found: list[Block] = [
        Heading(_("Annex 2 · The drivers and their states"), annex=True),
        *drawn(importance(visit, base)),
    ]
    for driver in base.drivers:
        rows = [
            (f"{each.ref} {say_plain(each.name)}", each.description, base.occurrences[each.ref])
            for each in driver.variants
        ]
        heads = (_("State"), _("What it is"), Column(_("In how many"), "end"))
        found += [
            Heading(driver.name, 2, driver.ref),
            Paragraph(driver.asks, marks=marks_of(driver)),
            grid(say_plain(driver.name), heads, rows, (2, 4, 1.2)),
            *rests_on(visit, (*driver.because, *driver.sources)),
        ]
    return tuple(found)


def judgements(visit: Visit, base: Ground) -> tuple[Block, ...]:
    """Return every judged section with its reason."""
    said = base.handover.cross_impact
    heading = _("Annex 3 · The judgements and their reasons")
    rows = [
        (
            f"{each.source.ref} → {each.target.ref}",
            each.reason or "",
            "; ".join(f"{variant.ref}: {' '.join(map(signed, values))}" for variant, values in each.rows),
        )
        for each in base.sections
    ]
    heads = (_("Acts on"), _("Reason"), _("Judgements, state by state"))
    notes = [Paragraph(text, "small") for text in (said.judgement, said.bias, said.empty_sections) if text]
    return (
        Heading(heading, annex=True),
        Paragraph(said.scale),
        *notes,
        grid(heading, heads, rows, (1, 3.4, 2.6)),
    )
