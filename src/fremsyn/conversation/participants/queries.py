"""What the pages of a round show to one participant."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fremsyn.cases import file as case_file
from fremsyn.conversation import models
from fremsyn.conversation.handover import load
from fremsyn.conversation.models import Answer, AnswerKind, Participant, Vote
from fremsyn.conversation.operations.erasing import erasable
from fremsyn.conversation.operations.joining import hashed
from fremsyn.conversation.participants import door, judging
from fremsyn.conversation.participants.steps import Step, answered, minutes, next_step, of_others, steps_of, way_of
from fremsyn.conversation.refusals import Refused, Why
from fremsyn.conversation.running import RoundState, state_of
from fremsyn.conversation.schema import STEPS, Conversation, Round, Statement
from fremsyn.conversation.wording import ANONYMITY

MOST_OTHERS = 8
VOTES: dict[int, tuple[str, Promise]] = {1: ("1", _("Agree")), -1: ("2", _("Disagree")), 0: ("3", _("Pass"))}


def of_case(row: models.Round) -> tuple[Conversation, Round]:
    """Return the conversation and the round as the case holds them.

    :raises Refused: when the round has been withdrawn
    """
    talk = load(row.item.case).conversation
    found = next((each for each in talk.rounds if each.ref == row.item.ref), None)
    if found is None:
        raise Refused(Why.CLOSED)
    return talk, found


def frame(row: models.Round) -> dict[str, Any]:
    """Return what every page of a round holds."""
    talk, round_ = of_case(row)
    own = case_file.load(row.item.case)
    return {"talk": talk, "round": round_, "organisation": own.organisation.name, "horizon": own.horizon}


def already_in(request: HttpRequest, token: str) -> Participant | None:
    """Return who from this phone takes part in the round that a link leads to."""
    joined = Participant.objects.filter(pk__in=door.known(request), round__invitations__token_sha256=hashed(token))
    return joined.first()


def welcome(row: models.Round) -> dict[str, Any]:
    """Return what is said before anybody begins: what it is for, how long it takes, who asks, what becomes of it."""
    context = frame(row)
    steps = steps_of(context["talk"], context["round"], others=False)
    counts = {kind: sum(step.kind == kind for step in steps) for kind in ("statement", "scenario", "open")}
    return context | {"minutes": minutes(steps), "counts": counts, "anonymity": ANONYMITY[context["round"].anonymity]}


def opening(participant: Participant) -> dict[str, Any]:
    """Return what the round opens with: what was heard, what surprised the leadership, and a perspective."""
    context = frame(participant.round)
    round_ = context["round"]
    says = bool(round_.heard or round_.surprised_leadership or round_.perspective)
    return context | {"says": says}


def refuse_unless_open(participant: Participant, at: datetime) -> None:
    """Refuse answers to a round that takes none.

    :raises Refused: in that case
    """
    if state_of(participant.round, at) != RoundState.OPEN:
        raise Refused(Why.CLOSED)


def mark_of(participant: Participant) -> str:
    """Return what a page says of who it was made for, so that nothing pressed there counts for another."""
    return hashed(str(participant.pk))[:16]


def refuse_others(participant: Participant, mark: str) -> None:
    """Refuse what was pressed on a page that was made for another participant.

    :raises Refused: in that case
    """
    if mark != mark_of(participant):
        raise Refused(Why.STRANGER)


def way(participant: Participant) -> tuple[Step, ...]:
    """Return a participant's steps."""
    return way_of(participant, *of_case(participant.round))


def where_next(participant: Participant, at: datetime) -> str:
    """Return the address at which a participant goes on: the first step without an answer, or what came of it."""
    if state_of(participant.round, at) != RoundState.OPEN:
        return reverse("rounds:outcome")
    steps = way(participant)
    number = next_step(steps, answered(participant))
    return reverse("rounds:step", args=[number]) if number <= len(steps) else reverse("rounds:thanks")


def after(steps: Sequence[Step], number: int) -> str:
    """Return the address that follows on a step."""
    return reverse("rounds:step", args=[number + 1]) if number < len(steps) else reverse("rounds:thanks")


def step_page(participant: Participant, steps: Sequence[Step], number: int) -> dict[str, Any]:
    """Return a step as its page shows it."""
    here = steps[number - 1]
    done = answered(participant)
    context = frame(participant.round) | {
        "step": here,
        "number": number,
        "back": reverse("rounds:step", args=[number - 1]) if number > 1 else reverse("rounds:opening"),
        "next": after(steps, number),
        "last": number == len(steps),
        "minutes": minutes(steps[number - 1 :]),
        "done": sum(step.is_done(done) for step in steps),
        "all": len(steps),
    }
    if here.kind == "statement":
        return context | _statement(participant, context["talk"], context["round"], steps, here)
    if here.kind == "scenario":
        return context | judging.scenario_page(participant, context["round"], here)
    if here.kind == "others":
        return context | {"others": others(participant)}
    return context | _words(participant, context, here)


def _statement(
    participant: Participant, talk: Conversation, round_: Round, steps: Sequence[Step], here: Step
) -> dict[str, Any]:
    texts: dict[str, Statement] = {each.ref: each for each in talk.statements}
    cast = Vote.objects.filter(round=participant.round_id, participant=participant.pseudonym)
    votes = {
        ref: (value, important)
        for ref, value, important in cast.values_list("statement__item__ref", "value", "important")
    }
    reason = Answer.objects.filter(participant=participant, kind=AnswerKind.REASON, place=here.place).first()
    value, important = votes.get(here.place, (None, False))
    reasons = set(
        Answer.objects.filter(participant=participant, kind=AnswerKind.REASON).values_list("place", flat=True)
    )
    return {
        "statement": texts[here.place],
        "who": mark_of(participant),
        "after_statements": after(steps, here.of),
        "value": value,
        "given": {"important": important, "reason": reason.text if reason else ""},
        "choices": list(range(1, STEPS["rating"] + 1)) if round_.kind == "rating" else VOTES,
        "queue": [
            {
                "number": at,
                "step": step,
                "text": texts[step.place].text,
                "vote": votes.get(step.place),
                "minutes": minutes(steps[at - 1 :]),
                "reason": step.place in reasons,
            }
            for at, step in enumerate(steps, start=1)
            if step.kind == "statement"
        ],
    }


def _words(participant: Participant, context: dict[str, Any], here: Step) -> dict[str, Any]:
    kept = Answer.objects.filter(participant=participant, kind=here.kind, place=here.place).first()
    label = {"open": _("Your answer"), "monday": _("On Monday I would"), "postcard": _("Your postcard")}[here.kind]
    asked = context["round"].questions[int(here.place) - 1] if here.kind == "open" else None
    return {"given": {"text": kept.text if kept else ""}, "label": label, "asked": asked}


def others(participant: Participant) -> list[dict[str, Any]]:
    """Return what others wrote, those not yet answered first, each with what it was written to."""
    talk, round_ = of_case(participant.round)
    mine = dict(Answer.objects.filter(participant=participant, kind=AnswerKind.REPLY).values_list("place", "text"))
    found = of_others(participant).select_related("replies_to").order_by("-decided_at", "pk")
    told = [{"answer": each, "about": about(each, talk, round_), "mine": mine.get(str(each.pk), "")} for each in found]
    return sorted(told, key=lambda each: bool(each["mine"]))[:MOST_OTHERS]


def about(answer: Answer, talk: Conversation, round_: Round) -> Any:
    """Return what an answer was written to: the text of a statement, question or answer; None where its kind says it."""
    if answer.kind == AnswerKind.REASON:
        return next((each.text for each in talk.statements if each.ref == answer.place), None)
    if answer.kind == AnswerKind.WORD:
        telling = (round_.tellings or {}).get(answer.place)
        return telling.title if telling else None
    if answer.kind == AnswerKind.OPEN and int(answer.place) <= len(round_.questions):
        return round_.questions[int(answer.place) - 1]
    return answer.replies_to.text if answer.replies_to else None


def replying(participant: Participant, ident: str) -> dict[str, Any]:
    """Return the page on which another's view is answered.

    :raises Refused: when there is no such view to be read
    """
    try:
        answer = of_others(participant).select_related("replies_to").get(pk=ident)
    except ObjectDoesNotExist:
        raise Refused(Why.STATEMENT) from None
    context = frame(participant.round)
    mine = Answer.objects.filter(participant=participant, kind=AnswerKind.REPLY, place=ident).first()
    return context | {
        "answer": answer,
        "about": about(answer, context["talk"], context["round"]),
        "mine": mine.text if mine else "",
        "back": len(way(participant)),
    }


def proposing(participant: Participant) -> dict[str, Any]:
    """Return the page on which a statement is proposed, with those proposed before."""
    mine = Answer.objects.filter(participant=participant, kind=AnswerKind.PROPOSAL).order_by("pk")
    return frame(participant.round) | {"mine": mine}


def ending(participant: Participant) -> dict[str, Any]:
    """Return what is said at the end, and where one pauses."""
    steps = way(participant)
    done = answered(participant)
    return frame(participant.round) | {
        "left": [step for step in steps if step.kind != "others" and not step.is_done(done)],
        "votes": sum(kind == "statement" for kind, _place in done),
    }


def erasing(participant: Participant) -> dict[str, Any]:
    """Return what would go if a participant erased all answers, and what would stay.

    :raises Refused: when the round has been closed
    """
    if not erasable(participant):
        raise Refused(Why.FINAL)
    written = Answer.objects.filter(participant=participant)
    cast = Vote.objects.filter(round=participant.round_id, participant=participant.pseudonym)
    made = written.filter(kind=AnswerKind.PROPOSAL, statement__isnull=False)
    return frame(participant.round) | {"votes": cast.count(), "texts": written.count(), "made": made.exists()}


def in_own_language(response: HttpResponse, request: HttpRequest, participant: Participant) -> HttpResponse:
    """Go on in the language in which the participant began, unless another was chosen on this phone."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, participant.language, max_age=settings.LANGUAGE_COOKIE_AGE,
            httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response
