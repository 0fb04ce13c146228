"""What the page of the budgets shows: amounts, sums by year, and how they stand to what the strategy may cost."""

from typing import Any

from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.cases.models import Item
from fremsyn.cases.pages import crumbs
from fremsyn.cases.shape import Number
from fremsyn.core.amounts import total
from fremsyn.plans.analysis import Overview, framed, overview
from fremsyn.plans.budgets.forms import BudgetsForm, name_of
from fremsyn.plans.quarters import quarter_number
from fremsyn.plans.words import amount
from fremsyn.web.templatetags.say import number

SPARE_YEARS = 1


def years(seen: Overview) -> tuple[int, ...]:
    """Return the years that initiatives run or cost something in, and one more."""
    named = {year for each in seen.plans.initiatives for year in each.budget} | {*(seen.plans.budget.frame or {})}
    for each in seen.plans.initiatives:
        named |= {at // 4 for at in range(quarter_number(each.start), quarter_number(each.end) + 1)}
    return tuple(range(min(named), max(named) + 1 + SPARE_YEARS)) if named else ()


def form_for(visit: Visit, data: Any = None) -> BudgetsForm:
    """Return the form for all initiatives' budgets."""
    seen = overview(visit.case)
    rows = Item.objects.filter(case=visit.case, kind="initiative", withdrawn_at=None)
    return BudgetsForm(data, seen.plans.initiatives, years(seen), dict(rows.values_list("ref", "version")))


def sums(visit: Visit, form: BudgetsForm) -> dict[str, Any]:
    """Return the sums of what stands on the form, and what they say."""
    typed, seen = form.budgets(), overview(visit.case)
    by_year = {year: total(each.get(year, 0) for each in typed.values()) for year in form.years}
    whole = total(by_year.values())
    return {
        "visit": visit,
        "by_year": [(year, by_year[year]) for year in form.years],
        "whole": whole,
        "own": {ref: total(amounts.values()) for ref, amounts in typed.items()},
        "framed": framed(seen.plans, by_year),
        "said": [*_said(seen, whole), *_changed(seen, by_year)],
    }


def _said(seen: Overview, whole: Number) -> list[str]:
    """Say how the whole stands to the strategy's cost and frame."""
    said = []
    if seen.chosen:
        high = seen.funding.cost_high
        told = {"released": amount(whole), "high": amount(high), "by": amount(abs(total((high, -whole))))}
        if whole > high:
            said.append(_("The plan releases %(by)s more than the strategy costs at most (%(high)s).") % told)
        elif whole < high:
            said.append(
                _("The plan releases %(released)s of the %(high)s that the strategy may cost; %(by)s are left.") % told
            )
        else:
            said.append(_("The plan releases exactly what the strategy may cost: %(high)s.") % told)
    frame = seen.strategy.budget_mdkk
    if frame is not None and whole > frame:
        told = {"by": amount(total((whole, -frame))), "frame": amount(frame)}
        said.append(_("That is %(by)s beyond the frame of %(frame)s.") % told)
    return said


def _changed(seen: Overview, by_year: dict[int, Number]) -> list[str]:
    """Say which years differ from what is kept."""
    said = []
    for year, sum_ in by_year.items():
        before = seen.money.by_year.get(year, 0)
        if sum_ != before:
            said.append(
                _("%(year)s: %(now)s instead of %(before)s.")
                % {"year": year, "now": number(sum_), "before": number(before)}
            )
    return said


def page(visit: Visit, form: BudgetsForm) -> dict[str, Any]:
    """Return what the page holds."""
    told = sums(visit, form)
    return {
        "phase": "plans",
        "crumbs": crumbs(visit, "plans", (_("Budgets"), "")),
        "heading": _("What the initiatives cost, year by year"),
        "form": form,
        "hidden": form.hidden_fields(),
        "years": form.years,
        "rows": [
            {
                "entry": visit.entries[each.ref],
                "cells": [form[name_of(each.ref, year)] for year in form.years],
                "sum": told["own"][each.ref],
            }
            for each in form.initiatives
        ],
        **told,
    }
