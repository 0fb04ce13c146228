"""What each phase's gate asks for, gathered from the phases."""

from collections.abc import Callable, Mapping

from fremsyn.cases.access import Visit
from fremsyn.direction import gate as direction
from fremsyn.framing import conditions as framing
from fremsyn.framing.handover.gates import Condition
from fremsyn.plans import queries as plans
from fremsyn.scanning import gaps as scanning
from fremsyn.scenarios import gates as scenarios
from fremsyn.scenarios.queries import ground
from fremsyn.strategy import gate as strategy

OF_PHASE: Mapping[str, Callable[[Visit], tuple[Condition, ...]]] = {
    "framing": lambda visit: framing.conditions(visit.case),
    "scanning": lambda visit: scanning.gate_of(visit).conditions,
    "scenarios": lambda visit: scenarios.conditions(ground(visit.case)),
    "direction": lambda visit: direction.conditions(visit.case),
    "strategy": lambda visit: strategy.conditions(visit.case),
    "plans": lambda visit: plans.phase_gate(visit).conditions,
}


def conditions_of(visit: Visit, phase: str) -> tuple[Condition, ...]:
    """Return what a phase's gate asks for, those that are missing first, then those that are thin."""
    found = OF_PHASE[phase](visit)
    return tuple(sorted(found, key=lambda each: (each.done, each.thin)))
