"""The page of who is in a case, and the page that an invitation leads to."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fremsyn.cases.access import access_case
from fremsyn.cases.models import CaseInvitation
from fremsyn.cases.people import operations
from fremsyn.cases.people.forms import AccountForm, InviteForm
from fremsyn.cases.people.queries import people_of
from fremsyn.cases.rights import Right
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person

BACKEND = "django.contrib.auth.backends.ModelBackend"
SHOWN_ONCE = "case_invitation"


@require_http_methods(["GET", "HEAD", "POST"])
def case_people(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, right=Right.ADMINISTER)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told, at = form.cleaned_data, timezone.now()
        ends = at + timedelta(days=told.pop("days"))
        try:
            _made, token = operations.invite_to_case(case=visit.case, expires_at=ends, by=visit.person, at=at, **told)
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            request.session[SHOWN_ONCE] = {case_slug: reverse("cases:invitation", args=[token])}
            return redirect("cases:case_people", case_slug)
    made = request.session.pop(SHOWN_ONCE, {}).get(case_slug) if request.method == "GET" else None
    page = people_of(visit) | {"form": form, "link": request.build_absolute_uri(made) if made else ""}
    return render(request, "cases/people/case_people.html", page, status=422 if form.errors else 200)


def _asked(request: HttpRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as error:
        raise Http404 from error


@require_POST
def member_change(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, right=Right.ADMINISTER)
    person, role = _asked(request, "person"), request.POST.get("role", "")
    operations.change_role(case=visit.case, person=person, role=role, by=visit.person, at=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("chain:case" if person == visit.person.pk else "cases:case_people", case_slug)


@require_POST
def member_remove(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, right=Right.ADMINISTER)
    person = _asked(request, "person")
    operations.remove_member(case=visit.case, person=person, by=visit.person, at=timezone.now())
    messages.success(request, _("Taken out of the case."))
    return redirect("/") if person == visit.person.pk else redirect("cases:case_people", case_slug)


@require_POST
def invitation_withdraw(request: HttpRequest, case_slug: str) -> HttpResponse:
    visit = access_case(request, case_slug, right=Right.ADMINISTER)
    invitation = _asked(request, "invitation")
    operations.withdraw_invitation(case=visit.case, invitation=invitation, by=visit.person, at=timezone.now())
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("cases:case_people", case_slug)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    held = CaseInvitation.objects.select_related("case").filter(token_sha256=operations.hashed(token)).first()
    if held is None:
        raise Http404
    why = operations.refusal(held, timezone.now())
    form = AccountForm(request.POST if request.method == "POST" and not request.user.is_authenticated else None)
    if request.method == "POST" and not why and (request.user.is_authenticated or form.is_valid()):
        try:
            return _let_in(request, token, form)
        except RuleBroken as error:
            if request.user.is_authenticated:
                why = str(error)
            else:
                form.add_error(None, str(error))
    page = {"held": held, "why": why, "form": form, "here": request.path}
    status = 410 if why else 422 if form.errors else 200
    return render(request, "cases/people/invitation.html", page, status=status)


def _let_in(request: HttpRequest, token: str, form: AccountForm) -> HttpResponse:
    at = timezone.now()
    if isinstance(request.user, Person):
        membership = operations.accept_invitation(token=token, person=request.user, at=at)
    else:
        membership = operations.join_with_new_account(token=token, at=at, **form.cleaned_data)
        login(request, membership.person, backend=BACKEND)
    messages.success(request, _("Welcome to the case."))
    return redirect("chain:case", membership.case.slug)
