"""What the phase's pages hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.cases.file import load as case_file
from fremsyn.cases.kinds import how_many
from fremsyn.cases.models import ItemVersion, VersionEvent
from fremsyn.cases.pages import crumbs, guidance, item_context, question_of
from fremsyn.cases.vocabulary import vocabularies
from fremsyn.conversation.handover import load as load_conversation
from fremsyn.conversation.handover.talk import phase_talk
from fremsyn.conversation.schema import Insight
from fremsyn.figures.figure import Figure
from fremsyn.framing import pictures
from fremsyn.framing.bearing import Bearing, bearing
from fremsyn.framing.conditions import conditions
from fremsyn.framing.handover import load
from fremsyn.framing.handover.gates import gate, standings
from fremsyn.framing.schema import Fact, Framing, Stakeholder
from fremsyn.framing.words import downloads
from fremsyn.web.templatetags.say import listed

ADDS: Mapping[str, tuple[tuple[str, Promise], ...]] = {
    "questions": (("question", gettext_lazy("Add a question")),),
    "criteria": (("success_criterion", gettext_lazy("Add a success criterion")),),
    "assumptions": (("assumption", gettext_lazy("Add an assumption")),),
    "baseline": (("baseline_role", gettext_lazy("Write the role today")),),
    "history": (("history", gettext_lazy("Begin the history")),),
    "stakeholders": (("stakeholder", gettext_lazy("Add a stakeholder")),),
}


@dataclass(frozen=True)
class QuestionRow:
    """A question with how much bears on it, and what does not yet."""

    entry: Entry
    found: Bearing
    missing: str


@dataclass(frozen=True)
class FactGroup:
    """Facts of the role today on one subject; `path` is where they stand in the file."""

    heading: str
    path: str
    facts: tuple[tuple[Fact, tuple[Entry, ...], str], ...]


def framing_page(visit: Visit) -> dict[str, Any]:
    """Return what the phase's own page holds."""
    frame, sheet = load(visit.case).framing, load(visit.case).stakeholders
    focal = next(each for each in frame.questions if each.kind == "focal")
    rows = question_rows(visit)
    looked = last_looked_at(visit)
    return (
        {
            "visit": visit,
            "heading": focal.text,
            "size": "large",
            "crumbs": crumbs(visit, "framing"),
            "guidance": guidance("framing", "framing"),
            "known": visit.entries,
            "talk": phase_talk(visit, "framing"),
            "gate": gate(visit.case, "framing", conditions(visit.case)),
            "framing": frame,
            "file": case_file(visit.case),
            "questions": rows,
            "focal": visit.entries[focal.ref],
            "sheet": sheet,
            "holds": _holds(visit, frame, len(sheet.stakeholders)),
            "unverified": sum(each.unverified for each in sheet.stakeholders),
            "unverified_assumptions": sum(each.unverified for each in frame.assumptions),
            "assumptions": [
                (each, visit.shown(each.watched_by), visit.entries[each.ref], looked[each.ref])
                for each in frame.assumptions
            ],
            "adds": ADDS,
            "criteria": [(each, visit.entries[each.ref]) for each in frame.success_criteria],
            "facts": fact_groups(visit, frame),
            "themes": _themes(visit, frame),
            "baseline": visit.entries[frame.baseline.role.ref] if frame.baseline.role else None,
            "figures": phase_figures(visit, rows),
            "downloads": downloads(visit),
        }
        | _plan(visit)
        | _history(visit, frame)
    )


def _holds(visit: Visit, frame: Framing, stakeholders: int) -> str:
    """Say how much the frame holds."""
    told = _("The frame holds %(criteria)s, %(assumptions)s and %(stakeholders)s, and looks ahead to %(horizon)d.")
    return told % {
        "criteria": how_many("success_criterion", len(frame.success_criteria)),
        "assumptions": how_many("assumption", len(frame.assumptions)),
        "stakeholders": how_many("stakeholder", stakeholders),
        "horizon": case_file(visit.case).horizon,
    }


@dataclass(frozen=True)
class Looked:
    """When a thing was last changed or said to hold still (None: not since it was written), and whether it is to be again."""

    at: datetime | None
    again: bool


def last_looked_at(visit: Visit) -> dict[str, Looked]:
    """Return when each assumption was last looked at, by its reference."""
    kept = ItemVersion.objects.filter(item__case=visit.case, item__kind="assumption").exclude(event=VersionEvent.FIRST)
    last = dict(kept.values_list("item__ref").annotate(last=Max("at")))
    return {each.ref: Looked(last.get(each.ref), each.look_again) for each in visit.of_kind("assumption")}


def _plan(visit: Visit) -> dict[str, Any]:
    plans = [standing.plan for standing in standings(visit.case).values()]
    return {
        "plan": next(plan for plan in plans if plan.id == "framing"),
        "phases": [{"plan": plan, "refs": visit.shown((plan.session or "", *plan.rounds))} for plan in plans],
        "plan_days": (min(plan.begins for plan in plans), max(plan.ends for plan in plans)),
    }


def _themes(visit: Visit, frame: Framing) -> list[Any]:
    words = vocabularies(visit.case).get("scanning.themes", {})
    return [words.get(theme, theme) for theme in frame.scan_themes]


def _history(visit: Visit, frame: Framing) -> dict[str, Any]:
    file = case_file(visit.case)
    events = frame.history.events if frame.history else ()
    back = file.base_year - min((event.year for event in events), default=file.base_year)
    return {
        "events": [(event, visit.shown(event.sources)) for event in events],
        "years_back": back,
        "years_ahead": file.horizon - file.base_year,
        "far_enough": back >= file.horizon - file.base_year,
    }


def fact_groups(visit: Visit, frame: Framing) -> list[FactGroup]:
    """Return the facts of the role today by subject, each with its sources."""
    base = frame.baseline
    groups = (
        (_("Mandate"), "mandate", base.mandate),
        (_("Products"), "products", base.products),
        (_("Finances"), "finances", base.finances),
        (_("Dependencies"), "dependencies", base.dependencies),
    )
    return [
        FactGroup(
            heading,
            path,
            tuple(
                (fact, visit.shown(fact.sources), key)
                for fact, key in zip(facts, _keys(visit, path, len(facts)), strict=True)
            ),
        )
        for heading, path, facts in groups
    ]


def _keys(visit: Visit, path: str, count: int) -> list[str]:
    """Return the keys of the facts in a field of the baseline, in their order; empty ones where they can't be told."""
    keys = [key for key in visit.entries if key.startswith(f"framing/baseline/{path}/")]
    return keys if len(keys) == count else [""] * count


def question_rows(visit: Visit) -> list[QuestionRow]:
    """Return the questions under the focal one."""
    rows = []
    for each in load(visit.case).framing.questions:
        if each.kind == "sub":
            found = bearing(visit, each.ref)
            rows.append(QuestionRow(visit.entries[each.ref], found, listed(found.missing)))
    return rows


def phase_figures(visit: Visit, rows: list[QuestionRow]) -> dict[str, Figure]:
    """Return the figures of the phase's own page, by key."""
    found = (
        pictures.questions_by_area(visit, {row.entry.ref: row.found for row in rows}),
        pictures.process_plan(visit),
    )
    return {figure.key: figure for figure in found if figure}


def figure_of(visit: Visit, key: str) -> Figure:
    """Return a figure of the phase by its key.

    :raises Http404: when there is none
    """
    if key in ("questions", "process"):
        found = phase_figures(visit, question_rows(visit)).get(key)
    elif key == "involvement":
        found = pictures.stakeholder_ladder(visit)
    else:
        keys = {f"stakeholders-{each.id}".lower(): each.id for each in load(visit.case).stakeholders.categories}
        keys["stakeholders"] = ""
        found = pictures.stakeholder_map(visit, keys[key]) if key in keys else None
    if found is None:
        raise Http404
    return found


def question_page(visit: Visit, ref: str) -> dict[str, Any]:
    """Return what a question's page holds: what bears on it so far, from every phase."""
    context = item_context(visit, ref, "question")
    thing = next(each for each in load(visit.case).framing.questions if each.ref == ref)
    rows = question_rows(visit) if thing.kind == "focal" else []
    found = bearing(visit, ref, *(row.entry.ref for row in rows))
    talk, insights = load_conversation(visit.case), _insights(visit, found)
    return (
        context
        | {
            "thing": thing,
            "found": found,
            "direct": bearing(visit, ref).count,
            "missing": listed(found.missing),
            "insights": insights,
            "synthetic": talk.is_synthetic(*talk.behind(*(insight for _entry, insight in insights))),
            "questions": rows,
            "sources": visit.shown(thing.sources),
        }
        | _neighbours(visit, "question", ref)
    )


def _insights(visit: Visit, found: Bearing) -> list[tuple[Entry, Insight]]:
    insights = {each.ref: each for each in load_conversation(visit.case).conversation.insights}
    return [(entry, insights[entry.key]) for entry in found.entries if entry.key in insights]


def _neighbours(visit: Visit, kind: str, ref: str) -> dict[str, Any]:
    entries = visit.of_kind(kind)
    at = next(i for i, entry in enumerate(entries) if entry.ref == ref)
    return {
        "before": entries[at - 1] if at else None,
        "after": entries[at + 1] if at + 1 < len(entries) else None,
    }


def criterion_page(visit: Visit, ref: str) -> dict[str, Any]:
    """Return what a success criterion's page holds."""
    context = item_context(visit, ref, "success_criterion")
    thing = next(each for each in load(visit.case).framing.success_criteria if each.ref == ref)
    grounds = tuple(entry for entry in visit.shown(thing.because) if entry.kind == "question")
    return context | {"thing": thing, "grounds": grounds} | _neighbours(visit, "success_criterion", ref)


def assumption_page(visit: Visit, ref: str) -> dict[str, Any]:
    """Return what an assumption's page holds."""
    context = item_context(visit, ref, "assumption")
    thing = next(each for each in load(visit.case).framing.assumptions if each.ref == ref)
    more = {"thing": thing, "watched_by": visit.shown(thing.watched_by), "sources": visit.shown(thing.sources)}
    return context | more | _neighbours(visit, "assumption", ref)


def baseline_page(visit: Visit, ref: str) -> dict[str, Any]:
    """Return what the page of the role today holds."""
    frame = load(visit.case).framing
    roles = visit.of_kind("role")
    context = item_context(visit, ref, "baseline_role")
    return context | {
        "thing": frame.baseline.role,
        "framing": frame,
        "facts": fact_groups(visit, frame),
        "roles": roles,
    }


def stakeholders_page(visit: Visit, category: str) -> dict[str, Any]:
    """Return what the stakeholder map's page holds; `category` chooses one, empty is all."""
    sheet = load(visit.case).stakeholders
    shown = [each for each in sheet.stakeholders if category in ("", each.category)]
    return {
        "visit": visit,
        "heading": _("Who has a stake"),
        "crumbs": crumbs(visit, "framing", (_("Stakeholders"), "")),
        "question": question_of(visit, "stakeholders"),
        "guidance": guidance("framing", "stakeholders"),
        "sheet": sheet,
        "shown": shown,
        "chosen": category,
        "unverified": sum(each.unverified for each in shown),
        "counts": [(each, sum(s.category == each.id for s in sheet.stakeholders)) for each in sheet.categories],
        "map": pictures.stakeholder_map(visit, category),
        "ladder": pictures.stakeholder_ladder(visit),
        "downloads": downloads(visit),
        "adds": ADDS["stakeholders"],
    }


def stakeholder_page(visit: Visit, ref: str) -> dict[str, Any]:
    """Return what a stakeholder's page holds."""
    context = item_context(visit, ref, "stakeholder")
    sheet = load(visit.case).stakeholders
    thing = next(each for each in sheet.stakeholders if each.ref == ref)
    here = (thing.influence, thing.interest)
    same = [s.ref for s in sheet.stakeholders if (s.influence, s.interest) == here and s.ref != ref]
    page = reverse("framing:stakeholders", args=[visit.case.slug])
    return (
        context
        | {
            "thing": thing,
            "crumbs": crumbs(visit, "framing", (_("Stakeholders"), page)),
            "question": question_of(visit, "stakeholders"),
            "sheet": sheet,
            "words": _stakeholder_words(visit, thing),
            "category_url": f"{page}?category={thing.category}",
            "same": visit.shown(same),
            "own": pictures.among_its_own(visit, thing),
        }
        | _neighbours(visit, "stakeholder", ref)
    )


def _stakeholder_words(visit: Visit, thing: Stakeholder) -> Mapping[str, Any]:
    words = vocabularies(visit.case)
    types = {"role": _("A role"), "org": _("An organisation"), "group": _("A group")}
    return {
        "category": words["stakeholders.categories"].get(thing.category, thing.category),
        "involvement": words["stakeholders.involvement"].get(thing.involvement, thing.involvement),
        "circle": words["stakeholders.circles"].get(thing.circle, thing.circle),
        "type": types[thing.type],
    }
