"""What a portfolio put together by hand costs, breaks, gives and regrets, and where it stands among all that fit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fremsyn.cases.models import Case
from fremsyn.cases.remembered import remembered
from fremsyn.cases.shape import Number, Text
from fremsyn.core.amounts import total
from fremsyn.direction import handover as direction_handover
from fremsyn.methods import portfolio
from fremsyn.methods.errors import MethodError
from fremsyn.scenarios import handover as scenarios_handover
from fremsyn.strategy import analysis
from fremsyn.strategy.analysis import MOST_LISTED, Priced
from fremsyn.strategy.handover import load
from fremsyn.strategy.schema import Option, Strategy

Values = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Landscape:
    """The choice and every portfolio that fits: `values` (n, scenarios), `best` (scenarios,)."""

    options: tuple[str, ...]
    choice: portfolio.Problem
    values: Values
    best: Values
    complete: bool

    def row(self, refs: Sequence[str]) -> Flags:
        """Return a portfolio as flags, (1, options)."""
        return np.array([[ref in refs for ref in self.options]])


@remembered
def landscape(case: Case) -> Landscape | None:
    """Return what a portfolio is set against; None where nothing can be weighed, or nothing fits."""
    strategy, scenarios = load(case), scenarios_handover.load(case).scenarios
    if not analysis.can_be_weighed(strategy, scenarios):
        return None
    choice = analysis.problem(strategy, direction_handover.load(case), scenarios)
    try:
        best = portfolio.best_values(choice)
    except MethodError:
        return None
    listed = portfolio.feasible(choice, limit=MOST_LISTED)
    values = (listed.portfolios @ choice.value).astype(np.float64)
    refs = tuple(option.ref for option in strategy.options)
    return Landscape(refs, choice, values, best.astype(np.float64), listed.complete)


@dataclass(frozen=True)
class Broken:
    """A rule that a portfolio breaks: `over` the frame (by DKK million), `requires`, `excludes` (with why) or `uncovered`."""

    rule: str
    refs: tuple[str, ...] = ()
    by: Number = 0
    reason: Text | None = None


def broken(case: Case, refs: Sequence[str]) -> tuple[Broken, ...]:
    """Return the rules that a set of options breaks, in the order in which one would mend them."""
    strategy = load(case)
    return (*_over(strategy, refs), *_rules(strategy, refs), *_uncovered(case, strategy, refs))


def _over(strategy: Strategy, refs: Sequence[str]) -> Iterator[Broken]:
    cost = total(option.cost_mdkk.high for option in strategy.options if option.ref in refs)
    if strategy.budget_mdkk is not None and cost > strategy.budget_mdkk:
        yield Broken("over", by=total((cost, -strategy.budget_mdkk)))


def _rules(strategy: Strategy, refs: Sequence[str]) -> Iterator[Broken]:
    reasons = {frozenset(each.pair): each.reason for each in strategy.exclusion_reasons}
    told = set()
    for option in strategy.options:
        if option.ref not in refs:
            continue
        for other in option.requires:
            if other not in refs:
                yield Broken("requires", (option.ref, other))
        for other in option.excludes:
            pair = frozenset((option.ref, other))
            if other in refs and pair not in told:
                told.add(pair)
                yield Broken("excludes", (option.ref, other), reason=reasons.get(pair))


def _uncovered(case: Case, strategy: Strategy, refs: Sequence[str]) -> Iterator[Broken]:
    covered = {option.agenda for option in strategy.options if option.ref in refs}
    there = {option.agenda for option in strategy.options}
    for agenda in direction_handover.load(case).agendas:
        if agenda.chosen and agenda.ref in there - covered:
            yield Broken("uncovered", (agenda.ref,))


@dataclass(frozen=True)
class Swap:
    """One step from a portfolio to another that fits: what is taken out, what is put in, and what that comes to."""

    out: tuple[str, ...]
    into: tuple[str, ...]
    max_regret: Number
    mean_value: Number


@dataclass(frozen=True)
class Place:
    """Where a portfolio stands among all that fit.

    `regret_less` and `mean_more` count those that do better; `regret_over` and `mean_under` are the points to the best.
    `dominated`: another is as good in every scenario and better in one. The swaps are the best single steps, if any helps.
    """

    feasible: int
    complete: bool
    regret_less: int
    mean_more: int
    regret_over: Number
    mean_under: Number
    dominated: bool
    by_regret: Swap | None
    by_mean: Swap | None


@dataclass(frozen=True)
class Trial:
    """A portfolio tried by hand. `priced` and `place` are None as long as the options can't be weighed."""

    refs: tuple[str, ...]
    cost_low: Number
    cost_high: Number
    broken: tuple[Broken, ...]
    priced: Priced | None
    place: Place | None


def try_portfolio(case: Case, refs: Sequence[str]) -> Trial:
    """Return all that can be said of a set of options."""
    strategy, land = load(case), landscape(case)
    chosen = [option for option in strategy.options if option.ref in refs]
    return Trial(
        refs=tuple(option.ref for option in chosen),
        cost_low=total(option.cost_mdkk.low for option in chosen),
        cost_high=total(option.cost_mdkk.high for option in chosen),
        broken=broken(case, refs),
        priced=_priced(land, chosen, _worlds(case)) if land and chosen else None,
        place=place(land, refs) if land and chosen else None,
    )


def _priced(land: Landscape, chosen: Sequence[Option], worlds: Sequence[str]) -> Priced:
    refs = tuple(option.ref for option in chosen)
    row = land.row(refs)
    value = (row @ land.choice.value).astype(np.float64)[0]
    regret = land.best - value
    return Priced(
        options=refs,
        cost_low=total(option.cost_mdkk.low for option in chosen),
        cost_high=total(option.cost_mdkk.high for option in chosen),
        value={world: _tidy(float(each)) for world, each in zip(worlds, value, strict=True)},
        regret={world: _tidy(float(each)) for world, each in zip(worlds, regret, strict=True)},
        max_regret=_tidy(float(regret.max())),
        mean_value=_tidy(float(value.mean())),
        feasible=bool(portfolio.fits(land.choice, row)[0]),
    )


def _worlds(case: Case) -> tuple[str, ...]:
    return analysis.worlds(scenarios_handover.load(case).scenarios)


def place(land: Landscape, refs: Sequence[str]) -> Place:
    """Return where a set of options stands among all that fit."""
    row = land.row(refs)
    value = (row @ land.choice.value).astype(np.float64)[0]
    regret, mean = float((land.best - value).max()), float(value.mean())
    regrets, means = (land.best - land.values).max(axis=1), land.values.mean(axis=1)
    rounding = 1e-9 * max(1.0, float(np.abs(land.choice.value).sum()))
    better = (land.values >= value - rounding).all(axis=1) & (land.values > value + rounding).any(axis=1)
    return Place(
        feasible=len(land.values),
        complete=land.complete,
        regret_less=int((regrets < regret - rounding).sum()),
        mean_more=int((means > mean + rounding).sum()),
        regret_over=_tidy(regret - float(regrets.min())),
        mean_under=_tidy(float(means.max()) - mean),
        dominated=bool(better.any()),
        **_swaps(land, row[0], regret, mean, fits=bool(portfolio.fits(land.choice, row)[0])),
    )


def _swaps(land: Landscape, row: Flags, regret: float, mean: float, *, fits: bool) -> dict[str, Swap | None]:
    near = _neighbours(row)
    near = near[portfolio.fits(land.choice, near)] if len(near) else near
    if not len(near):
        return {"by_regret": None, "by_mean": None}
    values = (near @ land.choice.value).astype(np.float64)
    regrets, means = (land.best - values).max(axis=1), values.mean(axis=1)
    least, most = int(np.lexsort((-means, regrets))[0]), int(np.lexsort((regrets, -means))[0])
    return {
        "by_regret": _swap(land, row, near[least], regrets[least], means[least])
        if not fits or regrets[least] < regret - 1e-9
        else None,
        "by_mean": _swap(land, row, near[most], regrets[most], means[most])
        if not fits or means[most] > mean + 1e-9
        else None,
    }


def _neighbours(row: Flags) -> Flags:
    """Return what one step leads to: an option more, one less, or one for another."""
    one = np.eye(len(row), dtype=np.bool_)
    exchanged = (one[row][:, None, :] | one[~row][None, :, :]).reshape(-1, len(row))
    near: Flags = row ^ np.concatenate([one, exchanged])
    return near


def _swap(land: Landscape, row: Flags, other: Flags, regret: float, mean: float) -> Swap:
    moved = [(ref, before) for ref, before, after in zip(land.options, row, other, strict=True) if before != after]
    return Swap(
        out=tuple(ref for ref, before in moved if before),
        into=tuple(ref for ref, before in moved if not before),
        max_regret=_tidy(float(regret)),
        mean_value=_tidy(float(mean)),
    )


def _tidy(value: float) -> Number:
    rounded = round(value, 9)
    return int(rounded) if rounded.is_integer() else rounded
