"""What participants write in their own words."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.cases.free_text import refuse_unfit
from fremsyn.conversation.models import Answer, AnswerKind, AnswerState, Participant, Round, Statement
from fremsyn.conversation.refusals import Refused, Why
from fremsyn.conversation.running import RoundState, state_of
from fremsyn.core.errors import RuleBroken

LONGEST = 2000
MOST_PROPOSALS = 5
MOST_REPLIES = 20


@transaction.atomic
def write_answer(
    *, participant: Participant, kind: str, place: str = "", text: str, language: str, at: datetime
) -> Answer:
    """Keep what a participant wrote; what they wrote in the same place before gives way. Others see it when accepted.

    :param kind: one of `AnswerKind`
    :param place: a reason's statement (U7), the scenario that was judged (C2), an open question's number from 1, the id of the answer that is replied to;
        empty for all else. A proposal is always a new one
    :raises Refused: when the round takes no answers, or the statement or answer is not there
    :raises RuleBroken: for a text that is empty, over 2,000 characters or holds a CPR number, and for too many
    """
    held = _held(participant, at)
    text = _fit(text)
    row = _row(held, kind, place)
    kept = Answer.objects.filter(participant=held, kind=kind, place=row["place"]).first()
    if kept and kept.text == text:
        return kept
    fresh: dict[str, Any] = {"text": text, "language": language, "state": AnswerState.PENDING}
    fresh |= {"moderator_reason": "", "decided_at": None, "decided_by": None}
    answer, _created = Answer.objects.update_or_create(
        participant=held, kind=kind, place=row["place"], defaults=fresh | row | {"round": held.round}
    )
    return answer


@transaction.atomic
def take_back_answer(*, participant: Participant, kind: str, place: str = "", at: datetime) -> bool:
    """Delete what a participant wrote in a place; tell whether there was anything.

    :raises Refused: when the round takes no answers
    """
    gone, _each = Answer.objects.filter(participant=_held(participant, at), kind=kind, place=place).delete()
    return gone > 0


def _held(participant: Participant, at: datetime) -> Participant:
    """Return a participant who may write now, locked.

    :raises Refused: when the answers were erased since the page was asked for, or the round takes none
    """
    mine = Participant.objects.select_for_update(of=("self",))  # the run is an outer join, which can't be locked
    held = mine.select_related("round__item__case", "round__run").filter(pk=participant.pk).first()
    if held is None:
        raise Refused(Why.STRANGER)
    if state_of(held.round, at) != RoundState.OPEN:
        raise Refused(Why.CLOSED)
    return held


def _fit(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise RuleBroken(_("Write something first, or go on without."))
    if len(text) > LONGEST:
        raise RuleBroken(_("The text is too long. Write at most 2,000 characters."))
    try:
        refuse_unfit(text)
    except ValidationError as refused:
        raise RuleBroken(refused.messages[0]) from refused
    return text


def _row(participant: Participant, kind: str, place: str) -> dict[str, Any]:
    """Return where an answer belongs.

    :raises Refused: when there is no such place in the round
    """
    round_ = participant.round
    asked = {
        AnswerKind.MONDAY: round_.monday,
        AnswerKind.POSTCARD: round_.postcard,
        AnswerKind.WORD: place in (round_.tellings or {}),
        AnswerKind.OPEN: place in {str(number + 1) for number in range(len(round_.questions))},
    }
    if kind == AnswerKind.REASON:
        return {"place": place, "statement": _statement(round_, place)}
    if kind == AnswerKind.REPLY:
        return {"place": place, "replies_to": _other(participant, place)}
    if kind == AnswerKind.PROPOSAL:
        return {"place": _next_proposal(participant)}
    if kind not in AnswerKind.values or not asked[AnswerKind(kind)]:
        raise Refused(Why.STATEMENT)
    return {"place": place if kind in (AnswerKind.OPEN, AnswerKind.WORD) else ""}


def _statement(round_: Round, ref: str) -> Statement:
    held_by_round = {"item__incoming__from_item": round_.item_id, "item__incoming__field": "statements"}
    found = Statement.objects.filter(item__ref=ref, item__withdrawn_at=None, **held_by_round).first()
    if found is None:
        raise Refused(Why.STATEMENT)
    return found


def _other(participant: Participant, ident: str) -> Answer:
    try:
        wanted = UUID(ident)
    except ValueError:
        raise Refused(Why.STATEMENT) from None
    shown = Answer.objects.filter(round=participant.round, state=AnswerState.ACCEPTED).exclude(participant=participant)
    found = shown.filter(pk=wanted).first()
    if found is None:
        raise Refused(Why.STATEMENT)
    mine = Answer.objects.filter(participant=participant, kind=AnswerKind.REPLY).exclude(place=ident)
    if mine.count() >= MOST_REPLIES:
        raise RuleBroken(_("You have answered many already. Leave room for others."))
    return found


def _next_proposal(participant: Participant) -> str:
    places = Answer.objects.filter(participant=participant, kind=AnswerKind.PROPOSAL).values_list("place", flat=True)
    if len(places) >= MOST_PROPOSALS:
        raise RuleBroken(_("You have proposed five statements, which is as many as one may. Thank you."))
    return str(max(map(int, places), default=0) + 1)
