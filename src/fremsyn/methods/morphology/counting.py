"""How many configurations are consistent, and in how many of them each value stands, exactly."""

from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fremsyn.methods.morphology.field import Excluded, Field, Fixed, Flags, open_values, space, supported
from fremsyn.methods.morphology.steps import Indices, Steps, merged

Counts = NDArray[Any]  # int64 where every count fits, else Python's own whole numbers

MOST_CHOICES = (
    4_000_000  # that a diagram may hold, at some 40 bytes each; a larger one is divided by a parameter's values
)

Progress = Callable[[float, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, eq=False)
class Tally:
    """What is left of a field: the inference box.

    `values` holds for each value, numbered through, in how many consistent configurations it stands; `dead` are those
    that may be chosen and stand in none. Where it isn't `complete`, all numbers are what they are at least.
    """

    configurations: int
    number: int
    values: tuple[int, ...]
    dead: tuple[int, ...]
    complete: bool
    seconds: float


def tally(
    field: Field,
    *,
    fixed: Fixed | None = None,
    excluded: Excluded | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Tally:
    """Count the consistent configurations, and those with each value, without writing them down.

    Parameters that no exclusion ties together are counted apart and multiplied. Each group is a diagram: one layer of
    states for each parameter, a state being what is still open of those to come. Ways that leave the same open are one.

    :param fixed: parameter → the value (within it) that is given
    :param excluded: (parameter, value) that may not be chosen
    :param progress: called with the share that is settled (0…1) and what was counted in the part that was settled last
    :param cancelled: asked now and then; True ends the count with `complete` False
    :raises MethodError: for a parameter or value that isn't there
    :source: Ritchey (2006), Problem structuring using computer-aided morphological analysis, JORS 57(7), 792-801
        (the inference box); Bryant (1986), Graph-based algorithms for Boolean function manipulation (the diagram)
    """
    return tally_open(field, open_values(field, fixed, excluded), progress, cancelled)


def tally_open(
    field: Field, allowed: Flags, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Tally:
    """Count as `tally` does, with flags of the values that may be chosen."""
    began = perf_counter()
    counter = _Counter(field, progress, cancelled or (lambda: False))
    found = counter.count(allowed, list(range(len(field.sizes))), 1.0)
    dead = np.flatnonzero(allowed & (np.array(found.values, object) == 0)).tolist()
    return Tally(
        configurations=space(field, allowed),
        number=found.number,
        values=tuple(found.values),
        dead=() if counter.stopped else tuple(dead),
        complete=not counter.stopped,
        seconds=perf_counter() - began,
    )


class _Found(NamedTuple):
    number: int
    values: list[int]


class _TooWide(Exception):
    """A diagram has too many choices."""


class _Counter:
    """A count that goes on: how much is settled, and whether it was stopped."""

    def __init__(self, field: Field, progress: Progress | None, cancelled: Cancelled) -> None:
        self.field, self.progress, self.cancelled = field, progress, cancelled
        self.settled, self.stopped = 0.0, False

    def count(self, allowed: Flags, group: list[int], share: float) -> _Found:
        """Count over some parameters that no exclusion ties to the others."""
        left = supported(self.field, allowed)
        if not left.any():
            self._settle(share, 0)
            return _Found(0, [0] * len(allowed))
        near = ties(self.field, left)
        groups = [each for each in tied(near) if each[0] in group]
        parts = [self._group(each, left, near, share / len(groups)) for each in groups]
        number, values = prod(part.number for part in parts), [0] * len(allowed)
        for each, part in zip(groups, parts, strict=True):
            others = number // part.number if part.number else 0
            for at in self._owned(each):
                values[at] = part.values[at] * others
        return _Found(number, values)

    def _owned(self, group: list[int]) -> list[int]:
        owned: list[int] = np.flatnonzero(np.isin(self.field.owners, group)).tolist()
        return owned

    def _settle(self, share: float, number: int) -> None:
        self.settled += share
        if self.progress is not None:
            self.progress(min(self.settled, 1.0), number)

    def _group(self, group: list[int], allowed: Flags, near: Flags, share: float) -> _Found:
        open_ = np.add.reduceat(allowed.astype(np.int64), self.field.starts).tolist()
        try:
            found = self._diagram(Steps(self.field, allowed, _order(near, open_, group)), len(allowed))
        except _TooWide:
            return self._divided(group, allowed, share)
        self._settle(share, found.number)
        return found

    def _divided(self, group: list[int], allowed: Flags, share: float) -> _Found:
        """Count for each value of the parameter whose values rule out the most, and add."""
        owners = self.field.owners
        lost = (~self.field.together & allowed).sum(axis=1)
        parameter = max(group, key=lambda j: int(lost[allowed & (owners == j)].sum()))
        choices = np.flatnonzero(allowed & (owners == parameter)).tolist()
        number, values = 0, [0] * len(allowed)
        for value in choices:
            one = allowed & ((owners != parameter) | (np.arange(len(owners)) == value))
            part = self.count(one, group, share / len(choices))
            number += part.number
            for at in self._owned(group):
                values[at] += part.values[at]
        return _Found(number, values)

    def _diagram(self, steps: Steps, n: int) -> _Found:
        """Count the ways through the layers, forward and back; a value's are those over its choices."""
        kind: type = np.int64 if prod(len(each) for each in steps.ranges) < 1 << 62 else np.object_
        states, before, choices = steps.first, _ones(1, kind), 0
        layers: list[tuple[Indices, Indices, Indices, Counts]] = []
        for level in range(len(steps)):
            self.stopped = self.stopped or self.cancelled()
            if self.stopped:
                return _Found(0, [0] * n)
            choices += steps.width(level, states)
            if choices > MOST_CHOICES:
                raise _TooWide
            source, value, children = steps.expand(level, states)
            states, target = merged(children)
            layers.append((source, value, target, before))
            before = _summed(before[source], target, len(states))
        values: list[int] = [0] * n
        after = _ones(len(states), kind)
        for level, (source, value, target, before) in reversed(list(enumerate(layers))):
            ways = after[target]
            own = _summed(before[source] * ways, value, len(steps.values)).tolist()
            for at in steps.ranges[level]:
                values[int(steps.values[at])] = own[at]
            after = _summed(ways, source, len(before))
        return _Found(int(after[0]), values)


def _ones(size: int, kind: type) -> Counts:
    return np.ones(size, kind)


def _summed(amounts: Counts, into: Indices, size: int) -> Counts:
    sums = np.zeros(size, amounts.dtype)
    np.add.at(sums, into, amounts)
    return sums


def ties(field: Field, allowed: Flags) -> Flags:
    """Return (parameters, parameters) flags: whether an exclusion among open values ties two of them."""
    lost = ~field.together & allowed & allowed[:, None]
    rows: Flags = np.logical_or.reduceat(np.logical_or.reduceat(lost, field.starts, axis=0), field.starts, axis=1)
    np.fill_diagonal(rows, False)
    return rows


def tied(near: Flags) -> list[list[int]]:
    """Return the groups of parameters that are tied together, directly or by way of others."""
    groups, left = [], set(range(len(near)))
    while left:
        group, rim = set[int](), {min(left)}
        while rim:
            group |= rim
            rim = {j for i in rim for j in np.flatnonzero(near[i]).tolist()} - group
        left -= group
        groups.append(sorted(group))
    return groups


def _order(near: Flags, open_: list[int], group: list[int]) -> list[int]:
    """Order a group so that few parameters are touched and not yet settled at any time; `open_` are values of each."""
    order, touched, left = [], set[int](), set(group)
    while left:
        beside = {j: {i for i in left if near[j, i]} for j in left}
        best = min(left, key=lambda j: (len(beside[j] - touched), j not in touched, open_[j], j))
        order.append(best)
        touched |= beside[best]
        left.remove(best)
    return order
