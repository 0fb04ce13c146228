"""Judgements held beside each other: a section with its outcome, the disputed ones, the screen in the room."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.rights import Right
from fremsyn.core.errors import RuleBroken
from fremsyn.scenarios.group import settling
from fremsyn.scenarios.group.outcome import write_outcome
from fremsyn.scenarios.group.pages import beside as pages
from fremsyn.scenarios.group.state import GroupPair
from fremsyn.scenarios.judging.forms import SectionForm


@require_http_methods(["GET", "HEAD", "POST"])
def group_section(request: HttpRequest, case_slug: str, source: str, target: str) -> HttpResponse:
    right = Right.EDIT if request.method == "POST" else Right.JUDGE
    visit = access_case(request, case_slug, "scenarios", right)
    section = pages.seen(visit, source, target)
    on = "screen" if "screen" in (request.GET.get("on"), request.POST.get("on")) else ""
    if request.method != "POST":
        return render(request, "scenarios/group/section.html", pages.section_page(visit, section, on=on))
    form = SectionForm(pages.suggested(section), 0, request.POST)
    try:
        if _acted(request, visit, section, form):
            return redirect(_onward(visit, section, on))
    except RuleBroken as refused:
        form.add_error(None, str(refused))
    context = pages.section_page(visit, pages.seen(visit, source, target), form, on)
    return render(request, "scenarios/group/section.html", context, status=422)


def _acted(request: HttpRequest, visit: Visit, section: GroupPair, form: SectionForm) -> bool:
    if request.POST.get("act") == "again":
        of: dict[str, Any] = dict(zip(("source", "target"), section.key, strict=True))
        settling.unsettle_section(case=visit.case, by=visit.person, at=timezone.now(), **of)
        messages.success(
            request, _("Open again: the judges can change theirs. The case's matrix stands until you settle it anew.")
        )
        return True
    if not form.is_valid() or not write_outcome(visit, section, form, request.POST.get("mark", "")):
        return False
    messages.success(request, _("Settled: it stands in the case's matrix now, and can be undone there."))
    return True


def _onward(visit: Visit, section: GroupPair, on: str) -> str:
    """Return where one goes on: the next disputed section on the screen, else the section itself."""
    slug = visit.case.slug
    if not on:
        return reverse("scenarios:group_section", args=[slug, *section.key])
    return reverse("scenarios:group_disputed", args=[slug])


@require_safe
def group_disputed(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios", Right.LEAD)
    return render(request, "scenarios/group/disputed.html", pages.disputed_page(visit))


@require_safe
def group_screen(request: HttpRequest, case_slug: str, source: str, target: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios", Right.LEAD)
    section = pages.seen(visit, source, target)
    return render(request, "scenarios/group/screen.html", pages.screen_page(visit, section))
