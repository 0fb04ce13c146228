"""The pages of the space."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fremsyn.cases.access import access_case
from fremsyn.scenarios.space import pages


@require_safe
def space(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios")
    page = pages.space_page(visit, request.GET)
    form = page.get("form")
    return render(request, "scenarios/space/space.html", page, status=422 if form and form.errors else 200)
