"""What the pages of a story hold: the brief beside it, its versions, and who ticked what a reader finds in it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.cases.editing.one_language import page_language
from fremsyn.cases.models import Case, ItemVersion
from fremsyn.cases.pages import crumbs
from fremsyn.cases.phases import is_open
from fremsyn.people.models import Person
from fremsyn.scenarios import models
from fremsyn.scenarios.editing.forms import StoryForm, TicksForm
from fremsyn.scenarios.editing.operations import TICKS, ticks_of
from fremsyn.scenarios.handover.partial import undecided
from fremsyn.scenarios.queries import Ground, Reason, ground, reasons
from fremsyn.scenarios.schema import Driver, Scenario, Variant
from fremsyn.scenarios.words import said
from fremsyn.web.prose import prose

WORDS_A_MINUTE = 200


@dataclass(frozen=True)
class Length:
    """How long a text is, in words and in minutes of reading."""

    words: int

    @property
    def minutes(self) -> int:
        """Return how many minutes it takes to read, rounded up."""
        return math.ceil(self.words / WORDS_A_MINUTE)


def length(text: str) -> Length:
    """Return how long a story is; marks of headings don't count."""
    return Length(sum(any(c.isalnum() for c in word) for word in text.split()))


def stored_story(case: Case, scenario: Scenario, language: str) -> models.Story | None:
    """Return a scenario's story in a language as it is kept."""
    path = getattr(scenario.story, language, None) or f"stories/{scenario.ref}.{language}.md"
    return models.Story.objects.filter(case=case, path=path).first()


def brief(base: Ground, scenario: Scenario) -> list[tuple[Driver, Variant | None, Reason | None]]:
    """Return for each driver the scenario's state and why it holds, for whoever writes the story."""
    whole = base.handover.judgements.holds(scenario.variants)
    weighed = base.handover.judgements.weigh(scenario.variants) if whole else None
    why = {each.driver.ref: each for each in reasons(base, scenario.variants, weighed)} if weighed else {}
    chosen = {base.driver_of[ref].ref: base.variant[ref] for ref in scenario.variants if ref in base.variant}
    return [(each, chosen.get(each.ref), why.get(each.ref)) for each in base.drivers]


def story_page(
    visit: Visit, scenario: Scenario, language: str, form: StoryForm | None = None, **more: Any
) -> dict[str, Any]:
    """Return the page on which a story is written.

    :param form: what was written, where it wasn't kept, or is only to be previewed
    """
    base = ground(visit.case)
    story = stored_story(visit.case, scenario, language)
    written = str(form["text"].value() or "") if form else (story.text if story else "")
    here = reverse("scenarios:scenario", args=[visit.case.slug, scenario.ref])
    initial = {"version": story.version if story else 0, "text": written}
    return {
        "visit": visit,
        "workable": is_open(visit.case, "scenarios", "scenario"),
        "known": visit.entries,
        "base": base,
        "crumbs": crumbs(visit, "scenarios", (f"{scenario.ref} {said(scenario.name)}", here), (_("The story"), "")),
        "thing": scenario,
        "language": language,
        "other": "en" if language == "da" else "da",
        "form": form or StoryForm(initial=initial),
        "brief": brief(base, scenario),
        "undecided": undecided(base.handover.judgements, scenario.variants),
        "length": length(written),
        "versions": story.versions.select_related("by").order_by("-number") if story else (),
        **more,
    }


def previewed(words: str) -> SafeString:
    """Return a story as it will be read."""
    return prose(words)


@dataclass(frozen=True)
class Ticked:
    """Who gave a driver its tick at a story, and when; nobody where it came with a file."""

    tick: str
    by: Person | None
    at: datetime | None


def ticked(case: Case, scenario: Scenario) -> Mapping[str, Ticked]:
    """Return who ticked each driver, from the scenario's versions; the last change of a tick counts."""
    found: dict[str, Ticked] = {}
    before: dict[str, str] = {}
    versions = ItemVersion.objects.filter(item__case=case, item__ref=scenario.ref).select_related("by")
    for at, version in enumerate(versions.order_by("number")):
        shows = version.content.get("story_shows") or {}
        now = {ref: tick for tick in TICKS for ref in shows.get(tick, ())}
        for ref, tick in now.items():
            if before.get(ref) != tick:
                found[ref] = Ticked(tick, version.by if at else None, version.at if at else None)
        before = now
    return {ref: found.get(ref, Ticked(tick, None, None)) for ref, tick in ticks_of(scenario).items()}


def ticks_page(visit: Visit, scenario: Scenario, form: TicksForm | None = None) -> dict[str, Any]:
    """Return the page on which a reader ticks what the story shows."""
    base = ground(visit.case)
    language = page_language()
    story = stored_story(visit.case, scenario, language) or stored_story(
        visit.case, scenario, "en" if language == "da" else "da"
    )
    who, given = ticked(visit.case, scenario), ticks_of(scenario)
    form = form or TicksForm(base.drivers, given)
    chosen = {base.driver_of[ref].ref: base.variant[ref] for ref in scenario.variants if ref in base.variant}
    here = reverse("scenarios:scenario", args=[visit.case.slug, scenario.ref])
    return {
        "visit": visit,
        "workable": is_open(visit.case, "scenarios", "scenario"),
        "base": base,
        "crumbs": crumbs(visit, "scenarios", (f"{scenario.ref} {said(scenario.name)}", here), (_("Read and tick"), "")),
        "thing": scenario,
        "form": form,
        "rows": [(each, form[each.ref], chosen.get(each.ref), who.get(each.ref)) for each in base.drivers],
        "left": [each for each in base.drivers if each.ref not in given],
        "story": prose(story.text) if story else "",
        "language": story.path.rpartition(".md")[0][-2:] if story else "",
    }
