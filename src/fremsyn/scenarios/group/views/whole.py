"""The group's matrix, taken over whole or in part."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.rights import Right
from fremsyn.core.errors import RuleBroken
from fremsyn.scenarios.group.forms import RuleForm, TakeOverForm
from fremsyn.scenarios.group.pages.whole import matrix_page
from fremsyn.scenarios.group.proposal import proposed
from fremsyn.scenarios.group.settling import Decision, settle_sections
from fremsyn.scenarios.group.sight import shown
from fremsyn.scenarios.group.state import group_of


@require_http_methods(["GET", "HEAD", "POST"])
def group_matrix(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios", Right.EDIT)
    if request.method != "POST":
        rules = RuleForm(request.GET)
        context = matrix_page(visit, rules, TakeOverForm())
        return render(request, "scenarios/group/matrix.html", context, status=200 if rules.is_valid() else 422)
    rules, form = RuleForm(request.POST), TakeOverForm(request.POST)
    decisions = _decided(request, visit, rules)
    if rules.is_valid() and form.is_valid():
        try:
            _taken_over(request, visit, rules, decisions, form.cleaned_data["why"])
            return redirect("scenarios:group_work", case_slug)
        except RuleBroken as refused:
            form.add_error(None, str(refused))
    ticked, told = set(request.POST.getlist("section")), set(request.POST.getlist("told"))
    context = matrix_page(visit, rules, form, frozenset(told - ticked))
    return render(request, "scenarios/group/matrix.html", context, status=422)


def _decided(request: HttpRequest, visit: Visit, rules: RuleForm) -> list[Decision]:
    """Return what is ticked, by the rule, with the marks of what was seen."""
    ticked = set(request.POST.getlist("section"))
    seen = shown(visit, group_of(visit.case).sections.values())
    return [
        Decision(each.section.key, each.table, None, request.POST.get(f"mark-{each.section.pair.number}", ""))
        for each in proposed(seen, rules.chosen)
        if each.section.pair.number in ticked
    ]


def _taken_over(request: HttpRequest, visit: Visit, rules: RuleForm, decisions: list[Decision], why: str) -> None:
    if len(decisions) < len(set(request.POST.getlist("section"))):
        raise RuleBroken(
            _(
                "One of the sections has been settled or taken back meanwhile. Nothing was changed; look at the list again."
            )
        )
    of: dict[str, Any] = {"case": visit.case, "by": visit.person, "at": timezone.now()}
    settle_sections(decisions=decisions, rule=rules.chosen.name, why=why, **of)
    told = ngettext("%(n)d section is settled.", "%(n)d sections are settled.", len(decisions))
    messages.success(request, told % {"n": len(decisions)})
