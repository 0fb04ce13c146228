"""Approving the minutes: the files are made and frozen, and the case holds the decision, all or nothing."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fremsyn.approval.minutes import queries
from fremsyn.approval.minutes.forms import ApproveForm
from fremsyn.approval.minutes.operations.approving import approve_minutes
from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.rights import Right
from fremsyn.core.errors import RuleBroken
from fremsyn.reports.documents.minutes import typeset


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_approve(request: HttpRequest, case_slug: str, meeting: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval", Right.SERVE)
    page, found = queries.minutes_page(visit, meeting), queries.opened(visit, meeting)
    form = ApproveForm(request.POST if request.method == "POST" else None, initial={"version": found.version})
    if not (page["out"] and page["in_time"]):
        form.fields.pop("why")
    if form.is_valid():
        try:
            approve(visit, meeting, form.cleaned_data, timezone.now())
            messages.success(request, _("The minutes are approved. Nothing in them can be changed any more."))
            return redirect("approval:minutes", case_slug, meeting)
        except RuleBroken as error:
            form.add_error(None, str(error))
    page |= {"form": form, "heading": _("Approve the minutes")}
    return render(request, "approval/minutes_approve.html", page, status=422 if form.errors else 200)


def approve(visit: Visit, meeting: str, said: dict[str, Any], at: datetime) -> None:
    made = typeset(queries.opened(visit, meeting), at=at)
    approve_minutes(case=visit.case, meeting=meeting, made=made, by=visit.person, at=at, **said)
