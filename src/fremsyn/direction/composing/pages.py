"""What the pages of composing and of the backcast hold."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from fremsyn.cases import file as case_file
from fremsyn.cases.access import Visit
from fremsyn.cases.editing.one_language import in_page_language, page_language
from fremsyn.cases.free_text import FreeTextField
from fremsyn.cases.models import Case, Item
from fremsyn.cases.pages import crumbs
from fremsyn.cases.phases import is_open
from fremsyn.conversation.handover import judged
from fremsyn.direction.composing.forms import ComposeForm
from fremsyn.direction.composing.operations import ComposedMeanwhile, Step, backcast_steps
from fremsyn.direction.composing.resistance import composed
from fremsyn.direction.handover import load
from fremsyn.direction.schema import BackcastStep
from fremsyn.scenarios import handover as scenarios_handover

LONGEST_WORDS = 2000
MOST_YEARS, WIDE_STEP, LONG_GAP = 30, 5, 3


def compose_form(visit: Visit, data: Any = None) -> ComposeForm:
    """Return the form as the case stands, or as it was sent."""
    content = load(visit.case)
    drivers = tuple(each for each in scenarios_handover.load(visit.case).judgements.drivers if each.variants)
    return ComposeForm(drivers, content.desirable, content.stances, data)


def resistance_of(visit: Visit, form: ComposeForm) -> dict[str, Any]:
    """Return what changes on the page when something else is chosen."""
    workable = is_open(visit.case, "direction", "desirable_scenario")
    return {
        "visit": visit,
        "workable": workable,
        "composed": composed(scenarios_handover.load(visit.case), form.chosen),
    }


def compose_page(visit: Visit, form: ComposeForm, met: ComposedMeanwhile | None = None) -> dict[str, Any]:
    """Return the page on which the desirable scenario is composed.

    :param met: what somebody else chose meanwhile
    """
    names = {v.ref: v.name for driver in form.drivers for v in driver.variants}
    theirs = (
        [(each.driver, each.theirs, names.get(each.theirs.variant) if each.theirs else None) for each in met.met]
        if met
        else []
    )
    return resistance_of(visit, form) | {
        "known": visit.entries,
        "crumbs": crumbs(visit, "direction", (_("Compose"), "")),
        "question": visit.entries.get(load(visit.case).question),
        "said_by_circles": judged.said(visit),
        "no_probability": judged.NO_PROBABILITY,
        "form": form,
        "rows": form.rows(),
        "stances": load(visit.case).stances,
        "theirs": theirs,
    }


@dataclass(frozen=True)
class Year:
    """A row of the backcast's table: a year, the step told in it if there is one, and its words on the page."""

    year: int
    key: str
    step: BackcastStep | None
    words: str
    version: int = 0
    fault: str = ""

    @property
    def stands(self) -> str:
        """Return what stands in the case, where something else was typed."""
        now = in_page_language(self.step.text) if self.step else ""
        return now if now != self.words else ""

    @property
    def name(self) -> str:
        """Return the name of the row's field."""
        return f"step:{self.key}" if self.key else f"year:{self.year}"


def years(case: Case, typed: Mapping[str, str] | None = None) -> tuple[Year, ...]:
    """Return the years from the horizon back to today, each with what is told of it; steps outside stand in order too."""
    horizon, today = case_file.load(case).horizon, case.as_of.year
    steps = backcast_steps(case)
    every = range(min(horizon, today), max(horizon, today) + 1)
    wanted = set(every) if len(every) <= MOST_YEARS else {y for y in every if y % WIDE_STEP == 0} | {horizon, today}
    versions = dict(Item.objects.filter(case=case, path__in=steps).values_list("path", "version"))
    rows = [Year(step.year, key, step, in_page_language(step.text), versions[key]) for key, step in steps.items()]
    rows += [Year(year, "", None, "") for year in wanted - {step.year for step in steps.values()}]
    if typed is not None:
        rows = [_typed(each, typed.get(each.name, each.words)) for each in rows]
    return tuple(sorted(rows, key=lambda each: (-each.year, each.key)))


def _typed(row: Year, words: str) -> Year:
    """Return a row as somebody typed it, with what is wrong with that."""
    try:
        FreeTextField(required=False, max_length=LONGEST_WORDS).clean(words)
    except ValidationError as wrong:
        return replace(row, words=words, fault=" ".join(wrong.messages))
    return replace(row, words=words)


def gaps(case: Case) -> tuple[str, ...]:
    """Say where the way back from the horizon has holes."""
    horizon, today = case_file.load(case).horizon, case.as_of.year
    told = sorted({step.year for step in load(case).backcast}, reverse=True)
    found = [] if horizon in told else [_("Nothing is told of the horizon, %(year)d.") % {"year": horizon}]
    for later, earlier in pairwise([*told, today]):
        if later - earlier > LONG_GAP:
            found.append(
                _("Between %(later)d and %(earlier)d lie %(n)d years of which nothing is told.")
                % {"later": later, "earlier": earlier, "n": later - earlier - 1}
            )
    return tuple(found)


def backcast_page(visit: Visit, typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the table of the backcast, year by year from the horizon to today."""
    return {
        "visit": visit,
        "workable": is_open(visit.case, "direction", "desirable_scenario"),
        "known": visit.entries,
        "crumbs": crumbs(visit, "direction", (_("The way back"), "")),
        "question": visit.entries.get(load(visit.case).question),
        "horizon": case_file.load(visit.case).horizon,
        "years": years(visit.case, typed),
        "gaps": gaps(visit.case),
        "longest": LONGEST_WORDS,
        "back": reverse("direction:direction", args=[visit.case.slug]) + "#backcast",
        "language": page_language(),
    }


def sent_steps(case: Case, data: Mapping[str, str]) -> tuple[Step, ...]:
    """Return what was written for each year."""
    return tuple(
        Step(each.year, each.key, data.get(each.name, each.words).strip(), _number(data.get(f"version:{each.key}", "")))
        for each in years(case)
    )


def _number(typed: str) -> int | None:
    return int(typed) if typed.isdecimal() and len(typed) < 9 else None
