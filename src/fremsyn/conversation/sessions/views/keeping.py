"""Keeping what a session gave, and correcting its minutes."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.rights import Right
from fremsyn.conversation.sessions import keeping, queries
from fremsyn.conversation.sessions.forms import ReopenForm
from fremsyn.conversation.sessions.operations import ending
from fremsyn.conversation.sessions.operations.keeping import keep_insights
from fremsyn.conversation.sessions.state import Stage
from fremsyn.core.errors import RuleBroken


@require_http_methods(["GET", "HEAD", "POST"])
def session_keep(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation", Right.LEAD)
    entry, meeting = queries.visited(visit, ref)
    rows = keeping.rows(visit, meeting, request.POST if request.method == "POST" else None)
    refused = ""
    if rows.ready:
        try:
            keep_insights(case=visit.case, ref=ref, chosen=rows.chosen, by=visit.person, at=timezone.now())
            return redirect(f"{entry.url}#gave")
        except RuleBroken as error:
            refused = str(error)
    context = queries.page(visit, entry, meeting) | {"rows": rows, "refused": refused}
    return render(request, "conversation/session_keep.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def session_reopen(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation", Right.LEAD)
    entry, meeting = queries.visited(visit, ref)
    form, refused = ReopenForm(request.POST if request.method == "POST" else None), ""
    closes = request.method == "POST" and meeting.stage == Stage.REOPENED
    if closes or form.is_valid():
        try:
            open_or_close(visit, ref, "" if closes else form.cleaned_data["why"], timezone.now())
            return redirect("conversation:session" if closes else "conversation:session_minutes", case_slug, ref)
        except RuleBroken as error:
            refused = str(error)
    context = queries.page(visit, entry, meeting) | {"form": form, "refused": refused}
    return render(request, "conversation/session_reopen.html", context, status=422 if request.method == "POST" else 200)


def open_or_close(visit: Visit, ref: str, why: str, at: datetime) -> None:
    """Open the minutes for a reason; without one, close them."""
    if why:
        ending.reopen_minutes(case=visit.case, ref=ref, why=why, by=visit.person, at=at)
    else:
        ending.close_minutes(case=visit.case, ref=ref, by=visit.person, at=at)
