"""The pages of the phase."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fremsyn.cases.access import access_case
from fremsyn.cases.pages import crumbs, item_context


@require_safe
def plans(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "plans")
    return render(request, "plans/plans.html", {"visit": visit, "crumbs": crumbs(visit, "plans")})


@require_safe
def initiative(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "plans")
    return render(request, "plans/initiative.html", item_context(visit, ref, "initiative"))


@require_safe
def milestone(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "plans")
    return render(request, "plans/milestone.html", item_context(visit, ref, "milestone"))


@require_safe
def signpost(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "plans")
    return render(request, "plans/signpost.html", item_context(visit, ref, "signpost"))
