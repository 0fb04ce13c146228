"""Preparing a session: from a model, and its run sheet as a table."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.pages import crumbs, guidance
from fremsyn.cases.rights import Right
from fremsyn.conversation.sessions import models_to_choose, queries, sheet
from fremsyn.conversation.sessions.forms import PrepareForm
from fremsyn.conversation.sessions.operations import preparing
from fremsyn.core.errors import RuleBroken
from fremsyn.web.templatetags.say import say_plain


@require_http_methods(["GET", "HEAD", "POST"])
def session_prepare(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation", Right.LEAD)
    form = prepare_form(request, visit)
    if form.is_valid():
        item = preparing.prepare_session(case=visit.case, by=visit.person, at=timezone.now(), **form.cleaned_data)
        return redirect("conversation:session", case_slug, item.ref)
    context = {
        "visit": visit,
        "form": form,
        "crumbs": crumbs(visit, "conversation"),
        "guidance": guidance("conversation", "session_prepare"),
        "groups": models_to_choose.groups(visit),
        "chosen": form["model"].value(),
        "sessions": queries.all_sessions(visit),
    }
    return render(request, "conversation/session_prepare.html", context, status=422 if form.is_bound else 200)


def prepare_form(request: HttpRequest, visit: Visit) -> PrepareForm:
    questions = [(each.ref, f"{each.ref} {say_plain(each.title)}") for each in visit.of_kind("question")]
    return PrepareForm(
        request.POST if request.method == "POST" else None,
        models=models_to_choose.choices(visit),
        questions=questions,
        today=visit.case.as_of,
        initial={"model": models_to_choose.suggested(visit, request.GET.get("phase", ""))},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def session_sheet(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation", Right.LEAD)
    entry, meeting = queries.visited(visit, ref)
    edited = sheet.edited(request, visit, meeting)
    refused = ""
    if edited.ready:
        try:
            keep_sheet(visit, ref, edited)
            return redirect("conversation:session", case_slug, ref)
        except RuleBroken as error:
            refused = str(error)
    context: dict[str, Any] = queries.page(visit, entry, meeting) | {"edited": edited, "refused": refused}
    status = 422 if refused or edited.wrong else 200
    return render(request, "conversation/session_sheet.html", context, status=status)


def keep_sheet(visit: Visit, ref: str, edited: sheet.Edited) -> None:
    preparing.change_run_sheet(
        case=visit.case,
        ref=ref,
        version=edited.version,
        minutes_total=edited.minutes_total,
        sheet=edited.lines,
        by=visit.person,
        at=timezone.now(),
    )
