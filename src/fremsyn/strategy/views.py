"""The pages of the phase."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fremsyn.cases.access import access_case
from fremsyn.cases.pages import item_context
from fremsyn.strategy import pages
from fremsyn.web.downloads import figure_file


@require_safe
def strategy(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "strategy")
    return render(request, "strategy/strategy.html", pages.strategy(visit))


@require_safe
def role(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "strategy")
    return render(request, "strategy/role.html", item_context(visit, ref, "role") | pages.role(visit, ref))


@require_safe
def option(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "strategy")
    return render(request, "strategy/option.html", item_context(visit, ref, "option") | pages.option(visit, ref))


@require_safe
def possible_strategy(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "strategy")
    context = item_context(visit, ref, "possible_strategy")
    return render(request, "strategy/possible_strategy.html", context | pages.possible_strategy(visit, ref))


@require_safe
def figure(request: HttpRequest, case_slug: str, key: str, kind: str) -> HttpResponse:
    visit = access_case(request, case_slug, "strategy")
    drawn = pages.figures(visit).get(key)
    if drawn is None:
        raise Http404
    return figure_file(drawn, kind)
