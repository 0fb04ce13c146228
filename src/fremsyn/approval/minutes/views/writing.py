"""Drafting the minutes, writing in them, and sending them out for comments."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fremsyn.approval.meeting.mail import can_mail
from fremsyn.approval.meeting.queries import planned
from fremsyn.approval.meeting.words import delivery
from fremsyn.approval.minutes import queries
from fremsyn.approval.minutes.forms import SendForm, WordsForm
from fremsyn.approval.minutes.mail import send_draft
from fremsyn.approval.minutes.operations import drafting
from fremsyn.approval.minutes.state import Rewritten, minutes_of
from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.rights import Right
from fremsyn.core.errors import RuleBroken


@require_POST
def minutes_draft(request: HttpRequest, case_slug: str, meeting: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval", Right.SERVE)
    planned(visit, meeting)
    try:
        language = request.POST.get("language") or (get_language() or "da")[:2]
        drafting.draft_minutes(case=visit.case, meeting=meeting, language=language, by=visit.person, at=timezone.now())
        messages.success(request, _("The minutes are drafted from the record."))
    except RuleBroken as error:
        messages.error(request, str(error))
    return redirect("approval:minutes", case_slug, meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_words(request: HttpRequest, case_slug: str, meeting: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval", Right.SERVE)
    page, found = queries.minutes_page(visit, meeting), queries.opened(visit, meeting)
    sent = request.POST if request.method == "POST" else None
    form = WordsForm(sent, content=page["content"], initial=queries.as_written(found))
    if form.is_valid():
        try:
            keep(visit, meeting, form)
            messages.success(request, _("Saved."))
            return redirect("approval:minutes", case_slug, meeting)
        except RuleBroken as error:
            form.add_error(None, str(error))
            page |= {"theirs": queries.as_written(found)} if isinstance(error, Rewritten) else {}
    page |= {"form": form, "heading": _("Write in the minutes")}
    return render(request, "approval/minutes_words.html", page, status=422 if form.errors else 200)


def keep(visit: Visit, meeting: str, form: WordsForm) -> None:
    drafting.write_words(
        case=visit.case,
        meeting=meeting,
        version=form.cleaned_data["version"],
        words=form.words,
        by=visit.person,
        at=timezone.now(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_send(request: HttpRequest, case_slug: str, meeting: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval", Right.SERVE)
    page, found = queries.minutes_page(visit, meeting), queries.opened(visit, meeting)
    initial = {"version": found.version, "until": queries.until_by_default(visit)}
    form = SendForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            drafting.send_for_comments(
                case=visit.case, meeting=meeting, by=visit.person, at=timezone.now(), **form.cleaned_data
            )
            mailed(request, visit, meeting)
            return redirect("approval:minutes", case_slug, meeting)
        except RuleBroken as error:
            form.add_error(None, str(error))
    page |= {"form": form, "heading": _("Send the draft out for comments")}
    return render(request, "approval/minutes_send.html", page, status=422 if form.errors else 200)


@require_POST
def minutes_mail(request: HttpRequest, case_slug: str, meeting: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval", Right.SERVE)
    queries.opened(visit, meeting)
    mailed(request, visit, meeting)
    return redirect("approval:minutes", case_slug, meeting)


def mailed(request: HttpRequest, visit: Visit, meeting: str) -> None:
    """Mail the draft's news, and say on the next page whom it reached."""
    found = minutes_of(visit.case, meeting)
    if found is None:
        raise Http404
    address = request.build_absolute_uri(reverse("approval:minutes", args=[visit.case.slug, meeting]))
    sent, failed = send_draft(minutes=found, address=address, at=timezone.now())
    messages.success(request, delivery(sent, failed, can_mail=can_mail()))
