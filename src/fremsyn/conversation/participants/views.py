"""The pages of a round for those who answer it. Each works without a script; a script makes voting quicker."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fremsyn.conversation import operations
from fremsyn.conversation.models import AnswerKind, Participant
from fremsyn.conversation.operations.joining import usable_invitation
from fremsyn.conversation.participants import door, limiting, queries, stepping
from fremsyn.conversation.participants.forms import CodeForm, PressForm, WordsForm
from fremsyn.conversation.participants.outcome import outcome_page
from fremsyn.conversation.refusals import Refused

PAGES = "conversation/participants/"
UNREADABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@door.kindly
def join(request: HttpRequest, token: str) -> HttpResponse:
    here = queries.already_in(request, token)
    if here:
        return door.remember(request, redirect("rounds:go_on"), here)
    if request.method == "POST":
        limiting.count(request, limiting.JOINS)
        joined = operations.join_round(token=token, language=get_language() or "da", at=timezone.now())
        return door.remember(request, redirect("rounds:opening"), joined)
    invitation = usable_invitation(token, timezone.now())
    response = render(request, f"{PAGES}join.html", queries.welcome(invitation.round))
    response.headers["Referrer-Policy"] = "strict-origin"  # the address holds the token
    return response


@require_safe
@door.for_participants
def go_on(request: HttpRequest, participant: Participant) -> HttpResponse:
    return redirect(queries.where_next(participant, timezone.now()))


@require_safe
@door.for_participants
def opening(request: HttpRequest, participant: Participant) -> HttpResponse:
    context = queries.opening(participant)
    if not context["says"]:
        return redirect("rounds:go_on")
    return render(request, f"{PAGES}opening.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door.for_participants
def step(request: HttpRequest, participant: Participant, number: int) -> HttpResponse:
    queries.refuse_unless_open(participant, timezone.now())
    way = queries.way(participant)
    if not 1 <= number <= len(way):
        return redirect("rounds:go_on")
    if request.method == "POST":
        limiting.count_press(request, participant)
        return stepping.taken(request, participant, way, number)
    return stepping.shown(request, participant, way, number)


@require_POST
@door.for_participants
def vote(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Take a vote from a script and answer with its receipt, when it has been committed."""
    limiting.count_press(request, participant)
    form = PressForm(request.POST)
    if not form.is_valid():
        return JsonResponse(
            {"title": _("This answer can't be read. Load the page again and press once more.")}, status=422
        )
    queries.refuse_others(participant, form.cleaned_data.pop("who"))
    receipt = operations.cast_vote(
        round_=participant.round, participant=participant, at=timezone.now(), **form.cleaned_data
    )
    return JsonResponse(vars(receipt))


@require_http_methods(["GET", "HEAD", "POST"])
@door.for_participants
def propose(request: HttpRequest, participant: Participant) -> HttpResponse:
    form = WordsForm(stepping.sent(request), label=_("Your statement"))
    if stepping.written(request, participant, form, AnswerKind.PROPOSAL):
        messages.success(request, _("Kept. A facilitator reads it before the others see it."))
        return redirect("rounds:propose")
    context = queries.proposing(participant) | {"form": form}
    return render(request, f"{PAGES}propose.html", context, status=UNREADABLE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door.for_participants
def reply(request: HttpRequest, participant: Participant, ident: object) -> HttpResponse:
    context = queries.replying(participant, str(ident))
    form = WordsForm(stepping.sent(request), initial={"text": context["mine"]})
    if stepping.written(request, participant, form, AnswerKind.REPLY, str(ident)):
        messages.success(request, _("Kept. A facilitator reads it before the others see it."))
        return redirect("rounds:step", context["back"])
    return render(request, f"{PAGES}reply.html", context | {"form": form}, status=UNREADABLE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door.for_participants
def code(request: HttpRequest, participant: Participant) -> HttpResponse:
    return _with_code(request, participant, "code")


@require_http_methods(["GET", "HEAD", "POST"])
@door.for_participants
def thanks(request: HttpRequest, participant: Participant) -> HttpResponse:
    return _with_code(request, participant, "thanks")


def _with_code(request: HttpRequest, participant: Participant, page: str) -> HttpResponse:
    """Show a page with the code that was just made, once; a POST makes it."""
    if request.method == "POST":
        limiting.count_press(request, participant)
        made = operations.issue_code(participant=participant, at=timezone.now())
        return door.hand_over(redirect(f"rounds:{page}"), made)
    context = queries.ending(participant) | {"code": door.handed_over(request), "page": page}
    return door.used_up(render(request, f"{PAGES}{page}.html", context))


@require_safe
@door.for_participants
def outcome(request: HttpRequest, participant: Participant) -> HttpResponse:
    return render(request, f"{PAGES}outcome.html", outcome_page(participant, timezone.now()))


@require_http_methods(["GET", "HEAD", "POST"])
@door.kindly
def resume(request: HttpRequest) -> HttpResponse:
    form = CodeForm(stepping.sent(request))
    if form.is_valid():
        limiting.refuse_guesses(request)
        try:
            back = operations.resume(code=form.cleaned_data["code"], at=timezone.now())
        except Refused as refused:
            limiting.count(request, limiting.CODES)
            form.add_error("code", str(refused))
        else:
            return door.remember(request, queries.in_own_language(redirect("rounds:go_on"), request, back), back)
    return render(request, f"{PAGES}resume.html", {"form": form}, status=UNREADABLE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door.for_participants
def erase(request: HttpRequest, participant: Participant) -> HttpResponse:
    context = queries.erasing(participant)
    if request.method == "POST":
        operations.erase_answers(participant=participant, at=timezone.now())
        return door.forget_one(request, redirect("rounds:erased"), participant)
    return render(request, f"{PAGES}erase.html", context)


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    return render(request, f"{PAGES}erased.html")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("This phone no longer knows you. Your answers are kept."))
    return door.forget(redirect("rounds:resume"))
