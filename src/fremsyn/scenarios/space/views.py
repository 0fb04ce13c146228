"""The pages of the space and of the working set."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.rights import Right
from fremsyn.core.errors import RuleBroken
from fremsyn.scenarios.queries import ground
from fremsyn.scenarios.space import operations, pages, set_pages
from fremsyn.scenarios.space.forms import TakeForm, WhyForm

WRONG = 422


@require_safe
def space(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios")
    return _shown(request, "space", pages.space_page(visit, request.GET))


@require_safe
def wish(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios")
    return _shown(request, "wish", pages.wish_page(visit, request.GET))


@require_safe
def working_set(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios")
    return _shown(request, "set", set_pages.working_page(visit, request.GET))


@require_POST
def set_take(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios", Right.EDIT)
    sets = [tuple(states.split()) for states in request.POST.getlist("states")][: operations.MOST + 1]
    form = TakeForm(ground(visit.case), sets, request.POST)
    if form.is_valid():
        try:
            operations.take_set(chosen=form.chosen, why=form.cleaned_data["why"], **_who(visit))
            messages.success(request, _("The working set is changed, and your reason is kept."))
            return redirect("scenarios:working_set", case_slug)
        except RuleBroken as refused:
            form.add_error(None, str(refused))
    page = set_pages.working_page(visit, request.POST, form) | {
        "stays": reverse("scenarios:working_set", args=[case_slug])
    }
    return render(request, "scenarios/space/set.html", page, status=WRONG)


@require_POST
def set_use(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios", Right.EDIT)
    if ref not in ground(visit.case).scenario:
        raise Http404
    form = WhyForm(request.POST, auto_id=f"{ref}-%s")
    use: operations.Use = "working" if request.POST.get("use") == "working" else "reserve"
    try:
        if form.is_valid():
            operations.use_scenario(ref=ref, use=use, why=form.cleaned_data["why"], **_who(visit))
            messages.success(request, _("The working set is changed, and your reason is kept."))
            return redirect("scenarios:working_set", case_slug)
    except RuleBroken as refused:
        form.add_error("why", str(refused))
    page = set_pages.working_page(visit, request.GET, use=(ref, form)) | {
        "refused": f"{ref}: {' '.join(map(str, form.errors['why']))}",
        "stays": reverse("scenarios:working_set", args=[case_slug]),
    }
    return render(request, "scenarios/space/set.html", page, status=WRONG)


def _who(visit: Visit) -> dict[str, Any]:
    return {"case": visit.case, "by": visit.person, "at": timezone.now()}


def _shown(request: HttpRequest, name: str, page: dict[str, Any]) -> HttpResponse:
    form = page.get("form")
    return render(request, f"scenarios/space/{name}.html", page, status=WRONG if form and form.errors else 200)
