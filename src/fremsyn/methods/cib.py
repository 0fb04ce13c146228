"""Cross-impact balance: all consistent scenarios of a matrix of judgements, and why each of them is one."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor, isfinite, prod

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fremsyn.methods.errors import MethodError

Numbers = NDArray[np.integer | np.floating]  # int64 where all judgements are whole, else float64
Indices = NDArray[np.int64]
Flags = NDArray[np.bool_]

ROUNDING = 1e-9  # of the largest possible balance: what two sums of fractions may differ by and still be a tie
BATCH_CELLS = 1 << 17  # so that one batch's bounds stay in a processor's cache
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


@dataclass(frozen=True, eq=False)
class Search:
    """Consistent scenarios: one row each, a variant's number within its descriptor in each column.

    `configurations` is the size of the space searched (after fixed and excluded variants), `nodes` the partial
    scenarios looked at. `complete` is True where every consistent scenario of that space is listed.
    """

    configurations: int
    scenarios: Indices
    nodes: int
    complete: bool


@dataclass(frozen=True, eq=False)
class Balance:
    """What a scenario's states do to each other, per descriptor where nothing else is said.

    `balance` holds every variant's impact balance, numbered through. `best_alternative` is the strongest variant
    that was not chosen and `best_balance` its balance; `margin` is chosen − best alternative (0 is a tie) and
    `resistance` what the chosen one lacks, never below 0. A descriptor with a single variant has no rival:
    `best_alternative` −1, `best_balance` its own, margin and resistance 0, and it is left out of
    `smallest_margin`. `score` is the total impact score.
    """

    balance: Numbers
    chosen: Numbers
    best_alternative: Indices
    best_balance: Numbers
    margin: Numbers
    resistance: Numbers
    score: float
    consistent: bool

    @property
    def smallest_margin(self) -> float:
        """Smallest lead of a chosen variant over its best alternative; 0 where no descriptor has one."""
        rivalled = self.margin[self.best_alternative >= 0]
        least: float = rivalled.min().item() if rivalled.size else 0
        return least


@dataclass(frozen=True, eq=False)
class Explanation:
    """Why a descriptor stands as it does: what each descriptor's state gives its chosen variant and its rival.

    `difference` = `to_chosen` − `to_rival`: above 0 speaks for the chosen variant, below 0 against. The rival is
    the best alternative; −1 where the descriptor has a single variant, and then `to_rival` equals `to_chosen`.
    """

    chosen: int
    rival: int
    to_chosen: Numbers
    to_rival: Numbers
    difference: Numbers


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


def search(
    matrix: Matrix,
    *,
    tolerance: float = 0,
    fixed: Mapping[int, int] | None = None,
    excluded: Iterable[tuple[int, int]] | None = None,
    limit: int | None = None,
    progress: Callable[[float, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Search:
    """Find all consistent scenarios without looking at every configuration.

    :param tolerance: what a chosen variant may lack of its descriptor's highest balance; at least 0
    :param fixed: descriptor → the variant (within the descriptor) that it must have
    :param excluded: (descriptor, variant) that may not be chosen; they still count as rivals
    :param limit: the most scenarios to return; which ones is open, and `complete` is False where there are more
    :param progress: called with the share of the space settled (0…1) and the number found
    :param cancelled: asked now and then; True ends the search with what was found and `complete` False
    :returns: scenarios as (n, descriptors), sorted by their first descriptor, then the second, …
    :raises MethodError: for a negative tolerance or limit, or a descriptor or variant that isn't there
    :source: Weimer-Jehle (2006), Technological Forecasting and Social Change 73(4), 334-361
    """
    if not (isfinite(tolerance) and tolerance >= 0) or (limit is not None and limit < 0):
        raise MethodError("Tolerance and limit must be 0 or more.")
    root = _domains(matrix, fixed or {}, excluded or ())
    space = prod(np.add.reduceat(root, matrix.starts, dtype=np.int64).tolist())
    found, count, nodes, complete = [np.empty((0, len(matrix.sizes)), np.int64)], 0, 0, True
    for step in _explore(_Rules(matrix, tolerance), root[None, :][: int(space > 0)]):
        found.append(step.scenarios)
        count, nodes = count + len(step.scenarios), nodes + step.nodes
        if progress is not None:
            progress(max(0.0, 1 - step.left / space), count)
        enough = limit is not None and count > limit
        if enough or (step.more and cancelled is not None and cancelled()):
            complete = False
            break
    scenarios = np.concatenate(found)[:limit]
    return Search(space, scenarios[np.lexsort(scenarios.T[::-1])], nodes, complete)


def count(matrix: Matrix, *, limit: int) -> tuple[int, bool]:
    """Count the consistent scenarios of a matrix that has too many to list, as one with few judgements has.

    Descriptors that no judgement ties together, not by way of others either, are counted apart and multiplied.

    :param limit: the most to find among descriptors that are tied together; at least 1
    :returns: their number and True, or a number that they are at least and False
    :raises MethodError: for a negative limit
    """
    total, exact, sections = 1, True, list(_sections(matrix))
    for group in _tied(matrix):
        columns = [v for j in group for v in sections[j]]
        part = Matrix(
            tuple(matrix.sizes[j] for j in group),
            tuple(np.cumsum((0, *(matrix.sizes[j] for j in group[:-1]))).tolist()),
            matrix.judgements[np.ix_(columns, columns)],
        )
        found = search(part, limit=limit)
        total, exact = total * len(found.scenarios), exact and found.complete
    return total, exact


def _tied(matrix: Matrix) -> list[list[int]]:
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


def balances(matrix: Matrix, scenario: ArrayLike, *, tolerance: float = 0) -> Balance:
    """Work out a scenario's impact balances; it need not be consistent.

    :param scenario: (descriptors,); each descriptor's variant, numbered from 0 within the descriptor
    :returns: `balance` as (N,), all else as (descriptors,), in the judgements' unit; score their sum
    :raises MethodError: unless the scenario names one existing variant for each descriptor
    :source: Weimer-Jehle (2006), Technological Forecasting and Social Change 73(4), 334-361
    """
    flat = _flat(matrix, scenario)
    total: Numbers = matrix.judgements[flat].sum(axis=0)
    chosen = total[flat]
    best, best_balance = np.full(len(flat), -1, np.int64), chosen.copy()
    for j, domain in enumerate(_sections(matrix)):
        others = [v for v in domain if v != flat[j]]
        if others:
            rival = others[int(np.argmax(total[others]))]
            best[j], best_balance[j] = rival - domain.start, total[rival]
    margin = chosen - best_balance
    resistance = best_balance - chosen
    resistance[resistance < 0] = 0
    consistent = bool((resistance <= tolerance + matrix.slack).all())
    return Balance(total, chosen, best, best_balance, margin, resistance, chosen.sum().item(), consistent)


def explain(matrix: Matrix, scenario: ArrayLike, descriptor: int) -> Explanation:
    """Say what speaks for and against one descriptor's state in a scenario, source by source.

    :param scenario: (descriptors,); each descriptor's variant, numbered from 0 within the descriptor
    :param descriptor: the one to explain, numbered from 0
    :returns: (descriptors,) contributions; they add up to the two balances
    :raises MethodError: for a scenario or descriptor that isn't there
    """
    flat = _flat(matrix, scenario)
    if not 0 <= descriptor < len(flat):
        raise MethodError(f"There is no descriptor {descriptor}; they are numbered from 0 to {len(flat) - 1}.")
    rival = int(balances(matrix, scenario).best_alternative[descriptor])
    target = int(flat[descriptor])
    to_chosen = matrix.judgements[flat, target]
    to_rival = matrix.judgements[flat, matrix.starts[descriptor] + rival] if rival >= 0 else to_chosen.copy()
    return Explanation(target - matrix.starts[descriptor], rival, to_chosen, to_rival, to_chosen - to_rival)


class _Rules:
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
        pairs = np.array([(v, m) for d in _sections(matrix) for v in d for m in d if v != m], np.int64).reshape(-1, 2)
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
class _Step:
    """What one batch gave: scenarios, partial scenarios looked at, configurations left, and whether any are."""

    scenarios: Indices
    nodes: int
    left: float
    more: bool


def _explore(rules: _Rules, root: Flags) -> Iterator[_Step]:
    """Go through the tree, deepest first, so that few partial scenarios wait at a time."""
    blocks = [root] if len(root) else []
    left = _volume(root, rules)
    while blocks:
        block = _take(blocks, rules.batch)
        leaves, children = rules.expand(rules.propagate(block))
        left += _volume(children, rules) - _volume(block, rules)
        if len(children):
            blocks.append(children)
        yield _Step(leaves, len(block), left, bool(blocks))


def _narrowest(matrix: Matrix) -> np.dtype[np.int16] | np.dtype[np.int32] | np.dtype[np.float64]:
    if matrix.judgements.dtype.kind != "i":
        return np.dtype(np.float64)
    largest = 2 * len(matrix.sizes) * int(np.abs(matrix.judgements).max())
    return np.dtype(np.int16) if largest < 1 << 14 else np.dtype(np.int32)


def _sections(matrix: Matrix) -> Iterator[range]:
    return (range(start, start + size) for start, size in zip(matrix.starts, matrix.sizes, strict=True))


def _take(blocks: list[Flags], batch: int) -> Flags:
    block = blocks.pop()
    if len(block) > batch:
        blocks.append(block[:-batch])
    return block[-batch:]


def _volume(rows: Flags, rules: _Rules) -> float:
    return float(rules.open_counts(rows).prod(axis=1, dtype=np.float64).sum())


def _domains(matrix: Matrix, fixed: Mapping[int, int], excluded: Iterable[tuple[int, int]]) -> Flags:
    allowed = np.ones(sum(matrix.sizes), np.bool_)
    for descriptor, variant in fixed.items():
        at = _place(matrix, descriptor, variant)
        start = matrix.starts[descriptor]
        allowed[start : start + matrix.sizes[descriptor]] = False
        allowed[at] = True
    for descriptor, variant in excluded:
        allowed[_place(matrix, descriptor, variant)] = False
    return allowed


def _place(matrix: Matrix, descriptor: int, variant: int) -> int:
    if not 0 <= descriptor < len(matrix.sizes) or not 0 <= variant < matrix.sizes[descriptor]:
        raise MethodError(f"There is no variant {variant} of descriptor {descriptor}; both are numbered from 0.")
    return matrix.starts[descriptor] + variant


def _flat(matrix: Matrix, scenario: ArrayLike) -> Indices:
    given = np.array(scenario)
    if given.shape != (len(matrix.sizes),) or given.dtype.kind not in "iu":
        raise MethodError(f"A scenario is {len(matrix.sizes)} whole numbers, one variant for each descriptor.")
    return np.array([_place(matrix, j, int(v)) for j, v in enumerate(given)], np.int64)
