"""Moving a meeting and calling it off, its file for a calendar, and mail that did not reach somebody."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fremsyn.approval.meeting import queries
from fremsyn.approval.meeting.calendar import as_calendar
from fremsyn.approval.meeting.forms import CallOffForm, MoveForm
from fremsyn.approval.meeting.mail import can_mail, send_told
from fremsyn.approval.meeting.operations import calling
from fremsyn.approval.meeting.words import delivery
from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.rights import Right
from fremsyn.core.errors import RuleBroken
from fremsyn.web.templatetags.say import say_plain


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_move(request: HttpRequest, case_slug: str, meeting: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval", Right.SERVE)
    page = queries.meeting_page(visit, meeting)
    form = MoveForm(request.POST if request.method == "POST" else None, initial=queries.as_it_stands(page))
    if form.is_valid():
        try:
            _move(visit, meeting, form, page)
            told(request, visit, meeting)
            return redirect("approval:meeting", case_slug, meeting)
        except RuleBroken as error:
            form.add_error(None, str(error))
    return render(request, "approval/meeting_move.html", page | {"form": form}, status=422 if form.errors else 200)


def _move(visit: Visit, meeting: str, form: MoveForm, page: queries.Page) -> None:
    said = form.cleaned_data
    calling.move_meeting(
        case=visit.case,
        meeting=meeting,
        version=said["version"] or None,
        day=said["day"],
        begins=said["begins"],
        ends=said["ends"],
        place=form.place_text(page["meeting"].place, (get_language() or "da")[:2]),
        why=said["why"],
        by=visit.person,
        at=timezone.now(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_call_off(request: HttpRequest, case_slug: str, meeting: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval", Right.SERVE)
    page = queries.meeting_page(visit, meeting)
    form = CallOffForm(request.POST if request.method == "POST" else None, initial=queries.as_it_stands(page))
    if form.is_valid():
        try:
            why, version = form.cleaned_data["why"], form.cleaned_data["version"] or None
            calling.call_off(
                case=visit.case, meeting=meeting, version=version, why=why, by=visit.person, at=timezone.now()
            )
            told(request, visit, meeting)
            return redirect("approval:meeting", case_slug, meeting)
        except RuleBroken as error:
            form.add_error(None, str(error))
    return render(request, "approval/meeting_call_off.html", page | {"form": form}, status=422 if form.errors else 200)


def told(request: HttpRequest, visit: Visit, meeting: str) -> None:
    """Mail the latest news of a meeting, if there is any, and say on the next page whom it reached."""
    run = queries.run_of(visit, meeting)
    if run is None:
        messages.success(request, _("Saved."))
        return
    address = request.build_absolute_uri(reverse("approval:meeting", args=[visit.case.slug, meeting]))
    sent, failed = send_told(run=run, address=address, at=timezone.now())
    messages.success(request, delivery(sent, failed, can_mail=can_mail()))


@require_POST
def meeting_mail(request: HttpRequest, case_slug: str, meeting: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval", Right.SERVE)
    queries.planned(visit, meeting)
    told(request, visit, meeting)
    return redirect("approval:meeting", case_slug, meeting)


@require_safe
def meeting_ics(request: HttpRequest, case_slug: str, meeting: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval")
    planned, run = queries.planned(visit, meeting), queries.run_of(visit, meeting)
    if run is None:
        raise Http404
    address = request.build_absolute_uri(reverse("approval:meeting", args=[case_slug, meeting]))
    content = as_calendar(planned, run, title=say_plain(planned.title), about=address, at=timezone.now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{case_slug}-{meeting}.ics"'
    return response
