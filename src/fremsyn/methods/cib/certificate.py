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
from fremsyn.methods.cib.matrix import Flags, Matrix
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


def certify(
    matrix: Matrix,
    file: Path,
    *,
    tolerance: float = 0,
    fixed: Fixed | None = None,
    excluded: Excluded | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Certificate | None:
    """Search and write the proof to a file, which appears when it is whole; return None where it was cancelled.

    :raises MethodError: without the compiled core, for fractions, and for whatever `search` refuses
    :raises OSError: where the file can't be written
    """
    allowed = permitted(matrix, tolerance, fixed, excluded)
    if not core.suits(matrix, tolerance):
        raise MethodError(
            "A certificate needs the compiled core (make setup), whole judgements, and at most 32 variants each."
        )
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with unfinished.open("w+b") as out:
            done = _write(matrix, allowed, tolerance, out, cancelled)
            out.flush()
            os.fsync(out.fileno())
        if done is not None:
            unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return done


def _write(
    matrix: Matrix, allowed: Flags, tolerance: float, out: BinaryIO, cancelled: Callable[[], bool] | None
) -> Certificate | None:
    out.write(_head(matrix, 0, "0" * 64))
    sha, lines, scenarios = sha256(), 0, 0
    for text, found in _texts(matrix, allowed, tolerance):
        sha.update(text)
        lines, scenarios = lines + text.count(b"\n"), scenarios + found
        out.write(text)
        if cancelled is not None and cancelled():
            return None
    size = out.tell()
    out.seek(0)
    out.write(_head(matrix, lines, sha.hexdigest()))
    return Certificate(scenarios, lines + 1, size)


def _head(matrix: Matrix, lines: int, digest: str) -> bytes:
    given = json.dumps([matrix.sizes, matrix.judgements.tolist()], separators=(",", ":")).encode()
    return HEAD.format(matrix=sha256(given).hexdigest(), lines=lines, digest=digest).encode()


def _texts(matrix: Matrix, allowed: Flags, tolerance: float) -> Iterator[tuple[bytes, int]]:
    """Give the lines after the first, a piece at a time, with the scenarios met in it."""
    closed = [v for v, may in enumerate(allowed.tolist()) if not may]
    yield (" ".join(["given", str(floor(tolerance)), *map(str, closed)]) + "\n").encode(), 0
    if not all(allowed[start : start + size].any() for start, size in zip(matrix.starts, matrix.sizes, strict=True)):
        yield b"!\n", 0
        return
    walk = core.Walk(matrix, allowed, tolerance)
    node = 64 + len(allowed) * (48 + 12 * max(matrix.sizes))  # the most that one node says
    room = ctypes.create_string_buffer(max(LEAST_ROOM, 4 * node))
    while not walk.done:
        found, written = walk.prove(MOST_NODES, room)
        yield room.raw[:written], found
