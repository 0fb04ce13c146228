"""The scenario book: the futures that hang together, four of them told to be read, and why each is consistent."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.figures.figure import Column
from fremsyn.framing.handover.gates import gate
from fremsyn.reports.blocks import Block, Bullets, Callout, Facts, Grid, Heading, Paragraph, Picture, Story
from fremsyn.reports.documents.pieces import drawn, grid, heard, marks_of, named, rests_on, standing, without_last
from fremsyn.scanning.handover import load as load_scanning
from fremsyn.scenarios import pages
from fremsyn.scenarios.gates import conditions
from fremsyn.scenarios.pictures.drivers import importance
from fremsyn.scenarios.pictures.matrix import overview
from fremsyn.scenarios.pictures.space import distances, tableau_of
from fremsyn.scenarios.pictures.why import balances_of
from fremsyn.scenarios.queries import Ground, ground
from fremsyn.scenarios.schema import Scenario
from fremsyn.scenarios.whatif import what_if
from fremsyn.web.templatetags.say import number, say_plain, signed

MOST_UPRIGHT = 7


def blocks(visit: Visit) -> tuple[Block, ...]:
    """Return the scenario book."""
    base = ground(visit.case)
    return (
        *_space(visit, base),
        *(block for each in base.working for block in _told(visit, base, each)),
        *_reserve(visit, base),
        *heard(visit, "scenarios"),
        *standing(gate(visit.case, "scenarios", conditions(visit.case))),
        *_why(visit, base),
        *_drivers(visit, base),
        *_judgements(visit, base),
    )


def _space(visit: Visit, base: Ground) -> tuple[Block, ...]:
    sheet, said = base.handover.scenarios, base.handover.cross_impact
    complete = _(
        "%(drivers)d drivers with %(states)d states give %(all)s combinations. %(n)d of them are consistent: "
        "in each, no driver would do better in another state, given all the others. All of them have been found."
    )
    some = _(
        "%(drivers)d drivers with %(states)d states give %(all)s combinations. At least %(n)d of them are consistent: "
        "in each, no driver would do better in another state, given all the others. The search stopped there, so not "
        "all of them have been found."
    )
    if not base.drivers:
        return (
            Heading(pages.heading(base)),
            Callout(_("No probability."), said.no_probability),
            Heading(_("The working set")),
        )
    counts = (complete if base.space.complete else some) % {
        "drivers": len(base.drivers),
        "states": len(base.variant),
        "all": number(base.space.configurations),
        "n": len(base.space.found),
    }
    found = tableau_of(visit, what_if(base, {}), base.drivers[0])
    wide = len(base.drivers) > MOST_UPRIGHT
    tableau = (Grid(without_last(found), wide=wide),) if found else ()
    return (
        Heading(pages.heading(base)),
        Paragraph(counts, "lead"),
        Callout(_("No probability."), said.no_probability),
        *((Paragraph(said.method),) if said.method else ()),
        *drawn(importance(visit, base), apart=True),
        *(() if wide else tableau),
        Heading(_("The working set")),
        *((Paragraph(sheet.set.text),) if sheet.set.text else ()),
        *drawn(distances(visit, base)),
        *(tableau if wide else ()),
    )


def _told(visit: Visit, base: Ground, scenario: Scenario) -> tuple[Block, ...]:
    path, _language = pages.story_path(scenario)
    story = base.handover.stories.get(path, "").strip()
    first, _newline, rest = story.partition("\n")
    told = rest.strip() if first.startswith("# ") and first[2:].strip() == say_plain(scenario.name) else story
    return (
        Heading(scenario.name, 1, scenario.ref, new_page=True),
        *_in_short(scenario, "lead"),
        *((Story(told),) if told else ()),
        *_consequences(visit, scenario),
    )


def _in_short(scenario: Scenario, size: str = "") -> tuple[Block, ...]:
    sides = (
        *(((_("What one longs for"), scenario.attraction),) if scenario.attraction else ()),
        *(((_("What one fears"), scenario.unease),) if scenario.unease else ()),
    )
    return (
        *((Paragraph(scenario.summary, size, marks_of(scenario)),) if scenario.summary else ()),
        *((Facts(sides),) if sides else ()),
    )


def _consequences(visit: Visit, scenario: Scenario) -> tuple[Block, ...]:
    themes = {each.id: each.name for each in load_scanning(visit.case).scanning.themes}
    lines = tuple((f"{say_plain(themes.get(theme, theme))}:", text) for theme, text in scenario.consequences.items())
    sides = (
        *(((_("Who wins"), scenario.winners),) if scenario.winners else ()),
        *(((_("Who loses"), scenario.losers),) if scenario.losers else ()),
    )
    name = say_plain(scenario.name)
    heading = _("What follows from %(name)s") % {"name": name}
    roles = [
        (named(entry), scenario.roles[entry.key].be, scenario.roles[entry.key].stop)
        for entry in visit.shown(scenario.roles)
    ]
    there = _("What we would be there, and stop being")
    return (
        Heading(heading, 2),
        Bullets(lines),
        *((Facts(sides),) if sides else ()),
        *(
            (Heading(there, 2), grid(f"{name}: {there}", (_("With the role"), _("Be"), _("Stop")), roles, (1.4, 2, 2)))
            if roles
            else ()
        ),
        *rests_on(visit, (*scenario.because, *scenario.sources)),
    )


def _reserve(visit: Visit, base: Ground) -> tuple[Block, ...]:
    kept = [each for each in base.scenario.values() if each.use == "reserve"]
    if not kept:
        return ()
    found: list[Block] = [Heading(_("In reserve"), annex=True)]
    for each in kept:
        found += [
            Heading(each.name, 2, each.ref),
            *_in_short(each),
            *rests_on(visit, (*each.because, *each.sources)),
        ]
    return tuple(found)


def _why(visit: Visit, base: Ground) -> tuple[Block, ...]:
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
            why = balances_of(visit, base, each.variants, f"why-{each.ref.lower()}")
            found.append(Picture(replace(why, title=f"{each.ref}: {why.title}")))
    return tuple(found)


def _drivers(visit: Visit, base: Ground) -> tuple[Block, ...]:
    found: list[Block] = [Heading(_("Annex 2 · The drivers and their states"), annex=True)]
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


def _judgements(visit: Visit, base: Ground) -> tuple[Block, ...]:
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
        *drawn(overview(visit, base)),
        grid(heading, heads, rows, (1, 3.4, 2.6)),
    )
