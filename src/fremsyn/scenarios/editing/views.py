"""The pages on which drivers, scenarios and stories are made."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.editing.added import say_added
from fremsyn.cases.editing.one_language import page_language
from fremsyn.cases.rights import Right
from fremsyn.core.errors import RuleBroken
from fremsyn.scenarios.editing import operations, pages, stories
from fremsyn.scenarios.editing.forms import DriverForm, ScenarioForm, StoryForm, TicksForm, form_of_tested
from fremsyn.scenarios.queries import ground
from fremsyn.scenarios.schema import Scenario, VariantsTested

WRONG, MET = 422, 409
WRITES = ["GET", "HEAD", "POST"]


@require_http_methods(WRITES)
def driver_add(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios", Right.EDIT)
    form = DriverForm(visit, _sent(request), tuple(request.GET.getlist("trend")))
    if form.is_bound and form.is_valid():
        try:
            item = operations.add_driver(driver=form.driver, states=form.states, **_who(visit))
            say_added(request, visit, item, app="scenarios", again=request.path)
            return redirect("scenarios:driver", case_slug, item.ref)
        except RuleBroken as refused:
            form.add_error(None, str(refused))
    return _shown(request, "driver_add", pages.driver_add_page(visit, form), form)


@require_http_methods(WRITES)
def driver_test(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios", Right.EDIT)
    driver = ground(visit.case).driver.get(ref)
    if driver is None:
        raise Http404
    form = form_of_tested(driver, _sent(request))
    if form.is_bound and form.is_valid():
        try:
            operations.keep_tested(ref=ref, tested=form.tested or VariantsTested(), **_who(visit))
            return redirect("scenarios:driver", case_slug, ref)
        except RuleBroken as refused:
            form.add_error(None, str(refused))
    return _shown(request, "driver_test", pages.driver_test_page(visit, driver, form), form)


@require_http_methods(WRITES)
def scenario_take(request: HttpRequest, case_slug: str, number: int) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios", Right.EDIT)
    states = tuple(request.POST.getlist("state")) or pages.states_of(visit, number)
    form = ScenarioForm(_sent(request))
    if form.is_bound and form.is_valid():
        try:
            use = form.cleaned_data["use"]
            item = operations.take_scenario(variants=states, texts=form.texts, use=use, **_who(visit))
            return redirect("scenarios:scenario", case_slug, item.ref)
        except RuleBroken as refused:
            form.add_error(None, str(refused))
    return _shown(request, "scenario_take", pages.take_page(visit, number, states, form), form)


@require_http_methods(WRITES)
def story_edit(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios", Right.EDIT)
    scenario, language = _scenario(visit, ref), _language(request)
    if request.method != "POST":
        more = pages.older(visit, scenario, language, request.GET.get("from", ""))
        return render(request, "scenarios/story_edit.html", stories.story_page(visit, scenario, language, **more))
    form = StoryForm(request.POST)
    if not form.is_valid():
        return _shown(request, "story_edit", stories.story_page(visit, scenario, language, form), form)
    if "preview" in request.POST:
        seen = stories.previewed(form.cleaned_data["text"])
        page = stories.story_page(visit, scenario, language, form, preview=seen)
        return render(request, "scenarios/story_edit.html", page)
    return _written(request, visit, scenario, language, form)


def _written(request: HttpRequest, visit: Visit, scenario: Scenario, language: Any, form: StoryForm) -> HttpResponse:
    given = {"ref": scenario.ref, "language": language, **form.cleaned_data}
    try:
        operations.write_story(**given, **_who(visit))
    except operations.WrittenMeanwhile as met:
        again = StoryForm({"text": form.cleaned_data["text"], "version": met.version})
        page = stories.story_page(visit, scenario, language, again, met=met)
        return render(request, "scenarios/story_edit.html", page, status=MET)
    except RuleBroken as refused:
        form.add_error(None, str(refused))
        return _shown(request, "story_edit", stories.story_page(visit, scenario, language, form), form)
    return redirect("scenarios:scenario", visit.case.slug, scenario.ref)


@require_http_methods(WRITES)
def story_tick(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios", Right.JUDGE)
    scenario = _scenario(visit, ref)
    form = TicksForm(ground(visit.case).drivers, operations.ticks_of(scenario), _sent(request))
    if form.is_bound and form.is_valid():
        try:
            operations.tick_story(ref=ref, ticks=form.cleaned_data, **_who(visit))
            return redirect("scenarios:story_tick", case_slug, ref)
        except RuleBroken as refused:
            form.add_error(None, str(refused))
    return _shown(request, "story_tick", stories.ticks_page(visit, scenario, form), form)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _who(visit: Visit) -> dict[str, Any]:
    return {"case": visit.case, "by": visit.person, "at": timezone.now()}


def _shown(request: HttpRequest, name: str, page: dict[str, Any], form: Any) -> HttpResponse:
    return render(request, f"scenarios/{name}.html", page | {"form": form}, status=WRONG if form.errors else 200)


def _scenario(visit: Visit, ref: str) -> Scenario:
    found = ground(visit.case).scenario.get(ref)
    if found is None:
        raise Http404
    return found


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in ("da", "en") else page_language()
