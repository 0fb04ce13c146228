"""Portfolios of options under a budget and rules: all that fit, the best on average, the least to regret."""

from fremsyn.methods.portfolio.choice import Problem, fits, problem
from fremsyn.methods.portfolio.listing import Feasible, core_index, feasible, non_dominated
from fremsyn.methods.portfolio.optimum import Best, Outcome, best_mean, best_values, minimax_regret, outcomes

__all__ = [
    "Best",
    "Feasible",
    "Outcome",
    "Problem",
    "best_mean",
    "best_values",
    "core_index",
    "feasible",
    "fits",
    "minimax_regret",
    "non_dominated",
    "outcomes",
    "problem",
]
