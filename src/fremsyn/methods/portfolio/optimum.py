"""The best portfolios, proven by mixed-integer programming: highest mean, least greatest regret, every tie."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from fremsyn.methods.errors import MethodError
from fremsyn.methods.portfolio.choice import Flags, Floats, Numbers, Problem, ceiling, fits, flags, in_order, rounding

SOLVER_SLACK = 1e-6  # the solver's own tolerance; what it lets through is judged again by exact sums
MOST_TIES = 1_000
MOST_KEPT = 32  # problems of which the optima are remembered: one is asked of by many pages, and solving takes a while


@dataclass(frozen=True, eq=False)
class Best:
    """The proven optimum and every portfolio that reaches it, (n, options) flags.

    `complete` is False where there are more ties than were asked for.
    """

    best: float
    portfolios: Flags
    complete: bool


@dataclass(frozen=True, eq=False)
class Outcome:
    """What portfolios are worth: `value` and `regret` (n, scenarios), the others (n,).

    Regret is the shortfall from the scenario's best feasible portfolio; below 0 only where a portfolio is better
    than any that fits.
    """

    value: Numbers
    regret: Numbers
    mean: Floats
    max_regret: Numbers
    cost: Numbers
    feasible: Flags


@lru_cache(MOST_KEPT)
def best_values(problem: Problem) -> Numbers:
    """Return each scenario's highest value over the portfolios that fit, (scenarios,), proven.

    :raises MethodError: where no portfolio fits
    """
    best = []
    for column in problem.value.T:
        model = _Model(problem)
        model.minimise(-_scaled(column))
        best.append(column[model.first()].sum())
    highest: Numbers = np.array(best)
    highest.setflags(write=False)
    return highest


@lru_cache(MOST_KEPT)
def best_mean(problem: Problem, *, limit: int = MOST_TIES) -> Best:
    """Find the highest mean value over the scenarios, each weighing the same, and all that reach it.

    Equal weights are a rule for sums and no probability.

    :param limit: the most ties to list, at least 1
    :raises MethodError: where no portfolio fits, or for a limit below 1
    """
    total = problem.value.sum(axis=1)
    model = _Model(problem)
    aim = _scaled(total)
    model.minimise(-aim)
    first = model.first()
    model.row(aim, float(aim[first].sum()) - SOLVER_SLACK, None)
    ties, complete = model.ties(first, limit)
    sums = ties @ total
    best = ties[sums >= sums.max() - rounding(problem.value)]
    return Best(float(sums.max() / problem.value.shape[1]), in_order(best), complete)


@lru_cache(MOST_KEPT)
def minimax_regret(problem: Problem, *, limit: int = MOST_TIES) -> Best:
    """Find the least greatest regret over the scenarios, and all portfolios that reach it.

    :param limit: the most ties to list, at least 1
    :raises MethodError: where no portfolio fits, or for a limit below 1
    :source: Savage (1951), The theory of statistical decision, JASA 46(253), 55-67
    """
    highest = best_values(problem)
    unit = max(1e-300, float(np.abs(problem.value).max()))
    model = _Model(problem)
    for column, best in zip(problem.value.T, highest, strict=True):
        model.row(np.append(column / unit, 1.0), float(best) / unit, None)
    model.minimise(np.append(np.zeros(len(problem.value)), 1.0))
    first = model.first()
    model.cap(float((highest - first @ problem.value).max()) / unit + SOLVER_SLACK)
    ties, complete = model.ties(first, limit)
    regret = (highest - ties @ problem.value).max(axis=1)
    best_ties = ties[regret <= regret.min() + rounding(problem.value)]
    return Best(regret.min().item(), in_order(best_ties), complete)


def outcomes(problem: Problem, portfolios: ArrayLike) -> Outcome:
    """Work out value, regret and cost of portfolios, whether they fit or not.

    :param portfolios: (n, options) flags
    :raises MethodError: for another shape, or where no portfolio fits, as regret then has no measure
    :source: Savage (1951), The theory of statistical decision, JASA 46(253), 55-67
    """
    chosen = flags(problem, portfolios)
    value = chosen @ problem.value
    regret = best_values(problem) - value
    return Outcome(value, regret, value.mean(axis=1), regret.max(axis=1), chosen @ problem.cost, fits(problem, chosen))


class _Model:
    """The choice as a mixed-integer programme: a 0/1 column per option, and one free column for the regret."""

    def __init__(self, problem: Problem, *, with_budget: bool = True) -> None:
        import highspy
        from highspy._core import _Highs

        self.problem, self.n, self.with_budget = problem, len(problem.value), with_budget
        self.solver = _Highs()  # its public child prints a banner before anybody can ask it to be quiet
        self.none, self.optimal = highspy.kHighsInf, highspy.HighsModelStatus.kOptimal
        for option, setting in (("output_flag", False), ("mip_rel_gap", 0.0), ("mip_abs_gap", 1e-9), ("threads", 1)):
            self.solver.setOptionValue(option, setting)
        for _ in range(self.n):
            self.solver.addVar(0.0, 1.0)
        self.solver.addVar(0.0, self.none)
        for i in range(self.n):
            self.solver.changeColIntegrality(i, highspy.HighsVarType.kInteger)
        if with_budget:
            self.row(problem.cost, None, ceiling(problem))
        for i, j in problem.requires:
            self.row(self.at((i, -1), (j, 1)), 0, None)
        for i, j in problem.excludes:
            self.row(self.at((i, 1), (j, 1)), None, 1)
        for group in problem.groups:
            self.row(self.at(*((i, 1) for i in set(group))), 1, None)

    def at(self, *cells: tuple[int, int]) -> Floats:
        coefficients = np.zeros(self.n)
        for i, coefficient in cells:
            coefficients[i] += coefficient
        return coefficients

    def row(self, coefficients: Numbers, low: float | None, high: float | None) -> None:
        index = np.flatnonzero(coefficients).astype(np.int32)
        low, high = -self.none if low is None else low, self.none if high is None else high
        self.solver.addRow(low, high, len(index), index, coefficients[index].astype(np.float64))

    def minimise(self, coefficients: Numbers) -> None:
        for i, coefficient in enumerate(coefficients.tolist()):
            self.solver.changeColCost(i, float(coefficient))

    def cap(self, high: float) -> None:
        self.solver.changeColBounds(self.n, 0.0, high)

    def solve(self) -> Flags | None:
        """Return an optimal portfolio that fits by exact sums too, or None where there is none left."""
        while True:
            self.solver.run()
            if self.solver.getModelStatus() != self.optimal:
                return None
            found: Flags = np.array(self.solver.getSolution().col_value[: self.n]) > 0.5
            if not self.with_budget or fits(self.problem, found[None])[0]:
                return found
            self.forbid(found)

    def forbid(self, portfolio: Flags) -> None:
        """Cut off exactly one portfolio."""
        self.row(np.where(portfolio, -1.0, 1.0), 1.0 - int(portfolio.sum()), None)

    def first(self) -> Flags:
        found = self.solve()
        if found is None:
            raise MethodError(_why_none_fits(self.problem))
        return found

    def ties(self, first: Flags, limit: int) -> tuple[Flags, bool]:
        """Return `first` and every other portfolio that the rows leave, at most `limit`; True where that is all."""
        if limit < 1:
            raise MethodError("The limit must be 1 or more.")
        found: list[Flags] = []
        following: Flags | None = first
        while following is not None and len(found) < limit:
            found.append(following)
            self.forbid(following)
            following = self.solve()
        return np.array(found), following is None


def _why_none_fits(problem: Problem) -> str:
    model = _Model(problem, with_budget=False)
    model.minimise(problem.cost)
    cheapest = model.solve()
    if cheapest is None:
        return "No portfolio keeps the rules at any budget; look for requirements, exclusions and groups that clash."
    least = problem.cost[cheapest].sum().item()
    return f"No portfolio fits the budget of {problem.budget:g}; the cheapest that keeps the rules costs {least:g}."


def _scaled(numbers: Numbers) -> Floats:
    return numbers.astype(np.float64) / max(1e-300, float(np.abs(numbers).max()))
