"""Leading a session, and the screen in the room."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.rights import Right
from fremsyn.conversation.sessions import queries
from fremsyn.conversation.sessions.asked import etag
from fremsyn.conversation.sessions.forms import RunForm
from fremsyn.conversation.sessions.operations import ending, running
from fremsyn.core.errors import RuleBroken
from fremsyn.web.fragments import unchanged, whole_or_fragment


@require_http_methods(["GET", "HEAD", "POST"])
def session_run(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation", Right.LEAD)
    visit.entry(ref, "session")
    form, at, refused = RunForm(request.POST or None), timezone.now(), ""
    if form.is_valid():
        try:
            act(visit, ref, form, at)
            return redirect("conversation:session_run", case_slug, ref)
        except RuleBroken as error:
            refused = str(error)
    context = queries.run_page(visit, *queries.visited(visit, ref)) | {"refused": refused, "at": at}
    status = 200 if request.method != "POST" else 422
    return render(request, "conversation/session_run.html", context, status=status)


def act(visit: Visit, ref: str, form: RunForm, at: datetime) -> None:
    said = form.cleaned_data
    of: dict[str, Any] = {"case": visit.case, "ref": ref, "by": visit.person, "at": at}
    match said["action"]:
        case "start":
            running.start_session(language=get_language() or "da", **of)
        case "part":
            running.move_to_part(to=said["to"] or 0, **of)
        case "show":
            running.show_on_screen(key=said["key"], **of)
        case "reveal":
            running.reveal_result(key=said["key"], **of)
        case "hide":
            running.hide_result(key=said["key"], **of)
        case _:
            ending.end_session(**of)


@require_safe
def session_show(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation")
    entry, meeting = queries.visited(visit, ref)
    tag = etag(request, meeting, visit.case.revision)
    context = {"at": timezone.now()}
    return unchanged(request, tag) or whole_or_fragment(
        request,
        "conversation/session_show.html",
        "conversation/_screen.html",
        context | queries.screen_page(visit, entry, meeting),
        tag,
    )
