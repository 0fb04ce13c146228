"""The consistent configurations themselves, one after another in order."""

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from fremsyn.methods.errors import MethodError
from fremsyn.methods.morphology.counting import Cancelled, Progress
from fremsyn.methods.morphology.field import Excluded, Field, Fixed, Flags, open_values, space, supported
from fremsyn.methods.morphology.steps import Indices, Steps, Words

FEWEST, AT_ONCE = (
    16,
    4096,
)  # states that are taken a parameter further together; few at first, so that the first come soon


@dataclass(frozen=True, eq=False)
class Part:
    """What a stretch of a search found, in order; `share` is of the search so far, and nothing comes after the `last`."""

    configurations: Indices
    share: float
    last: bool


@dataclass(frozen=True, eq=False)
class Search:
    """Consistent configurations as (n, parameters), a value of each; `complete` is True where these are all.

    `space` is how many configurations there are, consistent or not.
    """

    space: int
    configurations: Indices
    complete: bool
    seconds: float


def search(
    field: Field,
    *,
    fixed: Fixed | None = None,
    excluded: Excluded | None = None,
    limit: int | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Search:
    """List the consistent configurations in order: by the value of the first parameter, then the second, …

    :param fixed: parameter → the value (within it) that is given
    :param excluded: (parameter, value) that may not be chosen
    :param limit: the most to return, the first in order; `complete` is False where there are more
    :param progress: called with the share of the space that is settled (0…1) and the number found
    :param cancelled: asked now and then; True ends the search with what was found and `complete` False
    :raises MethodError: for a negative limit, or a parameter or value that isn't there
    :source: Zwicky (1969), Discovery, Invention, Research through the Morphological Approach
    """
    if limit is not None and limit < 0:
        raise MethodError("The limit must be 0 or more.")
    began, allowed = perf_counter(), open_values(field, fixed, excluded)
    found, number, complete = [np.empty((0, len(field.sizes)), np.int64)], 0, True
    for part in _parts(field, allowed):
        found.append(part.configurations)
        number += len(part.configurations)
        if progress is not None:
            progress(part.share, number)
        if limit is not None and number > limit:
            complete = False
            break
        if not part.last and cancelled is not None and cancelled():
            complete = False
            break
    rows = np.concatenate(found)[:limit]
    return Search(space(field, allowed), rows, complete, perf_counter() - began)


def parts(field: Field, *, fixed: Fixed | None = None, excluded: Excluded | None = None) -> Iterator[Part]:
    """Search as `search` does, and give what is found a part at a time; stop asking and the search has ended.

    :raises MethodError: for a parameter or value that isn't there
    """
    return _parts(field, open_values(field, fixed, excluded))


def _parts(field: Field, allowed: Flags) -> Iterator[Part]:
    """Go through the tree, first in order first; few states wait at a time."""
    left = supported(field, allowed)
    if not left.any():
        yield Part(np.empty((0, len(field.sizes)), np.int64), 1.0, last=True)
        return
    steps = Steps(field, left, range(len(field.sizes)))
    waiting: list[tuple[int, Words, Indices]] = [(0, steps.first, np.empty((1, 0), np.int64))]
    whole = unsettled = steps.volume(0, steps.first)
    most = min(FEWEST, AT_ONCE)
    while waiting:
        level, states, rows = waiting.pop()
        if len(states) > most:
            waiting.append((level, states[most:], rows[most:]))
            states, rows = states[:most], rows[:most]
        unsettled -= steps.volume(level, states)
        source, value, children = steps.expand(level, states)
        order = np.lexsort((value, source))
        rows = np.column_stack([rows[source[order]], steps.values[value[order]] - field.starts[level]])
        found = np.empty((0, len(field.sizes)), np.int64)
        if level + 1 == len(steps):
            found, most = rows, min(2 * most, AT_ONCE)
        elif len(rows):
            waiting.append((level + 1, children[order], rows))
            unsettled += steps.volume(level + 1, children)
        yield Part(found, 1 - unsettled / whole if waiting else 1.0, last=not waiting)
