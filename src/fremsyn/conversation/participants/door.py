"""Who is answering: a signed cookie that no script can read holds which participants came from this phone."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from fremsyn.conversation.models import Participant
from fremsyn.conversation.refusals import Refused, Why

SALT = "fremsyn.round"
DAYS = 120
MOST_KEPT = 8
SECONDS_A_CODE_IS_SHOWN = 300
# A page shows the round as the case holds it, and needs little of the rows: this is read at every press.
READ = (
    "round", "circle", "pseudonym", "language", "round__kind", "round__closes", "round__run__closed_at",
    "round__item__ref", "round__item__case__slug", "round__item__case__revision", "round__item__case__shown_as_of",
)  # fmt: skip


def known(request: HttpRequest) -> list[str]:
    """Return the ids of the participants that came from this phone, the one answering first."""
    try:
        kept: list[str] = signing.loads(
            request.COOKIES.get(settings.ROUND_COOKIE_NAME, ""), salt=SALT, max_age=DAYS * 24 * 3600
        )
    except signing.BadSignature:
        return []
    return kept


def participant_of(request: HttpRequest) -> Participant:
    """Return who is answering.

    :raises Refused: when this phone is not known
    """
    for ident in known(request)[:1]:
        found = Participant.objects.select_related("round__item__case", "round__run").only(*READ)
        try:
            return found.get(pk=UUID(ident), round__item__withdrawn_at=None)
        except ObjectDoesNotExist:
            break
    raise Refused(Why.STRANGER)


def remember(request: HttpRequest, response: HttpResponse, participant: Participant) -> HttpResponse:
    """Let this phone go on as a participant."""
    kept = [str(participant.pk), *(each for each in known(request) if each != str(participant.pk))]
    _set(response, settings.ROUND_COOKIE_NAME, signing.dumps(kept[:MOST_KEPT], salt=SALT), DAYS * 24 * 3600)
    return response


def forget_one(request: HttpRequest, response: HttpResponse, participant: Participant) -> HttpResponse:
    """Let this phone be one participant less."""
    kept = [each for each in known(request) if each != str(participant.pk)]
    if not kept:
        return forget(response)
    _set(response, settings.ROUND_COOKIE_NAME, signing.dumps(kept, salt=SALT), DAYS * 24 * 3600)
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """Let this phone be nobody's."""
    response.delete_cookie(settings.ROUND_COOKIE_NAME, samesite="Lax")
    return response


def hand_over(response: HttpResponse, code: str) -> HttpResponse:
    """Give a code to the next page, which shows it once."""
    _set(response, _code_cookie(), signing.dumps(code, salt=SALT), SECONDS_A_CODE_IS_SHOWN)
    return response


def handed_over(request: HttpRequest) -> str:
    """Return the code that was given to this page; empty where none was."""
    try:
        code: str = signing.loads(request.COOKIES.get(_code_cookie(), ""), salt=SALT, max_age=SECONDS_A_CODE_IS_SHOWN)
    except signing.BadSignature:
        return ""
    return code


def used_up(response: HttpResponse) -> HttpResponse:
    """Take the code away when it has been shown."""
    response.delete_cookie(_code_cookie(), samesite="Lax")
    return response


def _code_cookie() -> str:
    return f"{settings.ROUND_COOKIE_NAME}_code"


def _set(response: HttpResponse, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        name, value, max_age=seconds, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


Page = Callable[..., HttpResponse]


def kindly(view: Page) -> Page:
    """Answer what is refused with a page that says why and what to do, or with the same as JSON to a script."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            return refusal(request, refused)

    return answer


def refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Return the page of a refusal."""
    told = {"title": str(refused.title), "advice": str(refused.advice)}
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse(told, status=refused.status)
    resumable = refused.why not in (Why.UNKNOWN, Why.PLANNED, Why.CODE, Why.STATEMENT, Why.LIMITED, Why.FINAL)
    on = refused.why in (Why.STATEMENT, Why.LIMITED)
    context = {
        **told,
        "resumable": resumable,
        "on": on,
        "outcome": refused.why in (Why.CLOSED, Why.FINAL) and bool(known(request)),
    }
    return render(request, "conversation/participants/refused.html", context, status=refused.status)


def for_participants(view: Page) -> Page:
    """Let only somebody who has joined in, and hand the participant on to the view."""

    @kindly
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, participant_of(request), *args, **kwargs)

    return answer
