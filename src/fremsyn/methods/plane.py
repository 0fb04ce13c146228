"""A map of scenarios: places in a plane, near each other where the scenarios are alike."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fremsyn.methods.errors import MethodError

Floats = NDArray[np.float64]

ROUNDING = 1e-9  # of the whole spread: what two directions may differ by and still show as much


@dataclass(frozen=True, eq=False)
class Plane:
    """Places of scenarios, and how much of their differences the plane shows.

    `places` is (n, 2), its middle at 0. The squared distance of two places is at most the number of descriptors in
    which the two scenarios differ (by weight), and just that where the plane shows everything. `shares` (2,) says how
    much of the whole spread each direction shows, 0…1, the first the most; `drawn` (descriptors, 2) how much of each
    direction comes from each descriptor: columns that sum to 1, or to 0 for a direction in which nothing differs.
    Both are rounded to nine decimals, so that what is equal is equal on every machine.
    """

    places: Floats
    shares: Floats
    drawn: Floats

    @property
    def share(self) -> float:
        """Return how much of the whole spread the plane shows, 0…1; 1 where nothing differs."""
        return float(self.shares.sum()) if self.shares.any() else 1.0


def plane(scenarios: ArrayLike, weights: ArrayLike | None = None) -> Plane:
    """Place scenarios in the plane that shows the most of how they differ.

    Principal coordinates of the distance whose square is the number of descriptors in which two scenarios differ. As
    that is the plain distance between rows that have a column for each variant, the principal components of those
    rows give them without a table of all pairs. Where several directions show as much, those are taken that lie
    nearest to the first variants, so that the same scenarios have the same map everywhere, in whatever order.

    :param scenarios: (n, descriptors); a variant's number, from 0, in each column; n may be 0
    :param weights: (descriptors,) at least 0: how much it counts to differ there; each 1 where none are given
    :raises MethodError: for a table that is none, or weights that don't fit
    :source: Gower (1966), Some distance properties of latent root and vector methods used in multivariate analysis,
        Biometrika 53(3-4), 325-338; Torgerson (1952), Multidimensional scaling I, Psychometrika 17(4), 401-419

    >>> found = plane([[0, 0], [0, 1], [1, 1]])
    >>> round(found.share, 6), [round(float(x), 3) for x in found.shares]
    (1.0, [0.75, 0.25])
    """
    table, heavy = _checked(scenarios, weights)
    owner, rows = _indicators(table, np.sqrt(heavy / 2))
    rows -= rows.mean(axis=0) if len(rows) else 0
    spread = rows.T @ rows / max(1, len(rows))
    shown, directions = _directions(spread)
    drawn = np.zeros((table.shape[1], 2))
    np.add.at(drawn, owner, directions**2)
    total = float(np.trace(spread))
    return Plane(np.round(rows @ directions, 9) + 0.0, shown / total if total else shown, np.round(drawn, 9))


def _checked(scenarios: ArrayLike, weights: ArrayLike | None) -> tuple[NDArray[np.int64], Floats]:
    table = np.array(scenarios)
    if table.ndim != 2 or not table.shape[1] or (len(table) and (table.dtype.kind not in "iu" or table.min() < 0)):
        raise MethodError("Give a table with a row for each scenario and a variant's number, from 0, in each column.")
    heavy = np.ones(table.shape[1]) if weights is None else np.array(weights, np.float64)
    if heavy.shape != table.shape[1:] or not np.isfinite(heavy).all() or heavy.min() < 0:
        raise MethodError(f"There must be {table.shape[1]} weights, one for each descriptor, none below 0.")
    return table.astype(np.int64), heavy


def _indicators(table: NDArray[np.int64], size: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Return a column for each variant that some have and some not, of its descriptor's size, and its owner."""
    owners, columns = [], []
    for j, column in enumerate(table.T):
        occurring = np.unique(column)
        for variant in occurring if len(occurring) > 1 else ():
            owners.append(j)
            columns.append(np.where(column == variant, size[j], 0.0))
    return np.array(owners, np.int64), np.stack(columns, axis=1) if columns else np.zeros((len(table), 0))


def _directions(spread: Floats) -> tuple[Floats, Floats]:
    """Return the two directions of most spread, as columns, and the spread in each; zeros where there is none."""
    shown, directions = np.zeros(2), np.zeros((len(spread), 2))
    values, vectors = np.linalg.eigh(spread)
    slack = ROUNDING * max(float(values.sum()), 0.0)
    at, left = 0, len(values)
    while at < 2 and left and values[left - 1] > slack:
        top = values[left - 1]
        first = int(np.searchsorted(values, top - slack))
        for direction in _settled(vectors[:, first:left])[: 2 - at]:
            shown[at], directions[:, at] = top, direction
            at += 1
        left = first
    return shown, directions


def _settled(vectors: Floats) -> list[Floats]:
    """Return orthogonal directions of what the vectors span that don't depend on which vectors these are."""
    onto, found = vectors @ vectors.T, []
    for _each in range(vectors.shape[1]):
        near = np.diagonal(onto)
        k = int(np.argmax(near >= near.max() - ROUNDING))
        found.append(onto[:, k] / np.sqrt(near[k]))
        onto = onto - np.outer(found[-1], found[-1])
    return found
