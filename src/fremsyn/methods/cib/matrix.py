"""Judgements on what every variant does to every other, and which variants a search may choose."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fremsyn.methods.errors import MethodError

Numbers = NDArray[np.integer | np.floating]  # int64 where all judgements are whole, else float64
Indices = NDArray[np.int64]
Flags = NDArray[np.bool_]

ROUNDING = 1e-9  # of the largest possible balance: what two sums of fractions may differ by and still be a tie
LARGEST_WHOLE = 1 << 30


@dataclass(frozen=True, eq=False)
class Matrix:
    """Judgements on what every variant does to every other; made by `matrix`.

    `judgements[i, j]` is the influence of variant i (row) on variant j (column), numbered through in the order
    of descriptors; `starts` is each descriptor's first variant. Whole numbers are kept whole.
    """

    sizes: tuple[int, ...]
    starts: tuple[int, ...]
    judgements: Numbers

    @property
    def slack(self) -> float:
        """Difference below which two balances are a tie: 0 for whole numbers, rounding for fractions."""
        if self.judgements.dtype.kind == "i":
            return 0.0
        return ROUNDING * max(1.0, len(self.sizes) * float(np.abs(self.judgements).max()))


def matrix(sizes: Sequence[int], judgements: ArrayLike) -> Matrix:
    """Check and copy a cross-impact matrix.

    :param sizes: number of variants of each descriptor, at least 1 each
    :param judgements: (N, N) with N = sum(sizes); rows are sources, columns targets; any one unit, usually −3…3;
        sections on the diagonal count
    :raises MethodError: unless the shape fits and every judgement is a finite number (whole ones not so large
        that a descriptor's balance could pass 2^30)

    >>> matrix([2, 2], [[0, 0, 1, -1], [0, 0, -1, 1], [1, -1, 0, 0], [-1, 1, 0, 0]]).starts
    (0, 2)
    """
    counts = tuple(int(size) for size in sizes)
    if not counts or min(counts) < 1:
        raise MethodError("A matrix needs at least one descriptor, and every descriptor at least one variant.")
    table = np.array(judgements, dtype=np.float64)
    n = sum(counts)
    if table.shape != (n, n):
        raise MethodError(f"The judgements have shape {table.shape}; {n} variants need ({n}, {n}).")
    if not np.isfinite(table).all():
        row, column = np.argwhere(~np.isfinite(table))[0].tolist()
        raise MethodError(f"The judgement in row {row}, column {column} is no finite number; write 0 for no influence.")
    if 2 * len(counts) * float(np.abs(table).max()) >= LARGEST_WHOLE:
        raise MethodError("The judgements are too large to add up exactly; use a smaller unit.")
    kept: Numbers = table
    if (table == np.rint(table)).all():
        kept = table.astype(np.int64)
    kept.setflags(write=False)
    starts = tuple(np.cumsum((0, *counts[:-1])).tolist())
    return Matrix(counts, starts, kept)


def sections(matrix: Matrix) -> Iterator[range]:
    """Give the variants of each descriptor, numbered through."""
    return (range(start, start + size) for start, size in zip(matrix.starts, matrix.sizes, strict=True))


def domains(matrix: Matrix, fixed: Mapping[int, int], excluded: Iterable[tuple[int, int]]) -> Flags:
    """Return (N,) flags of the variants that may be chosen."""
    allowed = np.ones(sum(matrix.sizes), np.bool_)
    for descriptor, variant in fixed.items():
        at = place(matrix, descriptor, variant)
        start = matrix.starts[descriptor]
        allowed[start : start + matrix.sizes[descriptor]] = False
        allowed[at] = True
    for descriptor, variant in excluded:
        allowed[place(matrix, descriptor, variant)] = False
    return allowed


def place(matrix: Matrix, descriptor: int, variant: int) -> int:
    """Return a variant's number among all."""
    if not 0 <= descriptor < len(matrix.sizes) or not 0 <= variant < matrix.sizes[descriptor]:
        raise MethodError(f"There is no variant {variant} of descriptor {descriptor}; both are numbered from 0.")
    return matrix.starts[descriptor] + variant


def part(matrix: Matrix, group: Sequence[int]) -> tuple[Matrix, list[int]]:
    """Return the matrix of some descriptors alone, and which variants of the whole are its own."""
    every = list(sections(matrix))
    columns = [v for j in group for v in every[j]]
    sizes = tuple(matrix.sizes[j] for j in group)
    starts = tuple(np.cumsum((0, *sizes[:-1])).tolist())
    return Matrix(sizes, starts, matrix.judgements[np.ix_(columns, columns)]), columns


def tied(matrix: Matrix) -> list[list[int]]:
    """Return the groups of descriptors that judgements tie together, directly or by way of others."""
    acts = np.add.reduceat(np.add.reduceat(np.abs(matrix.judgements), matrix.starts, axis=0), matrix.starts, axis=1) > 0
    near = acts | acts.T
    groups: list[list[int]] = []
    left = set(range(len(matrix.sizes)))
    while left:
        group, rim = set(), {min(left)}
        while rim:
            group |= rim
            rim = {j for i in rim for j in np.nonzero(near[i])[0].tolist()} - group
        left -= group
        groups.append(sorted(group))
    return groups


def numbered(matrix: Matrix, scenario: ArrayLike) -> Indices:
    """Return a scenario's variants numbered through.

    :raises MethodError: unless it names one existing variant for each descriptor
    """
    given = np.array(scenario)
    if given.shape != (len(matrix.sizes),) or given.dtype.kind not in "iu":
        raise MethodError(f"A scenario is {len(matrix.sizes)} whole numbers, one variant for each descriptor.")
    return np.array([place(matrix, j, int(v)) for j, v in enumerate(given)], np.int64)
