"""Holding every ballot against its line in the log."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from fremsyn.approval.ballots.operations.casting import CAST
from fremsyn.approval.models import Ballot
from fremsyn.audit.leaves import stamp
from fremsyn.audit.models import Entry

REMOVED = "chain.case_removed"


@dataclass(frozen=True)
class BallotFault:
    """The first entry of the log that its ballot does not bear out, and what is wrong."""

    entry: int
    what: str


def check_ballots() -> tuple[int, BallotFault | None]:
    """Return how many ballots were held against the log, and the first that differs from it.

    Every ballot has the one line that was written with it, and every line its ballot: the same voting, member, value,
    receipt, person and time. Lines of a case that was taken out whole have none.
    """
    with transaction.atomic():
        rows = {ballot.entry: ballot for ballot in _ballots()}
        removed = set(Entry.objects.filter(event=REMOVED).values_list("case", flat=True))
        faults = list(_faults(rows, removed))
    return len(rows), min(faults, key=lambda fault: fault.entry, default=None)


def _ballots() -> Any:
    return Ballot.objects.select_related("voting__point__run").order_by("entry")


def _faults(rows: dict[int, Ballot], removed: set[str]) -> Iterator[BallotFault]:
    receipts, lines = set[str](), set[int]()
    for entry in Entry.objects.filter(event=CAST).order_by("sequence").iterator():
        lines.add(entry.sequence)
        ballot, logged = rows.get(entry.sequence), json.loads(entry.data)
        if ballot is None:
            if entry.case not in removed:
                yield BallotFault(entry.sequence, "its ballot is gone")
            continue
        if logged.get("receipt") in receipts:
            yield BallotFault(entry.sequence, "its receipt was given to another ballot before")
        receipts.add(logged.get("receipt", ""))
        differs = sorted(name for name, value in _stored(ballot).items() if _logged(entry, logged)[name] != value)
        if differs:
            yield BallotFault(entry.sequence, f"its ballot has another {', '.join(differs)}")
    for number in rows.keys() - lines:
        yield BallotFault(number, "no ballot was cast there, but one refers to it")


def _stored(ballot: Ballot) -> dict[str, Any]:
    voting = ballot.voting
    return {
        "case": str(voting.point.run.case_id),
        "meeting": voting.point.run.meeting,
        "point": voting.point.position,
        "voting": voting.number,
        "member": ballot.member,
        "value": ballot.value,
        "receipt": ballot.receipt,
        "person": str(ballot.cast_by_id),
        "time": stamp(ballot.cast_at),
    }


def _logged(entry: Entry, facts: dict[str, Any]) -> dict[str, Any]:
    named = ("meeting", "point", "voting", "member", "value", "receipt")
    own = {"case": entry.case, "person": entry.actor, "time": stamp(entry.at)}
    return {**{name: facts.get(name) for name in named}, **own}
