"""The pages of the phase."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fremsyn.approval import queries
from fremsyn.cases.access import access_case
from fremsyn.cases.pages import crumbs, guidance, item_context, question_of


@require_safe
def paper(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval")
    shown = queries.paper_context(visit)
    context = {
        "visit": visit,
        "crumbs": crumbs(visit, "approval"),
        "guidance": guidance("approval", "paper"),
        "known": visit.entries,
        "question": question_of(visit, shown["points"][0].thing.ref) if shown["points"] else None,
    }
    return render(request, "approval/paper.html", {**context, **shown})


@require_safe
def board_point(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval")
    context = item_context(visit, ref, "board_point")
    return render(request, "approval/board_point.html", context | queries.point_context(visit, ref))
