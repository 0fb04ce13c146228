"""Calling a meeting with the case sealed as it stands, and sealing it again when material comes late."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from fremsyn.approval.ballots.operations import begin_written
from fremsyn.approval.meeting.operations.calling import add_late_material, send_notice
from fremsyn.approval.models import Material, MeetingRun, SealedPack
from fremsyn.approval.operations import Unchanged
from fremsyn.audit.keys import SealKey
from fremsyn.cases.models import Case
from fremsyn.chain.sealing import seal_case
from fremsyn.people.models import Person


@transaction.atomic
def call_meeting(
    *,
    case: Case,
    meeting: str,
    documents: Mapping[str, bytes],
    votes: bool,
    demonstration: bool,
    key: SealKey,
    until: date | None = None,
    why: str = "",
    by: Person | None,
    at: datetime,
) -> MeetingRun:
    """Seal the case and call a meeting with that pack as its material; see `send_notice` and `seal_case`.

    A written procedure begins at once: every point for decision is put to the vote until the deadline.
    """
    pack = _sealed(case=case, documents=documents, votes=votes, demonstration=demonstration, key=key, by=by, at=at)
    run = send_notice(case=case, meeting=meeting, pack=pack, until=until, why=why, by=by, at=at)
    return begin_written(run=run, by=by, at=at) if until else run


@transaction.atomic
def seal_late(
    *,
    case: Case,
    meeting: str,
    documents: Mapping[str, bytes],
    votes: bool,
    demonstration: bool,
    key: SealKey,
    why: str,
    by: Person | None,
    at: datetime,
) -> Material:
    """Seal the case again and add that pack to a meeting's material, marked as late; see `add_late_material`."""
    pack = _sealed(case=case, documents=documents, votes=votes, demonstration=demonstration, key=key, by=by, at=at)
    return add_late_material(case=case, meeting=meeting, pack=pack, why=why, by=by, at=at)


def _sealed(
    *,
    case: Case,
    documents: Mapping[str, bytes],
    votes: bool,
    demonstration: bool,
    key: SealKey,
    by: Person | None,
    at: datetime,
) -> SealedPack:
    try:
        return seal_case(
            case=case, documents=documents, votes=votes, demonstration=demonstration, key=key, by=by, at=at
        )
    except Unchanged as same:
        return same.pack
