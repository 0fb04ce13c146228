"""The search without a compiled core: slower, for fractions and for machines without one, and the other's yardstick."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor

import numpy as np

from fremsyn.methods.cib.matrix import LARGEST_WHOLE, Flags, Indices, Matrix, sections

BATCH_CELLS = 1 << 17  # so that one batch's bounds stay in a processor's cache


class Rules:
    """Bounds on how far a variant can come above a rival, for many partial scenarios at a time.

    A partial scenario is a row of flags: which variants are still open. The bound of a pair (variant, rival) is
    the sum over sources of the best difference that an open variant of the source gives.
    """

    def __init__(self, matrix: Matrix, tolerance: float) -> None:
        sizes, starts = np.array(matrix.sizes), np.array(matrix.starts)
        n, width = len(sizes), int(sizes.max())
        self.starts = starts
        self.descriptor = np.repeat(np.arange(n), sizes)
        # Whole numbers are compared with a whole number: the same verdict, and no conversion of every bound.
        self.threshold = -(tolerance + matrix.slack) if matrix.slack else -floor(tolerance)
        pairs = np.array([(v, m) for d in sections(matrix) for v in d for m in d if v != m], np.int64).reshape(-1, 2)
        chosen, rival = pairs[:, 0], pairs[:, 1]
        self.rivalled, self.first_pair = np.unique(chosen, return_index=True)
        gain = matrix.judgements[:, chosen] - matrix.judgements[:, rival]
        # A variant is only ever tested as the chosen one, so its own descriptor speaks with its own voice.
        own = self.descriptor[:, None] == self.descriptor[chosen]
        gain = np.where(own, gain[chosen, np.arange(len(pairs))], gain)
        self.dtype = _narrowest(matrix)
        self.closed = self.dtype.type(-(1 << 14) if self.dtype.itemsize == 2 else -LARGEST_WHOLE)
        self.layer = np.arange(len(self.descriptor)) - starts[self.descriptor]
        self.gain = np.full((width, n, 1, len(pairs)), self.closed, self.dtype)
        self.gain[self.layer, self.descriptor, 0] = gain
        self.batch = max(1, BATCH_CELLS // max(1, n * len(pairs)))
        # Among equally small domains, the descriptor that moves the others most is settled first.
        reach = np.abs(gain).sum(axis=1)
        rank = np.argsort(np.argsort(-np.maximum.reduceat(reach, starts), kind="stable"))
        self.order = rank / n

    def open_counts(self, rows: Flags) -> Indices:
        return np.add.reduceat(rows, self.starts, axis=1, dtype=np.int64)

    def propagate(self, rows: Flags) -> Flags:
        """Close variants that can't reach a rival any more, to a fixed point; rows without a scenario go."""
        settled = [rows[:0]]
        while len(rows):
            lost = self._hopeless(rows)
            moved = lost.any(axis=1)
            settled.append(rows[~moved])
            rows = rows[moved] & ~lost[moved]
            rows = rows[(self.open_counts(rows) > 0).all(axis=1)]
        return np.concatenate(settled)

    def _hopeless(self, rows: Flags) -> Flags:
        penalty = np.full((len(self.gain), len(self.starts), len(rows)), self.closed, self.dtype)
        penalty[self.layer, self.descriptor] = np.where(rows.T, self.dtype.type(0), self.closed)
        best = self.gain[0] + penalty[0, :, :, None]
        for layer in range(1, len(self.gain)):
            np.maximum(best, self.gain[layer] + penalty[layer, :, :, None], out=best)
        short = np.add.reduce(best, axis=0, dtype=self.dtype) < self.threshold
        lost = np.zeros_like(rows)
        if len(self.rivalled):
            lost[:, self.rivalled] = np.logical_or.reduceat(short, self.first_pair, axis=1)
        lost &= rows
        return lost

    def expand(self, rows: Flags) -> tuple[Indices, Flags]:
        """Split rows into scenarios (one variant open everywhere) and the children of the others."""
        counts = self.open_counts(rows)
        done = (counts == 1).all(axis=1)
        leaves = np.nonzero(rows[done])[1].reshape(-1, len(self.starts)) - self.starts
        rows, counts = rows[~done], counts[~done]
        choice = np.argmin(np.where(counts > 1, counts + self.order, np.inf), axis=1)
        at_choice = self.descriptor[None, :] == choice[:, None]
        parent, variant = np.nonzero(rows & at_choice)
        children = (rows & ~at_choice)[parent]
        children[np.arange(len(parent)), variant] = True
        return leaves, children


@dataclass(frozen=True, eq=False)
class Step:
    """What one batch gave: scenarios, partial scenarios looked at, configurations left, and whether any are."""

    scenarios: Indices
    nodes: int
    left: float
    more: bool


def explore(rules: Rules, root: Flags) -> Iterator[Step]:
    """Go through the tree, deepest first, so that few partial scenarios wait at a time."""
    blocks = [root] if len(root) else []
    left = _volume(root, rules)
    while blocks:
        block = _take(blocks, rules.batch)
        leaves, children = rules.expand(rules.propagate(block))
        left += _volume(children, rules) - _volume(block, rules)
        if len(children):
            blocks.append(children)
        yield Step(leaves, len(block), left, bool(blocks))


def _narrowest(matrix: Matrix) -> np.dtype[np.int16] | np.dtype[np.int32] | np.dtype[np.float64]:
    if matrix.judgements.dtype.kind != "i":
        return np.dtype(np.float64)
    largest = 2 * len(matrix.sizes) * int(np.abs(matrix.judgements).max())
    return np.dtype(np.int16) if largest < 1 << 14 else np.dtype(np.int32)


def _take(blocks: list[Flags], batch: int) -> Flags:
    block = blocks.pop()
    if len(block) > batch:
        blocks.append(block[:-batch])
    return block[-batch:]


def _volume(rows: Flags, rules: Rules) -> float:
    return float(rules.open_counts(rows).prod(axis=1, dtype=np.float64).sum())
