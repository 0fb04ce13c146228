"""Judging alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from fremsyn.cases.access import access_case
from fremsyn.cases.rights import Right
from fremsyn.scenarios.group.answers import answer_cell, save_form
from fremsyn.scenarios.group.pages import own as pages


@require_safe
def group_mine(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios", Right.JUDGE)
    return render(request, "scenarios/group/mine.html", pages.mine_page(visit))


@require_http_methods(["GET", "HEAD", "POST"])
def group_own(request: HttpRequest, case_slug: str, source: str, target: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios", Right.JUDGE)
    section, seat = pages.asked(visit, source, target)
    if request.method == "POST" and "X-Fragment" in request.headers:
        return answer_cell(request, visit, section, seat)
    if request.method != "POST":
        context = pages.own_page(visit, section, seat) | {"saved": "saved" in request.GET}
        return render(request, "scenarios/group/own.html", context)
    went, refused = save_form(request, visit, section, seat)
    return render(request, "scenarios/group/own.html", refused, status=422) if refused else redirect(went)
