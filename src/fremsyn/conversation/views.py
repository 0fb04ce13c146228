"""The pages of the phase."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fremsyn.cases.access import access_case
from fremsyn.cases.pages import crumbs, item_context


@require_safe
def conversation(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation")
    return render(request, "conversation/conversation.html", {"visit": visit, "crumbs": crumbs(visit, "conversation")})


@require_safe
def session(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation")
    return render(request, "conversation/session.html", item_context(visit, ref, "session"))


@require_safe
def round(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation")
    return render(request, "conversation/round.html", item_context(visit, ref, "round"))


@require_safe
def statement(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation")
    return render(request, "conversation/statement.html", item_context(visit, ref, "statement"))


@require_safe
def insight(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation")
    return render(request, "conversation/insight.html", item_context(visit, ref, "insight"))
