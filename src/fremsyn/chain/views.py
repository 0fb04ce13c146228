"""The case's first page, and its chain of evidence."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fremsyn.cases.access import access_case


@require_safe
def case(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug)
    return render(request, "chain/case.html", {"visit": visit})


@require_safe
def whole_chain(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug)
    return render(request, "chain/whole_chain.html", {"visit": visit})


@require_safe
def trace(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug)
    if ref not in visit.entries:
        raise Http404
    return render(request, "chain/trace.html", {"visit": visit, "item": visit.entries[ref]})
