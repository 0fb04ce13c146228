"""Whether a round takes answers, and what it holds when it closes."""

import datetime
import hashlib
from enum import StrEnum

from django.utils import timezone

from fremsyn.conversation.models import Participant, Round, Vote


class RoundState(StrEnum):
    """Where a round is in its life."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


def day_of(round_: Round, at: datetime.datetime) -> datetime.date:
    """Return the day on which the round's case stands at a time: that day, unless the case is shown as of another."""
    shown: datetime.date | None = round_.item.case.shown_as_of
    return shown or timezone.localdate(at)


def state_of(round_: Round, at: datetime.datetime) -> RoundState:
    """Tell whether a round takes answers: from its opening until it is closed, or its last day is over.

    A round that was never opened here goes by its dates, and takes no answers.
    """
    over = round_.closes < day_of(round_, at)
    run = getattr(round_, "run", None)
    if run is None:
        return RoundState.CLOSED if over else RoundState.PLANNED
    return RoundState.CLOSED if over or run.closed_at else RoundState.OPEN


def hold_votes(round_: Round) -> None:
    """Wait for the votes that are being cast; for whoever closes the round, in the same transaction, first."""
    list(Participant.objects.select_for_update().filter(round=round_).values_list("pk", flat=True))


def digest_of_votes(round_: Round, salt: str) -> tuple[int, str]:
    """Return how many votes a round holds, and their SHA-256 in hexadecimal: the salt's line, then one line each, sorted.

    A line is pseudonym, circle, statement, value, important (0 or 1) and receipt, with a tab between.
    """
    columns = ("participant", "circle", "statement__item__ref", "value", "important", "receipt")
    found = Vote.objects.filter(round=round_).values_list(*columns)
    lines = sorted(
        "\t".join((participant, circle, ref, str(value), str(int(important)), receipt or ""))
        for participant, circle, ref, value, important, receipt in found
    )
    return len(lines), hashlib.sha256("".join(f"{line}\n" for line in (salt, *lines)).encode()).hexdigest()
