"""A head of the log as a signed note, in the C2SP forms tlog-checkpoint and signed-note."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass

from fremsyn.audit.keys import SealKey, signed

ED25519 = b"\x01"
SIZE = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)
MOST_SIGNATURES = 16


class NoteRefused(ValueError):
    """A text that is no checkpoint, or that the key asked for has not signed."""


@dataclass(frozen=True)
class Note:
    """What a checkpoint says: which log, how many entries, their root (32 bytes)."""

    origin: str
    size: int
    root: bytes

    def body(self) -> bytes:
        """Return what is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n".encode()


def origin_of(key: SealKey) -> str:
    """Return the name of the log that a key signs, which is the key's name too: one key, one log."""
    return f"fremsyn-audit/{hashlib.sha256(key.public).hexdigest()[:16]}"


def written(note: Note, key: SealKey) -> str:
    """Return a checkpoint, signed."""
    body = note.body()
    signature = base64.b64encode(_key_id(note.origin, key.public) + key.sign(body)).decode()
    return f"{body.decode()}\n\N{EM DASH} {note.origin} {signature}\n"


def read_note(text: str, public: bytes) -> Note:
    """Return what a checkpoint says when this key has signed it; signatures of other keys are passed over.

    :param public: 32 bytes
    :raises NoteRefused: when it is no checkpoint, or this key has not signed it
    :source: C2SP (2024), tlog-checkpoint and signed-note
    """
    head, blank, signatures = text.partition("\n\n")
    lines = head.split("\n")
    if not blank or len(lines) != 3 or not lines[0].strip() or not SIZE.fullmatch(lines[1]):
        raise NoteRefused("this is no checkpoint of a log")
    note = Note(lines[0], int(lines[1]), _decoded(lines[2]))
    if len(note.root) != 32 or not signatures.endswith("\n") or signatures.count("\n") > MOST_SIGNATURES:
        raise NoteRefused("this is no checkpoint of a log")
    ours = False
    for line in signatures[:-1].split("\n"):
        dash, _, rest = line.partition(" ")
        name, _, made = rest.partition(" ")
        if dash != "\N{EM DASH}" or not name or len(decoded := _decoded(made)) < 5:
            raise NoteRefused("a line of the checkpoint is no signature")
        if name == note.origin and decoded[:4] == _key_id(name, public):
            ours = ours or signed(public, note.body(), decoded[4:])
    if not ours:
        raise NoteRefused("this key has not signed the checkpoint")
    return note


def _key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def _decoded(text: str) -> bytes:
    try:
        made = base64.b64decode(text, validate=True)
    except ValueError:
        made = b""
    if not made or base64.b64encode(made).decode() != text:
        raise NoteRefused("this is not base64")
    return made
