"""Personal values beside the log: the log keeps a salted hash, so that erasing the salt erases without breaking the tree."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime

from django.db import transaction

from fremsyn.audit.models import PersonalValue
from fremsyn.audit.operations import record
from fremsyn.people.models import Person

SALT_BYTES = 32


def commitment(salt: bytes, value: str) -> str:
    """Return the hash of a value under a salt, hexadecimal.

    :source: Krawczyk, Bellare, Canetti (1997), HMAC, RFC 2104, with SHA-256 and the salt as key
    """
    return hmac.new(salt, value.encode(), hashlib.sha256).hexdigest()


def keep_personal(value: str, *, about: Person | None) -> str:
    """Keep a personal value and return what the log may hold instead of it, for the data of `record`."""
    salt = secrets.token_bytes(SALT_BYTES)
    row = PersonalValue(
        commitment=commitment(salt, value), about=str(about.pk) if about else "", salt=salt, value=value
    )
    row.save(force_insert=True)
    return row.commitment


def personal_value(held: str) -> str | None:
    """Return the value behind what the log holds; None when it was erased, was never kept or was changed since."""
    row = PersonalValue.objects.filter(commitment=held).first()
    if row is None or row.salt is None or row.value is None:
        return None
    return row.value if hmac.compare_digest(commitment(bytes(row.salt), row.value), held) else None


@transaction.atomic
def erase_personal(*, about: Person, by: Person | None, at: datetime) -> int:
    """Erase every kept value about a person, salt and all; the log's entries and hashes stay. Return how many."""
    kept = PersonalValue.objects.filter(about=str(about.pk), value__isnull=False)
    erased = kept.update(salt=None, value=None)
    record("audit.personal_values_erased", case=None, by=by, at=at, values=erased)
    return erased
