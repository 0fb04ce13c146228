"""What the page for a portfolio by hand shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.cases.models import Item
from fremsyn.cases.pages import crumbs
from fremsyn.cases.shape import Number
from fremsyn.strategy import queries
from fremsyn.strategy.composing.forms import PortfolioForm
from fremsyn.strategy.composing.trial import Broken, Place, Swap, Trial, try_portfolio
from fremsyn.strategy.handover import load
from fremsyn.strategy.schema import Option
from fremsyn.web.templatetags.say import listed, number, say_plain


@dataclass(frozen=True)
class Choice:
    """An option to tick, with what one needs to know of it."""

    option: Option
    entry: Entry
    ticked: bool
    core: float | None


def opened(visit: Visit, query: QueryDict) -> dict[str, Any]:
    """Return what a form is opened with: the options of the address, else those of a possible strategy."""
    strategy = load(visit.case)
    known = {each.ref for each in strategy.options}
    base = next((each for each in strategy.possible_strategies if each.ref == query.get("from")), None)
    options = [ref for ref in query.getlist("options") if ref in known]
    role = query.get("role") or (base.role if base else "")
    if base and not options:
        options = list(base.options)
    return {
        "options": options,
        "role": role,
        **({"into": base.ref, "version": _version(visit, base.ref)} if base else {}),
    }


def _version(visit: Visit, ref: str) -> int | None:
    return Item.objects.filter(case=visit.case, ref=ref).values_list("version", flat=True).first()


def page(visit: Visit, form: PortfolioForm) -> dict[str, Any]:
    """Return what the page holds."""
    ticked = form.ticked()
    into = form["into"].value()
    return {
        "visit": visit,
        "phase": "strategy",
        "crumbs": crumbs(visit, "strategy", (_("A portfolio by hand"), "")),
        "heading": _("Put a portfolio together"),
        "form": form,
        "groups": _groups(visit, ticked),
        "bases": queries.strategies(visit),
        "into": visit.entries.get(into) if into else None,
        **outcome(visit, ticked),
    }


def _groups(visit: Visit, ticked: Iterable[str]) -> list[tuple[Entry, list[Choice]]]:
    found = queries.best(visit.case)
    core = found.core if found else {}
    grouped: dict[str, list[Choice]] = {}
    on = set(ticked)
    for option in load(visit.case).options:
        choice = Choice(option, visit.entries[option.ref], option.ref in on, core.get(option.ref))
        grouped.setdefault(option.agenda, []).append(choice)
    return [(visit.entries[agenda], choices) for agenda, choices in sorted(grouped.items())]


def outcome(visit: Visit, ticked: Iterable[str]) -> dict[str, Any]:
    """Return the part of the page that answers to what is ticked."""
    trial = try_portfolio(visit.case, tuple(ticked))
    budget = load(visit.case).budget_mdkk
    return {
        "visit": visit,
        "known": visit.entries,
        "trial": trial,
        "budget": budget,
        "finding": finding(trial),
        "faults": [(said(visit, each), each.reason) for each in trial.broken],
        "place": place_in_words(trial.place) if trial.place else (),
        "swaps": list(_swaps(trial)),
        "worlds": _worlds(visit, trial),
    }


@dataclass(frozen=True)
class World:
    """A scenario with a portfolio's value, the best that fits, and the regret."""

    entry: Entry
    value: Number
    best: Number
    regret: Number


def _worlds(visit: Visit, trial: Trial) -> list[World]:
    if trial.priced is None:
        return []
    return [
        World(visit.entries[ref], value, value + trial.priced.regret[ref], trial.priced.regret[ref])
        for ref, value in trial.priced.value.items()
    ]


def finding(trial: Trial) -> str:
    """Say in a sentence how the portfolio stands."""
    if not trial.refs:
        return _("Tick options, and what they come to is shown here")
    told = {"count": len(trial.refs), "low": number(trial.cost_low), "high": number(trial.cost_high)}
    if trial.broken:
        return ngettext("One rule is broken", "%(n)d rules are broken", len(trial.broken)) % {"n": len(trial.broken)}
    if trial.priced is None:
        return _("%(count)d options cost DKK %(low)s–%(high)s million") % told
    told["regret"] = number(trial.priced.max_regret)
    return _("It keeps the frame and the rules, and loses at most %(regret)s points") % told


def said(visit: Visit, each: Broken) -> str:
    """Say which rule is broken and how."""
    names = [f"{ref} {say_plain(visit.entries[ref].title)}" for ref in each.refs if ref in visit.entries]
    if each.rule == "over":
        return _("It may cost DKK %(by)s million more than the frame.") % {"by": number(each.by)}
    if each.rule == "requires":
        return _("%(one)s requires %(other)s, which isn't in it.") % {"one": names[0], "other": names[-1]}
    if each.rule == "excludes":
        return _("%(one)s and %(other)s can't be had together.") % {"one": names[0], "other": names[-1]}
    return _("%(agenda)s has no option in it.") % {"agenda": names[0]}


def place_in_words(place: Place) -> tuple[str, ...]:
    """Say where a portfolio stands among all that fit."""
    told = {"all": number(place.feasible), "less": number(place.regret_less), "more": number(place.mean_more)}
    told |= {"over": number(place.regret_over), "under": number(place.mean_under)}
    return (
        _("None of the %(all)s that fit loses less at most.") % told
        if not place.regret_less
        else _("%(less)s of the %(all)s that fit lose less at most; the best lose %(over)s points less.") % told,
        _("None has a higher mean value.") % told
        if not place.mean_more
        else _("%(more)s have a higher mean value; the best has %(under)s more.") % told,
        _("Another is at least as good in every scenario and better in one.")
        if place.dominated
        else _("No other is as good in every scenario and better in one."),
    )


def _swaps(trial: Trial) -> Iterable[tuple[str, str, str]]:
    """Yield the single steps that help: what for, in words, and the options that change."""
    if trial.place is None:
        return
    seen = set()
    for aim, swap in ((_("Lose less"), trial.place.by_regret), (_("Gain more on average"), trial.place.by_mean)):
        if swap and (swap.out, swap.into) not in seen:
            seen.add((swap.out, swap.into))
            yield (_("Keep the rules") if trial.broken else aim), _step(swap), ",".join((*swap.out, *swap.into))


def _step(swap: Swap) -> str:
    told = {
        "out": listed(swap.out), "into": listed(swap.into), "regret": number(swap.max_regret),
        "mean": number(swap.mean_value),
    }  # fmt: skip
    if swap.out and swap.into:
        return _("%(into)s instead of %(out)s: loses at most %(regret)s, mean %(mean)s") % told
    if swap.into:
        return _("%(into)s too: loses at most %(regret)s, mean %(mean)s") % told
    return _("without %(out)s: loses at most %(regret)s, mean %(mean)s") % told
