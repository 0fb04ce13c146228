"""What each descriptor does across many scenarios: how its variants are spread, and how much it tells of the others."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fremsyn.methods.errors import MethodError

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Deciding:
    """Descriptor by descriptor: `occurs` in how many scenarios each variant stands, and two shares, 0…1.

    `spread` is 0 where all scenarios have the same variant and 1 where all variants stand equally often. `tells` is how
    much of what is open about the other descriptors is settled when one knows this one's variant, on the average over
    the scenarios; 0 where nothing is open. Neither is a probability.
    """

    occurs: tuple[NDArray[np.int64], ...]
    spread: Floats
    tells: Floats


def deciding(scenarios: ArrayLike, sizes: Sequence[int]) -> Deciding:
    """Say what each descriptor does across scenarios.

    :param scenarios: (n, descriptors); a variant's number within its descriptor, from 0; n may be 0
    :param sizes: number of variants of each descriptor, at least 1
    :raises MethodError: for a table that doesn't fit the sizes
    :source: Shannon (1948), A mathematical theory of communication, Bell System Technical Journal 27(3), 379-423;
        Theil (1970), On the estimation of relationships involving qualitative variables, American Journal of Sociology
        76(1), 103-154: the uncertainty coefficient, here taken of all other descriptors together

    >>> found = deciding([[0, 0, 0], [0, 0, 1], [1, 1, 0], [1, 1, 1]], [2, 2, 2])
    >>> found.tells.round(3).tolist()
    [0.5, 0.5, 0.0]
    """
    table = np.array(scenarios, np.int64).reshape(-1, len(sizes))
    if not len(sizes) or min(sizes) < 1 or (len(table) and ((table < 0) | (table >= np.array(sizes))).any()):
        raise MethodError("Each scenario names a variant of every descriptor, numbered from 0 within the descriptor.")
    starts = np.cumsum([0, *sizes[:-1]])
    has = np.zeros((len(table), sum(sizes)))
    np.put_along_axis(has, table + starts, 1, axis=1)
    both = np.add.reduceat(np.add.reduceat(_parts(has.T @ has, len(table)), starts, axis=0), starts, axis=1)
    alone = np.diagonal(both)
    shared = np.maximum(alone[:, None] + alone[None, :] - both, 0)
    others = alone.sum() - alone
    known = shared.sum(axis=1) - np.diagonal(shared)
    tells = np.divide(known, others, out=np.zeros(len(sizes)), where=others > 1e-12)
    most = np.log2(np.maximum(sizes, 2))
    occurs = tuple(np.bincount(column, minlength=size) for column, size in zip(table.T, sizes, strict=True))
    return Deciding(occurs, np.clip(alone / most, 0, 1) + 0.0, np.clip(tells, 0, 1))


def _parts(times: Floats, n: int) -> Floats:
    """Return what each pair of variants adds to the entropy of their two descriptors together, in bits."""
    share = times / max(1, n)
    return -share * np.log2(share, out=np.zeros_like(share), where=share > 0)
