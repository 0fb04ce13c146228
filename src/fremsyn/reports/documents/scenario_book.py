"""The scenario book: stories first, set to be read; then the space they are chosen from, and why each hangs together."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.access import Visit
from fremsyn.cases.file import load as case_file
from fremsyn.framing.handover.gates import gate
from fremsyn.reports.blocks import Block, Bullets, Callout, Facts, Heading, Paragraph, Quote, Story, Words
from fremsyn.reports.documents.pieces import (
    grid,
    heard,
    judged_scenarios,
    marks_of,
    named,
    ref_cell,
    rests_on,
    standing,
    strung,
)
from fremsyn.reports.documents.scenario_space import drivers, judgements, space, why
from fremsyn.scanning.handover import load as load_scanning
from fremsyn.scenarios import pages
from fremsyn.scenarios.gates import conditions
from fremsyn.scenarios.queries import Ground, ground
from fremsyn.scenarios.schema import Scenario
from fremsyn.web.templatetags.say import say_plain


def blocks(visit: Visit) -> tuple[Block, ...]:
    """Return the scenario book."""
    base = ground(visit.case)
    return (
        *_opening(visit, base),
        *(block for each in base.working for block in _told(visit, base, each)),
        *_reserve(visit, base),
        *space(visit, base),
        *judged_scenarios(visit),
        *heard(visit, "scenarios"),
        *standing(gate(visit.case, "scenarios", conditions(visit.case))),
        *why(visit, base),
        *drivers(visit, base),
        *judgements(visit, base),
    )


def _opening(visit: Visit, base: Ground) -> tuple[Block, ...]:
    said, n = base.handover.cross_impact, len(base.working)
    question = visit.entries.get(said.question)
    heading = ngettext("%(n)d future to think with", "%(n)d futures to think with", n) % {"n": n}
    about = ngettext(
        "The story shows a future as it might be lived in %(year)d. It is no forecast and no goal: it is there to hold a "
        "strategy against. After it comes the whole space that it is chosen from, and why it hangs together.",
        "Each story shows a future as it might be lived in %(year)d. None of them is a forecast or a goal: they are there "
        "to hold a strategy against. After the stories comes the whole space that they are chosen from, and why each "
        "of them hangs together.",
        n,
    )
    none = _("No futures have been chosen to be told yet. They are taken from those that hang together.")
    return (
        Heading(heading if n else _("The futures are yet to be chosen")),
        Paragraph(about % {"year": case_file(visit.case).horizon} if n else none, "lead"),
        *((Quote(question.title, _("The question that the futures are held against")),) if question else ()),
        Callout(_("No probability."), said.no_probability),
        *_at_a_glance(visit, base),
    )


def _at_a_glance(visit: Visit, base: Ground) -> tuple[Block, ...]:
    """Return the two sides of each future that is told; nothing while none has any."""
    rows = [(ref_cell(visit.entries[each.ref]), each.attraction, each.unease) for each in base.working]
    heads = (_("The future"), _("What one longs for"), _("What one fears"))
    return (grid(_("The futures at a glance"), heads, rows, (1.2, 2, 2)),) if any(map(_sides, base.working)) else ()


def _told(visit: Visit, base: Ground, scenario: Scenario) -> tuple[Block, ...]:
    path, language = pages.story_path(scenario)
    story = base.handover.stories.get(path, "").strip()
    first, _newline, rest = story.partition("\n")
    told = rest.strip() if pages.repeats_name(scenario, first) else story
    return (
        Heading(scenario.name, 1, scenario.ref, new_page=True),
        *_summary(scenario, "lead"),
        Story(told, language) if told else Paragraph(_("Its story has not been written yet."), "small"),
        *_in_brief(visit, base, scenario),
        *_consequences(visit, scenario),
        *_roles(visit, scenario),
    )


def _summary(scenario: Scenario, size: str = "") -> tuple[Block, ...]:
    return (Paragraph(scenario.summary, size, marks_of(scenario)),) if scenario.summary else ()


def _in_brief(visit: Visit, base: Ground, scenario: Scenario) -> tuple[Block, ...]:
    """Return what was kept out of the story: its two sides, who gains by it, every driver's state, what it rests on."""
    known = (ref for ref in scenario.variants if ref in base.variant)
    states = "\N{NO-BREAK SPACE}· ".join(f"{ref} {say_plain(base.variant[ref].name)}" for ref in known)
    grounds = strung(visit.shown(dict.fromkeys((*scenario.because, *scenario.sources))))
    last: list[tuple[str, Words]] = [(_("States"), states), (_("Rests on"), grounds)]
    told = (*_sides(scenario, winners=True), *(pair for pair in last if pair[1]))
    return (Heading(_("%(name)s in brief") % {"name": say_plain(scenario.name)}, 2), Facts(told)) if told else ()


def _sides(scenario: Scenario, *, winners: bool = False) -> tuple[tuple[str, Words], ...]:
    told: list[tuple[str, Words | None]] = [
        (_("What one longs for"), scenario.attraction),
        (_("What one fears"), scenario.unease),
    ]
    if winners:
        told += [(_("Who wins"), scenario.winners), (_("Who loses"), scenario.losers)]
    return tuple((name, words) for name, words in told if words)


def _consequences(visit: Visit, scenario: Scenario) -> tuple[Block, ...]:
    if not scenario.consequences:
        return ()
    themes = {each.id: each.name for each in load_scanning(visit.case).scanning.themes}
    lines = tuple((f"{say_plain(themes.get(theme, theme))}:", text) for theme, text in scenario.consequences.items())
    return Heading(_("What follows from %(name)s") % {"name": say_plain(scenario.name)}, 2), Bullets(lines)


def _roles(visit: Visit, scenario: Scenario) -> tuple[Block, ...]:
    roles = [
        (named(entry), scenario.roles[entry.key].be, scenario.roles[entry.key].stop)
        for entry in visit.shown(scenario.roles)
    ]
    there = _("What we would be there, and stop being")
    caption = f"{say_plain(scenario.name)}: {there}"
    table = grid(caption, (_("With the role"), _("Be"), _("Stop")), roles, (1.4, 2, 2))
    return (Heading(there, 2), table) if roles else ()


def _reserve(visit: Visit, base: Ground) -> tuple[Block, ...]:
    kept = [each for each in base.scenario.values() if each.use == "reserve"]
    if not kept:
        return ()
    found: list[Block] = [Heading(_("In reserve"), annex=True)]
    for each in kept:
        found += [
            Heading(each.name, 2, each.ref),
            *_summary(each),
            *((Facts(sides),) if (sides := _sides(each)) else ()),
            *rests_on(visit, (*each.because, *each.sources)),
        ]
    return tuple(found)
