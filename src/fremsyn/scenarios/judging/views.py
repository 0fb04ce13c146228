"""The pages of judging."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.rights import Right
from fremsyn.scenarios.judging import pages
from fremsyn.scenarios.judging.answers import answer_cell, number, save_form
from fremsyn.scenarios.judging.grid import Pair


@require_safe
def matrix_judge(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios")
    return render(request, "scenarios/matrix_judge.html", pages.overview_page(visit))


@require_http_methods(["GET", "HEAD", "POST"])
def section_judge(request: HttpRequest, case_slug: str, source: str, target: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios", Right.JUDGE)
    pair = _pair(visit, source, target)
    if request.method == "POST":
        return answer_cell(request, visit, pair) if "X-Fragment" in request.headers else _kept(request, visit, pair)
    saved, since = (number(request.GET.get(name, "")) for name in ("saved", "since"))
    context = pages.section_page(visit, pair, saved=saved, since=since)
    return render(request, "scenarios/section_judge.html", context)


def _kept(request: HttpRequest, visit: Visit, pair: Pair) -> HttpResponse:
    went, context = save_form(request, visit, pair)
    if context is None:
        return redirect(went)
    return render(request, "scenarios/section_judge.html", context, status=422)


def _pair(visit: Visit, source: str, target: str) -> Pair:
    _board, pair = pages.find(visit, source, target)
    if pair is None:
        raise Http404
    return pair
