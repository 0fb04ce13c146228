"""The phase's pictures, each with its finding in words; by key for the downloads."""

from collections.abc import Callable, Mapping

from django.http import Http404

from fremsyn.cases.access import Visit
from fremsyn.figures.figure import Figure
from fremsyn.scenarios.pictures.drivers import importance
from fremsyn.scenarios.pictures.matrix import overview, whole_matrix
from fremsyn.scenarios.pictures.space import distances, tableau_file
from fremsyn.scenarios.pictures.why import balances_of
from fremsyn.scenarios.queries import Ground, ground

DRAWN: Mapping[str, Callable[[Visit, Ground], Figure]] = {
    "drivers": importance,
    "tableau": tableau_file,
    "distances": distances,
    "overview": overview,
    "matrix": whole_matrix,
}


def picture(visit: Visit, key: str) -> Figure:
    """Return a picture by its key; `why-3` is the third consistent scenario's balances, `why-c1` those of C1.

    :raises Http404: when there is none of that key
    """
    base = ground(visit.case)
    if key in DRAWN:
        return DRAWN[key](visit, base)
    of = key.removeprefix("why-")
    if of != key and of.upper() in base.scenario:
        return balances_of(visit, base, base.scenario[of.upper()].variants, key)
    if of != key and of.isdigit() and 1 <= int(of) <= len(base.space.found):
        return balances_of(visit, base, base.space.found[int(of) - 1].variants, key)
    raise Http404
