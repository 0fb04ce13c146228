"""Signing in and out."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login
from django.contrib.auth.views import LoginView, LogoutView, redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fremsyn.people import confirming
from fremsyn.people.forms import ConfirmForm, SignInForm
from fremsyn.people.limiting import address_of
from fremsyn.people.models import Demonstration, DemonstrationPerson, DemonstrationSeat, Person
from fremsyn.people.roles import Role


class SignIn(LoginView):
    """Signing in with a password; in a demonstration the page also shows the way to its buttons."""

    template_name = "people/sign_in.html"
    authentication_form = SignInForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(demonstration=Demonstration.objects.exists(), **kwargs)


sign_in = SignIn.as_view()
sign_out = LogoutView.as_view()


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the password before something that binds, and lead back to where that is done."""
    person = request.user
    if not isinstance(person, Person):
        return redirect_to_login(request.get_full_path())
    asked = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    back = asked if safe else "/"
    form = ConfirmForm(request.POST if request.method == "POST" else None, person=person, address=address_of(request))
    if form.is_valid():
        confirming.confirm(request, person, timezone.now())
        return redirect(back)
    status = 422 if form.is_bound else 200
    return render(request, "people/confirm.html", {"form": form, "next": back, "person": person}, status=status)


@require_safe
def demo(request: HttpRequest) -> HttpResponse:
    if not Demonstration.objects.exists():
        raise Http404
    return render(request, "people/demo.html", {"roles": Role, "seats": DemonstrationSeat.objects.order_by("pk")})


@require_POST
def demo_sign_in(request: HttpRequest, role: str) -> HttpResponse:
    return _signed_in(request, get_object_or_404(DemonstrationPerson.objects.select_related("person"), role=role))


@require_POST
def demo_seat(request: HttpRequest, seat: int) -> HttpResponse:
    return _signed_in(request, get_object_or_404(DemonstrationSeat.objects.select_related("person"), pk=seat))


def _signed_in(request: HttpRequest, as_whom: DemonstrationPerson | DemonstrationSeat) -> HttpResponse:
    login(request, as_whom.person, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("/")


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that came without its token, which mostly is a page left open for too long."""
    return render(request, "people/form_refused.html", {"stays": "/"}, status=403)
