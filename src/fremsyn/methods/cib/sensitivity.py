"""On which judgements a scenario hangs: the smallest change that breaks it, and the fewest that make it consistent."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from fremsyn.methods.cib.matrix import Indices, Matrix, numbered, sections
from fremsyn.methods.errors import MethodError

Number = int | float


@dataclass(frozen=True)
class Change:
    """A judgement to be given otherwise: of variant `source` on variant `target` (numbered through), from and to."""

    source: int
    target: int
    given: Number
    wanted: Number


@dataclass(frozen=True)
class Breaking:
    """The smallest change of one judgement that makes a scenario inconsistent, and the judgements it can be made to.

    `by` is 0 and `changes` is empty where no single judgement can do it within the scale.
    """

    by: Number
    changes: tuple[Change, ...]


def breaking(matrix: Matrix, scenario: ArrayLike, *, least: int = -3, most: int = 3) -> Breaking:
    """Find the smallest whole change of one judgement, within the scale, that makes a consistent scenario inconsistent.

    Either what a state of the scenario gives a chosen variant goes down, or what it gives a rival goes up. A
    descriptor's judgements on itself stay.

    :param scenario: (descriptors,); each descriptor's variant, numbered from 0 within the descriptor
    :param least, most: the scale that the changed judgement must keep to
    :raises MethodError: for a scenario that isn't there or isn't consistent, or a matrix with fractions
    """
    chosen = numbered(matrix, scenario)
    given = _whole(matrix)
    total = given[chosen].sum(axis=0)
    found: list[Change] = []
    smallest = 0
    for j, section in enumerate(sections(matrix)):
        target = int(chosen[j])
        for rival in section:
            lead = int(total[target] - total[rival])
            if lead < 0:
                raise MethodError("The scenario is not consistent already; ask what is lacking.")
            for source in np.delete(chosen, j).tolist() if rival != target else []:
                down = Change(source, target, int(given[source, target]), int(given[source, target]) - lead - 1)
                up = Change(source, rival, int(given[source, rival]), int(given[source, rival]) + lead + 1)
                changes = [each for each in (down, up) if least <= each.wanted <= most]
                if changes and (not found or lead + 1 < smallest):
                    found, smallest = [], lead + 1
                if lead + 1 == smallest:
                    found += changes
    return Breaking(smallest, tuple(dict.fromkeys(found)))


def lacking(matrix: Matrix, scenario: ArrayLike, *, least: int = -3, most: int = 3) -> tuple[Change, ...] | None:
    """Find the fewest judgements whose change, within the scale, makes a wished-for scenario consistent.

    Each descriptor is a matter of its own: raising what a state gives the chosen variant helps against all rivals
    at once, lowering what it gives a rival against that one. With the number of raised judgements given, those that
    can rise most are best, and each rival then needs those that can fall most; the best number is tried out, so
    that the answer is exact. Of those changed each moves only as far as is needed. Judgements of a descriptor on
    itself stay.

    :param scenario: (descriptors,); each descriptor's variant, numbered from 0 within the descriptor
    :returns: the changes, none for a consistent scenario; None where the scale does not allow it
    :raises MethodError: for a scenario that isn't there, or a matrix with fractions
    """
    chosen = numbered(matrix, scenario)
    given = _whole(matrix)
    changes: list[Change] = []
    for j, section in enumerate(sections(matrix)):
        fewest = _lacking_of_one(given, chosen, j, [m for m in section if m != chosen[j]], least, most)
        if fewest is None:
            return None
        changes += fewest
    return tuple(changes)


def _lacking_of_one(
    given: Indices,
    chosen: Indices,
    j: int,
    rivals: list[int],
    least: int,
    most: int,
) -> list[Change] | None:
    target, sources = int(chosen[j]), np.delete(chosen, j)
    total = given[chosen].sum(axis=0)
    deficits = {m: int(total[m] - total[target]) for m in rivals}
    rising = [(source, target, most) for source in _ordered(most - given[sources, target], sources)]
    falling = {m: [(source, m, least) for source in _ordered(given[sources, m] - least, sources)] for m in rivals}
    best: list[Change] | None = None
    for raised in range(len(rising) + 1):
        changes, rise = _moved(given, rising[:raised], max(deficits.values(), default=0))
        for m, deficit in deficits.items():
            fallen: list[Change] = []
            for count in range(len(sources) + 1):
                fallen, fall = _moved(given, falling[m][:count], deficit - rise)
                if rise + fall >= deficit:
                    break
            else:
                break
            changes += fallen
        else:
            if best is None or len(changes) < len(best):
                best = changes
    return best


def _ordered(room: Indices, sources: Indices) -> list[int]:
    """Return the sources with the most room first, those without any left out."""
    order = np.argsort(-room, kind="stable")
    return [int(sources[i]) for i in order if room[i] > 0]


def _moved(given: Indices, cells: list[tuple[int, int, int]], needed: int) -> tuple[list[Change], int]:
    """Move judgements to the end of the scale, the last of them only as far as is needed; return by how much in all."""
    changes, done = [], 0
    for source, target, end in cells:
        now = int(given[source, target])
        step = min(abs(end - now), max(needed - done, 0))
        if step:
            changes.append(Change(source, target, now, now + step if end > now else now - step))
        done += step
    return changes, done


def _whole(matrix: Matrix) -> Indices:
    if matrix.judgements.dtype.kind != "i":
        raise MethodError("Changes are counted in whole judgements, and there are fractions; use a smaller unit.")
    whole: Indices = matrix.judgements.astype(np.int64)
    return whole
