"""What the page of the choice shows: the possible strategies side by side, and what speaks against each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.cases.editing.pages import dependents
from fremsyn.cases.models import Item
from fremsyn.cases.pages import crumbs
from fremsyn.strategy import queries
from fremsyn.strategy.choosing.forms import ChoiceForm
from fremsyn.strategy.choosing.operations import deviates
from fremsyn.strategy.composing.pages import said
from fremsyn.strategy.composing.trial import Trial, try_portfolio
from fremsyn.strategy.handover import load
from fremsyn.strategy.queries import StrategyRow
from fremsyn.web.templatetags.say import number


@dataclass(frozen=True)
class Side:
    """A possible strategy beside the others: its figures, and what speaks against it."""

    row: StrategyRow
    trial: Trial
    against: tuple[str, ...]


def sides(visit: Visit) -> list[Side]:
    """Return the possible strategies side by side."""
    rows = [(row, try_portfolio(visit.case, row.strategy.options)) for row in queries.strategies(visit)]
    return [Side(row, trial, tuple(_against(visit, row, trial))) for row, trial in rows]


def _against(visit: Visit, row: StrategyRow, trial: Trial) -> Iterator[str]:
    """Yield the counter-findings: what a strategy breaks, where another does better, where it loses most."""
    yield from (said(visit, each) for each in trial.broken)
    if trial.place is None or trial.priced is None or trial.broken:
        return
    place = trial.place
    if place.regret_over:
        yield _("Others lose %(points)s points less at worst.") % {"points": number(place.regret_over)}
    if place.mean_under:
        yield _("Another has %(points)s more in mean value.") % {"points": number(place.mean_under)}
    if place.dominated:
        yield _("Another is at least as good in every scenario and better in one.")
    if not any(trial.priced.regret.values()):
        return
    worst = max(trial.priced.regret, key=lambda ref: trial.priced.regret[ref] if trial.priced else 0)
    yield _("It loses most in %(scenario)s: %(points)s points.") % {
        "scenario": visit.entries[worst].ref,
        "points": number(trial.priced.regret[worst]),
    }


def page(visit: Visit, form: ChoiceForm) -> dict[str, Any]:
    """Return what the page of the choice holds."""
    content = load(visit.case)
    ref = str(form["chosen"].value() or content.chosen or "")
    held = next((each for each in content.possible_strategies if each.ref == ref), None)
    return {
        "visit": visit,
        "phase": "strategy",
        "crumbs": crumbs(visit, "strategy", (_("The choice"), "")),
        "heading": _("Choose, and write why"),
        "form": form,
        "sides": sides(visit),
        "worlds": [visit.entries[each.ref] for each in queries.working(visit.case)],
        "chosen": content.chosen,
        "deviates": deviates(visit.case, held.options) if held else None,
        "held": held,
        "left": form.left(held.options if held else ()),
        "non_choices": queries.grounded(visit, "strategy/non_choices", content.non_choices),
        "known": visit.entries,
        "dependents": dependents(visit, content.chosen) if content.chosen else (),
        "budget": content.budget_mdkk,
    }


def version(visit: Visit) -> int:
    """Return the version of the strategy that is shown."""
    return Item.objects.get(case=visit.case, path="strategy").version
