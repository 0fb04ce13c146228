"""The pages on which scores are given and settled."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fremsyn.cases.access import access_case
from fremsyn.cases.editing.one_language import written
from fremsyn.cases.editing.versions import Conflict
from fremsyn.cases.rights import Right
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text
from fremsyn.strategy.schema import Score
from fremsyn.strategy.scoring import operations, pages
from fremsyn.strategy.scoring.forms import ScoresForm, SettleForm
from fremsyn.strategy.scoring.pages import Board

WRONG, MET = 422, 409


@require_http_methods(["GET", "POST"])
def option_score(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "strategy", Right.JUDGE)
    return _answer(request, pages.of_option(visit, ref), "strategy/option_score.html")


@require_http_methods(["GET", "POST"])
def scenario_score(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "strategy", Right.JUDGE)
    return _answer(request, pages.of_scenario(visit, ref), "strategy/scenario_score.html")


def _answer(request: HttpRequest, board: Board, template: str) -> HttpResponse:
    settles = "settle" in request.GET
    if settles:
        access_case(request, board.visit.case.slug, "strategy", Right.EDIT)
    data = request.POST if request.method == "POST" else None
    form = pages.settle_form(board, data) if settles else pages.mine_form(board, data)
    status = 200
    if request.method == "POST":
        status = _keep(board, form) if form.is_valid() else WRONG
        if status == 200:
            messages.success(request, _("Saved."))
            return redirect(request.get_full_path())
    if status == MET:
        form = _on_the_latest(board, form)
    return render(request, template, pages.page(board, form, settles=settles), status=status)


def _keep(board: Board, form: ScoresForm) -> int:
    keep = _settle if isinstance(form, SettleForm) else _give
    try:
        keep(board, form)
    except Conflict as met:
        form.add_error(None, str(met))
        return MET
    except RuleBroken as refused:
        form.add_error(None, str(refused))
        return WRONG
    return 200


def _give(board: Board, form: ScoresForm) -> None:
    marks = [
        operations.Mark(option, scenario, given.score, given.reason)
        for (option, scenario), given in form.given().items()
        if given.score is not None
    ]
    operations.give_scores(case=board.visit.case, marks=marks, by=board.visit.person, at=timezone.now())


def _settle(board: Board, form: ScoresForm) -> None:
    scores: dict[str, dict[str, Score]] = {}
    stood = board.settled
    for (option, scenario), given in form.given().items():
        before = stood.get((option, scenario))
        reason = written(given.reason, before.reason if before else None) or Text(da=given.reason)
        scores.setdefault(option, {})[scenario] = Score(score=given.score or 0, reason=reason)
    operations.settle_scores(
        case=board.visit.case,
        scores=scores,
        versions=form.versions() if isinstance(form, SettleForm) else {},
        why=form.cleaned_data.get("why", ""),
        by=board.visit.person,
        at=timezone.now(),
    )


def _on_the_latest(board: Board, form: ScoresForm) -> ScoresForm:
    """Return what was typed, on the versions that stand now, with what was said of the meeting."""
    again = dict(form.data.items())
    for name, field in pages.settle_form(board).fields.items():
        if name.startswith("version-"):
            again[name] = str(field.initial)
    fresh = pages.settle_form(board, again)
    for said in form.non_field_errors():
        fresh.add_error(None, said)
    return fresh
