"""The one door for votes."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from fremsyn.cases.models import Case, Link
from fremsyn.cases.remembered import remembered
from fremsyn.conversation.models import Participant, Round, RoundRun, Vote, VoteKey
from fremsyn.conversation.refusals import Refused, Why
from fremsyn.conversation.running import day_of
from fremsyn.conversation.schema import STEPS
from fremsyn.core.errors import RuleBroken

RECEIPT_BYTES = 16
LONGEST_KEY = 64
VALUES = {"statements": range(-1, 2), **{kind: range(steps + 1) for kind, steps in STEPS.items()}}

_turn = Lock()


@dataclass(frozen=True)
class Receipt:
    """What a vote is answered with: what is kept, and a code that no other vote has."""

    code: str
    statement: str
    value: int
    important: bool


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
    :param value: 1 agree, -1 disagree, 0 pass; in a rating 1 to 7, of a scenario 1 to 5, 0 pass
    :param key: names one press of a button, at most 64 characters; sent again it gets the same receipt and changes
        nothing, even when another vote was cast in between. Empty: each call is a press of its own
    :raises Refused: when the round takes no answers, the participant is not of it or the statement is not in it
    :raises RuleBroken: for a value that the round doesn't know, or a key that is too long
    """
    on_list = votable(round_.item.case).get(round_.pk, {}).get(statement)
    with _one_writer(), transaction.atomic(durable=True):
        held = Participant.objects.select_for_update().filter(pk=participant.pk)
        if not held.values_list("pk", flat=True):  # erased since the page was asked for
            raise Refused(Why.STRANGER)
        if key and (known := _pressed(participant, key)):
            return known
        if participant.round_id != round_.pk:
            raise Refused(Why.STRANGER)
        _refuse_unless_open(round_, at)
        if on_list is None:
            raise Refused(Why.STATEMENT)
        if value not in VALUES.get(round_.kind, ()) or len(key) > LONGEST_KEY:
            raise RuleBroken(_("This answer can't be read. Load the page again and press once more."))
        code = _keep(round_, participant, on_list, value, important)
        if key:
            VoteKey(
                participant=participant, key=key, statement_id=on_list, value=value, important=important, receipt=code
            ).save(force_insert=True)
    return Receipt(code, statement, value, important)


@contextmanager
def _one_writer() -> Iterator[None]:
    """Let one vote of this process write at a time where the database has one writer.

    Whoever waits here goes on at once; whoever waits for SQLite naps, ever longer, and may be overtaken.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with _turn:
        yield


@remembered
def votable(case: Case) -> Mapping[UUID, Mapping[str, UUID]]:
    """Return the statements of each round that are in use, by reference: the ids of their rows."""
    found: dict[UUID, dict[str, UUID]] = {}
    links = Link.objects.filter(
        from_item__case=case, from_item__kind="round", field="statements", to_item__withdrawn_at=None
    )
    for round_id, ref, ident in links.values_list("from_item_id", "to_item__ref", "to_item_id"):
        found.setdefault(round_id, {})[ref] = ident
    return found


def _pressed(participant: Participant, key: str) -> Receipt | None:
    columns = ("receipt", "statement__item__ref", "value", "important")
    known = VoteKey.objects.filter(participant=participant, key=key).values_list(*columns).first()
    return Receipt(*known) if known else None


def _refuse_unless_open(round_: Round, at: datetime) -> None:
    """Refuse where the round takes no answers at this moment, whatever was read of it before.

    :raises Refused: in that case
    """
    run = RoundRun.objects.filter(round=round_).values_list("closed_at", "round__closes").first()
    if run is None:
        raise Refused(Why.PLANNED)
    closed_at, last_day = run
    if closed_at or last_day < day_of(round_, at):
        raise Refused(Why.CLOSED)


def _keep(round_: Round, participant: Participant, statement: UUID, value: int, important: bool) -> str:
    """Write the vote unless it stands there already; return its receipt."""
    mine = Vote.objects.filter(round=round_, participant=participant.pseudonym, statement=statement)
    kept = mine.values_list("value", "important", "receipt").first()
    if kept and kept[:2] == (value, important) and kept[2]:
        return str(kept[2])
    code = secrets.token_urlsafe(RECEIPT_BYTES)
    if kept:
        mine.update(value=value, important=important, receipt=code)
    else:
        Vote(
            round=round_, participant=participant.pseudonym, circle=participant.circle, statement_id=statement,
            value=value, important=important, receipt=code,
        ).save(force_insert=True)  # fmt: skip
    return code
