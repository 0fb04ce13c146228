"""The pages of the phase."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fremsyn.cases.access import access_case
from fremsyn.cases.pages import item_context
from fremsyn.scenarios import pages
from fremsyn.scenarios.pictures import picture
from fremsyn.scenarios.queries import ground
from fremsyn.web.downloads import figure_file


@require_safe
def scenarios(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios")
    return render(request, "scenarios/scenarios.html", pages.phase_page(visit, request.GET.dict()))


@require_safe
def matrix(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios")
    return render(request, "scenarios/matrix.html", pages.matrix_page(visit))


@require_safe
def consistent(request: HttpRequest, case_slug: str, number: int) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios")
    if not 1 <= number <= len(ground(visit.case).space.found):
        raise Http404
    return render(request, "scenarios/consistent.html", pages.consistent_page(visit, number))


@require_safe
def figure(request: HttpRequest, case_slug: str, key: str, kind: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios")
    return figure_file(picture(visit, key), kind)


@require_safe
def driver(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios")
    context = item_context(visit, ref, "driver") | pages.driver_page(visit, ref)
    return render(request, "scenarios/driver.html", context)


@require_safe
def variant(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios")
    context = item_context(visit, ref, "variant") | pages.variant_page(visit, ref)
    return render(request, "scenarios/variant.html", context)


@require_safe
def scenario(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios")
    context = item_context(visit, ref, "scenario") | pages.scenario_page(visit, ref)
    return render(request, "scenarios/scenario.html", context)
