"""Parameter by parameter through a field: a state holds what is still open of the parameters to come."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fremsyn.methods.morphology.field import Field, Flags

Words = NDArray[np.uint64]  # (states, words): a bit for each value
Indices = NDArray[np.int64]

BITS = 64


class Steps:
    """The way through some parameters in an order.

    A state is a set of open values, a bit for each; values that are settled have none. Two ways to the same state have
    the same future.
    """

    def __init__(self, field: Field, allowed: Flags, order: Sequence[int]) -> None:
        owned = [np.flatnonzero(allowed & (field.owners == parameter)) for parameter in order]
        self.values: Indices = np.concatenate(owned)
        ends = np.cumsum([len(each) for each in owned]).tolist()
        self.ranges = [range(end - len(each), end) for end, each in zip(ends, owned, strict=True)]
        together = field.together[np.ix_(self.values, self.values)]
        later = np.repeat(ends, [len(each) for each in owned])[:, None] <= np.arange(len(self.values))
        self.leaves = _packed(together & later)
        self.masks = [_packed(np.isin(np.arange(len(self.values)), each)[None]) for each in self.ranges]
        self.first = _packed(np.ones((1, len(self.values)), np.bool_))
        self.touches = [self._touched(together, level) for level in range(len(order))]

    def _touched(self, together: Flags, level: int) -> list[int]:
        """Return the later parameters that this one can take values from."""
        own = self.ranges[level]
        late = range(level + 1, len(self.ranges))
        return [q for q in late if not together[own.start : own.stop, self.ranges[q].start : self.ranges[q].stop].all()]

    def __len__(self) -> int:
        return len(self.ranges)

    def expand(self, level: int, states: Words) -> tuple[Indices, Indices, Words]:
        """Choose every open value of a parameter: the state it was chosen in, the value, and the state it leads to."""
        sources, chosen, children = [], [], []
        for value in self.ranges[level]:
            word, bit = divmod(value, BITS)
            source = np.flatnonzero((states[:, word] >> np.uint64(bit)) & np.uint64(1))
            child = states[source] & self.leaves[value]
            alive = np.ones(len(source), np.bool_)
            for q in self.touches[level]:
                alive &= (child & self.masks[q]).any(axis=1)
            sources.append(source[alive])
            chosen.append(np.full(int(alive.sum()), value))
            children.append(child[alive])
        return np.concatenate(sources), np.concatenate(chosen), np.concatenate(children)

    def width(self, level: int, states: Words) -> int:
        """Return how many choices of a parameter's values the states leave."""
        return int(np.bitwise_count(states & self.masks[level]).sum())

    def volume(self, level: int, states: Words) -> float:
        """Return how many configurations the states leave, consistent or not."""
        open_ = np.ones(len(states))
        for mask in self.masks[level:]:
            open_ *= np.bitwise_count(states & mask).sum(axis=1)
        return float(open_.sum())


def merged(states: Words) -> tuple[Words, Indices]:
    """Return the different states, and which of them each one is."""
    if states.shape[1] == 1:
        once, which = np.unique(states[:, 0], return_inverse=True)
        return once[:, None], which
    rows = np.ascontiguousarray(states).view(np.dtype((np.void, states.shape[1] * states.itemsize)))[:, 0]
    _, first, which = np.unique(rows, return_index=True, return_inverse=True)
    return states[first], which


def _packed(flags: Flags) -> Words:
    """Pack (n, values) flags into (n, words)."""
    missing = -flags.shape[1] % BITS
    padded = np.pad(flags, ((0, 0), (0, missing)))
    return np.packbits(padded, axis=1, bitorder="little").view("<u8").astype(np.uint64)
