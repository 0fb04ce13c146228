"""What members say of the draft, and what they are answered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fremsyn.approval.minutes import queries
from fremsyn.approval.minutes.forms import AnswerForm, CommentForm
from fremsyn.approval.minutes.operations import drafting
from fremsyn.cases.access import access_case
from fremsyn.cases.rights import Right
from fremsyn.core.errors import RuleBroken


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_comment(request: HttpRequest, case_slug: str, meeting: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval", Right.VOTE)
    queries.opened(visit, meeting)
    form = CommentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            text = form.cleaned_data["text"]
            drafting.comment_on_minutes(case=visit.case, meeting=meeting, text=text, by=visit.person, at=timezone.now())
            messages.success(request, _("Your comment is kept. The board's secretariat answers it here."))
            return redirect("approval:minutes_comment", case_slug, meeting)
        except RuleBroken as error:
            form.add_error(None, str(error))
    page = queries.minutes_page(visit, meeting) | {"form": form, "heading": _("Comments on the draft minutes")}
    return render(request, "approval/minutes_comment.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_answer(request: HttpRequest, case_slug: str, meeting: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval", Right.SERVE)
    queries.opened(visit, meeting)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            drafting.answer_comment(
                case=visit.case, meeting=meeting, by=visit.person, at=timezone.now(), **form.cleaned_data
            )
            messages.success(request, _("Your answer is kept, and the member can read it."))
            return redirect("approval:minutes_answer", case_slug, meeting)
        except RuleBroken as error:
            form.add_error(None, str(error))
    page = queries.minutes_page(visit, meeting) | {"form": form, "heading": _("Comments on the draft minutes")}
    return render(request, "approval/minutes_comment.html", page, status=422 if form.errors else 200)
