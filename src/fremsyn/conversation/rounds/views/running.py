"""Leading a round: its page, opening it, closing it, showing its results."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fremsyn.cases.access import access_case
from fremsyn.cases.rights import Right
from fremsyn.conversation.operations import close_round, open_round, show_results
from fremsyn.conversation.rounds import outcome, queries

Act = Callable[..., Any]


@require_safe
def round_run(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation", Right.LEAD)
    led = queries.led(visit, ref)
    context = queries.run_page(visit, led) | outcome.led_page(visit, led)
    return render(request, "conversation/rounds/round_run.html", context)


@require_safe
def round_response(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    visit = access_case(request, case_slug, "conversation", Right.LEAD)
    led = queries.led(visit, ref)
    return render(
        request, "conversation/rounds/_response.html", {"visit": visit, "led": led, **queries.response(visit, led)}
    )


@require_POST
def round_open(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    done(request, case_slug, ref, open_round)
    messages.success(request, _("The round is open. Make links, and send them."))
    return redirect("conversation:round_invite", case_slug, ref)


@require_POST
def round_close(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    done(request, case_slug, ref, close_round)
    messages.success(request, _("The round is closed. What was answered is counted and kept."))
    return redirect("conversation:round_run", case_slug, ref)


@require_POST
def round_show(request: HttpRequest, case_slug: str, ref: str) -> HttpResponse:
    done(request, case_slug, ref, show_results)
    messages.success(request, _("The results are shown to those who answered and to the case."))
    return redirect("conversation:round", case_slug, ref)


def done(request: HttpRequest, case_slug: str, ref: str, act: Act) -> datetime:
    visit = access_case(request, case_slug, "conversation", Right.LEAD)
    at = timezone.now()
    act(round_=queries.led(visit, ref, at).row, by=visit.person, at=at)
    return at
