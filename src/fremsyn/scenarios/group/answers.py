"""What is answered to a judge who judges alone: the whole form, or one cell that the script sent."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.cases.editing.one_language import in_page_language, written
from fremsyn.cases.shape import Text
from fremsyn.core.errors import RuleBroken
from fremsyn.scenarios.group.own import keep_own, undo_own
from fremsyn.scenarios.group.pages import own as pages
from fremsyn.scenarios.group.state import GroupPair, Seat
from fremsyn.scenarios.judging.forms import CellForm, SectionForm
from fremsyn.scenarios.judging.pages import grid_of

FRAGMENT = "scenarios/group/_own_answer.html"
GIVES = ("give", "none")


def save_form(request: HttpRequest, visit: Visit, section: GroupPair, seat: Seat) -> tuple[str, dict[str, Any] | None]:
    """Keep a whole section as it was sent, give it, or undo.

    :returns: where to go, and None; or the page to show again, where something was refused
    """
    act, here = request.POST.get("act", ""), pages.address(visit, section)
    form = SectionForm(seat.own(section.pair), seat.task.version, request.POST)
    try:
        if act == "undo":
            undo_own(**_who(visit, section))
            return f"{here}?saved", None
        if form.is_valid() and _kept(act, form, visit, section):
            return (pages.next_left(visit, section) if act in GIVES else f"{here}?saved"), None
    except RuleBroken as refused:
        form.add_error(None, str(refused))
    now = pages.asked(visit, *section.key)
    return here, pages.own_page(visit, *now, form=form)


def _kept(act: str, form: SectionForm, visit: Visit, section: GroupPair) -> bool:
    if act in GIVES and form.said is None:
        form.add_error("reason", _("Say why in a sentence. A judgement without a reason can't be talked about."))
        return False
    cells = dict.fromkeys(form.cells, 0) if act == "none" else form.cells
    keep_own(**_who(visit, section), cells=cells, reason=form.said or Text(), give=act in GIVES)
    return True


def answer_cell(request: HttpRequest, visit: Visit, section: GroupPair, seat: Seat) -> HttpResponse:
    """Keep one judgement, or the reason, and answer with what changed on the page."""
    form = CellForm(request.POST)
    if not form.is_valid():
        return HttpResponse(_("That is no judgement. Choose a whole number from −3 to 3."), status=422)
    try:
        _keep_cell(request.POST.get("act", ""), form.cleaned_data, visit, section, seat)
    except RuleBroken as refused:
        return HttpResponse(str(refused), status=422)
    context = pages.own_fragment(visit, *pages.asked(visit, *section.key), was=seat.own(section.pair))
    pair = context["pair"]
    context |= {"fragment": True, "grid": grid_of(pair), "reason": in_page_language(pair.reason)}
    return HttpResponse(render_to_string(FRAGMENT, context))


def _keep_cell(act: str, given: dict[str, Any], visit: Visit, section: GroupPair, seat: Seat) -> None:
    who = _who(visit, section)
    if act == "undo":
        undo_own(**who)
        return
    if act == "reason":
        keep_own(**who, cells={}, reason=written(given["reason"].strip(), seat.reason) or Text())
        return
    one, _colon, other = given["cell"].partition(":")
    if not one or given["value"] is None:
        raise RuleBroken(_("That is no judgement. Choose a whole number from −3 to 3."))
    keep_own(**who, cells={(one, other): given["value"]})


def _who(visit: Visit, section: GroupPair) -> dict[str, Any]:
    source, target = section.key
    return {"case": visit.case, "source": source, "target": target, "by": visit.person, "at": timezone.now()}
