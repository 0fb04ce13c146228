"""What each phase's gate asks for, gathered from the phases."""

from collections.abc import Callable, Mapping

from fremsyn.cases.access import Visit
from fremsyn.cases.models import Case
from fremsyn.direction import gate as direction
from fremsyn.framing import conditions as framing
from fremsyn.framing.handover.gates import Condition
from fremsyn.plans import gate as plans
from fremsyn.scanning import conditions as scanning
from fremsyn.scenarios import gates as scenarios
from fremsyn.strategy import gate as strategy

OF_PHASE: Mapping[str, Callable[[Case], tuple[Condition, ...]]] = {
    "framing": framing.conditions,
    "scanning": scanning.conditions,
    "scenarios": scenarios.conditions,
    "direction": direction.conditions,
    "strategy": strategy.conditions,
    "plans": plans.conditions,
}


def conditions_of(visit: Visit, phase: str) -> tuple[Condition, ...]:
    """Return what a phase's gate asks for, those that are missing first, then those that are thin."""
    return tuple(sorted(OF_PHASE[phase](visit.case), key=lambda each: (each.done, each.thin)))
