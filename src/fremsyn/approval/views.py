"""The pages of the phase."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fremsyn.cases.access import access_case
from fremsyn.cases.pages import crumbs, item_context


@require_safe
def paper(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval")
    return render(request, "approval/paper.html", {"visit": visit, "crumbs": crumbs(visit, "approval")})


@require_safe
def board_point(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval")
    return render(request, "approval/board_point.html", item_context(visit, ref, "board_point"))
