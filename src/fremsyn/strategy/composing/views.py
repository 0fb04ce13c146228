"""The page on which a portfolio is put together by hand."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.editing.one_language import page_language
from fremsyn.cases.rights import Right
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text
from fremsyn.strategy.composing import operations, pages
from fremsyn.strategy.composing.forms import PortfolioForm

WRONG, MOST_CHANGED = 422, 2


@require_http_methods(["GET", "POST"])
def portfolio_try(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "strategy", Right.JUDGE)
    if request.headers.get("HX-Request"):
        ticked = (request.POST or request.GET).getlist("options")
        return render(request, "strategy/_portfolio_outcome.html", pages.outcome(visit, ticked))
    data = _with_step(request.POST) if request.method == "POST" else None
    form = PortfolioForm(data, visit, pages.opened(visit, request.GET))
    status = 200
    if data is not None and form.act in ("save", "change"):
        access_case(request, case_slug, "strategy", Right.EDIT)
        kept = _keep(visit, form) if form.is_valid() else None
        if kept:
            messages.success(request, _("Saved."))
            return redirect("strategy:possible_strategy", case_slug, kept)
        status = WRONG
    return render(request, "strategy/portfolio_try.html", pages.page(visit, form), status=status)


def _with_step(sent: QueryDict) -> QueryDict:
    """Return what was sent, with the options put in and taken out that the step pressed says."""
    if "step" not in sent:
        return sent
    changed, ticked = str(sent["step"]).split(",")[:MOST_CHANGED], sent.getlist("options")
    again = sent.copy()
    again.setlist("options", [*(r for r in ticked if r not in changed), *(r for r in changed if r not in ticked)])
    return again


def _keep(visit: Visit, form: PortfolioForm) -> str | None:
    told = form.cleaned_data
    given = {"case": visit.case, "role": told["role"], "options": tuple(told["options"])}
    given |= {"by": visit.person, "at": timezone.now()}
    try:
        if form.act == "change" and told["into"]:
            item = operations.change_portfolio(key=told["into"], version=told["version"], why=told["why"], **given)
        else:
            name, text = (Text(**{page_language(): told[each]}) for each in ("name", "text"))
            item = operations.save_portfolio(name=name, text=text, **given)
    except RuleBroken as refused:
        form.add_error(None, str(refused))
        return None
    return item.ref
