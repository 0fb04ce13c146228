"""The phase's pictures, each with its finding in words; by key for the downloads."""

from collections.abc import Callable, Mapping

from django.http import Http404

from fremsyn.cases.access import Visit
from fremsyn.figures.figure import Figure
from fremsyn.scenarios.pictures.drivers import importance
from fremsyn.scenarios.pictures.influence import influences_of
from fremsyn.scenarios.pictures.likeness import scenario_map_file
from fremsyn.scenarios.pictures.matrix import overview, whole_matrix
from fremsyn.scenarios.pictures.space import distances, tableau_file
from fremsyn.scenarios.pictures.why import balances_of
from fremsyn.scenarios.queries import Ground, ground

DRAWN: Mapping[str, Callable[[Visit, Ground], Figure | None]] = {
    "drivers": importance,
    "tableau": tableau_file,
    "map": scenario_map_file,
    "distances": distances,
    "influence": influences_of,
    "overview": overview,
    "matrix": whole_matrix,
}


def picture(visit: Visit, key: str) -> Figure:
    """Return a picture by its key; `why-3` is the third consistent scenario's balances, `why-c1` those of C1.

    :raises Http404: when there is none of that key
    """
    base = ground(visit.case)
    if key in DRAWN:
        drawn = DRAWN[key](visit, base) if base.drivers else None
        if drawn is None:
            raise Http404
        return drawn
    of = key.removeprefix("why-")
    named = base.scenario.get(of.upper())
    if of != key and named and base.handover.judgements.holds(named.variants):
        return balances_of(visit, base, named.variants, key)
    if of != key and of.isdigit() and 1 <= int(of) <= len(base.space.found):
        return balances_of(visit, base, base.space.found[int(of) - 1].variants, key)
    raise Http404
