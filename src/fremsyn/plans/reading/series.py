"""Readings of a signpost: in order of their quarters, and on which side of the threshold they are."""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from fremsyn.cases.shape import Number
from fremsyn.plans.quarters import quarter_number
from fremsyn.plans.schema import Reading, Signpost

# A unit that names its ends, such as "step (1 none … 5 very high)", is a scale that readings keep to.
SCALE = re.compile(r"\(\s*(-?\d+(?:[.,]\d+)?)\b[^()]*?(?:…|\.\.\.)\s*(-?\d+(?:[.,]\d+)?)\b")

COMPARES: Mapping[str, Callable[[Number, Number], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def scale_of(signpost: Signpost) -> tuple[float, float] | None:
    """Return the ends of the scale that a signpost's unit names; None where it names none."""
    for text in (signpost.unit.da, signpost.unit.en):
        ends = SCALE.search(text or "")
        if ends:
            low, high = (float(each.replace(",", ".")) for each in ends.groups())
            return (low, high) if low < high else None
    return None


def has_crossed(signpost: Signpost) -> bool | None:
    """Tell whether the latest reading is beyond the threshold; None where there is none."""
    return None if signpost.reading is None else is_beyond(signpost, signpost.reading)


def is_beyond(signpost: Signpost, reading: Reading) -> bool:
    """Tell whether a reading is beyond a signpost's threshold, so that the signpost speaks."""
    return COMPARES[signpost.operator](reading.number, signpost.number)


def all_readings(signpost: Signpost) -> tuple[Reading, ...]:
    """Return every reading, the first quarter first."""
    return (*signpost.earlier_readings, *([signpost.reading] if signpost.reading else []))


def with_reading(signpost: Signpost, reading: Reading) -> Signpost:
    """Return a signpost with a reading more, in order of quarters; in a quarter that has one it takes its place."""
    others = [each for each in all_readings(signpost) if each.at != reading.at]
    ordered = sorted((*others, reading), key=lambda each: quarter_number(each.at))
    return replace(signpost, reading=ordered[-1], earlier_readings=tuple(ordered[:-1]))
