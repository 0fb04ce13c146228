"""Reading what participants wrote before others do: accept it, or say why not."""

import hashlib
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.audit.operations import record
from fremsyn.cases.free_text import refuse_unfit
from fremsyn.cases.models import Item
from fremsyn.cases.remembered import changed
from fremsyn.conversation.models import Answer, AnswerKind, AnswerState, Statement
from fremsyn.conversation.operations.preparing import add_statements
from fremsyn.conversation.operations.running import asked_of
from fremsyn.conversation.schema import Statement as AskedStatement
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text
from fremsyn.people.models import Person

LONGEST_REASON = 500


def mark_of(answer: Answer) -> str:
    """Return what names the text that was read, so that another that came in between isn't decided unread."""
    return hashlib.sha256(f"{answer.pk}\n{answer.text}".encode()).hexdigest()[:16]


@transaction.atomic
def accept_answer(*, answer: Answer, seen: str, by: Person | None, at: datetime) -> Answer:
    """Let the others in the round read what a participant wrote.

    :param seen: the mark (`mark_of`) of the text that was read
    :raises RuleBroken: when it was rewritten since, is accepted already, or is a proposal
    """
    held = _held(answer, seen)
    if held.kind == AnswerKind.PROPOSAL:
        raise RuleBroken(_("A proposal becomes a statement. Choose its words and theme."))
    return _decided(held, AnswerState.ACCEPTED, "", by, at)


@transaction.atomic
def decline_answer(*, answer: Answer, seen: str, reason: str, by: Person | None, at: datetime) -> Answer:
    """Keep what a participant wrote from the others, and tell its author why.

    :raises RuleBroken: without a reason, with one over 500 characters or that holds a CPR number, when the text was
        rewritten since, is declined already, or has become a statement
    """
    held = _held(answer, seen)
    reason = _told(reason)
    if not reason:
        raise RuleBroken(_("Write why. Whoever wrote it reads the reason."))
    return _decided(held, AnswerState.DECLINED, reason, by, at)


@transaction.atomic
def accept_proposal(
    *, answer: Answer, seen: str, text: Text, theme: str, note: str = "", by: Person | None, at: datetime
) -> Item:
    """Make a proposal a statement of the round, in its own words or others. What was proposed is kept as it was.

    :param note: told to whoever proposed it, such as why it was worded otherwise
    :raises RuleBroken: when it is no proposal, was rewritten since or accepted already, the round has closed, or the
        statement or the note can't stand
    """
    held = _held(answer, seen)
    if held.kind != AnswerKind.PROPOSAL:
        raise RuleBroken(_("Only a proposed statement can become a statement."))
    asked = asked_of(held.round)
    if asked.kind in ("open", "scenarios"):
        raise RuleBroken(_("The round has no statements that one may propose more of."))
    case, note = held.round.item.case, _told(note)
    thing = AskedStatement(
        ref="", round=asked.ref, text=text, theme=theme, question=asked.question, because=(asked.ref,)
    )
    (item,) = add_statements(case=case, ref=asked.ref, statements=(thing,), by=by, at=at)
    held.statement = Statement.objects.get(pk=item.pk)
    _decided(held, AnswerState.ACCEPTED, note, by, at)
    return item


def _told(reason: str) -> str:
    reason = reason.strip()
    if len(reason) > LONGEST_REASON:
        raise RuleBroken(_("The reason is too long. Write at most %(n)d characters.") % {"n": LONGEST_REASON})
    try:
        refuse_unfit(reason)
    except ValidationError as refused:
        raise RuleBroken(refused.messages[0]) from refused
    return reason


def _held(answer: Answer, seen: str) -> Answer:
    answers = Answer.objects.select_for_update(of=("self",)).select_related("round__item__case")
    held = answers.filter(pk=answer.pk).first()
    if held is None:
        raise RuleBroken(_("It has been taken back by whoever wrote it."))
    if mark_of(held) != seen:
        raise RuleBroken(_("It has been rewritten since you read it. Read it again, and decide then."))
    if held.statement_id and held.kind == AnswerKind.PROPOSAL:
        raise RuleBroken(_("The proposal has become a statement. Change or withdraw that instead."))
    return held


def _decided(held: Answer, state: AnswerState, reason: str, by: Person | None, at: datetime) -> Answer:
    if held.state == state:
        raise RuleBroken(_("That has been decided already. Somebody else may have been quicker."))
    case = held.round.item.case
    changed(case)
    held.state, held.moderator_reason, held.decided_by, held.decided_at = state, reason, by, at
    held.save(update_fields=["state", "moderator_reason", "decided_by", "decided_at", "statement"])
    record(
        f"conversation.answer_{state}", case=case, by=by, at=at, answer=str(held.pk), kind=held.kind,
        round=held.round.item.ref, statement=held.statement.item.ref if held.statement else "",
    )  # fmt: skip
    return held
