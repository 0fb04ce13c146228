"""Heads of the log that are signed and leave the house, and proofs that lead from one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.audit.keys import SealKey
from fremsyn.audit.models import Checkpoint, Head
from fremsyn.audit.notes import Note, origin_of, written
from fremsyn.audit.tree import consistency_proof, consistent
from fremsyn.audit.verification import leaves, verify
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person


@dataclass(frozen=True)
class SignedHead:
    """A checkpoint, and the leaf hashes of the log that it was signed over, for proofs."""

    checkpoint: Checkpoint
    leaves: list[bytes]


@transaction.atomic
def sign_checkpoint(*, key: SealKey, by: Person | None, at: datetime) -> SignedHead:
    """Sign the head of the log, after reading it whole from its rows; the same head is signed once with a key.

    No entry tells of it: the checkpoint's own row does, and an entry would make the head another.

    :raises RuleBroken: when the log is empty, or is not what was written
    """
    Head.objects.select_for_update().filter(pk=1).first()
    came = verify(keep_leaves=True)
    if not came.ok:
        raise RuleBroken(
            _("The audit log is not what was written. Nothing is signed until somebody has looked into it.")
        )
    if not came.rows:
        raise RuleBroken(_("The audit log is empty; there is nothing to sign."))
    note = Note(origin_of(key), came.rows, bytes.fromhex(came.root))
    fresh = {"root": came.root, "at": at, "actor": str(by.pk) if by else "", "text": written(note, key)}
    made, _new = Checkpoint.objects.get_or_create(size=came.rows, public_key=key.public.hex(), defaults=fresh)
    return SignedHead(made, came.leaves)


def growth_proof(earlier: Checkpoint, later: Checkpoint) -> list[bytes]:
    """Return the hashes that show that the log under `later` begins with the log under `earlier`.

    :raises RuleBroken: when it does not, or `later` is not the later one
    """
    if earlier.size <= later.size:
        proof = consistency_proof(leaves(later.size), earlier.size)
        ends = bytes.fromhex(earlier.root), bytes.fromhex(later.root)
        if consistent(earlier.size, ends[0], later.size, ends[1], proof):
            return proof
    raise RuleBroken(_("The log under the one checkpoint is not the beginning of the log under the other."))
