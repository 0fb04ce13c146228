"""The pages of the phase."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fremsyn.cases.access import access_case
from fremsyn.cases.pages import crumbs, item_context


@require_safe
def strategy(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "strategy")
    return render(request, "strategy/strategy.html", {"visit": visit, "crumbs": crumbs(visit, "strategy")})


@require_safe
def role(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "strategy")
    return render(request, "strategy/role.html", item_context(visit, ref, "role"))


@require_safe
def option(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "strategy")
    return render(request, "strategy/option.html", item_context(visit, ref, "option"))


@require_safe
def possible_strategy(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "strategy")
    return render(request, "strategy/possible_strategy.html", item_context(visit, ref, "possible_strategy"))
