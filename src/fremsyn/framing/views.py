"""The pages of the phase."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fremsyn.cases.access import access_case
from fremsyn.cases.pages import crumbs, item_context


@require_safe
def framing(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "framing")
    return render(request, "framing/framing.html", {"visit": visit, "crumbs": crumbs(visit, "framing")})


@require_safe
def question(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "framing")
    return render(request, "framing/question.html", item_context(visit, ref, "question"))


@require_safe
def success_criterion(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "framing")
    return render(request, "framing/success_criterion.html", item_context(visit, ref, "success_criterion"))


@require_safe
def assumption(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "framing")
    return render(request, "framing/assumption.html", item_context(visit, ref, "assumption"))


@require_safe
def baseline_role(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "framing")
    return render(request, "framing/baseline_role.html", item_context(visit, ref, "baseline_role"))


@require_safe
def stakeholder(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "framing")
    return render(request, "framing/stakeholder.html", item_context(visit, ref, "stakeholder"))
