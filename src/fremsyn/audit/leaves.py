"""What is hashed: canonical JSON of a row, as leaves of a Merkle tree."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeAlias
from uuid import UUID

import rfc8785

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
    row = {"actor": actor, "at": stamp(at), "case": case, "data": data, "event": event, "sequence": sequence}
    return hashlib.sha256(b"\x00" + canonical(row).encode()).hexdigest()


class Tree:
    """The root over leaves that come one at a time, holding only the right edge of the tree.

    :source: Laurie, Langley, Kasper (2013), Certificate Transparency, RFC 6962, section 2.1
    """

    def __init__(self) -> None:
        self.size = 0
        self.edge: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Take one more leaf; two subtrees of the same size become one."""
        node, height = leaf, self.size
        while height & 1:
            node = hashlib.sha256(b"\x01" + self.edge.pop() + node).digest()
            height >>= 1
        self.edge.append(node)
        self.size += 1

    def root(self) -> str:
        """Return the root in hexadecimal; of no leaves, the hash of nothing."""
        if not self.edge:
            return hashlib.sha256().hexdigest()
        *rest, node = self.edge
        for left in reversed(rest):
            node = hashlib.sha256(b"\x01" + left + node).digest()
        return node.hex()
