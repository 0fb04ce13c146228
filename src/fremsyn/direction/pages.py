"""What each page of the direction is made of."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases import file as case_file
from fremsyn.cases.access import Visit
from fremsyn.cases.pages import crumbs, guidance, question_of
from fremsyn.conversation.handover import judged
from fremsyn.conversation.handover.talk import phase_talk
from fremsyn.direction import pictures, queries
from fremsyn.direction.gate import conditions
from fremsyn.direction.handover import load
from fremsyn.figures.figure import Figure
from fremsyn.framing.handover.gates import gate


def direction(visit: Visit) -> dict[str, Any]:
    """Return the phase's page."""
    content, held = load(visit.case), queries.states(visit)
    return {
        "visit": visit,
        "known": visit.entries,
        "crumbs": crumbs(visit, "direction"),
        "heading": heading(visit),
        "question": question_of(visit, "direction"),
        "guidance": guidance("direction", "direction"),
        "talk": phase_talk(visit, "direction"),
        **said(visit),
        "gate": gate(visit.case, "direction", conditions(visit.case)),
        "content": content,
        "desirable": visit.entries[content.desirable.ref] if content.desirable else None,
        "values": queries.grounded(visit, "direction/values/principles", content.values.principles),
        "values_rest_on": visit.shown(content.values.because),
        "groups": queries.by_stance(visit, held),
        "changes": queries.changes(visit),
        "must_be_true": queries.grounded(visit, "direction/must_be_true", content.must_be_true),
        "regret": queries.grounded(visit, "direction/regret_if_we_get_it", content.regret_if_we_get_it),
        "vision_rests_on": visit.shown(content.vision.because if content.vision else ()),
        "backcast": queries.grounded(visit, "direction/backcast", content.backcast),
        "today": visit.shown(each.ref for each in visit.of_kind("baseline_role")),
        "horizon": case_file.load(visit.case).horizon,
        "horizons": queries.grounded(visit, "direction/three_horizons", content.three_horizons),
        "agendas": queries.agendas(visit),
        "adds": {
            "values": [("value", _("Add a value"))],
            "horizons": [("horizon_step", _("Add a horizon"))],
            "agendas": [("agenda", _("Add a strategic agenda"))],
        },
        "figures": figures(visit),
        "downloads": reverse("direction:direction", args=[visit.case.slug]) + "figures/",
    }


def said(visit: Visit) -> dict[str, Any]:
    """Return what the circles said of the scenarios: what the desirable one may rest on."""
    return {"said_by_circles": judged.said(visit), "no_probability": judged.NO_PROBABILITY}


def heading(visit: Visit) -> str:
    """Say the finding of the phase: how much of what we wish for is ours to decide."""
    desirable = load(visit.case).desirable
    if desirable is None:
        return _("The future we wish for is still to be put together")
    wished = desirable.variants
    ours = sum(state.stance == "ours" for state in wished)
    return ngettext(
        "Only one of the %(all)d states we wish for is ours to decide",
        "%(count)d of the %(all)d states we wish for are ours to decide",
        ours,
    ) % {"count": ours, "all": len(wished)}


def figures(visit: Visit) -> dict[str, Figure]:
    """Return the pictures of the phase's page by key."""
    drawn = (
        pictures.balances(queries.states(visit)),
        pictures.distances(visit),
        pictures.field(visit, queries.agendas(visit)),
    )
    return {each.key: each for each in drawn if each}


def desirable_scenario(visit: Visit) -> dict[str, Any]:
    """Return what the desirable scenario's page shows besides what every item's page does."""
    found = queries.wish_of(visit.case)
    held = queries.states(visit)
    resisted = queries.resistances(visit, held)
    return {
        "thing": load(visit.case).desirable,
        "weighed": found.weighed if found else None,
        "groups": queries.by_stance(visit, held),
        **said(visit),
        "resisted": [(each, pictures.pulls(each)) for each in resisted],
        "changes": queries.changes(visit),
        "figures": figures(visit),
        "downloads": reverse("direction:direction", args=[visit.case.slug]) + "figures/",
    }


def agenda(visit: Visit, ref: str) -> dict[str, Any]:
    """Return what an agenda's page shows besides what every item's page does."""
    rows = queries.agendas(visit)
    row = next(each for each in rows if each.agenda.ref == ref)
    return {
        "thing": row.agenda,
        "row": row,
        "wished": queries.wishing_for(visit, ref),
        "field": pictures.field(visit, rows, strong=ref),
    }
