"""The pages of the phase."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fremsyn.cases.access import access_case
from fremsyn.cases.pages import item_context
from fremsyn.scanning import context
from fremsyn.scanning.pictures import PICTURES
from fremsyn.web.downloads import figure_file


@require_safe
def scanning(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scanning")
    return render(request, "scanning/scanning.html", context.scanning(visit, request.GET))


@require_safe
def sources(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scanning")
    return render(request, "scanning/sources.html", context.sources(visit, request.GET.get("kind", "")))


@require_safe
def source(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scanning")
    page = item_context(visit, ref, "source")
    return render(request, "scanning/source.html", page | context.source(visit, ref))


@require_safe
def signal(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scanning")
    page = item_context(visit, ref, "signal")
    return render(request, "scanning/signal.html", page | context.signal(visit, ref))


@require_safe
def trend(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scanning")
    page = item_context(visit, ref, "trend")
    return render(request, "scanning/trend.html", page | context.trend(visit, ref))


@require_safe
def figure(request: HttpRequest, case_slug: str, key: str, kind: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scanning")
    if key not in PICTURES:
        raise Http404
    return figure_file(PICTURES[key](visit), kind)
