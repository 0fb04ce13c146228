"""The minutes: written by one, seen by all."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST, require_safe

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.rights import Right
from fremsyn.conversation.sessions import queries
from fremsyn.conversation.sessions.asked import etag
from fremsyn.conversation.sessions.forms import WriteForm
from fremsyn.conversation.sessions.operations import minutes
from fremsyn.conversation.sessions.operations.minutes import PenHeld, Written
from fremsyn.core.errors import RuleBroken
from fremsyn.web.fragments import FRAGMENT, unchanged, whole_or_fragment


@require_safe
def session_minutes(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation")
    entry, meeting = queries.visited(visit, ref)
    tag = etag(request, meeting, visit.case.revision)
    fragment = "_pen.html" if "pen" in request.GET else "_minutes.html"
    return unchanged(request, tag) or whole_or_fragment(
        request,
        "conversation/session_minutes.html",
        f"conversation/{fragment}",
        queries.minutes_page(visit, entry, meeting),
        tag,
    )


@require_POST
def session_write(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation", Right.MINUTE)
    visit.entry(ref, "session")
    form, at = WriteForm(request.POST), timezone.now()
    answer = told if FRAGMENT in request.headers else shown
    if not form.is_valid():
        return answer(request, visit, ref, form, at, {"message": form.unread(), "status": 422})
    try:
        written = act(visit, ref, form, at)
    except PenHeld as error:
        return answer(request, visit, ref, form, at, {"message": str(error), "pen_held": True, "status": 409})
    except RuleBroken as error:
        return answer(request, visit, ref, form, at, {"message": str(error), "status": 422})
    conflict = {"conflict": True, "status": 409} if written.conflict else {}
    return answer(request, visit, ref, form, at, {"line": written.line, **conflict})


def act(visit: Visit, ref: str, form: WriteForm, at: datetime) -> Written:
    said = form.cleaned_data
    of: dict[str, Any] = {"case": visit.case, "ref": ref, "by": visit.person, "at": at}
    if said["take_over"] or said["action"] == "take":
        minutes.take_pen(**of)
    if said["action"] == "lay_down":
        minutes.lay_down_pen(**of)
    if said["action"] not in ("write", "remove"):
        return Written(None)
    which = {"line": said["line"], "version": said["version"] or 0}
    if said["action"] == "remove":
        return minutes.remove_line(**which, **of)
    return minutes.write_line(field=said["field"], text=said["text"], **which, **of)


def told(
    _request: HttpRequest, _visit: Visit, _ref: str, _form: WriteForm, at: datetime, of: dict[str, Any]
) -> HttpResponse:
    """Answer a script: saved when, under which version, or what stands in the way."""
    line = of.get("line")
    given = {
        "saved": "" if of.get("status") else date_format(timezone.localtime(at), "TIME_FORMAT"),
        "version": line.version if line else 0,
        "theirs": line.text if line and of.get("conflict") else "",
        "gone": bool(of.get("conflict") and line is None),
        "conflict": bool(of.get("conflict")),
        "penHeld": bool(of.get("pen_held")),
        "message": of.get("message", ""),
    }
    return JsonResponse(given, status=of.get("status", 200))


def shown(
    request: HttpRequest, visit: Visit, ref: str, form: WriteForm, at: datetime, of: dict[str, Any]
) -> HttpResponse:
    """Answer a page without a script: on to the field that was written in, or both versions with what was typed."""
    if "status" not in of:
        field = form.cleaned_data["field"] or "pen"
        return redirect(f"{reverse('conversation:session_minutes', args=[visit.case.slug, ref])}#{field}")
    context = queries.minutes_page(visit, *queries.visited(visit, ref))
    context |= {"refused": of | {"new": str(uuid4())}, "sent": form.as_sent(), "at": at}
    return render(request, "conversation/session_minutes.html", context, status=of["status"])
