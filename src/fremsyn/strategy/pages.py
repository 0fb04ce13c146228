"""What each page of the strategy is made of."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.access import Visit
from fremsyn.cases.pages import crumbs, guidance, question_of
from fremsyn.conversation.handover.talk import phase_talk
from fremsyn.figures.figure import Figure
from fremsyn.framing.handover.gates import gate
from fremsyn.strategy import best, pictures, queries
from fremsyn.strategy.gate import conditions
from fremsyn.strategy.handover import load
from fremsyn.strategy.schema import Strategy
from fremsyn.strategy.words import reading, tone
from fremsyn.web.templatetags.say import listed, number, say_plain


def strategy(visit: Visit) -> dict[str, Any]:
    """Return the phase's page."""
    content, found = load(visit.case), queries.best(visit.case)
    return {
        "visit": visit,
        "known": visit.entries,
        "crumbs": crumbs(visit, "strategy"),
        "heading": heading(visit),
        "question": question_of(visit, "strategy"),
        "guidance": guidance("strategy", "strategy"),
        "talk": phase_talk(visit, "strategy"),
        "gate": gate(visit.case, "strategy", conditions(visit.case)),
        "content": content,
        "answer": queries.alone(visit, "strategy/role_answer", content.role_answer),
        "futures": [cell.scenario for cell in queries.roles(visit)[0].cells] if content.roles else [],
        "roles": queries.roles(visit),
        "options": queries.options(visit),
        "exclusions": queries.exclusions(visit),
        "found": found,
        "unscored": visit.shown(each.ref for each in queries.unscored(visit.case)),
        "combinations": 2 ** len(content.options),
        "strategies": queries.strategies(visit),
        "chosen": next((row for row in queries.strategies(visit) if row.chosen), None),
        "deviation": queries.alone(visit, "strategy/deviation", content.deviation),
        "diagnosis": queries.alone(visit, "strategy/diagnosis", content.diagnosis),
        "policy": queries.alone(visit, "strategy/guiding_policy", content.guiding_policy),
        "actions": queries.grounded(visit, "strategy/coherent_actions", content.coherent_actions),
        "left": queries.deselected(visit),
        "non_choices": queries.grounded(visit, "strategy/non_choices", content.non_choices),
        "adds": {
            "roles": [("role", _("New role"))],
            "options": [("option", _("New option")), ("exclusion", _("Say why two options can't be had together"))],
            "strategies": [("possible_strategy", _("New possible strategy"))],
            "reasoned": _to_be_written(content),
        },
        "figures": figures(visit),
        "downloads": reverse("strategy:strategy", args=[visit.case.slug]) + "figures/",
    }


def _to_be_written(content: Strategy) -> list[tuple[str, str]]:
    """Return what can be written of the strategy itself, as field and words: what is missing, and one more of the lists."""
    once = [
        ("role_answer", _("Answer the role question"), content.role_answer),
        ("diagnosis", _("Write the diagnosis"), content.diagnosis),
        ("guiding_policy", _("Write the guiding policy"), content.guiding_policy),
    ]
    return [
        *((name, words) for name, words, there in once if there is None),
        ("coherent_actions", _("One more action that pulls together")),
        ("non_choices", _("One more thing we will not do")),
    ]


def heading(visit: Visit) -> str:
    """Say the finding of the phase: how the chosen strategy stands among all that fit."""
    found, held = queries.best(visit.case), queries.chosen(visit.case)
    most = queries.priced(visit.case).get(held.ref) if held else None
    if found is None or held is None or most is None:
        return unchosen(visit)
    futures = len(most.regret)
    told = {
        "name": say_plain(held.name),
        "most": number(most.max_regret),
        "worlds": futures,
        "all": number(found.feasible),
    }
    if any(set(each.options) == set(held.options) for each in found.least_regret):
        return (
            ngettext(
                "%(name)s loses at most %(most)s points in the one future it was tried in;"
                " none of %(all)s portfolios loses less",
                "%(name)s loses at most %(most)s points, whichever of the %(worlds)d futures comes;"
                " none of %(all)s portfolios loses less",
                futures,
            )
            % told
        )
    return (
        _("%(name)s is chosen and loses at most %(most)s points; others of the %(all)s portfolios that fit lose less")
        % told
    )


def unchosen(visit: Visit) -> str:
    """Say how far the phase has come before the portfolios can be told of."""
    count = len(load(visit.case).options)
    if not count:
        return _("The options are still to be written")
    if held := queries.chosen(visit.case):
        lacking = [each.ref for each in queries.unscored(visit.case)]
        if lacking:
            told = {"name": say_plain(held.name), "scenarios": listed(lacking)}
            return (
                _("%(name)s is chosen, but the portfolios can't be worked out: scores are lacking in %(scenarios)s")
                % told
            )
        return _("%(name)s is chosen, but the portfolios can't be worked out") % {"name": say_plain(held.name)}
    return ngettext(
        "%(count)d option is written, and nothing is chosen yet",
        "%(count)d options are written, and nothing is chosen yet",
        count,
    ) % {"count": count}


def figures(visit: Visit) -> dict[str, Figure]:
    """Return the pictures of the phase's page."""
    options, left = queries.options(visit), queries.deselected(visit)
    strategies = queries.weighed(queries.strategies(visit))
    drawn = [
        pictures.wind_tunnel(visit, options),
        pictures.values(visit, strategies),
        pictures.costs(visit, strategies),
        pictures.regrets(visit, strategies),
        best.ties(visit),
    ]
    if left:
        drawn.append(pictures.left_out(visit, left))
    return {each.key: each for each in drawn if each}


def role(visit: Visit, ref: str) -> dict[str, Any]:
    """Return what a role's page shows besides what every item's page does."""
    row = next(each for each in queries.roles(visit) if each.role.ref == ref)
    return {"thing": row.role, "row": row}


def option(visit: Visit, ref: str) -> dict[str, Any]:
    """Return what an option's page shows besides what every item's page does."""
    rows = queries.options(visit)
    row = next(each for each in rows if each.option.ref == ref)
    left = next((each for each in queries.deselected(visit) if each.row.option.ref == ref), None)
    found = queries.best(visit.case)
    return {
        "thing": row.option,
        "row": row,
        "reading": reading(row.tested.reading),
        "tone": tone(row.tested.reading),
        "scored": queries.scored(visit, row, pictures.step(rows)),
        "scales": load(visit.case).scales,
        "required_by": [each.entry for each in rows if ref in each.option.requires],
        "clashes": queries.clashes(visit, ref),
        "used": [each for each in queries.strategies(visit) if ref in each.strategy.options],
        "ties": len(found.least_regret) if found else 0,
        "left": left,
    }


def possible_strategy(visit: Visit, ref: str) -> dict[str, Any]:
    """Return what a possible strategy's page shows besides what every item's page does."""
    row = next(each for each in queries.strategies(visit) if each.strategy.ref == ref)
    content = load(visit.case)
    return {
        "thing": row.strategy,
        "row": row,
        "figure": next((pictures.made_of(visit, each) for each in queries.weighed([row])), None),
        "budget": content.budget_mdkk,
        "deviation": queries.alone(visit, "strategy/deviation", content.deviation) if row.chosen else None,
    }
