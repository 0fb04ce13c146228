"""Scenarios that hold a state of some drivers only: one that is being put together, or older than a driver."""

from collections.abc import Sequence
from dataclasses import replace

from fremsyn.scenarios.handover.judgements import Judgements
from fremsyn.scenarios.schema import Driver


def undecided(judged: Judgements, variants: Sequence[str]) -> tuple[Driver, ...]:
    """Return the drivers of which a scenario holds no state that is in use."""
    chosen = set(variants)
    return tuple(each for each in judged.drivers if not any(variant.ref in chosen for variant in each.variants))


def among(judged: Judgements, variants: Sequence[str]) -> Judgements:
    """Return the judgements between those drivers of which a scenario holds a state; the others say nothing."""
    without = {each.key for each in undecided(judged, variants)}
    held = tuple(each for each in judged.drivers if each.key not in without)
    sections = tuple(
        each for each in judged.cross_impact.sections if each.source not in without and each.target not in without
    )
    return Judgements(held, replace(judged.cross_impact, sections=sections))
