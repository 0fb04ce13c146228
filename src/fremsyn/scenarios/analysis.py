"""Every consistent scenario of a case's judgements."""

from dataclasses import dataclass

from fremsyn.cases.shape import Number
from fremsyn.methods import cib
from fremsyn.scenarios.handover import HandOver
from fremsyn.scenarios.handover.judgements import whole_number

MOST_FOUND = 2_000  # a matrix that judges nothing makes every combination consistent


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

    def occurrences(self, variant: str) -> int:
        """Return in how many of the scenarios a variant stands."""
        return sum(variant in each.variants for each in self.found)


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
    found = []
    for row in rows:
        balance = cib.balances(judged.matrix, row)
        found.append(
            Consistent(
                named.get(row),
                tuple(driver.variants[i].ref for driver, i in zip(judged.drivers, row, strict=True)),
                row,
                whole_number(balance.score),
                whole_number(balance.smallest_margin),
            )
        )
    found.sort(key=lambda each: (-each.score, each.variants))
    return Space(search.configurations, search.complete, search.nodes, tuple(found))
