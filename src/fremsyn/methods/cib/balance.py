"""What a scenario's states do to each other, and why each stands as it does."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from fremsyn.methods.cib.matrix import Indices, Matrix, Numbers, numbered, sections
from fremsyn.methods.errors import MethodError


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


def balances(matrix: Matrix, scenario: ArrayLike, *, tolerance: float = 0) -> Balance:
    """Work out a scenario's impact balances; it need not be consistent.

    :param scenario: (descriptors,); each descriptor's variant, numbered from 0 within the descriptor
    :returns: `balance` as (N,), all else as (descriptors,), in the judgements' unit; score their sum
    :raises MethodError: unless the scenario names one existing variant for each descriptor
    :source: Weimer-Jehle (2006), Technological Forecasting and Social Change 73(4), 334-361
    """
    flat = numbered(matrix, scenario)
    total: Numbers = matrix.judgements[flat].sum(axis=0)
    chosen = total[flat]
    best, best_balance = np.full(len(flat), -1, np.int64), chosen.copy()
    for j, domain in enumerate(sections(matrix)):
        others = [v for v in domain if v != flat[j]]
        if others:
            rival = others[int(np.argmax(total[others]))]
            best[j], best_balance[j] = rival - domain.start, total[rival]
    margin = chosen - best_balance
    resistance = best_balance - chosen
    resistance[resistance < 0] = 0
    consistent = bool((resistance <= tolerance + matrix.slack).all())
    return Balance(total, chosen, best, best_balance, margin, resistance, chosen.sum().item(), consistent)


def totals(matrix: Matrix, scenarios: Indices) -> tuple[Numbers, Numbers]:
    """Return the total impact score and the smallest margin of many scenarios: (n, descriptors) → (n,), (n,).

    As `balances` says them, for a few thousand at a time.
    """
    flat = scenarios + np.array(matrix.starts)
    balance = sum(matrix.judgements[column] for column in flat.T)
    chosen = np.take_along_axis(balance, flat, axis=1)
    rivals = balance.copy()
    np.put_along_axis(rivals, flat, np.iinfo(np.int64).min if balance.dtype.kind == "i" else -np.inf, axis=1)
    several = np.array(matrix.sizes) > 1
    margins = (chosen - np.maximum.reduceat(rivals, matrix.starts, axis=1))[:, several]
    return chosen.sum(axis=1), margins.min(axis=1) if several.any() else np.zeros(len(flat), balance.dtype)


def explain(matrix: Matrix, scenario: ArrayLike, descriptor: int) -> Explanation:
    """Say what speaks for and against one descriptor's state in a scenario, source by source.

    :param scenario: (descriptors,); each descriptor's variant, numbered from 0 within the descriptor
    :param descriptor: the one to explain, numbered from 0
    :returns: (descriptors,) contributions; they add up to the two balances
    :raises MethodError: for a scenario or descriptor that isn't there
    """
    flat = numbered(matrix, scenario)
    if not 0 <= descriptor < len(flat):
        raise MethodError(f"There is no descriptor {descriptor}; they are numbered from 0 to {len(flat) - 1}.")
    rival = int(balances(matrix, scenario).best_alternative[descriptor])
    target = int(flat[descriptor])
    to_chosen = matrix.judgements[flat, target]
    to_rival = matrix.judgements[flat, matrix.starts[descriptor] + rival] if rival >= 0 else to_chosen.copy()
    return Explanation(target - matrix.starts[descriptor], rival, to_chosen, to_rival, to_chosen - to_rival)
