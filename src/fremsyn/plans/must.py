"""What must hold of the phase's things, beyond their values: pairs of a field and what is wrong with it."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from fremsyn.cases.models import Case
from fremsyn.plans.handover import load
from fremsyn.plans.quarters import quarter_number
from fremsyn.plans.schema import Initiative, Plans

Wrong = Iterator[tuple[str, str]]
FIRST_YEAR, LAST_YEAR = 1900, 2200


def initiative(case: Case, thing: Initiative) -> Wrong:
    """Say what is wrong with an initiative: its quarters, its money, and whether it waits for itself."""
    if quarter_number(thing.end) < quarter_number(thing.start):
        yield "end", _("It ends before it begins. Swap the two quarters, or correct one.")
    for at, (year, amount) in enumerate(thing.budget.items()):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            yield f"budget-{at}-key", _("%(year)s is no year. Write it with four digits.") % {"year": year}
        if amount < 0:
            yield f"budget-{at}-value", _("An amount can't be below 0. Leave it out, or write what is released.")
    waits = {each.ref: each.depends_on for each in load(case).initiatives} | {thing.ref: thing.depends_on}
    ring = ring_from(thing.ref, waits)
    if ring:
        yield (
            "depends_on",
            _("They would wait for each other: %(ring)s. Let one of them go first.") % {"ring": " → ".join(ring)},
        )


def plans(case: Case, thing: Plans) -> Wrong:
    """Say what is wrong with the frames of the years."""
    for at, (year, amount) in enumerate((thing.budget.frame or {}).items()):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            yield f"budget-frame-{at}-key", _("%(year)s is no year. Write it with four digits.") % {"year": year}
        if amount < 0:
            yield f"budget-frame-{at}-value", _("A frame can't be below 0. Leave it out where a year has none.")


def ring_from(ref: str, waits: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the way by which an initiative waits for itself, its own name first and last; empty when it doesn't."""
    ways: list[tuple[str, ...]] = [(ref,)]
    seen = {ref}
    while ways:
        way = ways.pop(0)
        for other in waits.get(way[-1], ()):
            if other == ref:
                return (*way, ref)
            if other not in seen:
                seen.add(other)
                ways.append((*way, other))
    return ()
