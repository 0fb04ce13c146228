"""What is done with the board's paper."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.approval import verify
from fremsyn.approval.models import Edition, SealedPack
from fremsyn.approval.packing import NO_PROOF, About, Proof, content_hash, packed
from fremsyn.approval.record import decided, entries_in
from fremsyn.audit.checkpoints import sign_checkpoint
from fremsyn.audit.keys import SealKey
from fremsyn.audit.models import Entry
from fremsyn.audit.operations import record
from fremsyn.audit.stamping import StampService, stamped
from fremsyn.cases.models import Case
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text
from fremsyn.people.models import Person

MOST_BESIDE = 13  # the entries of a pack that are no content


class Unchanged(RuleBroken):
    """Nothing has changed since the latest version was sealed; `pack` is that one."""

    def __init__(self, pack: SealedPack) -> None:
        super().__init__(_("Nothing has changed since version %(n)s was sealed.") % {"n": pack.version})
        self.pack = pack


@transaction.atomic
def seal_paper(
    *,
    case: Case,
    content: Mapping[str, bytes],
    paper: int | None = None,
    votes: bool,
    demonstration: bool,
    key: SealKey,
    by: Person | None,
    at: datetime,
    board: Mapping[str, Any] | None = None,
    stamps: StampService | None = None,
    edition: Edition = Edition.WHOLE,
    proof: Proof = NO_PROOF,
) -> SealedPack:
    """Seal a version of a case's paper: what it rests on, in a pack that anybody can verify.

    :param content: what is sealed, by entry name
    :param paper: the version of the paper that is in `content`, where it is not that of the pack
    :param votes: whether the votes are in `content`
    :param board: the record of the board's meetings, where it is in `content` (see `record.board_record`)
    :param stamps: the service that stamps the signed head of the log with its time
    :param proof: that the consistent scenarios in `content` are all there are
    :raises Unchanged: when nothing has changed since the latest version
    :raises RuleBroken: when the case was changed after `content` was read, or when there is more than a pack holds
    """
    number = _next_version(case, content, edition)
    public = edition == Edition.PUBLIC
    about = About(case.slug, Text(**case.title), number, paper or number, demonstration, votes, decided(board), public)
    said = {
        "content_sha256": content_hash(content), "version": number, "votes": votes, "demonstration": demonstration,
    }  # fmt: skip
    sealing = record(verify.EVENT, case=case, by=by, at=at, **said)
    head = sign_checkpoint(key=key, by=by, at=at)
    stamp = stamped(head.checkpoint.text.encode(), stamps) if stamps else b""
    ballots = _ballots(case, board, edition)
    made = packed(content, about, sealing=sealing, head=head, key=key, ballots=ballots, stamped=stamp, proof=proof)
    if len(made) > verify.MOST_BYTES or len(content) > verify.MOST_ENTRIES - MOST_BESIDE:
        raise RuleBroken(_("There is more to seal than a pack holds."))
    return SealedPack.objects.create(
        case=case, sha256=hashlib.sha256(made).hexdigest(), fingerprint=key.fingerprint, sealed_at=sealing.at,
        sealed_by=by, edition=edition, content=made, **said,
    )  # fmt: skip


def _next_version(case: Case, content: Mapping[str, bytes], edition: Edition) -> int:
    """Hold the case, and return the number of the version that is sealed next."""
    if Case.objects.select_for_update().get(pk=case.pk).revision != case.revision:
        raise RuleBroken(_("The case was changed while the pack was made. Seal it again."))
    packs = SealedPack.objects.filter(case=case).order_by("-version").defer("content")
    if edition == Edition.PUBLIC:  # the version that was just sealed whole
        return packs[0].version
    latest = packs.exclude(edition=Edition.PUBLIC).first()
    if latest and latest.content_sha256 == content_hash(content):
        raise Unchanged(latest)
    return latest.version + 1 if latest else 1


def _ballots(case: Case, board: Mapping[str, Any] | None, edition: Edition) -> list[Entry]:
    """Return the log's entries of ballots that a record must bear out; none where the body tells them by number alone.

    The body's own record must hold every ballot of the log; the public one holds those of the points that it tells of.
    """
    if board is None or board["body"].get("ballots") == "by_count":
        return []
    cast = Entry.objects.filter(case=str(case.pk), event=verify.CAST).order_by("sequence")
    return list(cast.filter(sequence__in=entries_in(board)) if edition == Edition.PUBLIC else cast)
