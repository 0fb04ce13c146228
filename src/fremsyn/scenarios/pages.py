"""What each page of the phase holds."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.cases.pages import crumbs, guidance
from fremsyn.conversation.handover import judged
from fremsyn.conversation.handover.talk import phase_talk
from fremsyn.framing.handover.gates import gate
from fremsyn.scanning import handover as scanning_handover
from fremsyn.scenarios.gates import conditions
from fremsyn.scenarios.handover import HandOver
from fremsyn.scenarios.handover.judgements import distance
from fremsyn.scenarios.handover.partial import undecided
from fremsyn.scenarios.pictures.drivers import importance, influences, kinds
from fremsyn.scenarios.pictures.influence import influences_of
from fremsyn.scenarios.pictures.matrix import overview
from fremsyn.scenarios.pictures.space import MOST, distances, name_of, tableau_of
from fremsyn.scenarios.pictures.why import balances_of, weakest
from fremsyn.scenarios.queries import Ground, ground, neighbours, reasons
from fremsyn.scenarios.schema import Scenario
from fremsyn.scenarios.space import words
from fremsyn.scenarios.space.changing import breaks
from fremsyn.scenarios.space.standing import standing
from fremsyn.scenarios.whatif import what_if
from fremsyn.scenarios.words import said
from fremsyn.web.prose import prose
from fremsyn.web.templatetags.say import number as written

NEAREST = 5


def phase_page(visit: Visit, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return the phase's page: drivers, the space of consistent scenarios, the working set, the gate."""
    base = ground(visit.case)
    choices = what_if(base, asked)
    by = base.driver.get(asked.get("by", ""), next(iter(base.drivers), None))
    return common(visit) | {
        "heading": heading(base),
        "guidance": guidance("scenarios", "scenarios"),
        "talk": phase_talk(visit, "scenarios"),
        "said_by_circles": judged.said(visit),
        "no_probability": judged.NO_PROBABILITY,
        "gate": gate(visit.case, "scenarios", conditions(visit.case)),
        "importance": importance(visit, base),
        "asked": choices,
        "by": by,
        "tableau": tableau_of(visit, choices, by) if by else None,
        "distances": distances(visit, base),
        "named": [(each, story_path(each)) for each in base.scenario.values()],
    }


def heading(base: Ground) -> str:
    """Say how many futures hang together."""
    n = len(base.space.found)
    if not base.drivers:
        return _("The drivers of the future come first")
    if not base.sections and base.space.complete:
        return _("Nothing has been judged yet, so every combination is possible")
    if not base.space.complete:
        return _("At least %(n)s futures hang together") % {"n": written(n)}
    return ngettext("%(n)d future hangs together", "%(n)d futures hang together", n) % {"n": n}


def common(visit: Visit) -> dict[str, Any]:
    """Return what all of the phase's own pages hold."""
    base = ground(visit.case)
    return {
        "visit": visit,
        "base": base,
        "said": base.handover.cross_impact,
        "known": visit.entries,
        "crumbs": crumbs(visit, "scenarios"),
        "question": visit.entries.get(base.handover.cross_impact.question),
        "figures": reverse("scenarios:scenarios", args=[visit.case.slug]) + "figures/",
        "space_page": reverse("scenarios:space", args=[visit.case.slug]),
    }


def matrix_page(visit: Visit) -> dict[str, Any]:
    """Return the cross-impact matrix: the overview, then each driver's sections with their reasons."""
    base = ground(visit.case)
    by_source = [(each, [s for s in base.sections if s.source is each]) for each in base.drivers]
    return common(visit) | {
        "crumbs": crumbs(visit, "scenarios", (_("Cross-impact matrix"), "")),
        "influence": influences_of(visit, base),
        "overview": overview(visit, base),
        "by_source": [(each, sections) for each, sections in by_source if sections],
        "guidance": guidance("scenarios", "matrix"),
        "pairs": len(base.drivers) * (len(base.drivers) - 1),
    }


def consistent_page(visit: Visit, number: int) -> dict[str, Any]:
    """Return a consistent scenario by its number: why each of its states holds, and which others lie near."""
    base = ground(visit.case)
    found = base.space.found[number - 1]
    weighed = base.handover.judgements.weigh(found.variants)
    near = neighbours(base, number, NEAREST)
    stand = standing(visit.case)
    return common(visit) | {
        "crumbs": crumbs(visit, "scenarios", (_("No. %(number)d") % {"number": number}, "")),
        "number": number,
        "found": found,
        "named": visit.entries[found.ref] if found.ref else None,
        "scenario": base.scenario[found.ref] if found.ref else None,
        "why": balances_of(visit, base, found.variants, f"why-{number}"),
        "reasons": reasons(base, found.variants, weighed),
        "weakest": {each.driver for each in weakest(weighed)},
        "breaks": breaks(base, number),
        "holds": words.held(stand, number - 1),
        "drawn": words.drawn(stand, number - 1),
        "standing": stand,
        "off": words.off(stand),
        "cycling": words.per_cent(stand.cycling / max(1, stand.starts)),
        "near": [(far, other, name_of(base, other, each), each) for far, other, each in near],
        "before": number - 1,
        "after": number + 1 if number < len(base.space.found) else 0,
    }


def driver_page(visit: Visit, ref: str) -> dict[str, Any]:
    """Return a driver: what it asks, its states with how often each occurs, the judgements from and to it."""
    base = ground(visit.case)
    thing = base.driver[ref]
    return common_of_item(visit) | {
        "thing": thing,
        "lies_in": kinds()[thing.kind],
        "influence": influences()[thing.influence],
        "states": [(each, base.occurrences[each.ref]) for each in thing.variants],
        "trends": visit.shown(thing.because),
        "moves": [s for s in base.sections if s.source is thing],
        "is_moved": [s for s in base.sections if s.target is thing],
    }


def variant_page(visit: Visit, ref: str) -> dict[str, Any]:
    """Return a state: in which futures it stands, what it does to others and they to it."""
    base = ground(visit.case)
    home = base.driver_of[ref]
    return common_of_item(visit) | {
        "thing": base.variant[ref],
        "driver": visit.entries[home.ref],
        "crumbs": crumbs(visit, "scenarios", (f"{home.ref} {said(home.name)}", visit.entries[home.ref].url), (ref, "")),
        "question": visit.entries.get(home.question),
        "occurs": base.occurrences[ref],
        "stands_in": [
            (number, name_of(base, number, each), each)
            for number, each in enumerate(base.space.found, 1)
            if ref in each.variants
        ][:MOST],
        "more": base.occurrences[ref] > MOST,
        "others": [(each, base.occurrences[each.ref]) for each in home.variants if each.ref != ref],
        "acts_on": base.acts_on(ref),
        "acted_on_by": base.acted_on_by(ref),
    }


def scenario_page(visit: Visit, ref: str) -> dict[str, Any]:
    """Return a named scenario: its story, what follows from it, and why it hangs together."""
    base = ground(visit.case)
    thing = base.scenario[ref]
    themes = {each.id: each.name for each in scanning_handover.load(visit.case).scanning.themes}
    shows = thing.story_shows
    whole = base.handover.judgements.holds(thing.variants)
    return common_of_item(visit) | {
        "thing": thing,
        "number": base.number.get(frozenset(thing.variants), 0),
        "weighed": base.handover.judgements.weigh(thing.variants) if whole else None,
        "why": balances_of(visit, base, thing.variants, f"why-{ref.lower()}") if whole else None,
        "undecided": undecided(base.handover.judgements, thing.variants),
        "story": story(base.handover, thing),
        "said_of": judged.said_of(visit, ref),
        "consequences": [(themes.get(theme, theme), text) for theme, text in thing.consequences.items()],
        "roles": [(entry, thing.roles[entry.key]) for entry in visit.shown(thing.roles)],
        "shows": [
            (_("The story shows"), visit.shown(shows.shown)),
            (_("It implies"), visit.shown(shows.implied)),
            (_("It leaves out on purpose"), visit.shown(shows.left_out)),
        ]
        if shows
        else [],
        "apart": [
            (visit.entries[each.ref], distance(thing.variants, each.variants))
            for each in base.scenario.values()
            if each is not thing
        ],
    }


def common_of_item(visit: Visit) -> dict[str, Any]:
    """Return what the phase adds to each item's page."""
    shared = common(visit)
    return {key: shared[key] for key in ("base", "said", "figures", "space_page")}


def story_path(scenario: Scenario) -> tuple[str, str]:
    """Return where a scenario's story stands and its language: the language in use first; both empty without one."""
    if scenario.story is None:
        return "", ""
    language = (get_language() or "da")[:2]
    ways = {"da": scenario.story.da, "en": scenario.story.en}
    for each in (language, *ways):
        if path := ways.get(each):
            return path, each
    return "", ""


def repeats_name(scenario: Scenario, line: str) -> bool:
    """Tell whether a story's first line is a heading that only repeats the scenario's name, in either language."""
    return line.startswith("# ") and line[2:].strip() in (scenario.name.da, scenario.name.en)


def story(held: HandOver, scenario: Scenario) -> dict[str, str | SafeString] | None:
    """Return a scenario's story as HTML with its language; its heading goes where it only repeats the name."""
    path, language = story_path(scenario)
    text = held.stories.get(path, "").strip()
    if not text:
        return None
    first, _newline, rest = text.partition("\n")
    if first.startswith("# "):
        repeats = repeats_name(scenario, first)
        text = rest.strip() if repeats else f"#{first}\n{rest}"
    return {"html": prose(text), "language": language}
