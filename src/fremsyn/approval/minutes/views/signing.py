"""Taking in signed minutes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from fremsyn.approval.minutes import queries
from fremsyn.approval.minutes.forms import SignedForm, WhoseForm
from fremsyn.approval.minutes.operations import signing
from fremsyn.approval.minutes.signing import service
from fremsyn.cases.access import Visit, access_case
from fremsyn.cases.rights import Right
from fremsyn.core.errors import RuleBroken


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_signed(request: HttpRequest, case_slug: str, meeting: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval", Right.SERVE)
    page = queries.minutes_page(visit, meeting)
    form = SignedForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        try:
            taken = take(visit, meeting, form.cleaned_data["signed"].read())
            said = ngettext("%(n)d signature was taken in.", "%(n)d signatures were taken in.", taken)
            messages.success(request, said % {"n": taken})
            return redirect("approval:minutes", case_slug, meeting)
        except RuleBroken as error:
            form.add_error("signed", str(error))
    page |= {"form": form, "heading": _("Signed minutes")}
    return render(request, "approval/minutes_signed.html", page, status=422 if form.errors else 200)


def take(visit: Visit, meeting: str, signed: bytes) -> int:
    """Check a signed copy and keep its signatures; return how many are new."""
    minutes = queries.opened(visit, meeting)
    if minutes.approved_at is None:
        raise RuleBroken(_("The minutes have not been approved, so there is nothing to sign yet."))
    found = service().signatures(minutes, signed)
    made = signing.take_signed(
        case=visit.case, meeting=meeting, signed=signed, found=found, by=visit.person, at=timezone.now()
    )
    return len(made)


@require_POST
def minutes_whose(request: HttpRequest, case_slug: str, meeting: str) -> HttpResponse:
    visit = access_case(request, case_slug, "approval", Right.SERVE)
    queries.opened(visit, meeting)
    form = WhoseForm(request.POST)
    try:
        if not form.is_valid():
            raise RuleBroken(_("The page was not read as it should. Load it again."))
        signing.say_whose(case=visit.case, meeting=meeting, by=visit.person, at=timezone.now(), **form.cleaned_data)
    except RuleBroken as error:
        messages.error(request, str(error))
    return redirect("approval:minutes", case_slug, meeting)
