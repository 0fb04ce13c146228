"""A morphological field: parameters with their values, and which values of different parameters go together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fremsyn.methods.errors import MethodError

Flags = NDArray[np.bool_]
Value = tuple[int, int]  # a parameter, and a value within it

Fixed = Mapping[int, int]
Excluded = Iterable[Value]

MOST_VALUES = 5_000  # the table of pairs takes a byte for each two of them


@dataclass(frozen=True, eq=False)
class Field:
    """Parameters and the pairs of values that go together; made by `field` or `graded`.

    Values are numbered through in the order of parameters, `starts` is each parameter's first. `together` is (N, N),
    symmetric; of two values of one parameter each goes together with itself alone.
    """

    sizes: tuple[int, ...]
    starts: tuple[int, ...]
    together: Flags

    @property
    def owners(self) -> NDArray[np.int64]:
        """Return (N,) each value's parameter."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)


def field(sizes: Sequence[int], excluded: Iterable[tuple[Value, Value]] = ()) -> Field:
    """Make a field from the pairs of values that can't be together.

    :param sizes: number of values of each parameter, at least 1 each
    :param excluded: pairs of (parameter, value), both numbered from 0, of two different parameters
    :raises MethodError: for a parameter or value that isn't there, or two values of the same parameter
    :source: Zwicky (1969), Discovery, Invention, Research through the Morphological Approach

    >>> field([2, 2], [((0, 0), (1, 1))]).together.astype(int).tolist()
    [[1, 0, 1, 0], [0, 1, 1, 1], [1, 1, 1, 0], [0, 1, 0, 1]]
    """
    empty = _empty(sizes)
    together = empty.together.copy()
    for one, other in excluded:
        v, w = place(empty, *one), place(empty, *other)
        if one[0] == other[0]:
            raise MethodError(f"Two values of parameter {one[0]} are never together; there is nothing to exclude.")
        together[v, w] = together[w, v] = False
    return _sealed(empty, together)


def graded(sizes: Sequence[int], grades: ArrayLike, least: float) -> Field:
    """Make a field from graded judgements: a pair goes together when its grade is at least `least`.

    :param sizes: number of values of each parameter, at least 1 each
    :param grades: (N, N) with N = sum(sizes), symmetric; any scale on which more is better, usually whole numbers from
        0 (impossible); what stands between two values of the same parameter isn't looked at
    :param least: the threshold, in the same unit
    :raises MethodError: unless the shape fits and every grade is a finite number and the same both ways
    :source: Ritchey (2011), Wicked Problems – Social Messes, ch. 2 (cross-consistency assessment)

    >>> graded([1, 2], [[0, 1, 2], [1, 0, 0], [2, 0, 0]], 2).together.astype(int).tolist()
    [[1, 0, 1], [0, 1, 0], [1, 0, 1]]
    """
    empty = _empty(sizes)
    table, n = np.array(grades, np.float64), sum(empty.sizes)
    if table.shape != (n, n):
        raise MethodError(f"The grades have shape {table.shape}; {n} values need ({n}, {n}).")
    apart = empty.owners[:, None] != empty.owners
    wrong = apart & ~((table == table.T) & np.isfinite(table))
    if wrong.any():
        row, column = np.argwhere(wrong)[0].tolist()
        raise MethodError(f"Row {row}, column {column} has no grade, or another than column {row}, row {column}.")
    return _sealed(empty, empty.together & (~apart | (table >= least)))


def _empty(sizes: Sequence[int]) -> Field:
    counts = tuple(int(size) for size in sizes)
    if not counts or min(counts) < 1:
        raise MethodError("A field needs at least one parameter, and every parameter at least one value.")
    if sum(counts) > MOST_VALUES:
        raise MethodError(f"There are {sum(counts):,} values; leave at most {MOST_VALUES:,}.")
    owners = np.repeat(np.arange(len(counts)), counts)
    together = (owners[:, None] != owners) | np.eye(sum(counts), dtype=np.bool_)
    return Field(counts, tuple(np.cumsum((0, *counts[:-1])).tolist()), together)


def _sealed(empty: Field, together: Flags) -> Field:
    together.setflags(write=False)
    return Field(empty.sizes, empty.starts, together)


def place(field: Field, parameter: int, value: int) -> int:
    """Return a value's number among all."""
    if not 0 <= parameter < len(field.sizes) or not 0 <= value < field.sizes[parameter]:
        raise MethodError(f"There is no value {value} of parameter {parameter}; both are numbered from 0.")
    return field.starts[parameter] + value


def open_values(field: Field, fixed: Fixed | None, excluded: Excluded | None) -> Flags:
    """Return (N,) flags of the values that may be chosen."""
    allowed = np.ones(sum(field.sizes), np.bool_)
    for parameter, value in (fixed or {}).items():
        at = place(field, parameter, value)
        allowed[field.owners == parameter] = False
        allowed[at] = True
    for parameter, value in excluded or ():
        allowed[place(field, parameter, value)] = False
    return allowed


def space(field: Field, allowed: Flags) -> int:
    """Return how many configurations there are of these values, consistent or not."""
    product = 1
    for start, size in zip(field.starts, field.sizes, strict=True):
        product *= int(allowed[start : start + size].sum())
    return product


def supported(field: Field, allowed: Flags) -> Flags:
    """Return the values that go together with at least one value of every other parameter, until nothing falls.

    :source: Mackworth (1977), Consistency in networks of relations, Artificial Intelligence 8(1), 99-118
    """
    while True:
        support = np.logical_or.reduceat(field.together & allowed, field.starts, axis=1).all(axis=1)
        left = allowed & support
        if (left == allowed).all():
            return left
        allowed = left
