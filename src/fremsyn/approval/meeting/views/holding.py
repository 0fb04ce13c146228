"""The one screen from which a meeting is led."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fremsyn.approval.meeting import forms, queries
from fremsyn.approval.meeting.changes import changes_since
from fremsyn.approval.meeting.operations import disqualifying, holding
from fremsyn.approval.meeting.seats import leads, places
from fremsyn.approval.meeting.state import Overtaken, day_of
from fremsyn.approval.meeting.views.reading import etag
from fremsyn.approval.models import PresenceState
from fremsyn.cases.access import Visit, access_case
from fremsyn.core.errors import NotAllowed, RuleBroken
from fremsyn.web.fragments import unchanged, whole_or_fragment

Act = Callable[[dict[str, Any]], object]


def led(request: HttpRequest, case_slug: str) -> Visit:
    """Return the visit of whoever may lead the body's meetings.

    :raises NotAllowed: to all others
    """
    visit = access_case(request, case_slug, "approval")
    if not leads(visit):
        raise NotAllowed(_("The board's meetings are led by its secretariat and the member in the chair."))
    return visit


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_run(request: HttpRequest, case_slug: str, meeting: str) -> HttpResponse:
    visit = led(request, case_slug)
    queries.planned(visit, meeting)
    if request.method != "POST":
        return shown(request, visit, meeting)
    form = forms.StepForm(request.POST)
    return answer(request, visit, meeting, form, lambda of: _step(of, form.cleaned_data))


def shown(request: HttpRequest, visit: Visit, meeting: str) -> HttpResponse:
    """Return the screen, or to its script what was done since it was loaded."""
    run, since = queries.run_of(visit, meeting), request.GET.get("since", "")
    tag = etag(visit, run)
    same = unchanged(request, tag)
    if same:
        return same
    page = queries.run_page(visit, meeting, request.GET.get("point", ""))
    page |= kept(page)
    if run and since.isdecimal():
        page["newer"] = changes_since(run, int(since))
    return whole_or_fragment(request, "approval/meeting_run.html", "approval/_run_now.html", page, tag)


def _step(of: dict[str, Any], said: dict[str, Any]) -> None:
    of |= {"version": said["version"]}
    if said["action"] == "open":
        holding.open_meeting(**of)
    elif said["action"] == "close":
        holding.close_meeting(**of)
    else:
        holding.step_point(point=said["point"] or 0, step=said["action"], why=said["why"], **of)


@require_POST
def meeting_attendance(request: HttpRequest, case_slug: str, meeting: str) -> HttpResponse:
    visit = led(request, case_slug)
    body = queries.meeting_page(visit, meeting)["body"]
    form = forms.AttendanceForm(request.POST, members=body.members if body else ())
    return answer(request, visit, meeting, form, lambda of: _note_attendance(of, form))


def _note_attendance(of: dict[str, Any], form: forms.AttendanceForm) -> None:
    said = form.cleaned_data
    if said["all_in"]:
        seats = places(of["case"], day_of(of["case"], of["at"]))
        states = {member: PresenceState.IN.value for member, place in seats.items() if place.holder}
    else:
        states = form.states
    holding.note_attendance(version=said["version"], point=said["point"], states=states, onwards=said["onwards"], **of)


@require_POST
def meeting_disqualification(request: HttpRequest, case_slug: str, meeting: str) -> HttpResponse:
    visit = led(request, case_slug)
    queries.planned(visit, meeting)
    rules = "found" in request.POST
    form = forms.RuleForm(request.POST) if rules else forms.NoteDisqualificationForm(request.POST)
    return answer(request, visit, meeting, form, lambda of: _disqualify(of, dict(form.cleaned_data)))


def _disqualify(of: dict[str, Any], said: dict[str, Any]) -> None:
    if "found" in said:
        disqualifying.rule_on_disqualification(barred=said.pop("found") == "barred", **said, **of)
    else:
        disqualifying.note_disqualification(**said, **of)


@require_POST
def meeting_note(request: HttpRequest, case_slug: str, meeting: str) -> HttpResponse:
    visit = led(request, case_slug)
    queries.planned(visit, meeting)
    form = forms.NoteForm(request.POST)
    return answer(request, visit, meeting, form, lambda of: holding.write_note(**form.cleaned_data, **of))


def answer(request: HttpRequest, visit: Visit, meeting: str, form: Form, act: Act) -> HttpResponse:
    """Do what was sent and go back to the screen; where it is refused, show it with what was sent still there."""
    refused, since = "", None
    point = request.POST.get("point", "")
    here = screen(visit, meeting, point)
    if form.is_valid():
        try:
            act({"case": visit.case, "meeting": meeting, "by": visit.person, "at": timezone.now()})
            if not isinstance(form, forms.StepForm):
                messages.success(request, _("Saved."))
            return redirect(here)
        except RuleBroken as error:
            refused, since = str(error), error.since if isinstance(error, Overtaken) else None
    else:
        refused = " ".join(str(each) for errors in form.errors.values() for each in errors)
    page = queries.run_page(visit, meeting, point)
    page |= kept(page, request.POST) | {"refused": refused, "stays": here}
    page["wrong_why"] = isinstance(form, forms.StepForm) and form.errors.get("why")
    if since is not None:
        page["met"] = changes_since(page["run"], since)
    return render(request, "approval/meeting_run.html", page, status=422)


def screen(visit: Visit, meeting: str, point: str) -> str:
    """Return the address of the screen, at the point that was asked for where there is one."""
    address = reverse("approval:meeting_run", args=[visit.case.slug, meeting])
    return f"{address}?point={point}" if point.isdecimal() else address


def kept(page: dict[str, Any], sent: Any = None) -> dict[str, Any]:
    """Return what stands in the screen's fields: what was sent, as it was sent, else what is known."""
    sent, focus = sent or {}, page["focus"]
    return {
        "refused": "",
        "met": (),
        "newer": (),
        "sent_why": sent.get("why", ""),
        "sent_ground": sent.get("ground", ""),
        "sent_words": sent.get("words", ""),
        "note": sent.get("note", focus.point.note if focus else ""),
        "chosen": [(each, sent.get(f"of_{each.id}") or each.state) for each in (focus.members if focus else ())],
        "onwards": "onwards" in sent or not any(name.startswith("of_") for name in sent),
    }
