"""What everybody reads of the meetings, and what a member declares."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fremsyn.approval.meeting import queries
from fremsyn.approval.meeting.forms import DeclareForm
from fremsyn.approval.meeting.operations.disqualifying import declare_disqualification, take_back_declaration
from fremsyn.approval.models import MeetingRun
from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.rights import Right
from fremsyn.core.errors import RuleBroken
from fremsyn.web.fragments import unchanged, whole_or_fragment


@require_safe
def meetings(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval")
    return render(request, "approval/meetings.html", queries.meetings_page(visit))


@require_safe
def meeting(request: HttpRequest, case_slug: str, meeting: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval")
    queries.planned(visit, meeting)
    tag = etag(visit, queries.run_of(visit, meeting))
    same = unchanged(request, tag)
    if same:
        return same
    page = queries.meeting_page(visit, meeting)
    page |= queries.told_page(visit, page["run"])
    return whole_or_fragment(request, "approval/meeting.html", "approval/_meeting_now.html", page, tag)


def etag(visit: Visit, run: MeetingRun | None) -> str:
    """Return what names the state of a meeting's page."""
    version = f"{run.pk}.{run.version}" if run else "0"
    return f'"{visit.case.revision}-{version}-{get_language()}-{visit.person.pk}"'


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_declare(request: HttpRequest, case_slug: str, meeting: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval", Right.VOTE)
    queries.planned(visit, meeting)
    if request.POST.get("take_back", "").isdecimal():
        of: dict[str, Any] = {"case": visit.case, "meeting": meeting, "by": visit.person, "at": timezone.now()}
        take_back_declaration(declared=int(request.POST["take_back"]), **of)
        messages.success(request, _("What you declared is taken back."))
        return redirect("approval:meeting_declare", case_slug, meeting)
    form = DeclareForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            declare(visit, meeting, form.cleaned_data)
            messages.success(request, _("What you declared is noted. The board rules on it."))
            return redirect("approval:meeting", case_slug, meeting)
        except RuleBroken as error:
            form.add_error(None, str(error))
    page = queries.declare_page(visit, meeting, request.GET.get("point", "")) | {"form": form}
    return render(request, "approval/meeting_declare.html", page, status=422 if form.errors else 200)


def declare(visit: Visit, meeting: str, said: dict[str, Any]) -> None:
    declare_disqualification(case=visit.case, meeting=meeting, by=visit.person, at=timezone.now(), **said)
