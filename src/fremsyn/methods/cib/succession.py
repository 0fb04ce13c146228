"""Succession: how a scenario that isn't consistent moves, where it ends, and from how many starts each end is reached."""

import ctypes
from dataclasses import dataclass
from functools import cache
from math import prod, sqrt
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from fremsyn.methods.cib.core import ALIGNED
from fremsyn.methods.cib.library import library
from fremsyn.methods.cib.matrix import Indices, Matrix, Numbers, sections
from fremsyn.methods.errors import MethodError

Rule = Literal["global", "local", "incremental"]
Ties = Literal["stay", "lowest", "highest"]

MOST_LABELLED = 450_000_000  # two bytes each: with all else below 1 GiB
MOST_DESCRIPTORS = 32
MOST_SUM = 16_000  # a balance's size, so that all fits into 16 bits
STRETCH = 1 << 18
NORMAL_95 = 1.959964


@dataclass(frozen=True, eq=False)
class Attractor:
    """Where succession ends: a fixed point (one row) or a cycle, and the share of starts that end there.

    `cycle` is (length, descriptors), from its lowest configuration on. `low` and `high` bound the share with 95 %
    confidence (Wilson's interval); where every start was followed both are the share.
    """

    cycle: Indices
    starts: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Basins:
    """All attractors that were met, the largest basin first; `exact` where every configuration was a start."""

    attractors: tuple[Attractor, ...]
    starts: int
    exact: bool


def succeed(matrix: Matrix, scenarios: Indices, *, rule: Rule = "global", ties: Ties = "stay") -> Indices:
    """Move each scenario one step.

    Global: every descriptor takes the variant of its highest balance at once. Incremental: it goes one variant
    towards it. Local: only the descriptor whose variant lacks most moves, the first of several. With ties `stay` a
    descriptor whose variant is among the highest keeps it; otherwise, and with the other rules, it takes the lowest
    or highest numbered of them. (Under the local rule a descriptor that lacks nothing never moves.)

    :param scenarios: (n, descriptors) variants, numbered from 0 within the descriptor
    :raises MethodError: for a rule that isn't there
    :source: Weimer-Jehle (2006), Technological Forecasting and Social Change 73(4), 334-361
    """
    if rule not in get_args(Rule) or ties not in get_args(Ties):
        raise MethodError(f"There is no rule {rule} with ties {ties}; {get_args(Rule)} with {get_args(Ties)}.")
    balance = _balances(matrix, scenarios)
    wanted, lacks = scenarios.copy(), np.zeros(scenarios.shape, balance.dtype)
    for j, section in enumerate(sections(matrix)):
        part = balance[:, section.start : section.stop]
        most = part.max(axis=1)
        lacks[:, j] = most - np.take_along_axis(part, scenarios[:, [j]], axis=1)[:, 0]
        hits = part >= most[:, None] - matrix.slack
        highest = part.shape[1] - 1 - np.argmax(hits[:, ::-1], axis=1)
        wanted[:, j] = highest if ties == "highest" else np.argmax(hits, axis=1)
    if ties == "stay" or rule == "local":
        wanted = np.where(lacks <= matrix.slack, scenarios, wanted)
    if rule == "incremental":
        towards: Indices = np.sign(wanted - scenarios)
        return scenarios + towards
    if rule == "local":
        moved, worst = scenarios.copy(), np.argmax(lacks, axis=1)[:, None]
        np.put_along_axis(moved, worst, np.take_along_axis(wanted, worst, axis=1), axis=1)
        return moved
    return wanted


def basins(
    matrix: Matrix,
    *,
    rule: Rule = "global",
    ties: Ties = "stay",
    sample: int = 20_000,
    seed: int = 0,
    workers: int = 1,
    most: int = MOST_LABELLED,
) -> Basins:
    """Find where every configuration ends, or where a random sample does when the space is too large to follow all.

    :param sample: the starts to draw in a space of more than 450 million, of more than 65,000 attractors, or
        without the compiled core; at least 1
    :param seed: of the drawing; the same seed gives the same sample
    :param workers: threads; the result doesn't depend on them
    :param most: the largest space to follow whole, at most 450 million
    :raises MethodError: for a rule that isn't there, or no sample
    """
    if sample < 1 or workers < 1:
        raise MethodError("Sample and workers must be 1 or more.")
    succeed(matrix, np.zeros((1, len(matrix.sizes)), np.int64), rule=rule, ties=ties)
    starts = prod(matrix.sizes)
    counted = _followed(matrix, rule, ties, workers) if starts <= most else None
    exact = counted is not None
    if counted is None:
        starts = sample
        counted = _sampled(matrix, rule, ties, sample, seed)
    found = []
    ends = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    cycles = _cycles(matrix, [first for first, _number in ends], rule, ties)
    for (_first, number), cycle in zip(ends, cycles, strict=True):
        share = number / starts
        low, high = (share, share) if exact else wilson(number, starts)
        found.append(Attractor(cycle, number, share, low, high))
    return Basins(tuple(found), starts, exact)


def _balances(matrix: Matrix, scenarios: Indices) -> Numbers:
    flat = scenarios + np.array(matrix.starts)
    total: Numbers = np.add.reduce([matrix.judgements[column] for column in flat.T])
    return total


def _cycle(matrix: Matrix, first: tuple[int, ...], rule: Rule, ties: Ties) -> Indices:
    """Return the cycle through a configuration, from its lowest on."""
    cycle = [first]
    while (following := tuple(succeed(matrix, np.array([cycle[-1]]), rule=rule, ties=ties)[0].tolist())) != first:
        cycle.append(following)
    lowest = cycle.index(min(cycle))
    return np.array(cycle[lowest:] + cycle[:lowest])


def _cycles(matrix: Matrix, firsts: list[tuple[int, ...]], rule: Rule, ties: Ties) -> list[Indices]:
    """Return the cycle through each configuration; the fixed points, of which there may be thousands, all at once."""
    table = np.array(firsts, np.int64).reshape(-1, len(matrix.sizes))
    fixed = (succeed(matrix, table, rule=rule, ties=ties) == table).all(axis=1)
    return [table[i : i + 1] if fixed[i] else _cycle(matrix, first, rule, ties) for i, first in enumerate(firsts)]


def _sampled(matrix: Matrix, rule: Rule, ties: Ties, sample: int, seed: int) -> dict[tuple[int, ...], int]:
    """Follow random starts until each is on a cycle (Brent 1980), and count the cycles by their lowest member."""
    left = np.random.default_rng(seed).integers(0, np.array(matrix.sizes), (sample, len(matrix.sizes)))
    mark, steps, ended = left.copy(), 0, []
    while len(left):
        left, steps = succeed(matrix, left, rule=rule, ties=ties), steps + 1
        back = (left == mark).all(axis=1)
        ended.append(left[back])
        left, mark = left[~back], mark[~back]
        if steps & (steps - 1) == 0:
            mark = left.copy()
    members, times = np.unique(np.concatenate(ended), axis=0, return_counts=True)
    counted: dict[tuple[int, ...], int] = {}
    lowest: dict[tuple[int, ...], tuple[int, ...]] = {}
    fixed = (succeed(matrix, members, rule=rule, ties=ties) == members).all(axis=1).tolist()
    for member, number, still in zip(map(tuple, members.tolist()), times.tolist(), fixed, strict=True):
        if member not in lowest:
            cycle = [member] if still else list(map(tuple, _cycle(matrix, member, rule, ties).tolist()))
            lowest |= dict.fromkeys(cycle, cycle[0])
        counted[lowest[member]] = counted.get(lowest[member], 0) + number
    return counted


def wilson(number: int, of: int) -> tuple[float, float]:
    """Return the interval of 95 % for a share of which a sample of `of` had `number`.

    :source: Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22, 209-212
    """
    share, z = number / of, NORMAL_95
    middle, around = share + z * z / (2 * of), z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    low, high = (middle - around) / (1 + z * z / of), (middle + around) / (1 + z * z / of)
    return min(low, share), max(high, share)  # rounding must not put the share outside


def _followed(matrix: Matrix, rule: Rule, ties: Ties, workers: int) -> dict[tuple[int, ...], int] | None:
    """Follow every configuration, or return None where that can't be."""
    compiled, space, n = _compiled(), prod(matrix.sizes), len(matrix.sizes)
    whole = matrix.judgements.dtype.kind == "i" and n * int(np.abs(matrix.judgements).max()) <= MOST_SUM
    if compiled is None or not whole or space > MOST_LABELLED or n > MOST_DESCRIPTORS or max(matrix.sizes) > 1000:
        return None
    planes, sizes = max(matrix.sizes), np.array(matrix.sizes, np.int32)
    judgements = np.ascontiguousarray(matrix.judgements, np.int32)
    memory = _aligned(compiled.basins_bytes(len(judgements), planes))
    table = _aligned(compiled.basins_table_bytes())
    which = get_args(Rule).index(rule), get_args(Ties).index(ties)
    compiled.basins_begin(memory.ctypes.data, n, sizes.ctypes.data, planes, judgements.ctypes.data, *which)
    labels = np.zeros(space, np.uint16)

    def stretch(start: int) -> int:
        end = min(start + STRETCH, space)
        failed: int = compiled.basins_run(memory.ctypes.data, labels.ctypes.data, table.ctypes.data, start, end)
        return failed

    from concurrent.futures import ThreadPoolExecutor  # would slow down whoever imports the methods

    with ThreadPoolExecutor(workers) as pool:
        if any(pool.map(stretch, range(0, space, STRETCH))):
            return None
    count = int(table[4:8].view(np.int32)[0])
    lowest = table[8 : 8 + 8 * count].view(np.int64)
    starts = sum(np.bincount(labels[at : at + STRETCH], minlength=count + 1) for at in range(0, space, STRETCH))
    places = np.stack(np.unravel_index(lowest, matrix.sizes), axis=1)
    return dict(zip(map(tuple, places.tolist()), np.asarray(starts)[1:].tolist(), strict=True))


def _aligned(size: int) -> NDArray[np.uint8]:
    room = np.zeros(size + ALIGNED, np.uint8)
    skip = -room.ctypes.data % ALIGNED
    return room[skip : skip + size]


@cache
def _compiled() -> ctypes.CDLL | None:
    try:
        compiled = ctypes.CDLL(str(library("succession")))
    except OSError:
        return None
    number, long, pointer = ctypes.c_int32, ctypes.c_int64, ctypes.c_void_p
    compiled.basins_bytes.restype, compiled.basins_bytes.argtypes = long, [number, number]
    compiled.basins_table_bytes.restype, compiled.basins_table_bytes.argtypes = long, []
    compiled.basins_begin.restype = None
    compiled.basins_begin.argtypes = [pointer, number, pointer, number, pointer, number, number]
    compiled.basins_run.restype = number
    compiled.basins_run.argtypes = [pointer, pointer, pointer, long, long]
    return compiled
