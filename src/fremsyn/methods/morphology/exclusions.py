"""Which exclusions rule out most."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from fremsyn.methods.morphology.counting import tally_open
from fremsyn.methods.morphology.field import Excluded, Field, Fixed, Value, open_values


@dataclass(frozen=True)
class Exclusion:
    """A pair that can't be together, and what it rules out.

    `alone` is how many configurations hold the pair, whatever else is excluded; `only` how many of them nothing but this
    pair keeps from being consistent: so many would come back if it were lifted.
    """

    first: Value
    second: Value
    alone: int
    only: int


def exclusions(
    field: Field,
    *,
    fixed: Fixed | None = None,
    excluded: Excluded | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Exclusion, ...] | None:
    """Return the excluded pairs among open values, those first that alone rule out most.

    :param fixed: parameter → the value (within it) that is given
    :param excluded: (parameter, value) that may not be chosen
    :param cancelled: asked now and then; True ends it, and None is returned
    :raises MethodError: for a parameter or value that isn't there
    """
    allowed, owners = open_values(field, fixed, excluded), field.owners
    apart = ~field.together & (owners[:, None] != owners) & allowed & allowed[:, None]
    found = []
    for v, w in np.argwhere(np.triu(apart)).tolist():
        together = field.together.copy()
        together[v, w] = together[w, v] = True
        both = allowed & (owners != owners[v]) & (owners != owners[w])
        both[[v, w]] = True
        counted = tally_open(replace(field, together=together), both, cancelled=cancelled)
        if not counted.complete:
            return None
        first, second = ((int(owners[at]), at - field.starts[owners[at]]) for at in (v, w))
        found.append(Exclusion(first, second, counted.configurations, counted.number))
    return tuple(sorted(found, key=lambda each: (-each.only, -each.alone, each.first, each.second)))
