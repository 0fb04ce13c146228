"""The pages of composing and of the backcast."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.editing.one_language import page_language
from fremsyn.cases.rights import Right
from fremsyn.core.errors import RuleBroken
from fremsyn.direction.composing import operations, pages
from fremsyn.direction.composing.forms import ComposeForm
from fremsyn.direction.handover import load

WRONG, MET = 422, 409
WRITES = ["GET", "HEAD", "POST"]


@require_http_methods(WRITES)
def desirable_compose(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "direction", Right.EDIT)
    form = pages.compose_form(visit, request.POST if request.method == "POST" else None)
    if "X-Fragment" in request.headers and request.method == "POST":
        return HttpResponse(render_to_string("direction/_resists.html", pages.resistance_of(visit, form)))
    if request.method == "POST" and "show" not in request.POST:
        return _composed(request, visit, form)
    return render(request, "direction/desirable_compose.html", pages.compose_page(visit, form))


def _composed(request: HttpRequest, visit: Visit, form: ComposeForm) -> HttpResponse:
    page, status = None, WRONG
    if form.is_valid():
        try:
            operations.compose(
                case=visit.case, wished=form.wished, texts=form.texts, by=visit.person, at=timezone.now()
            )
            messages.success(request, _("Saved."))
            return redirect("direction:desirable_scenario", visit.case.slug, _ref(visit))
        except operations.ComposedMeanwhile as met:
            form = pages.compose_form(visit, _seen_now(visit, request.POST))
            form.add_error(None, str(met))
            page, status = pages.compose_page(visit, form, met), MET
        except RuleBroken as refused:
            form.add_error(None, str(refused))
    return render(request, "direction/desirable_compose.html", page or pages.compose_page(visit, form), status=status)


def _ref(visit: Visit) -> str:
    wish = load(visit.case).desirable
    return wish.ref if wish else "C0"


def _seen_now(visit: Visit, sent: dict[str, str]) -> dict[str, str]:
    """Return what was sent as if it were written on what stands now, so that saving again chooses it."""
    fresh = pages.compose_form(visit)
    return {
        **{k: str(v) for k, v in sent.items()},
        **{f"seen-{d.ref}": fresh.initial[f"seen-{d.ref}"] for d in fresh.drivers},
    }


@require_http_methods(WRITES)
def backcast_edit(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "direction", Right.EDIT)
    if request.method != "POST":
        return render(request, "direction/backcast_edit.html", pages.backcast_page(visit))
    steps = pages.sent_steps(visit.case, request.POST)
    wrong, status = "", WRONG
    if any(each.fault for each in pages.years(visit.case, request.POST.dict())):
        wrong = _("Something has to be mended before this can be kept. What you wrote is still here.")
    try:
        if not wrong:
            at, tongue = timezone.now(), page_language()
            operations.tell_backcast(case=visit.case, steps=steps, language=tongue, by=visit.person, at=at)
            messages.success(request, _("Saved."))
            return redirect(reverse("direction:backcast_edit", args=[case_slug]))
    except RuleBroken as refused:
        wrong, status = str(refused), MET
    page = pages.backcast_page(visit, request.POST.dict()) | {"wrong": wrong}
    return render(request, "direction/backcast_edit.html", page, status=status)
