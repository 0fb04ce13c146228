"""The pages of the phase."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fremsyn.cases.access import access_case
from fremsyn.framing import queries
from fremsyn.framing.handover import load
from fremsyn.web.downloads import figure_file


@require_safe
def framing(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "framing")
    return render(request, "framing/framing.html", queries.framing_page(visit))


@require_safe
def question(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug)  # stakeholders too may read what their answers were for
    return render(request, "framing/question.html", queries.question_page(visit, ref))


@require_safe
def success_criterion(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "framing")
    return render(request, "framing/success_criterion.html", queries.criterion_page(visit, ref))


@require_safe
def assumption(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "framing")
    return render(request, "framing/assumption.html", queries.assumption_page(visit, ref))


@require_safe
def baseline_role(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "framing")
    return render(request, "framing/baseline_role.html", queries.baseline_page(visit, ref))


@require_safe
def stakeholders(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "framing")
    given = request.GET.getlist("category") or [""]
    known = {"", *(each.id for each in load(visit.case).stakeholders.categories)}
    if len(given) > 1 or given[0] not in known:
        raise Http404
    return render(request, "framing/stakeholders.html", queries.stakeholders_page(visit, given[0]))


@require_safe
def stakeholder(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "framing")
    return render(request, "framing/stakeholder.html", queries.stakeholder_page(visit, ref))


@require_safe
def figure(request: HttpRequest, case_slug: str, key: str, kind: str) -> HttpResponse:
    visit = access_case(request, case_slug, "framing")
    return figure_file(queries.figure_of(visit, key), kind)
