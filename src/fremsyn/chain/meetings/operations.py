"""Calling a meeting with the case sealed as it stands, and sealing it again when material comes late."""

import json
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from fremsyn.approval import verify
from fremsyn.approval.ballots.operations import begin_written
from fremsyn.approval.meeting.operations.calling import add_late_material, send_notice
from fremsyn.approval.models import Material, MeetingRun, SealedPack
from fremsyn.approval.operations import Unchanged
from fremsyn.audit.keys import SealKey
from fremsyn.cases.models import Case
from fremsyn.chain.sealing import seal_case
from fremsyn.core.errors import RuleBroken
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
    """Seal the case again and add that pack to a meeting's material, marked as late; see `add_late_material`.

    Each pack holds the record of the meeting so far, so each is a version of its own.

    :raises RuleBroken: when nothing but that record has changed since the pack that the members were sent last
    """
    before = SealedPack.objects.filter(pk__in=_sent(case, meeting)).order_by("-version").first()
    pack = _sealed(case=case, documents=documents, votes=votes, demonstration=demonstration, key=key, by=by, at=at)
    if before and _without_record(before) == _without_record(pack):
        raise RuleBroken(_("The members have this version already. Nothing has changed since it was sealed."))
    return add_late_material(case=case, meeting=meeting, pack=pack, why=why, by=by, at=at)


def _sent(case: Case, meeting: str) -> QuerySet[Material, int]:
    return Material.objects.filter(run__case=case, run__meeting=meeting).values_list("pack", flat=True)


def _without_record(pack: SealedPack) -> dict[str, str]:
    """Return the hashes of what a pack holds, the record of the board's meetings left out, by name."""
    files = json.loads(verify.unzipped(bytes(pack.content))[verify.MANIFEST])["files"]
    return {each["name"]: each["sha256"] for each in files if each["content"] and not each["name"].startswith("board/")}


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
