"""Under how many people's own judgements each consistent scenario holds: of settled sections only, and never of few people."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from fremsyn.cases.models import Case
from fremsyn.methods import cib
from fremsyn.scenarios.group.rules import Table
from fremsyn.scenarios.group.state import Key, group_of
from fremsyn.scenarios.queries import Ground

FEWEST = 5  # fewer people's judgements are not told, not by a count either


@dataclass(frozen=True, eq=False)
class People:
    """Of how many people, and under how many of theirs each consistent scenario holds, in the scenarios' order."""

    number: int
    held: NDArray[np.int64]


def of_people(case: Case, base: Ground) -> People | None:
    """Count under how many people's judgements each consistent scenario holds; None where fewer than five have judged.

    A person's matrix is the case's with what they gave themselves in the sections that are settled: until a section is
    settled, what somebody gave must not be seen by others.
    """
    given: dict[UUID, list[tuple[Key, Table]]] = defaultdict(list)
    for key, section in group_of(case).sections.items():
        if section.settled:
            for seat, table in zip(section.given, section.tables, strict=True):
                if seat.task.person_id is not None:
                    given[seat.task.person_id].append((key, table))
    if len(given) < FEWEST or not len(base.rows):
        return None
    held = np.zeros(len(base.rows), np.int64)
    for tables in given.values():
        own = _own(base, tables)
        held += cib.totals(own, base.rows)[1] >= -own.slack
    return People(len(given), held)


def _own(base: Ground, tables: Sequence[tuple[Key, Table]]) -> cib.Matrix:
    matrix = base.handover.judgements.matrix
    judgements = matrix.judgements.copy()
    place = {driver.ref: at for at, driver in enumerate(base.drivers)}
    for (source, target), table in tables:
        down, across = matrix.starts[place[source]], matrix.starts[place[target]]
        rows, columns = matrix.sizes[place[source]], matrix.sizes[place[target]]
        judgements[down : down + rows, across : across + columns] = table
    return cib.matrix(matrix.sizes, judgements)
