"""The pages of the phase."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fremsyn.cases.access import access_case
from fremsyn.cases.pages import crumbs, item_context


@require_safe
def scanning(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scanning")
    return render(request, "scanning/scanning.html", {"visit": visit, "crumbs": crumbs(visit, "scanning")})


@require_safe
def source(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scanning")
    return render(request, "scanning/source.html", item_context(visit, ref, "source"))


@require_safe
def signal(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scanning")
    return render(request, "scanning/signal.html", item_context(visit, ref, "signal"))


@require_safe
def trend(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scanning")
    return render(request, "scanning/trend.html", item_context(visit, ref, "trend"))
