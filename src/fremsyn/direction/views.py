"""The pages of the phase."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fremsyn.cases.access import access_case
from fremsyn.cases.pages import item_context
from fremsyn.direction import pages
from fremsyn.web.downloads import figure_file


@require_safe
def direction(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "direction")
    return render(request, "direction/direction.html", pages.direction(visit))


@require_safe
def desirable_scenario(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "direction")
    context = item_context(visit, ref, "desirable_scenario")
    return render(request, "direction/desirable_scenario.html", context | pages.desirable_scenario(visit))


@require_safe
def agenda(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "direction")
    context = item_context(visit, ref, "agenda")
    return render(request, "direction/agenda.html", context | pages.agenda(visit, ref))


@require_safe
def figure(request: HttpRequest, case_slug: str, key: str, kind: str) -> HttpResponse:
    visit = access_case(request, case_slug, "direction")
    drawn = pages.figures(visit).get(key)
    if drawn is None:
        raise Http404
    return figure_file(drawn, kind)
