"""What the pages hold on which drivers and scenarios are made."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.cases.editing.pages import shut
from fremsyn.cases.pages import crumbs
from fremsyn.cases.phases import is_open
from fremsyn.scenarios.editing.forms import DriverForm, ScenarioForm, StoryForm, TestedForm
from fremsyn.scenarios.editing.stories import stored_story
from fremsyn.scenarios.pictures.why import weakest
from fremsyn.scenarios.queries import ground, reasons
from fremsyn.scenarios.schema import Driver, Scenario
from fremsyn.scenarios.words import said


def driver_add_page(visit: Visit, form: DriverForm) -> dict[str, Any]:
    """Return the page on which a driver is made of trends."""
    return {
        "visit": visit,
        "workable": is_open(visit.case, "scenarios", "driver"),
        "form": form,
        "crumbs": crumbs(visit, "scenarios", (_("A new driver"), "")),
        "chosen": visit.shown(form["because"].value() or ()),
    }


def driver_test_page(visit: Visit, driver: Driver, form: TestedForm) -> dict[str, Any]:
    """Return the page on which a driver's states are held against the two questions."""
    here = reverse("scenarios:driver", args=[visit.case.slug, driver.ref])
    return {
        "visit": visit,
        "workable": is_open(visit.case, "scenarios", "driver"),
        "form": form,
        "thing": driver,
        "known": visit.entries,
        "crumbs": crumbs(visit, "scenarios", (f"{driver.ref} {said(driver.name)}", here), (_("Test the states"), "")),
    }


def states_of(visit: Visit, number: int) -> tuple[str, ...]:
    """Return the states of a consistent scenario by its number.

    :raises Http404: when there is none of that number
    """
    found = ground(visit.case).space.found
    if not 1 <= number <= len(found):
        raise Http404
    return found[number - 1].variants


def take_page(visit: Visit, number: int, states: Sequence[str], form: ScenarioForm) -> dict[str, Any]:
    """Return the page on which a consistent scenario is given a name."""
    base = ground(visit.case)
    whole = base.handover.judgements.holds(tuple(states))
    weighed = base.handover.judgements.weigh(tuple(states)) if whole else None
    return {
        "visit": visit,
        "shut": shut(visit, "scenarios", "scenario", ""),
        "base": base,
        "form": form,
        "number": number,
        "crumbs": crumbs(visit, "scenarios", (_("No. %(number)d") % {"number": number}, ""), (_("Name it"), "")),
        "states": states,
        "reasons": reasons(base, tuple(states), weighed) if weighed else (),
        "weakest": {each.driver for each in weakest(weighed)} if weighed else set(),
    }


def older(visit: Visit, scenario: Scenario, language: str, number: str) -> dict[str, Any]:
    """Return a form filled with an older version of a story, if one is asked for."""
    story = stored_story(visit.case, scenario, language)
    if story is None or not number.isdecimal() or len(number) > 8:
        return {}
    version = story.versions.filter(number=int(number)).first()
    if version is None:
        return {}
    return {"form": StoryForm(initial={"version": story.version, "text": version.text}), "from_version": version.number}
