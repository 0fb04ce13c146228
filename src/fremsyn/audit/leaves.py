"""What is hashed: canonical JSON of a row, as leaves of a Merkle tree (see `tree`)."""

from __future__ import annotations

import hashlib
import json.encoder
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeAlias
from uuid import UUID

import rfc8785

# Escapes what RFC 8785 escapes, in the same way, and nothing else.
quoted = json.encoder.encode_basestring

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


def plain(value: object) -> Json:
    """Return `value` as JSON has it; ids, times and decimals become text.

    :raises TypeError: for what has no such form
    """
    match value:
        case None | bool() | int() | float():
            return value
        case str() | UUID() | Decimal():
            return str(value)
        case datetime():
            return stamp(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
    raise TypeError(f"The audit log can't hold a {type(value).__name__}; give text, number, list or mapping.")


def stamp(at: datetime) -> str:
    """Return an aware time as UTC with microseconds: 2026-11-27T08:00:00.000000Z."""
    if at.tzinfo is None:
        raise ValueError("A time in the audit log needs its time zone.")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(value: object) -> str:
    """Return the one JSON text for `value`.

    :source: Rundgren, Jordan, Erdtman (2020), JSON Canonicalization Scheme, RFC 8785
    """
    return rfc8785.dumps(plain(value)).decode()


def leaf_hash(sequence: int, at: datetime, actor: str, event: str, case: str, data: str) -> str:
    """Return the hash of a row as a leaf, in hexadecimal; `data` is canonical JSON already and hashed as text.

    :source: Laurie, Langley, Kasper (2013), Certificate Transparency, RFC 6962
    """
    return leaf(sequence, stamp(at), actor, event, case, data).hex()


def leaf(sequence: int, at: str, actor: str, event: str, case: str, data: str) -> bytes:
    """Return the hash of a row whose time is written already.

    The row's canonical JSON is put together here, field by field in order: a log is read by the hundred thousand rows,
    and six fields of text and one whole number need no general writer. A test holds it equal to `canonical`.
    """
    text = (
        f'{{"actor":{quoted(actor)},"at":{quoted(at)},"case":{quoted(case)},"data":{quoted(data)},'
        f'"event":{quoted(event)},"sequence":{sequence}}}'
    )
    return hashlib.sha256(b"\x00" + text.encode()).digest()
