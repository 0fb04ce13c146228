"""Figures that a case's files state, held against what Fremsyn computes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isclose
from typing import Any

from fremsyn.cases.yaml_tree import Path_
from fremsyn.chain.content import CaseContent
from fremsyn.conversation.analysis import by_statement, results
from fremsyn.core.amounts import total
from fremsyn.direction.analysis import wish
from fremsyn.methods.opinions import StatementResult
from fremsyn.plans.analysis import money
from fremsyn.scanning.analysis import coverage
from fremsyn.scenarios.analysis import Space, space
from fremsyn.strategy.analysis import Portfolios, portfolios, priced_strategies

EXACT = 1e-9  # of the figure: what a sum of decimals is off by
HALF_A_HUNDREDTH = 0.005 + EXACT


@dataclass(frozen=True)
class Claim:
    """A figure stated in a file at a path, and the figure computed."""

    sheet: str
    path: Path_
    stated: Any
    computed: Any
    rounded: bool = False

    @property
    def holds(self) -> bool:
        """Tell whether the two agree; a share or mean (`rounded`) may be stated with two decimals."""
        return _same(self.stated, self.computed, rounded=self.rounded)


def _same(stated: Any, computed: Any, *, rounded: bool) -> bool:
    if isinstance(stated, Mapping) and isinstance(computed, Mapping):
        return set(stated) == set(computed) and all(
            _same(stated[key], computed[key], rounded=rounded) for key in stated
        )
    if isinstance(stated, tuple) and isinstance(computed, tuple):
        return len(stated) == len(computed) and all(
            _same(one, other, rounded=rounded) for one, other in zip(stated, computed, strict=True)
        )
    if isinstance(stated, int | float) and isinstance(computed, int | float):
        short = rounded and isclose(stated, round(stated, 2), rel_tol=EXACT)
        return isclose(stated, computed, rel_tol=EXACT, abs_tol=HALF_A_HUNDREDTH if short else EXACT)
    return bool(stated == computed)


@dataclass(frozen=True)
class Computed:
    """Everything that is computed of a case, once."""

    space: Space
    portfolios: Portfolios | None
    statements: Mapping[str, StatementResult]


def compute(content: CaseContent) -> Computed:
    """Compute what the claims and the run need.

    :raises fremsyn.methods.errors.MethodError: when no portfolio fits
    """
    return Computed(
        space=space(content.scenarios),
        portfolios=portfolios(content.strategy, content.direction, content.scenarios.scenarios),
        statements=by_statement(results(content.conversation)),
    )


def claims(content: CaseContent, computed: Computed) -> Iterator[Claim]:
    """Yield every figure that the files state, with the one computed."""
    for claim in (
        *_scanning(content),
        *_conversation(content, computed),
        *_scenarios(content, computed.space),
        *_direction(content),
        *_portfolios(content, computed.portfolios),
        *_strategies(content),
        *_money(content),
    ):
        if claim.stated is not None:
            yield claim


def _scanning(content: CaseContent) -> Iterator[Claim]:
    stated, seen = content.scanning.scanning.coverage, coverage(content.scanning.scanning)
    if stated is None:
        return
    yield Claim("scanning", ("coverage", "themes"), stated.themes, dict(seen.themes))
    for corner in ("megatrend", "municipal", "role"):
        claimed = getattr(stated.place_mean, corner, None)
        yield Claim("scanning", ("coverage", "place_mean", corner), claimed, getattr(seen.place_mean, corner), True)
    yield Claim("scanning", ("coverage", "unverified"), stated.unverified, seen.unverified)


def _conversation(content: CaseContent, computed: Computed) -> Iterator[Claim]:
    for at, insight in enumerate(content.conversation.conversation.insights):
        for number, each in enumerate(insight.evidence):
            result = computed.statements.get(each.statement)
            count = result.by_circle.get(each.circle) if result else None
            path: Path_ = ("insights", at, "evidence", number, "agree_per_cent")
            yield Claim("conversation", path, each.agree_per_cent, count.agree_per_cent if count else None)


def _scenarios(content: CaseContent, found: Space) -> Iterator[Claim]:
    matrix = content.scenarios.cross_impact
    if matrix.expected is None:
        return
    stated = matrix.expected
    yield Claim("cross_impact", ("expected", "combinations"), stated.combinations, found.configurations)
    nonzero = sum(any(number for row in s.rows.values() for number in row) for s in matrix.sections)
    yield Claim("cross_impact", ("expected", "non_zero_sections"), stated.non_zero_sections, nonzero)
    if not found.complete:
        return
    yield Claim("cross_impact", ("expected", "consistent_count"), stated.consistent_count, len(found.found))
    key_of = {v.ref: v.key for driver in content.scenarios.scenarios.drivers for v in driver.variants}
    computed = {frozenset(key_of[v] for v in each.variants): (each.score, each.margin) for each in found.found}
    for at, each in enumerate(stated.consistent):
        path: Path_ = ("expected", "consistent", at)
        yield Claim("cross_impact", path, (each.score, each.margin), computed.pop(frozenset(each.keys), None))
    if stated.consistent:
        yield Claim("cross_impact", ("expected", "consistent"), 0, len(computed))


def _direction(content: CaseContent) -> Iterator[Claim]:
    stated = content.direction.desirable
    found = wish(stated, content.scenarios)
    if stated is None or found is None:
        return
    where: Path_ = ("desirable",)
    yield Claim("direction", (*where, "score"), stated.score, found.weighed.score)
    yield Claim("direction", (*where, "consistent"), stated.consistent, found.weighed.consistent)
    yield Claim("direction", (*where, "resists"), stated.resists, found.weighed.resists)
    yield Claim("direction", (*where, "distance"), stated.distance, found.distance)
    balances = {each.variant: each for each in found.weighed.states}
    for at, state in enumerate(stated.variants):
        balance = balances[state.variant]
        here: Path_ = (*where, "variants", at)
        yield Claim("direction", (*here, "balance"), state.balance, balance.balance)
        yield Claim("direction", (*here, "best_alternative"), state.best_alternative, balance.best_alternative)
        yield Claim("direction", (*here, "best_balance"), state.best_balance, balance.best_balance)
        yield Claim("direction", (*here, "resists_by"), state.resists_by, balance.resistance)
    for at, (tried, resists) in enumerate(zip(stated.tried, found.tried, strict=True)):
        yield Claim("direction", (*where, "tried", at, "resists"), tried.resists, resists)


def _portfolios(content: CaseContent, found: Portfolios | None) -> Iterator[Claim]:
    stated = content.strategy.computed
    if stated is None or found is None:
        return
    where: Path_ = ("computed",)
    yield Claim("strategy", (*where, "feasible"), stated.feasible, found.feasible)
    yield Claim("strategy", (*where, "non_dominated"), stated.non_dominated, found.non_dominated)
    yield Claim("strategy", (*where, "best_value"), stated.best_value, found.best_value)
    if stated.minimax_regret:
        here: Path_ = (*where, "minimax_regret")
        yield Claim(
            "strategy", (*here, "max_regret"), stated.minimax_regret.max_regret, found.least_regret[0].max_regret
        )
        ties = sorted(sorted(each) for each in stated.minimax_regret.all_ties)
        yield Claim("strategy", (*here, "all_ties"), ties, sorted(sorted(each.options) for each in found.least_regret))
        yield Claim("strategy", (*here, "core_index"), stated.minimax_regret.core_index, found.core, True)
    if stated.best_mean:
        here = (*where, "best_mean")
        best = {frozenset(each.options): each for each in found.best_mean}
        tie = best.get(frozenset(stated.best_mean.options), found.best_mean[0])
        yield Claim("strategy", (*here, "options"), set(stated.best_mean.options), set(tie.options))
        yield Claim("strategy", (*here, "mean_value"), stated.best_mean.mean_value, tie.mean_value, True)
        yield Claim("strategy", (*here, "max_regret"), stated.best_mean.max_regret, tie.max_regret)
        yield Claim("strategy", (*here, "cost_high"), stated.best_mean.cost_high, tie.cost_high)


def _strategies(content: CaseContent) -> Iterator[Claim]:
    priced = priced_strategies(content.strategy, content.direction, content.scenarios.scenarios)
    for at, each in enumerate(content.strategy.possible_strategies):
        here = ("possible_strategies", at)
        if each.ref not in priced:
            continue
        found = priced[each.ref]
        if each.cost_mdkk:
            yield Claim("strategy", (*here, "cost_mdkk", "low"), each.cost_mdkk.low, found.cost_low)
            yield Claim("strategy", (*here, "cost_mdkk", "high"), each.cost_mdkk.high, found.cost_high)
        yield Claim("strategy", (*here, "value"), each.value, found.value)
        yield Claim("strategy", (*here, "regret"), each.regret, found.regret)
        yield Claim("strategy", (*here, "max_regret"), each.max_regret, found.max_regret)
        yield Claim("strategy", (*here, "mean_value"), each.mean_value, found.mean_value, True)


def _money(content: CaseContent) -> Iterator[Claim]:
    strategy = content.strategy
    chosen = next((each for each in strategy.possible_strategies if each.ref == strategy.chosen), None)
    cost = {each.ref: each.cost_mdkk for each in strategy.options}
    options = chosen.options if chosen else ()
    low, high = (total(getattr(cost[ref], end) for ref in options) for end in ("low", "high"))
    planned, stated = money(content.plans), content.plans.budget
    yield Claim("plans", ("budget", "by_year"), stated.by_year, planned.by_year)
    yield Claim("plans", ("budget", "total"), stated.total, planned.total)
    yield Claim("plans", ("budget", "not_released"), stated.not_released, total((high, -planned.total)))
    if body := content.approval.body:
        yield Claim("approval", ("body", "quorum", "of"), body.quorum.of, sum(each.votes for each in body.members))
    paper = content.approval.paper.money if content.approval.paper else None
    if paper:
        figures = {
            "frame_mdkk": strategy.budget_mdkk,
            "chosen_low": low,
            "chosen_high": high,
            "released": planned.total,
            "not_released": total((high, -planned.total)),
            "by_year": planned.by_year,
        }
        for name, computed in figures.items():
            yield Claim("approval", ("paper", "money", name), getattr(paper, name), computed)
