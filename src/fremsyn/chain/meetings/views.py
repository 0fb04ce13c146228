"""The pages by which a meeting is called, and by which material is added after the notice."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fremsyn.approval.meeting import queries
from fremsyn.approval.meeting.forms import LateForm, NoticeForm
from fremsyn.approval.meeting.mail import can_mail
from fremsyn.approval.meeting.views.calling import told
from fremsyn.approval.queries import talk_is_synthetic
from fremsyn.audit.keys import demonstration_key, seal_key
from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.rights import Right
from fremsyn.chain.documents import documents_of
from fremsyn.chain.meetings import operations
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Demonstration


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_notice(request: HttpRequest, case_slug: str, meeting: str) -> HttpResponse:
    form = NoticeForm(request.POST if request.method == "POST" else None, initial={"kind": "meeting"})
    return sealed_with(request, case_slug, meeting, form, operations.call_meeting, late=False)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_late(request: HttpRequest, case_slug: str, meeting: str) -> HttpResponse:
    form = LateForm(request.POST if request.method == "POST" else None)
    return sealed_with(request, case_slug, meeting, form, operations.seal_late, late=True)


def sealed_with(
    request: HttpRequest, case_slug: str, meeting: str, form: Form, act: Callable[..., Any], *, late: bool
) -> HttpResponse:
    visit = access_case(request, case_slug, "approval", Right.SERVE)
    page = queries.meeting_page(visit, meeting)
    if talk_is_synthetic(visit):
        form.fields.pop("votes")
    if form.is_valid():
        try:
            act(**sealing(visit, meeting, form.cleaned_data))
            told(request, visit, meeting)
            return redirect("approval:meeting", case_slug, meeting)
        except RuleBroken as error:
            form.add_error(None, str(error))
    page |= {"form": form, "late": late, "called": not late and page["run"] is not None, "can_mail": can_mail()}
    page |= {"heading": _("Add late material") if late else _("Call the meeting")}
    return render(request, "approval/meeting_notice.html", page, status=422 if form.errors else 200)


def sealing(visit: Visit, meeting: str, said: dict[str, Any]) -> dict[str, Any]:
    """Return what is needed to seal the case for a meeting."""
    demonstration = Demonstration.objects.exists()
    return {
        **({"until": said["until"]} if "until" in said else {}),
        "case": visit.case,
        "meeting": meeting,
        "documents": documents_of(visit.case),
        "votes": said.get("votes", True),
        "demonstration": demonstration,
        "key": demonstration_key() if demonstration else seal_key(),
        "why": said["why"],
        "by": visit.person,
        "at": timezone.now(),
    }
