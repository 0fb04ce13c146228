"""The page on which a strategy is chosen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.editing.checks import NotKept
from fremsyn.cases.editing.versions import Conflict
from fremsyn.cases.rights import Right
from fremsyn.core.errors import RuleBroken
from fremsyn.strategy.choosing import operations, pages
from fremsyn.strategy.choosing.forms import ChoiceForm

KEPT, WRONG, MET = 200, 422, 409


@require_http_methods(["GET", "POST"])
def strategy_choose(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "strategy", Right.EDIT)
    form, status = ChoiceForm(request.POST or None, visit, _opened(request, visit)), 200
    if request.method == "POST" and "show" in request.POST:
        form = ChoiceForm(None, visit, {**_opened(request, visit), **_typed(form, request.POST)})
    elif request.method == "POST":
        status = _choose(visit, form) if form.is_valid() else WRONG
        if status == KEPT:
            messages.success(request, _("Saved."))
            return redirect("strategy:strategy", case_slug)
        if status == MET:
            form = _on_the_latest(visit, form, request.POST)
    return render(request, "strategy/strategy_choose.html", pages.page(visit, form), status=status)


def _opened(request: HttpRequest, visit: Visit) -> dict[str, object]:
    picked = request.GET.get("chosen", "")
    known = picked in visit.entries and visit.entries[picked].kind == "possible_strategy"
    return {"version": pages.version(visit), **({"chosen": picked} if known else {})}


def _typed(form: ChoiceForm, sent: QueryDict) -> dict[str, object]:
    """Return what stands on a form that is not kept yet, so that the page can follow another choice."""
    typed = {name: sent[name] for name in form.fields if name in sent and name not in ("because", "version")}
    return typed | {"because": sent.getlist("because")}


def _on_the_latest(visit: Visit, form: ChoiceForm, sent: QueryDict) -> ChoiceForm:
    """Return what was typed on the version that stands now, with what was said of the meeting."""
    again = sent.copy()
    again["version"] = str(pages.version(visit))
    fresh = ChoiceForm(again, visit, {})
    for said in form.non_field_errors():
        fresh.add_error(None, said)
    return fresh


def _choose(visit: Visit, form: ChoiceForm) -> int:
    told = form.cleaned_data
    try:
        operations.choose_strategy(
            case=visit.case, chosen=told["chosen"], reasons=form.reasons(), version=told["version"],
            meaning=form.of_meaning, why=told["why"], by=visit.person, at=timezone.now(),
        )  # fmt: skip
    except NotKept as refused:
        form.add_faults(refused)
    except Conflict as met:
        form.add_error(None, str(met))
        return MET
    except RuleBroken as refused:
        form.add_error(None, str(refused))
    else:
        return KEPT
    return WRONG
