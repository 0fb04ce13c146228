"""MACTOR: what actors can do to each other, what they want, and who is with whom on what."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fremsyn.methods.errors import MethodError

Whole = NDArray[np.int64]
Numbers = NDArray[np.float64]

STRONGEST, DEAREST = 4, 4


@dataclass(frozen=True, eq=False)
class Power:
    """What actors can do to each other, directly and by way of one other; n actors.

    `reach` (n, n) is MDII; `influence` and `dependence` (n,) are its sums without what an actor does to itself;
    `net` (n, n) is what an actor does to another less what it gets back, and `net_sum` (n,) that of each over all others;
    `competitiveness` (n,) is Ri, whose mean is 1 (all 0 where nobody acts on anybody).
    """

    reach: Whole
    influence: Whole
    dependence: Whole
    net: Whole
    net_sum: Whole
    competitiveness: Numbers


@dataclass(frozen=True, eq=False)
class Positions:
    """What actors want, at one of three orders; n actors, m objectives.

    The order is that of the matrix of positions: 1 the signs (1MAO), 2 with how much the objective means (2MAO), 3 with
    competitiveness as well (3MAO). `positions` is (n, m). For each objective `agreement` and `disagreement` (m,) are the
    sums for (≥ 0) and against (≤ 0), and `mobilisation` what it sets in motion both ways; `engagement` (n,) is the same
    for each actor. `convergence` and `divergence` (n, n) are CAA and DAA, 0 on the diagonal; `closeness` (n, n) is
    convergence less divergence: near allies have most, far opponents least. `ambivalence` (n,) is from 0 (an actor is
    all for or all against each other) to 1 (as much with each as against), NaN for one who has to do with nobody.
    """

    positions: Whole | Numbers
    agreement: Whole | Numbers
    disagreement: Whole | Numbers
    mobilisation: Whole | Numbers
    engagement: Whole | Numbers
    convergence: Numbers
    divergence: Numbers
    closeness: Numbers
    ambivalence: Numbers


@dataclass(frozen=True, eq=False)
class Mactor:
    """The actors' power, and their positions at orders 1, 2 and 3; `objective_closeness` (m, m) at the three orders.

    Two objectives are close when actors stand alike on both: the sum over actors of the mean of the two positions'
    sizes, counted + where the signs are alike and − where they are opposite.
    """

    power: Power
    orders: tuple[Positions, Positions, Positions]
    objective_closeness: tuple[Numbers, Numbers, Numbers]


def mactor(influence: ArrayLike, positions: ArrayLike) -> Mactor:
    """Analyse actors and what they want.

    :param influence: MDI (n, n) whole numbers: what an actor (row) can do to another (column): 0 nothing, 1 its daily
        processes, 2 its projects, 3 its missions, 4 its existence; the diagonal is 0
    :param positions: 2MAO (n, m) whole numbers −4…4: against (−) or for (+) an objective, which touches the actor's
        processes (1), projects (2), missions (3) or existence (4)
    :raises MethodError: for other shapes or numbers, or something on the diagonal
    :source: Godet (1991), Futures 23(6), 605-622; Godet (1994), From Anticipation to Action, ch. 5
    """
    strength = _strength(influence)
    valued = _whole(positions, "positions", DEAREST, least=-DEAREST)
    if valued.ndim != 2 or len(valued) != len(strength) or not valued.shape[1]:
        raise MethodError(
            f"The positions must have {len(strength)} rows, one for each actor, and an objective at least."
        )
    balance = power(strength)
    matrices = np.sign(valued), valued, valued * balance.competitiveness[:, None]
    one, two, three = (standing(each) for each in matrices)
    return Mactor(balance, (one, two, three), (_alike(matrices[0].T), _alike(matrices[1].T), _alike(matrices[2].T)))


def power(influence: ArrayLike) -> Power:
    """Return what actors can do to each other, directly and by way of one other.

    MDII(i,j) = MDI(i,j) + Σ_k min(MDI(i,k), MDI(k,j)): on the way through k an actor can do no more than the weaker half.
    With I(i) = Σ_{j≠i} MDII(i,j) and D(i) = Σ_{j≠i} MDII(j,i) the balance of power is
    r(i) = I(i) / Σ I · I(i) / (I(i) + D(i)), and Ri = r(i) / mean of r.

    :param influence: MDI (n, n) as in `mactor`
    :raises MethodError: as `mactor`
    :source: Godet (1991), Futures 23(6), 605-622; self-influence taken out of both sums

    >>> power([[0, 3, 0], [0, 0, 2], [1, 0, 0]]).reach.tolist()
    [[0, 3, 2], [1, 0, 2], [1, 1, 0]]
    """
    strength = _strength(influence)
    through = np.minimum(strength[:, :, None], strength[None, :, :]).sum(axis=1)
    reach: Whole = strength + through
    given, got = (reach.sum(axis=axis) - reach.diagonal() for axis in (1, 0))
    net: Whole = reach - reach.T
    whole = given + got
    share = np.divide(given * given, whole, out=np.zeros(len(given)), where=whole > 0)
    mean = share.mean()
    return Power(reach, given, got, net, net.sum(axis=1), share / mean if mean else share)


def standing(positions: ArrayLike) -> Positions:
    """Return who is with whom on what, from positions at any order.

    CAA(i,j) is the sum over objectives that both are for, or both against, of the mean of the two positions' sizes;
    DAA(i,j) the same over those where one is for and the other against. With signs alone these are numbers of objectives.
    Ambivalence: 1 − Σ_j |CAA(i,j) − DAA(i,j)| / Σ_j (CAA(i,j) + DAA(i,j)).

    :param positions: (n, m) finite numbers: for (+), against (−)
    :raises MethodError: unless it is a table of finite numbers
    :source: Godet (1991), Futures 23(6), 605-622; ambivalence as in the method's later editions (orders 1 to 3)
    """
    table = np.array(positions)
    if table.ndim != 2 or not table.size or table.dtype.kind not in "iuf" or not np.isfinite(table).all():
        raise MethodError("The positions must be a table of numbers, a row for each actor.")
    size, sign = np.abs(table), np.sign(table)
    mean = (size[:, None, :] + size[None, :, :]) / 2
    both = sign[:, None, :] * sign[None, :, :]
    convergence, divergence = ((mean * (both == way)).sum(axis=2) for way in (1, -1))
    for each in (convergence, divergence):
        np.fill_diagonal(each, 0)
    closeness = convergence - divergence
    whole = (convergence + divergence).sum(axis=1)
    settled = np.divide(np.abs(closeness).sum(axis=1), whole, out=np.full(len(table), np.nan), where=whole > 0)
    return Positions(
        positions=table,
        agreement=np.where(table > 0, table, 0).sum(axis=0),
        disagreement=np.where(table < 0, table, 0).sum(axis=0),
        mobilisation=size.sum(axis=0),
        engagement=size.sum(axis=1),
        convergence=convergence,
        divergence=divergence,
        closeness=closeness,
        ambivalence=1 - settled,
    )


def _alike(positions: Whole | Numbers) -> Numbers:
    return standing(positions).closeness


def _strength(influence: ArrayLike) -> Whole:
    table = _whole(influence, "influences", STRONGEST)
    if table.ndim != 2 or table.shape[0] != table.shape[1] or not len(table):
        raise MethodError(
            f"The influences must be a square table, a row and a column for each actor, not {table.shape}."
        )
    if table.diagonal().any():
        at = int(np.flatnonzero(table.diagonal())[0])
        raise MethodError(f"Actor {at} acts on itself; write 0 on the diagonal.")
    return table


def _whole(given: ArrayLike, name: str, most: int, *, least: int = 0) -> Whole:
    table = np.array(given)
    if not table.size or table.dtype.kind not in "iu" or table.min() < least or table.max() > most:
        raise MethodError(f"The {name} must be whole numbers from {least} to {most}.")
    return table.astype(np.int64)
