"""The pages of the phase."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fremsyn.cases.access import access_case
from fremsyn.cases.pages import crumbs, item_context


@require_safe
def scenarios(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios")
    return render(request, "scenarios/scenarios.html", {"visit": visit, "crumbs": crumbs(visit, "scenarios")})


@require_safe
def driver(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios")
    return render(request, "scenarios/driver.html", item_context(visit, ref, "driver"))


@require_safe
def variant(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios")
    return render(request, "scenarios/variant.html", item_context(visit, ref, "variant"))


@require_safe
def scenario(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios")
    return render(request, "scenarios/scenario.html", item_context(visit, ref, "scenario"))
