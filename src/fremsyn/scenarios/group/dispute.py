"""Which disputed sections the result hangs on: the scenarios that come or go when one judge is right and not the group."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fremsyn.methods import cib
from fremsyn.scenarios.group.proposal import applied, proposed
from fremsyn.scenarios.group.rules import Rule, Table
from fremsyn.scenarios.group.state import GroupPair, Key
from fremsyn.scenarios.handover import HandOver
from fremsyn.scenarios.handover.judgements import Judgements

MOST_LOOKED_AT = 50_000
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Hangs:
    """What hangs on a section: by judge, how many scenarios come and go with their judgement in place of the group's.

    `scenarios` is how many do so for at least one of them.
    """

    scenarios: int
    by_judge: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Dispute:
    """A section whose judges differ; `hangs` is None where too many scenarios hang together to be compared."""

    section: GroupPair
    hangs: Hangs | None


def in_order(handover: HandOver, sections: Iterable[GroupPair]) -> tuple[Dispute, ...]:
    """Return the disputed sections, the one on which most of the result hangs first, then by how far apart they are.

    The rest stands at the group's: by the median where it is not settled, else as it stands in the case.
    """
    seen = tuple(sections)
    base = applied(handover, proposed(seen, Rule())).judgements
    disputed = [each for each in seen if each.disputed]
    found = hanging(base, [(each.key, each.tables) for each in disputed]) if base.begun else {}
    disputes = [Dispute(each, found.get(each.key)) for each in disputed]
    return tuple(sorted(disputes, key=lambda each: (-(each.hangs.scenarios if each.hangs else 0), -each.section.apart)))


def hanging(base: Judgements, asked: Sequence[tuple[Key, Sequence[Table]]]) -> dict[Key, Hangs]:
    """Return what hangs on each section, by the references of its drivers, for each judge's table in order.

    A section moves the balances of its target alone. So one search for each target, in which that driver may stand as it
    likes, finds every scenario that any of its sections can let in or keep out. A target that leaves more than 50,000 open
    is left out.
    """
    by_target: dict[str, list[tuple[str, Sequence[Table]]]] = defaultdict(list)
    for (source, target), tables in asked:
        by_target[target].append((source, tables))
    place = {driver.ref: at for at, driver in enumerate(base.drivers)}
    found: dict[Key, Hangs] = {}
    for target, sections in by_target.items():
        near = _Near.of(base.matrix, place[target])
        if near is not None:
            found |= {(source, target): near.hangs(place[source], tables) for source, tables in sections}
    return found


@dataclass(frozen=True, eq=False)
class _Near:
    """Every scenario in which all drivers but `target` hold, whatever that one does, a row each.

    `total` are the balances of the target's states, `held` whether the target holds too.
    """

    matrix: cib.Matrix
    target: int
    scenarios: NDArray[np.int64]
    total: NDArray[np.int64 | np.float64]
    held: Flags

    @classmethod
    def of(cls, matrix: cib.Matrix, target: int) -> "_Near | None":
        """Search with the target's balances all alike; None where that leaves too many."""
        silent = matrix.judgements.copy()
        silent[:, _columns(matrix, target)] = 0
        found = cib.search(cib.matrix(matrix.sizes, silent), limit=MOST_LOOKED_AT)
        if not found.complete:
            return None
        given = matrix.judgements[:, _columns(matrix, target)]
        total = given[found.scenarios + np.array(matrix.starts)].sum(axis=1)
        return cls(matrix, target, found.scenarios, total, _holds(matrix, total, found.scenarios[:, target]))

    def hangs(self, source: int, tables: Sequence[Table]) -> Hangs:
        """Return what comes and goes with each table from the source in place of what stands."""
        states = self.scenarios[:, source]
        rest = (
            self.total
            - self.matrix.judgements[:, _columns(self.matrix, self.target)][states + self.matrix.starts[source]]
        )
        by_judge, either = [], np.zeros(len(states), bool)
        for table in tables:
            holds = _holds(self.matrix, rest + np.array(table)[states], self.scenarios[:, self.target])
            by_judge.append((int((holds & ~self.held).sum()), int((self.held & ~holds).sum())))
            either |= holds != self.held
        return Hangs(int(either.sum()), tuple(by_judge))


def _columns(matrix: cib.Matrix, driver: int) -> slice:
    return slice(matrix.starts[driver], matrix.starts[driver] + matrix.sizes[driver])


def _holds(matrix: cib.Matrix, total: NDArray[np.int64 | np.float64], states: NDArray[np.int64]) -> Flags:
    chosen = np.take_along_axis(total, states[:, None], axis=1)[:, 0]
    holds: Flags = chosen >= total.max(axis=1) - matrix.slack
    return holds
