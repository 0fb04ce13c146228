"""Handing sections out, and seeing how far everybody is."""

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
from fremsyn.scenarios.group import handing, settling
from fremsyn.scenarios.group.forms import HandForm
from fremsyn.scenarios.group.pages.handing import work_page
from fremsyn.scenarios.group.state import group_of


@require_http_methods(["GET", "HEAD", "POST"])
def group_work(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "scenarios", Right.LEAD)
    if request.method != "POST":
        return render(request, "scenarios/group/work.html", work_page(visit, chosen=request.GET.get("person", "")))
    form = HandForm(group_of(visit.case), request.POST)
    try:
        done = _done(request, visit, form)
    except RuleBroken as refused:
        form.add_error(None, str(refused))
        done = ""
    if done:
        messages.success(request, done)
        return redirect("scenarios:group_work", case_slug)
    return render(request, "scenarios/group/work.html", work_page(visit, form), status=422)


def _done(request: HttpRequest, visit: Visit, form: HandForm) -> str:
    act = request.POST.get("act", "")
    of: dict[str, Any] = {"case": visit.case, "by": visit.person, "at": timezone.now()}
    if act == "open":
        source, _dash, target = request.POST.get("section", "").partition("-")
        settling.open_section(source=source, target=target, **of)
        return _("Opened: those who lead, and those who have given theirs, see what is given.")
    if not form.is_valid():
        return ""
    chosen: dict[str, Any] = {"people": form.people, "sections": form.sections}
    if act == "back":
        return _taken_back(handing.take_back(**chosen, **of))
    return _handed_out(handing.hand_out(**chosen, **of))


def _handed_out(done: handing.HandedOut) -> str:
    if not done.new:
        told = _("Nothing new: they have these sections already.")
    else:
        told = ngettext(
            "%(n)d section handed out.", "%(n)d sections handed out, counted for each person.", done.new
        ) % {"n": done.new}
    left = ngettext(
        "%(n)d was left out, because it is settled.", "%(n)d were left out, because they are settled.", done.settled
    )
    return f"{told} {left % {'n': done.settled}}" if done.settled else told


def _taken_back(done: handing.TakenBack) -> str:
    if not done.gone:
        return _("Nothing was taken back: they don't have these sections.")
    told = ngettext("%(n)d section taken back.", "%(n)d sections taken back, counted for each person.", done.gone)
    kept = ngettext(
        "A judgement given in %(n)d of them is kept; it counts again when it is handed out anew.",
        "Judgements given in %(n)d of them are kept; they count again when they are handed out anew.",
        done.given,
    )
    return told % {"n": done.gone} + (f" {kept % {'n': done.given}}" if done.given else "")
