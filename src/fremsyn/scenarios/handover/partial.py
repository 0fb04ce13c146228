"""Scenarios that hold a state of some drivers only: one that is being put together, or older than a driver."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fremsyn.methods import cib
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


MOST_LISTED = 10_000


@dataclass(frozen=True)
class Nearest:
    """The consistent scenario that is nearest to a wish: in how many of its drivers it differs, and its states."""

    far: int
    variants: tuple[str, ...]


def nearest(judged: Judgements, variants: Sequence[str]) -> Nearest | None:
    """Return the consistent scenario that differs from `variants` in fewest of the drivers that these decide.

    The first by its states where several are as near. None where there is none, or more than can be listed.
    """
    if not judged.begun:
        return None
    found = cib.search(judged.matrix, limit=MOST_LISTED)
    if not found.complete or not len(found.scenarios):
        return None
    refs = [[variant.ref for variant in driver.variants] for driver in judged.drivers]
    wished = set(variants)
    every = (tuple(refs[j][i] for j, i in enumerate(row)) for row in found.scenarios.tolist())
    far, states = min((sum(ref in wished for ref in each) * -1, each) for each in every)
    return Nearest(len(wished) + far, states)
