"""The pages of the phase."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from fremsyn.cases.access import access_case
from fremsyn.cases.pages import crumbs, guidance, item_context
from fremsyn.cases.phases import is_open
from fremsyn.conversation.handover.talk import phase_talk
from fremsyn.plans import pictures, queries
from fremsyn.plans.analysis import overview
from fremsyn.plans.reading.series import has_crossed
from fremsyn.plans.reading.words import series, side
from fremsyn.web.downloads import figure_file


@require_safe
def plans(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "plans")
    context = {
        "visit": visit,
        "crumbs": crumbs(visit, "plans"),
        "heading": queries.heading(visit),
        "question": visit.entries[overview(visit.case).plans.question],
        "guidance": guidance("plans", "plans"),
        "talk": phase_talk(visit, "plans"),
        "gate": queries.phase_gate(visit),
        "known": visit.entries,
        "figures": reverse("plans:plans", args=[case_slug]) + "figures/",
        **queries.material(visit),
        **pictures.all_figures(visit),
    }
    return render(request, "plans/plans.html", context)


@require_safe
def figure(request: HttpRequest, case_slug: str, key: str, kind: str) -> HttpResponse:
    visit = access_case(request, case_slug, "plans")
    return figure_file(pictures.figure_of(visit, key), kind)


@require_safe
def initiative(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "plans")
    context = item_context(visit, ref, "initiative")
    row = queries.initiative_of(visit, ref)
    watched = queries.touching(visit, (row.thing.option, row.agenda.ref))
    open_to = {"moves": is_open(visit.case, "plans", ""), "adds": is_open(visit.case, "plans", "milestone")}
    return render(
        request, "plans/initiative.html", {**context, "thing": row.thing, "row": row, "watched": watched, **open_to}
    )


@require_safe
def milestone(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "plans")
    context = item_context(visit, ref, "milestone")
    return render(request, "plans/milestone.html", context | queries.milestone_context(visit, ref))


@require_safe
def signpost(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "plans")
    context = item_context(visit, ref, "signpost")
    row = queries.signpost_of(visit, ref)
    read = {"side": side(visit, row.thing), "series": series(row.thing), "crossed": has_crossed(row.thing)}
    return render(request, "plans/signpost.html", {**context, "thing": row.thing, "row": row, **read})
