"""Every consistent scenario of a case's judgements."""

from dataclasses import dataclass

import numpy as np

from fremsyn.cases.shape import Number
from fremsyn.methods import cib
from fremsyn.scenarios.handover import HandOver
from fremsyn.scenarios.handover.judgements import whole_number

MOST_FOUND = 10_000  # a matrix that judges nothing makes every combination consistent


@dataclass(frozen=True)
class Consistent:
    """A consistent scenario: the C that names it, if any, a variant of each driver, its strength and its weakest lead.

    `row` numbers the variants within their drivers, from 0.
    """

    ref: str | None
    variants: tuple[str, ...]
    row: tuple[int, ...]
    score: Number
    margin: Number


@dataclass(frozen=True)
class Space:
    """All consistent scenarios, strongest first. Their number is no probability.

    `complete` is False where there are more than could be listed; those that have a name are always among the listed.
    """

    configurations: int
    complete: bool
    nodes: int
    found: tuple[Consistent, ...]


def space(handover: HandOver) -> Space:
    """Return all consistent scenarios, each with the C that has the same variants; none where there are no drivers."""
    judged = handover.judgements
    if not judged.begun:
        return Space(0, True, 0, ())
    search = cib.search(judged.matrix, limit=MOST_FOUND)
    whole = [each for each in handover.scenarios.scenarios if judged.holds(each.variants)]
    named = {tuple(judged.numbered(each.variants)): each.ref for each in whole}
    rows = dict.fromkeys(map(tuple, search.scenarios.tolist()))
    if not search.complete:
        rows |= {row: None for row in named if cib.balances(judged.matrix, row).consistent}
    scores, margins = cib.totals(judged.matrix, np.array(list(rows), np.int64).reshape(-1, len(judged.drivers)))
    refs = [[variant.ref for variant in driver.variants] for driver in judged.drivers]
    found = [
        Consistent(
            named.get(row),
            tuple(refs[j][i] for j, i in enumerate(row)),
            row,
            whole_number(score),
            whole_number(margin),
        )
        for row, score, margin in zip(rows, scores.tolist(), margins.tolist(), strict=True)
    ]
    found.sort(key=lambda each: (-each.score, each.variants))
    return Space(search.configurations, search.complete, search.nodes, tuple(found))
