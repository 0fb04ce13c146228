"""The page on which an initiative is moved."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.rights import Right
from fremsyn.core.errors import RuleBroken
from fremsyn.plans import operations
from fremsyn.plans.handover import load
from fremsyn.plans.moving import pages
from fremsyn.plans.moving.forms import MoveForm
from fremsyn.plans.moving.schedule import Preview

WRONG = 422


@require_http_methods(["GET", "POST"])
def initiative_move(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "plans", Right.EDIT)
    visit.entry(ref, "initiative")
    bounds = operations.bounds(visit.case)
    initiative = next(each for each in load(visit.case).initiatives if each.ref == ref)
    sent = request.POST or (request.GET if "start" in request.GET else None)
    form = MoveForm(sent, initiative, bounds)
    seen = _preview(visit, ref, form)
    if request.headers.get("HX-Request"):
        return render(request, "plans/_move_outcome.html", pages.outcome(visit, seen, ref, bounds))
    status = 200
    if request.POST.get("act") == "move":
        status = _move(visit, ref, form) if form.is_valid() else WRONG
        if status == 200:
            messages.success(request, _("Saved."))
            return redirect("plans:initiative", case_slug, ref)
    return render(request, "plans/initiative_move.html", pages.page(visit, ref, form, seen, bounds), status=status)


def _preview(visit: Visit, ref: str, form: MoveForm) -> Preview:
    told = form.cleaned_data if form.is_bound and form.is_valid() else form.initial
    return operations.preview_move(
        visit.case, ref, told["start"], told["end"], with_followers=bool(told["with_followers"])
    )


def _move(visit: Visit, ref: str, form: MoveForm) -> int:
    told = form.cleaned_data
    try:
        operations.move_initiative(
            case=visit.case, ref=ref, start=told["start"], end=told["end"], with_followers=told["with_followers"],
            shown=told["shown"], why=told["why"], by=visit.person, at=timezone.now(),
        )  # fmt: skip
    except RuleBroken as refused:
        form.add_error(None, str(refused))
        return WRONG
    return 200
