"""The wind tunnel, every feasible portfolio, the best of them with every tie, and what each strategy would regret."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from fremsyn.cases.shape import Number
from fremsyn.core.amounts import total
from fremsyn.direction.schema import Direction
from fremsyn.methods import portfolio, windtunnel
from fremsyn.methods.errors import MethodError
from fremsyn.scenarios.schema import Scenarios
from fremsyn.strategy.schema import Option, Strategy

MOST_LISTED = 2_000_000
UNSCORED = "unscored"


@dataclass(frozen=True)
class Tested:
    """An option in the wind tunnel: its value in each scenario that it has a score in, and how that reads.

    `reading` is `unscored` as long as a score is missing.
    """

    ref: str
    value: Mapping[str, Number]
    worst: Number
    reading: str


@dataclass(frozen=True)
class Priced:
    """A portfolio: cost in DKK million, value and regret by scenario, greatest regret, mean value, and whether it fits."""

    options: tuple[str, ...]
    cost_low: Number
    cost_high: Number
    value: Mapping[str, Number]
    regret: Mapping[str, Number]
    max_regret: Number
    mean_value: Number
    feasible: bool


@dataclass(frozen=True)
class Portfolios:
    """All feasible portfolios. Equal weight on the scenarios is a rule for sums and no probability.

    `feasible` counts them; `complete` is False where there are more than could be listed. `least_regret` and
    `best_mean` hold every tie. `core` is each option's share of the portfolios of least regret.
    """

    worlds: tuple[str, ...]
    feasible: int
    complete: bool
    non_dominated: int
    best_value: Mapping[str, Number]
    least_regret: tuple[Priced, ...]
    best_mean: tuple[Priced, ...]
    core: Mapping[str, float]


def worlds(scenarios: Scenarios) -> tuple[str, ...]:
    """Return the working set that options are tried in."""
    return tuple(each.ref for each in scenarios.scenarios if each.use == "working")


def value_of(option: Option, world: str) -> Number:
    """Return an option's value in a scenario: effect (1-5) × score (-2..2)."""
    return option.effect * option.scores[world].score


def wind_tunnel(strategy: Strategy, scenarios: Scenarios) -> tuple[Tested, ...]:
    """Return every option's value in every scenario of the working set."""
    against = worlds(scenarios)
    return tuple(_tested(option, against) for option in strategy.options)


def _tested(option: Option, against: Sequence[str]) -> Tested:
    value = {world: value_of(option, world) for world in against if world in option.scores}
    if not against or len(value) < len(against):
        return Tested(option.ref, value, min(value.values(), default=0), UNSCORED)
    found = windtunnel.try_options([option.effect], [[option.scores[world].score for world in against]])
    return Tested(option.ref, value, found.worst[0].item(), found.readings[0].value)


def can_be_weighed(strategy: Strategy, scenarios: Scenarios) -> bool:
    """Tell whether there are options, and each has its score in every scenario of the working set."""
    return bool(strategy.options) and all(each.reading != UNSCORED for each in wind_tunnel(strategy, scenarios))


def problem(strategy: Strategy, direction: Direction, scenarios: Scenarios) -> portfolio.Problem:
    """Return the choice: value by working scenario, cost at the high end, budget, rules, an option per chosen agenda.

    Where no budget is set, whatever there is may be afforded.
    """
    cost = [option.cost_mdkk.high for option in strategy.options]
    at = {option.ref: i for i, option in enumerate(strategy.options)}
    groups = [[at[o.ref] for o in strategy.options if o.agenda == a.ref] for a in direction.agendas if a.chosen]
    return portfolio.problem(
        [[value_of(option, world) for world in worlds(scenarios)] for option in strategy.options],
        cost,
        total(cost) if strategy.budget_mdkk is None else strategy.budget_mdkk,
        requires=[(at[o.ref], at[other]) for o in strategy.options for other in o.requires],
        excludes=[(at[o.ref], at[other]) for o in strategy.options for other in o.excludes],
        groups=groups,
    )


def price(strategy: Strategy, choice: portfolio.Problem, against: Sequence[str], options: Sequence[str]) -> Priced:
    """Return what a set of options costs, gives and regrets."""
    row = np.array([[option.ref in options for option in strategy.options]])
    came = portfolio.outcomes(choice, row)
    chosen = [option for option in strategy.options if option.ref in options]
    return Priced(
        options=tuple(option.ref for option in chosen),
        cost_low=total(option.cost_mdkk.low for option in chosen),
        cost_high=total(option.cost_mdkk.high for option in chosen),
        value=dict(zip(against, came.value[0].tolist(), strict=True)),
        regret=dict(zip(against, came.regret[0].tolist(), strict=True)),
        max_regret=came.max_regret[0].item(),
        mean_value=came.mean[0].item(),
        feasible=bool(came.feasible[0]),
    )


def portfolios(strategy: Strategy, direction: Direction, scenarios: Scenarios) -> Portfolios | None:
    """Return all feasible portfolios and the best of them, exactly; None as long as there is nothing to weigh.

    :raises fremsyn.methods.errors.MethodError: when no portfolio fits, though one has been chosen
    """
    if not can_be_weighed(strategy, scenarios):
        return None
    try:
        return _portfolios(strategy, direction, scenarios)
    except MethodError:
        if strategy.chosen:
            raise
        return None


def _portfolios(strategy: Strategy, direction: Direction, scenarios: Scenarios) -> Portfolios:
    against = worlds(scenarios)
    choice = problem(strategy, direction, scenarios)
    best = portfolio.best_values(choice)
    listed = portfolio.feasible(choice, limit=MOST_LISTED)
    least, mean = portfolio.minimax_regret(choice), portfolio.best_mean(choice)

    def priced(rows: Sequence[Sequence[bool]]) -> tuple[Priced, ...]:
        refs = [[o.ref for o, on in zip(strategy.options, row, strict=True) if on] for row in rows]
        return tuple(price(strategy, choice, against, each) for each in refs)

    values = listed.portfolios @ choice.value
    return Portfolios(
        worlds=against,
        feasible=len(listed.portfolios),
        complete=listed.complete and least.complete and mean.complete,
        non_dominated=int(portfolio.non_dominated(values).sum()),
        best_value=dict(zip(against, best.tolist(), strict=True)),
        least_regret=priced(least.portfolios.tolist()),
        best_mean=priced(mean.portfolios.tolist()),
        core={
            option.ref: share
            for option, share in zip(strategy.options, portfolio.core_index(least.portfolios).tolist(), strict=True)
        },
    )


def priced_strategies(strategy: Strategy, direction: Direction, scenarios: Scenarios) -> dict[str, Priced]:
    """Return what each possible strategy costs, gives and regrets, by reference; nothing as long as none can be weighed.

    :raises fremsyn.methods.errors.MethodError: when no portfolio fits, though one has been chosen
    """
    if not can_be_weighed(strategy, scenarios):
        return {}
    against = worlds(scenarios)
    try:
        choice = problem(strategy, direction, scenarios)
        return {each.ref: price(strategy, choice, against, each.options) for each in strategy.possible_strategies}
    except MethodError:
        if strategy.chosen:
            raise
        return {}
