"""A proof that a list of consistent scenarios is complete, which `checker.py` replays without the search."""

import ctypes
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from math import floor
from pathlib import Path
from typing import BinaryIO

from fremsyn.methods.cib import core
from fremsyn.methods.cib.matrix import Matrix
from fremsyn.methods.cib.searching import MOST_NODES, Excluded, Fixed, permitted
from fremsyn.methods.errors import MethodError

HEAD = "fremsyn cib certificate 1 matrix {matrix} lines {lines:020d} sha256 {digest}\n"
LEAST_ROOM = 1 << 20


@dataclass(frozen=True)
class Certificate:
    """What a certificate proves: so many consistent scenarios and no other; its lines and bytes, the first included."""

    scenarios: int
    lines: int
    size: int


@dataclass(frozen=True)
class Foreseen:
    """How large a certificate becomes: its lines and bytes, or what they are at least where `share` is below 1.

    `share` (0…1) is how much of the space was settled by then.
    """

    lines: int
    size: int
    share: float


def prove(
    matrix: Matrix,
    out: BinaryIO,
    *,
    tolerance: float = 0,
    fixed: Fixed | None = None,
    excluded: Excluded | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Certificate | None:
    """Search and write the proof to a file that can be sought in; return None where it was cancelled.

    :raises MethodError: without the compiled core, for fractions, and for whatever `search` refuses
    :raises OSError: where the file can't be written
    """
    out.write(_head(matrix, 0, "0" * 64))
    sha, lines, scenarios = sha256(), 0, 0
    for piece in _pieces(matrix, tolerance, fixed, excluded):
        sha.update(piece.text)
        lines, scenarios = lines + piece.text.count(b"\n"), scenarios + piece.scenarios
        out.write(piece.text)
        if cancelled is not None and cancelled():
            return None
    size = out.tell()
    out.seek(0)
    out.write(_head(matrix, lines, sha.hexdigest()))
    return Certificate(scenarios, lines + 1, size)


def foresee(
    matrix: Matrix,
    *,
    tolerance: float = 0,
    fixed: Fixed | None = None,
    excluded: Excluded | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Foreseen:
    """Walk through the proof without writing it, to tell how large it becomes.

    :param cancelled: asked now and then; True ends the walk with what was seen of it
    :raises MethodError: without the compiled core, for fractions, and for whatever `search` refuses
    """
    lines, size, share = 1, len(_head(matrix, 0, "0" * 64)), 0.0
    for piece in _pieces(matrix, tolerance, fixed, excluded):
        lines, size, share = lines + piece.text.count(b"\n"), size + len(piece.text), piece.share
        if cancelled is not None and cancelled():
            break
    return Foreseen(lines, size, share)


def certify(
    matrix: Matrix,
    file: Path,
    *,
    tolerance: float = 0,
    fixed: Fixed | None = None,
    excluded: Excluded | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Certificate | None:
    """As `prove`, in a file that appears when it is whole."""
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with unfinished.open("w+b") as out:
            done = prove(matrix, out, tolerance=tolerance, fixed=fixed, excluded=excluded, cancelled=cancelled)
            out.flush()
            os.fsync(out.fileno())
        if done is not None:
            unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return done


def _head(matrix: Matrix, lines: int, digest: str) -> bytes:
    given = json.dumps([matrix.sizes, matrix.judgements.tolist()], separators=(",", ":")).encode()
    return HEAD.format(matrix=sha256(given).hexdigest(), lines=lines, digest=digest).encode()


@dataclass(frozen=True)
class _Piece:
    """Some lines after the first, the scenarios met in them, and the share of the space that is settled after them."""

    text: bytes
    scenarios: int
    share: float


def _pieces(matrix: Matrix, tolerance: float, fixed: Fixed | None, excluded: Excluded | None) -> Iterator[_Piece]:
    allowed = permitted(matrix, tolerance, fixed, excluded)
    if not core.suits(matrix, tolerance):
        raise MethodError(
            "A certificate needs the compiled core (make setup), whole judgements, and at most 32 variants each."
        )
    closed = [v for v, may in enumerate(allowed.tolist()) if not may]
    yield _Piece((" ".join(["given", str(floor(tolerance)), *map(str, closed)]) + "\n").encode(), 0, 0)
    if not all(allowed[start : start + size].any() for start, size in zip(matrix.starts, matrix.sizes, strict=True)):
        yield _Piece(b"!\n", 0, 1)
        return
    walk = core.Walk(matrix, allowed, tolerance)
    node = 64 + len(allowed) * (48 + 12 * max(matrix.sizes))  # the most that one node says
    room = ctypes.create_string_buffer(max(LEAST_ROOM, 4 * node))
    while not walk.done:
        found, written = walk.prove(MOST_NODES, room)
        yield _Piece(room.raw[:written], found, 1 if walk.done else walk.share)
