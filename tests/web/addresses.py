"""A few addresses for tests of the frame alone."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.i18n import set_language

from fremsyn.core.errors import NotAllowed, RuleBroken


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("plain")


def kept(request: HttpRequest) -> HttpResponse:
    return HttpResponse("kept", headers={"Cache-Control": "max-age=60"})


def broken(request: HttpRequest) -> HttpResponse:
    raise RuleBroken("The <scenario> cross is frozen.")


def refused(request: HttpRequest) -> HttpResponse:
    raise NotAllowed("Only the facilitator closes a round.")


def failing(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


people = [path("sign-in/", plain, name="sign_in"), path("sign-out/", plain, name="sign_out")]

urlpatterns = [
    path("language", set_language, name="set_language"),
    path("plain", plain),
    path("kept", kept),
    path("broken", broken),
    path("refused", refused),
    path("failing", failing),
    path("", include((people, "people"))),
]
