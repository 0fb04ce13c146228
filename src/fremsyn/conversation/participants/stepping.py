"""A step shown, and a step answered."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fremsyn.conversation import operations
from fremsyn.conversation.models import AnswerKind, Participant
from fremsyn.conversation.participants import judging, limiting, queries
from fremsyn.conversation.participants.forms import ScenarioForm, VoteForm, WordsForm
from fremsyn.conversation.participants.steps import Step
from fremsyn.conversation.refusals import Refused
from fremsyn.core.errors import RuleBroken

PAGES = "conversation/participants/"


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with, however little; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def shown(
    request: HttpRequest, participant: Participant, way: Sequence[Step], number: int, form: forms.Form | None = None
) -> HttpResponse:
    """Return the page of a step; with a form that is not in order, that form again."""
    here = way[number - 1]
    context = queries.step_page(participant, way, number)
    if form is None and here.kind == "statement":
        form = VoteForm(initial=context["given"])
    elif form is None and here.kind == "scenario":
        form = ScenarioForm(initial=context["given"])
    elif form is None and here.kind != "others":
        form = WordsForm(initial=context["given"], label=context["label"])
    status = 422 if form is not None and form.errors else 200
    return render(request, f"{PAGES}step_{here.kind}.html", context | {"form": form}, status=status)


def taken(request: HttpRequest, participant: Participant, way: Sequence[Step], number: int) -> HttpResponse:
    """Keep what was answered in a step and go on to the next, or show what has to be mended."""
    here = way[number - 1]
    form: forms.Form
    if here.kind == "statement":
        form = VoteForm(request.POST)
        kept = _voted(participant, here, form)
    elif here.kind == "scenario":
        return _judged(request, participant, way, number)
    elif here.kind == "others":
        return redirect("rounds:go_on")
    else:
        form = WordsForm(request.POST, label=queries.step_page(participant, way, number)["label"])
        kept = written(request, participant, form, here.kind, here.place)
    if not kept:
        return shown(request, participant, way, number, form)
    messages.success(request, _("Kept."))
    return redirect(queries.after(way, number))


def _judged(request: HttpRequest, participant: Participant, way: Sequence[Step], number: int) -> HttpResponse:
    """Keep how a scenario was judged; whoever goes to read the whole story first keeps what is chosen, if anything is."""
    here = way[number - 1]
    form = ScenarioForm(request.POST)
    reads = "read" in request.POST
    nothing = not form.is_valid() and bool(form.non_field_errors())
    if not (reads and nothing):
        if not judging.keep_judgement(participant, here, form):
            return shown(request, participant, way, number, form)
        messages.success(request, _("Kept."))
    story = reverse("told:story", args=[here.place])
    return redirect(f"{story}?from={number}" if reads else queries.after(way, number))


def _voted(participant: Participant, here: Step, form: VoteForm) -> bool:
    """Keep a vote even where the reason can't be; return whether all is kept."""
    form.is_valid()
    given = form.cleaned_data
    if "value" not in given:
        return False
    at = timezone.now()
    try:
        operations.cast_vote(
            round_=participant.round, participant=participant, statement=here.place, value=given["value"],
            important=given["important"], at=at,
        )  # fmt: skip
    except Refused:
        raise
    except RuleBroken as broken:
        form.add_error("value", str(broken))
    if form.errors:
        return False
    why: dict[str, Any] = {"participant": participant, "kind": AnswerKind.REASON, "place": here.place, "at": at}
    if given["reason"]:
        operations.write_answer(text=given["reason"], language=get_language() or "da", **why)
    else:
        operations.take_back_answer(**why)
    return True


def written(request: HttpRequest, participant: Participant, form: WordsForm, kind: str, place: str = "") -> bool:
    """Keep the text of a form that was sent and is in order; a rule that it breaks is told at its field."""
    if not form.is_valid():
        return False
    limiting.count(request, limiting.WORDS)
    try:
        operations.write_answer(
            participant=participant, kind=kind, place=place, text=form.cleaned_data["text"],
            language=get_language() or "da", at=timezone.now(),
        )  # fmt: skip
    except Refused:
        raise
    except RuleBroken as broken:
        form.add_error("text", str(broken))
    return not form.errors
