"""The pages of the gates."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.models import Deliverable
from fremsyn.cases.phases import PHASES, TRANSITIONS
from fremsyn.cases.rights import Right
from fremsyn.chain.gates import operations
from fremsyn.chain.gates.forms import CloseForm, StepForm
from fremsyn.chain.gates.queries import gate_page
from fremsyn.core.text import Text


def _entered(request: HttpRequest, slug: str, phase: str, right: Right | None = None) -> Visit:
    if phase not in PHASES:
        raise Http404
    return access_case(request, slug, phase, right)


@require_safe
def gate(request: HttpRequest, case_slug: str, phase: str) -> HttpResponse:
    visit = _entered(request, case_slug, phase)
    page = gate_page(visit, phase)
    page |= {"close": CloseForm(None, visit, phase, thin=bool(page["thin"])), "step": StepForm()}
    return render(request, "chain/gates/gate.html", page)


@require_http_methods(["POST"])
def gate_close(request: HttpRequest, case_slug: str, phase: str) -> HttpResponse:
    visit = _entered(request, case_slug, phase, Right.CLOSE)
    page = gate_page(visit, phase)
    form = CloseForm(request.POST, visit, phase, thin=bool(page["thin"]))
    if not form.is_valid():
        page |= {"close": form, "step": StepForm()}
        return render(request, "chain/gates/gate.html", page, status=422)
    told = form.cleaned_data
    operations.close_phase(
        case=visit.case, phase=phase, session=told["session"], decision=Text(**told["decision"]),
        despite=told.get("despite", ""), by=visit.person, at=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("The phase is closed, and what it hands over is kept as a version."))
    return redirect("chain:gate", visit.case.slug, phase)


@require_POST
def gate_step(request: HttpRequest, case_slug: str, phase: str, step: str) -> HttpResponse:
    right = next((each.right for each in TRANSITIONS if each.name == step and step != "close"), None)
    if right is None:
        raise Http404
    visit = _entered(request, case_slug, phase, right)
    form = StepForm(request.POST, asked=step in operations.WITH_REASON)
    if form.is_valid():
        operations.move_phase(
            case=visit.case, phase=phase, step=step, why=form.cleaned_data["why"], anew="anew" in request.POST,
            by=visit.person, at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("Saved."))
        return redirect("chain:gate", visit.case.slug, phase)
    page = gate_page(visit, phase)
    page |= {"close": CloseForm(None, visit, phase, thin=bool(page["thin"])), "step": form}
    return render(request, "chain/gates/gate.html", page, status=422)


@require_safe
def deliverable(request: HttpRequest, case_slug: str, phase: str, number: int) -> HttpResponse:
    visit = _entered(request, case_slug, phase)
    row = Deliverable.objects.filter(case=visit.case, phase=phase, number=number).first()
    if row is None:
        raise Http404
    name = f"{visit.case.slug}-{phase}-v{row.number}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(row.content, content_type="application/json", headers=headers)
