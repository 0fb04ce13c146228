"""Judgements that are unsure or not shared: how often each consistent scenario occurs over many matrices."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fremsyn.methods.cib.matrix import Indices, Matrix, Numbers, matrix, sections
from fremsyn.methods.cib.searching import search
from fremsyn.methods.errors import MethodError

STRETCH = 100  # matrices that a worker takes at a time
MOST_EACH = 100_000
MOST_ALL = 500_000  # of all matrices together, in some 200 MB

Tally = Counter[tuple[int, ...]]


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Every scenario that is consistent under some of the matrices, the most frequent first.

    `scenarios` is (n, descriptors), `times` (n,) under how many of the `matrices` each is consistent. That share is
    about the judgements, and no probability.
    """

    scenarios: Indices
    times: Indices
    matrices: int


def around(matrix: Matrix, by: int = 1, least: int = -3, most: int = 3) -> tuple[Indices, Indices]:
    """Return the range (low, high) of each judgement: `by` to both sides within the scale.

    Sections without any judgement were left out on purpose and keep their zeros.

    :raises MethodError: where `by` is below 0, or there are fractions
    """
    if by < 0 or matrix.judgements.dtype.kind != "i":
        raise MethodError("Ranges go by whole judgements, to both sides: give 0 or more, and no fractions.")
    owner = np.repeat(np.arange(len(matrix.sizes)), matrix.sizes)
    judged = np.zeros((len(matrix.sizes),) * 2, bool)
    np.logical_or.at(judged, (owner[:, None], owner[None, :]), matrix.judgements != 0)
    reach = np.where(judged[owner][:, owner], by, 0)
    given = matrix.judgements.astype(np.int64)
    return np.maximum(given - reach, np.minimum(given, least)), np.minimum(given + reach, np.maximum(given, most))


def perturbed(
    matrix: Matrix,
    number: int,
    *,
    low: Indices,
    high: Indices,
    confidence: NDArray[np.float64] | float = 0.0,
    tolerance: float = 0,
    seed: int = 0,
    workers: int = 1,
) -> Ensemble:
    """Search many matrices drawn around one: each judgement stands as given or is drawn evenly from its range.

    :param low, high: (N, N) whole numbers, the range of each judgement
    :param confidence: the probability that a judgement stands as given, one for all or (N, N)
    :param seed: of the drawing; each matrix has a stream of its own, so that `workers` change nothing
    :param workers: processes
    :raises MethodError: for ranges that are none, or less than one matrix or worker
    """
    if workers < 1:
        raise MethodError("Number and workers must be 1 or more.")
    _refuse_ranges(matrix, number, low, high)
    stretches = [range(at, min(at + STRETCH, number)) for at in range(0, number, STRETCH)]
    jobs = [(matrix, low, high, confidence, tolerance, seed, stretch) for stretch in stretches]
    if workers == 1:
        return _ensemble(map(_drawn, jobs), number, len(matrix.sizes))
    from concurrent.futures import ProcessPoolExecutor  # these two would slow down whoever imports the methods
    from multiprocessing import get_context

    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return _ensemble(pool.map(_drawn, jobs), number, len(matrix.sizes))


def held(
    matrix: Matrix,
    scenarios: Indices,
    number: int,
    *,
    low: Indices,
    high: Indices,
    confidence: NDArray[np.float64] | float = 0.0,
    seed: int = 0,
) -> Indices:
    """Count under how many matrices, drawn as `perturbed` draws them, each of the given scenarios is consistent.

    No search is made, so that thousands of scenarios take no more than it takes to add their balances.

    :param scenarios: (n, descriptors) variants, numbered from 0 within the descriptor
    :returns: (n,) each 0…number
    :raises MethodError: for ranges that are none, or less than one matrix
    """
    _refuse_ranges(matrix, number, low, high)
    flat = (scenarios + np.array(matrix.starts)).T
    chosen = np.zeros((len(matrix.judgements), flat.shape[1]))
    np.put_along_axis(chosen, flat, 1, axis=0)
    times, every = np.zeros(flat.shape[1], np.int64), np.arange(flat.shape[1])
    for index in range(number):
        balance = _judgements(matrix, low, high, confidence, seed, index).T.astype(np.float64) @ chosen
        holds = np.ones(len(every), np.bool_)
        for own, section in zip(flat, sections(matrix), strict=True):
            holds &= balance[own, every] >= balance[section.start : section.stop].max(axis=0)
        times += holds
    return times


def experts(matrices: Sequence[Matrix], *, tolerance: float = 0) -> Ensemble:
    """Search the matrices of several people, of the same descriptors and variants.

    :raises MethodError: where there is none, or they differ in shape
    """
    if not matrices or any(each.sizes != matrices[0].sizes for each in matrices):
        raise MethodError("Give one or more matrices of the same descriptors and variants.")
    return _ensemble((_consistent(each, tolerance) for each in matrices), len(matrices), len(matrices[0].sizes))


Job = tuple[Matrix, Indices, Indices, NDArray[np.float64] | float, float, int, range]


def _drawn(job: Job) -> Tally:
    given, low, high, confidence, tolerance, seed, stretch = job
    tally: Tally = Counter()
    for index in stretch:
        judgements = _judgements(given, low, high, confidence, seed, index)
        _add(tally, _consistent(matrix(given.sizes, judgements), tolerance))
    return tally


def _refuse_ranges(matrix: Matrix, number: int, low: Indices, high: Indices) -> None:
    if number < 1:
        raise MethodError("Number and workers must be 1 or more.")
    if low.shape != matrix.judgements.shape or high.shape != low.shape or (low > high).any():
        raise MethodError("Give each judgement a range: low and high in the matrix's shape, low not above high.")


def _judgements(
    given: Matrix, low: Indices, high: Indices, confidence: NDArray[np.float64] | float, seed: int, index: int
) -> Numbers:
    rng = np.random.default_rng((seed, index))
    stands = rng.random(low.shape) < confidence
    return np.where(stands, given.judgements, rng.integers(low, high, endpoint=True))


def _consistent(given: Matrix, tolerance: float) -> Tally:
    found = search(given, tolerance=tolerance, limit=MOST_EACH)
    if not found.complete:
        raise MethodError(f"A matrix has more than {MOST_EACH:,} consistent scenarios; judge more, or fix variants.")
    return Counter(map(tuple, found.scenarios.tolist()))


def _add(total: Tally, more: Tally) -> None:
    total.update(more)
    if len(total) > MOST_ALL:
        raise MethodError(
            f"The matrices have more than {MOST_ALL:,} consistent scenarios; judge more, or fix variants."
        )


def _ensemble(tallies: Iterable[Tally], number: int, descriptors: int) -> Ensemble:
    total: Tally = Counter()
    for tally in tallies:
        _add(total, tally)
    ordered = sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))
    scenarios = np.array([row for row, _ in ordered], np.int64).reshape(-1, descriptors)
    return Ensemble(scenarios, np.array([times for _, times in ordered], np.int64), number)
