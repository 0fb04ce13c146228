"""The page on which all initiatives' budgets are set."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.editing.checks import NotKept
from fremsyn.cases.rights import Right
from fremsyn.core.errors import RuleBroken
from fremsyn.plans import operations
from fremsyn.plans.budgets import pages
from fremsyn.plans.budgets.forms import BudgetsForm

WRONG = 422


@require_http_methods(["GET", "POST"])
def budget_change(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "plans", Right.EDIT)
    form = pages.form_for(visit, request.POST if request.method == "POST" else None)
    fits = form.is_valid()
    if request.headers.get("HX-Request"):
        return render(request, "plans/_budget_sums.html", pages.sums(visit, form) | {"fits": fits})
    status = 200
    if request.POST.get("act") == "save":
        status = _save(visit, form) if fits else WRONG
        if status == 200:
            messages.success(request, _("Saved."))
            return redirect("plans:budget_change", case_slug)
    return render(request, "plans/budget_change.html", pages.page(visit, form) | {"fits": fits}, status=status)


def _save(visit: Visit, form: BudgetsForm) -> int:
    try:
        operations.set_budgets(
            case=visit.case, budgets=form.budgets(), versions=form.versions(), why=form.cleaned_data["why"],
            by=visit.person, at=timezone.now(),
        )  # fmt: skip
    except NotKept as refused:
        form.add_faults(refused)
    except RuleBroken as refused:
        form.add_error(None, str(refused))
    else:
        return 200
    return WRONG
