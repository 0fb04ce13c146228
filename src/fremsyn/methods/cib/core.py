"""The door to the compiled core: one walk through the tree of a matrix's partial scenarios."""

import ctypes
from functools import cache
from math import floor
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from fremsyn.methods.cib.library import library
from fremsyn.methods.cib.matrix import Flags, Matrix

Variants = NDArray[np.uint8]

MOST_VARIANTS = 32  # of one descriptor: they lie in one chunk of the core's
ALIGNED = 256
WITHOUT_LIMIT = (1 << 63) - 1


def suits(matrix: Matrix, tolerance: float) -> bool:
    """Tell whether the core is there and can take a matrix: whole judgements, no descriptor with over 32 variants."""
    return _bits(matrix, tolerance) != 0


def compiled() -> bool:
    """Tell whether `make setup` could compile the core for this machine."""
    return _core(16) is not None


def _bits(matrix: Matrix, tolerance: float) -> int:
    if matrix.judgements.dtype.kind != "i" or max(matrix.sizes) > MOST_VARIANTS:
        return 0
    largest = 2 * len(matrix.sizes) * int(np.abs(matrix.judgements).max())  # `matrix` keeps it below 2^30
    bits = 16 if largest + min(floor(tolerance), largest) < 1 << 15 else 32
    return bits if _core(bits) is not None else 0


@cache
def _core(bits: int) -> ctypes.CDLL | None:
    try:
        core = ctypes.CDLL(str(library(f"core{bits}")))
    except OSError:
        return None
    number, long, pointer = ctypes.c_int32, ctypes.c_int64, ctypes.c_void_p
    core.cib_bytes.restype, core.cib_bytes.argtypes = long, [number, pointer, number]
    core.cib_begin.restype = None
    core.cib_begin.argtypes = [pointer, number, pointer, number, pointer, pointer, number, pointer, pointer]
    core.cib_run.restype = number
    core.cib_run.argtypes = [pointer, long, long, pointer, pointer, long, pointer, pointer]
    core.cib_least_score.restype, core.cib_least_score.argtypes = None, [pointer, long]
    core.cib_nodes.restype, core.cib_nodes.argtypes = long, [pointer]
    core.cib_share.restype, core.cib_share.argtypes = ctypes.c_double, [pointer]
    return core


class Walk:
    """A walk that can be stopped at any node and taken up again.

    :param allowed: (N,) the variants that may be chosen, at least one of each descriptor
    :param scored: keep bounds on the total impact score, so that `wants` can cut by it

    `done` tells whether the whole tree is behind, `seconds` the time spent in the core.
    """

    def __init__(self, matrix: Matrix, allowed: Flags, tolerance: float, *, scored: bool = False) -> None:
        core = _core(_bits(matrix, tolerance))
        if core is None:
            raise RuntimeError("the core is not there, or can't take this matrix; ask `suits` first")
        self._core, n = core, len(matrix.sizes)
        order = np.argsort(-np.array(matrix.sizes), kind="stable").astype(np.int32)
        sizes = np.array(matrix.sizes, np.int32)[order]
        named = np.concatenate([np.arange(matrix.starts[i], matrix.starts[i] + matrix.sizes[i]) for i in order])
        judgements = np.ascontiguousarray(matrix.judgements[np.ix_(named, named)], np.int32)
        names, opened = named.astype(np.int32), np.ascontiguousarray(allowed[named], np.uint8)
        least = min(floor(tolerance), 2 * n * int(np.abs(matrix.judgements).max()))
        self._room = np.zeros(core.cib_bytes(n, sizes.ctypes.data, scored) + ALIGNED, np.uint8)
        self._at = self._room.ctypes.data + -self._room.ctypes.data % ALIGNED
        given = [array.ctypes.data for array in (judgements, opened, order, names)]
        began = perf_counter()
        core.cib_begin(self._at, n, sizes.ctypes.data, scored, *given[:2], least, *given[2:])
        self.seconds = perf_counter() - began
        self._column = np.argsort(order)
        self._out = np.empty((0, n), np.uint8)
        self.done = False

    def run(self, most_nodes: int, most_found: int) -> Variants:
        """Walk on and return the scenarios that were met, at most so many."""
        if len(self._out) < most_found:
            self._out = np.empty((most_found, self._out.shape[1]), np.uint8)
        found, _written = self._walk(most_nodes, most_found, self._out.ctypes.data, None)
        return self._out[:found, self._column]

    def count(self, most_nodes: int, most_found: int = WITHOUT_LIMIT) -> int:
        """Walk on and return only how many scenarios were met."""
        found, _written = self._walk(most_nodes, most_found, None, None)
        return found

    def prove(self, most_nodes: int, text: "ctypes.Array[ctypes.c_char]") -> tuple[int, int]:
        """Walk on and write the certificate's next lines; return how many scenarios were met and bytes written."""
        return self._walk(most_nodes, WITHOUT_LIMIT, None, text)

    def _walk(
        self, most_nodes: int, most_found: int, out: int | None, text: "ctypes.Array[ctypes.c_char] | None"
    ) -> tuple[int, int]:
        found, written = ctypes.c_int64(), ctypes.c_int64()
        counters = ctypes.byref(found), ctypes.byref(written)
        room = len(text) if text is not None else 0
        began = perf_counter()
        more = self._core.cib_run(self._at, most_nodes, most_found, out, text, room, *counters)
        self.seconds += perf_counter() - began
        self.done = not more
        return found.value, written.value

    def wants(self, least_score: int) -> None:
        """From now on leave out scenarios with a lower total impact score."""
        self._core.cib_least_score(self._at, least_score)

    @property
    def nodes(self) -> int:
        """Return the partial scenarios looked at so far."""
        nodes: int = self._core.cib_nodes(self._at)
        return nodes

    @property
    def share(self) -> float:
        """Return how much of the tree is behind, 0…1."""
        share: float = self._core.cib_share(self._at)
        return share
