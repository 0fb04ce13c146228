"""How firmly each consistent scenario stands: when judgements are unsure, and as an end that other combinations lead to."""

from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from fremsyn.cases.models import Case
from fremsyn.cases.remembered import remembered
from fremsyn.methods import cib
from fremsyn.scenarios.queries import Ground, ground

Whole = NDArray[np.int64]

STANDS = 0.9  # of the judgements stand as given in a trial; the others go a step up, a step down, or stay
FEWEST_TRIALS, MOST_TRIALS = 100, 1_000
WORK = 20_000_000  # balances to add up in all trials together: half a second
MOST_FOLLOWED = 12_000_000  # configurations that are followed one by one: less than a second
SAMPLE = 8_000  # starts where there are more


@dataclass(frozen=True, eq=False)
class Standing:
    """What is known of the consistent scenarios, each array with one number for each, in their order.

    `held` is in how many of the `trials` each is consistent; there are none where judgements have fractions. `ends` is
    how many of the `starts` end there; `exact` says whether every combination was a start. `cycling` end in no scenario.
    """

    trials: int
    held: Whole
    starts: int
    ends: Whole
    exact: bool
    cycling: int

    @property
    def holds(self) -> NDArray[np.float64]:
        """Return the share of trials in which each holds, 0…1; 1 where there were none."""
        return self.held / self.trials if self.trials else np.ones(len(self.held))

    @property
    def drawn(self) -> NDArray[np.float64]:
        """Return the share of starts that end in each, 0…1."""
        return self.ends / max(1, self.starts)

    def drawn_between(self, at: int) -> tuple[float, float]:
        """Return the interval of 95 % for the share of starts that end in a scenario; exact where all were followed."""
        share = float(self.drawn[at])
        return (share, share) if self.exact else cib.wilson(int(self.ends[at]), self.starts)


@dataclass(frozen=True)
class _Asked:
    """A matrix and its scenarios, told apart by their digest: the same question is answered once for all cases."""

    digest: str
    matrix: cib.Matrix = field(compare=False)
    rows: Whole = field(compare=False)


@remembered
def standing(case: Case) -> Standing:
    """Return how firmly each consistent scenario of a case stands, in their order."""
    return standing_of(ground(case))


def standing_of(base: Ground) -> Standing:
    """Return how firmly each consistent scenario stands, in their order; there may be none."""
    if not len(base.rows):
        nothing = np.zeros(0, np.int64)
        return Standing(0, nothing, 0, nothing, exact=True, cycling=0)
    matrix = base.handover.judgements.matrix
    told = (matrix.sizes, matrix.judgements.dtype.str, matrix.judgements.tobytes(), base.rows.tobytes())
    return _answered(_Asked(sha256(repr(told).encode()).hexdigest(), matrix, base.rows))


@lru_cache(maxsize=16)
def _answered(asked: _Asked) -> Standing:
    trials, held = _trials(asked.matrix, asked.rows)
    found = cib.basins(asked.matrix, sample=SAMPLE, workers=2, most=MOST_FOLLOWED)
    ends = {tuple(each.cycle[0].tolist()): each.starts for each in found.attractors if len(each.cycle) == 1}
    drawn = np.array([ends.get(row, 0) for row in map(tuple, asked.rows.tolist())], np.int64)
    cycling = sum(each.starts for each in found.attractors if len(each.cycle) > 1)
    return Standing(trials, held, found.starts, drawn, found.exact, cycling)


def _trials(matrix: cib.Matrix, rows: Whole) -> tuple[int, Whole]:
    if matrix.judgements.dtype.kind != "i":
        return 0, np.zeros(len(rows), np.int64)
    trials = max(FEWEST_TRIALS, min(MOST_TRIALS, WORK // (len(rows) * len(matrix.judgements))))
    low, high = cib.around(matrix)
    return trials, cib.held(matrix, rows, trials, low=low, high=high, confidence=STANDS)
