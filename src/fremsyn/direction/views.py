"""The pages of the phase."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fremsyn.cases.access import access_case
from fremsyn.cases.pages import crumbs, item_context


@require_safe
def direction(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "direction")
    return render(request, "direction/direction.html", {"visit": visit, "crumbs": crumbs(visit, "direction")})


@require_safe
def desirable_scenario(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "direction")
    return render(request, "direction/desirable_scenario.html", item_context(visit, ref, "desirable_scenario"))


@require_safe
def agenda(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "direction")
    return render(request, "direction/agenda.html", item_context(visit, ref, "agenda"))
