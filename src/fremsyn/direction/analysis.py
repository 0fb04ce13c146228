"""What resists the desirable scenario, by how much, and how far it is from the consistent ones."""

from collections.abc import Mapping
from dataclasses import dataclass

from fremsyn.cases.shape import Number
from fremsyn.direction.schema import DesirableScenario, Tried
from fremsyn.scenarios.handover import HandOver as ScenariosHandOver
from fremsyn.scenarios.handover.judgements import Weighed, distance


@dataclass(frozen=True)
class Wish:
    """The desirable scenario held against the judgements."""

    weighed: Weighed
    distance: Mapping[str, int]
    tried: tuple[Mapping[str, Number], ...]


def wish(desirable: DesirableScenario | None, scenarios: ScenariosHandOver) -> Wish | None:
    """Return what the judgements say of the desirable scenario and of the changes that were tried.

    None as long as there is none that holds a state of every driver.
    """
    judged = scenarios.judgements
    variants = tuple(state.variant for state in desirable.variants) if desirable else ()
    if desirable is None or not judged.holds(variants):
        return None
    return Wish(
        weighed=judged.weigh(variants),
        distance={each.ref: distance(each.variants, variants) for each in scenarios.scenarios.scenarios},
        tried=tuple(_tried(each, desirable, scenarios) for each in desirable.tried),
    )


def _tried(tried: Tried, desirable: DesirableScenario, scenarios: ScenariosHandOver) -> Mapping[str, Number]:
    changed, judged = _changed(tried, desirable, scenarios), scenarios.judgements
    return judged.weigh(changed).resists if judged.holds(changed) else {}


def _changed(tried: Tried, desirable: DesirableScenario, scenarios: ScenariosHandOver) -> tuple[str, ...]:
    bases = {each.ref: each.variants for each in scenarios.scenarios.scenarios}
    bases[desirable.ref] = tuple(state.variant for state in desirable.variants)
    swap = {variant.split(".")[0]: variant for variant in tried.change}
    return tuple(swap.get(variant.split(".")[0], variant) for variant in bases[tried.base])
