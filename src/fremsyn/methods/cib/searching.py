"""All consistent scenarios of a matrix, their number, or the strongest: by the compiled core where it can."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import isfinite, prod
from time import perf_counter
from typing import NamedTuple

import numpy as np

from fremsyn.methods.cib import core
from fremsyn.methods.cib.matrix import Flags, Indices, Matrix, Numbers, domains, part, tied
from fremsyn.methods.cib.plain import Rules, explore
from fremsyn.methods.errors import MethodError

FIRST_NODES, MOST_NODES = 16, 1 << 15  # between two questions whether to go on; some 30 ms at most
BATCH = 1 << 14

Fixed = Mapping[int, int]
Excluded = Iterable[tuple[int, int]]


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
    seconds: float


@dataclass(frozen=True, eq=False)
class Part:
    """What a stretch of a search found, in no order; `share`, `nodes` and `seconds` are of the search so far.

    `last` is True where the space is settled: nothing comes after it.
    """

    scenarios: Indices
    share: float
    nodes: int
    seconds: float
    last: bool


class Count(NamedTuple):
    """A number of consistent scenarios; what they are at least where it is not `exact`."""

    number: int
    exact: bool
    nodes: int
    seconds: float


def search(
    matrix: Matrix,
    *,
    tolerance: float = 0,
    fixed: Fixed | None = None,
    excluded: Excluded | None = None,
    limit: int | None = None,
    progress: Callable[[float, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Search:
    """Find all consistent scenarios without looking at every configuration.

    :param tolerance: what a chosen variant may lack of its descriptor's highest balance; at least 0
    :param fixed: descriptor → the variant (within the descriptor) that it must have
    :param excluded: (descriptor, variant) that may not be chosen; they still count as rivals
    :param limit: the most scenarios to return; which ones is open, though the same on every machine, and `complete`
        is False where there are more
    :param progress: called with the share of the space settled (0…1) and the number found
    :param cancelled: asked now and then; True ends the search with what was found and `complete` False
    :returns: scenarios as (n, descriptors), sorted by their first descriptor, then the second, …
    :raises MethodError: for a negative tolerance or limit, or a descriptor or variant that isn't there
    :source: Weimer-Jehle (2006), Technological Forecasting and Social Change 73(4), 334-361
    """
    if limit is not None and limit < 0:
        raise MethodError("The limit must be 0 or more.")
    allowed = permitted(matrix, tolerance, fixed, excluded)
    space = _space(matrix, allowed)
    if core.suits(matrix, tolerance):
        found = _gathered(_by_core(matrix, allowed, tolerance), matrix, space, limit, progress, cancelled)
        if limit is None or len(found.scenarios) <= limit:
            return found
    found = _gathered(_plainly(matrix, allowed, tolerance), matrix, space, limit, progress, cancelled)
    return replace(found, scenarios=_sorted(found.scenarios[:limit]))


def _gathered(
    told: Iterator[Part],
    matrix: Matrix,
    space: int,
    limit: int | None,
    progress: Callable[[float, int], None] | None,
    cancelled: Callable[[], bool] | None,
) -> Search:
    """Put a search together; one that found more than the limit ends with them in the order of finding."""
    found, number, nodes, seconds, complete = [np.empty((0, len(matrix.sizes)), np.int64)], 0, 0, 0.0, True
    for each in told:
        found.append(each.scenarios)
        number, nodes, seconds = number + len(each.scenarios), each.nodes, each.seconds
        if progress is not None:
            progress(each.share, number)
        if limit is not None and number > limit:
            return Search(space, np.concatenate(found), nodes, complete=False, seconds=seconds)
        if not each.last and cancelled is not None and cancelled():
            complete = False
            break
    return Search(space, _sorted(np.concatenate(found)), nodes, complete, seconds)


def parts(
    matrix: Matrix, *, tolerance: float = 0, fixed: Fixed | None = None, excluded: Excluded | None = None
) -> Iterator[Part]:
    """Search as `search` does, and give what is found a part at a time; stop asking and the search has ended.

    Some parts are empty: at least one comes every few hundredths of a second.

    :raises MethodError: for a negative tolerance, or a descriptor or variant that isn't there
    """
    allowed = permitted(matrix, tolerance, fixed, excluded)
    return (_by_core if core.suits(matrix, tolerance) else _plainly)(matrix, allowed, tolerance)


def count(
    matrix: Matrix,
    *,
    limit: int | None = None,
    seconds: float | None = None,
    tolerance: float = 0,
    fixed: Fixed | None = None,
    excluded: Excluded | None = None,
) -> Count:
    """Count the consistent scenarios of a matrix that has too many to list, as one with few judgements has.

    Descriptors that no judgement ties together, not by way of others either, are counted apart and multiplied.

    :param limit: the most to find among descriptors that are tied together; at least 1
    :param seconds: the longest to look
    :raises MethodError: for a negative tolerance, or a descriptor or variant that isn't there
    """
    allowed = permitted(matrix, tolerance, fixed, excluded)
    began, spent = perf_counter(), 0.0
    total, exact, nodes = 1, True, 0
    for group in tied(matrix):
        piece, columns = part(matrix, group)
        number, last = 0, None
        for last in _counted(piece, allowed[columns], tolerance, limit):
            number += last.number
            late = seconds is not None and perf_counter() - began > seconds
            if late or (limit is not None and number > limit):
                break
        if last is not None:
            nodes, spent, exact = nodes + last.nodes, spent + last.seconds, exact and last.exact
        if limit is not None and number > limit:
            number, exact = limit, False
        total *= number
    return Count(total, exact, nodes, spent)


def top(
    matrix: Matrix,
    k: int,
    *,
    tolerance: float = 0,
    fixed: Fixed | None = None,
    excluded: Excluded | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Search:
    """Find the k consistent scenarios with the highest total impact score, cutting off what can't reach it.

    :param k: at least 1; where several have the lowest of the scores, which of them is open
    :param cancelled: asked now and then; True ends the search with the best so far and `complete` False
    :returns: scenarios as (at most k, descriptors), highest score first; `complete` that no other has a higher one
    :raises MethodError: for k below 1, a negative tolerance, or a descriptor or variant that isn't there
    """
    if k < 1:
        raise MethodError("Ask for at least one scenario.")
    allowed = permitted(matrix, tolerance, fixed, excluded)
    best, scores = np.empty((0, len(matrix.sizes)), np.int64), np.empty(0, matrix.judgements.dtype)
    nodes, complete, seconds = 0, True, 0.0
    walk = None
    if _space(matrix, allowed) and core.suits(matrix, tolerance):
        walk = core.Walk(matrix, allowed, tolerance, scored=True)
    for each in _walked(walk, k) if walk else _plainly(matrix, allowed, tolerance):
        nodes, seconds = each.nodes, each.seconds
        if len(each.scenarios):
            best = np.concatenate([best, each.scenarios])
            scores = np.concatenate([scores, total_scores(matrix, each.scenarios)])
            kept = np.lexsort((*best.T[::-1], -scores))[:k]
            best, scores = best[kept], scores[kept]
        if walk and len(best) == k:
            walk.wants(int(scores[-1]) + 1)
        if not each.last and cancelled is not None and cancelled():
            complete = False
            break
    return Search(_space(matrix, allowed), best, nodes, complete, seconds)


def total_scores(matrix: Matrix, scenarios: Indices) -> Numbers:
    """Return the total impact score of each scenario, (n, descriptors) → (n,)."""
    flat = scenarios + np.array(matrix.starts)
    total = np.zeros(len(flat), matrix.judgements.dtype)
    for source in flat.T:
        for target in flat.T:
            total += matrix.judgements[source, target]
    return total


def permitted(matrix: Matrix, tolerance: float, fixed: Fixed | None, excluded: Excluded | None) -> Flags:
    """Return (N,) flags of the variants that a question lets be chosen.

    :raises MethodError: for a negative tolerance, or a descriptor or variant that isn't there
    """
    if not (isfinite(tolerance) and tolerance >= 0):
        raise MethodError("The tolerance must be 0 or more.")
    return domains(matrix, fixed or {}, excluded or ())


def _space(matrix: Matrix, allowed: Flags) -> int:
    return prod(np.add.reduceat(allowed, matrix.starts, dtype=np.int64).tolist())


def _sorted(scenarios: Indices) -> Indices:
    return scenarios[np.lexsort(scenarios.T[::-1])]


def _by_core(matrix: Matrix, allowed: Flags, tolerance: float) -> Iterator[Part]:
    return _walked(core.Walk(matrix, allowed, tolerance), BATCH) if _space(matrix, allowed) else iter(())


def _walked(walk: core.Walk, batch: int) -> Iterator[Part]:
    nodes = FIRST_NODES
    while not walk.done:
        found = walk.run(nodes, batch).astype(np.int64)
        yield Part(found, walk.share, walk.nodes, walk.seconds, walk.done)
        nodes = min(2 * nodes, MOST_NODES)


def _plainly(matrix: Matrix, allowed: Flags, tolerance: float) -> Iterator[Part]:
    space, nodes, began = _space(matrix, allowed), 0, perf_counter()
    for step in explore(Rules(matrix, tolerance), allowed[None, :][: int(space > 0)]):
        nodes += step.nodes
        yield Part(step.scenarios, max(0.0, 1 - step.left / space), nodes, perf_counter() - began, not step.more)


def _counted(matrix: Matrix, allowed: Flags, tolerance: float, limit: int | None) -> Iterator[Count]:
    """Count a stretch at a time: `number` is the stretch's, all else is of the count so far."""
    if not _space(matrix, allowed):
        yield Count(0, True, 0, 0.0)
    elif core.suits(matrix, tolerance):
        walk, most = core.Walk(matrix, allowed, tolerance), core.WITHOUT_LIMIT if limit is None else limit + 1
        while not walk.done:
            found = walk.count(MOST_NODES, most)
            yield Count(found, walk.done, walk.nodes, walk.seconds)
    else:
        for each in _plainly(matrix, allowed, tolerance):
            yield Count(len(each.scenarios), each.last, each.nodes, each.seconds)
