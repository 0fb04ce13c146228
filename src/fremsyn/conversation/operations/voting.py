"""The one door for votes."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.conversation.models import Participant, Round, RoundRun, Statement, Vote, VoteKey
from fremsyn.conversation.refusals import Refused, Why
from fremsyn.conversation.running import RoundState, state_of
from fremsyn.core.errors import RuleBroken

RECEIPT_BYTES = 16
LONGEST_KEY = 64
VALUES = {"statements": range(-1, 2), "rating": range(8)}


@dataclass(frozen=True)
class Receipt:
    """What a vote is answered with: what is kept, and a code that no other vote has."""

    code: str
    statement: str
    value: int
    important: bool


@transaction.atomic(durable=True)
def cast_vote(
    *,
    round_: Round,
    participant: Participant,
    statement: str,
    value: int,
    important: bool = False,
    key: str = "",
    at: datetime,
) -> Receipt:
    """Keep a vote and return its receipt when it has been committed, not before.

    Somebody votes once on a statement, and the last vote counts; the same vote once more gets the same receipt. Votes
    are no lines in the log and do not touch the case. On SQLite, `synchronous=FULL` puts the commit on the disk; what
    shall take thousands a second, several votes to a commit, is to be built here and nowhere else.

    :param statement: its reference, such as `U7`
    :param value: 1 agree, -1 disagree, 0 pass; in a rating 1 to 7, 0 pass
    :param key: names one press of a button, at most 64 characters; sent again it gets the same receipt and changes
        nothing, even when another vote was cast in between. Empty: each call is a press of its own
    :raises Refused: when the round takes no answers, the participant is not of it or the statement is not in it
    :raises RuleBroken: for a value that the round doesn't know, or a key that is too long
    """
    Participant.objects.select_for_update().get(pk=participant.pk)
    if key and (
        known := VoteKey.objects.filter(participant=participant, key=key).select_related("statement__item").first()
    ):
        return Receipt(known.receipt, known.statement.item.ref, known.value, known.important)
    said = _statement(round_, participant, statement, at)
    if value not in VALUES.get(round_.kind, ()) or len(key) > LONGEST_KEY:
        raise RuleBroken(_("This answer can't be read. Load the page again and press once more."))
    code = _keep(round_, participant, said, value, important)
    if key:
        VoteKey.objects.create(
            participant=participant, key=key, statement=said, value=value, important=important, receipt=code
        )
    return Receipt(code, statement, value, important)


def _statement(round_: Round, participant: Participant, ref: str, at: datetime) -> Statement:
    """Return the statement that may be voted on.

    :raises Refused: when it may not
    """
    if participant.round_id != round_.pk:
        raise Refused(Why.STRANGER)
    run = RoundRun.objects.select_related("round__item__case").filter(round=round_).first()
    if run is None or state_of(run.round, at) != RoundState.OPEN:
        raise Refused(Why.CLOSED if run else Why.PLANNED)
    said = (
        Statement.objects.select_related("item")
        .filter(
            item__case=run.round.item.case,
            item__ref=ref,
            item__withdrawn_at=None,
            item__incoming__from_item=run.round.item,
            item__incoming__field="statements",
        )
        .first()
    )
    if said is None:
        raise Refused(Why.STATEMENT)
    return said


def _keep(round_: Round, participant: Participant, said: Statement, value: int, important: bool) -> str:
    """Write the vote unless it stands there already; return its receipt."""
    mine = Vote.objects.filter(round=round_, participant=participant.pseudonym, statement=said)
    kept = mine.first()
    if kept and kept.receipt and (kept.value, kept.important) == (value, important):
        return kept.receipt
    code = secrets.token_urlsafe(RECEIPT_BYTES)
    if kept:
        mine.update(value=value, important=important, receipt=code)
    else:
        Vote.objects.create(
            round=round_,
            participant=participant.pseudonym,
            circle=participant.circle,
            statement=said,
            value=value,
            important=important,
            receipt=code,
        )
    return code
