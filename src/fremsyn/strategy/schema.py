"""strategy.yaml: roles, options, possible strategies, the choice and what it declines."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from fremsyn.cases.shape import (
    LinkKind,
    Mark,
    Number,
    Place,
    Text,
    because,
    claim,
    link,
    named,
    names,
    scale,
    serves,
    sources,
)


@dataclass(frozen=True, kw_only=True)
class Role:
    """L: a possible role of the organisation; half of the focal question."""

    ref: str
    kind: Literal["possible"]
    question: str = serves()
    name: Text
    text: Text
    because: tuple[str, ...] = because()
    sources: tuple[str, ...] = sources()
    unverified: bool = False


@dataclass(frozen=True, kw_only=True)
class CostInterval:
    """A cost in DKK million, from low to high."""

    low: Number = scale(0, 1_000_000)
    high: Number = scale(0, 1_000_000)


@dataclass(frozen=True, kw_only=True)
class Years:
    """The years in which an option is carried out, both included."""

    begins: int = named("from")
    ends: int = named("to")


@dataclass(frozen=True, kw_only=True)
class Score:
    """What an option does in a scenario, from -2 (harms) to 2 (helps), and why."""

    score: int = scale(-2, 2)
    reason: Text


@dataclass(frozen=True, kw_only=True)
class Option:
    """O: something that could be done for an agenda."""

    ref: str
    name: Text
    agenda: str = link(LinkKind.PART, "A")
    question: str = serves()
    description: Text
    place: Place
    cost_mdkk: CostInterval
    effect: int = scale(1, 5)
    effort: int = scale(1, 5)
    risk: int = scale(1, 5)
    period: Years
    requires: tuple[str, ...] = link(LinkKind.PART, "O")
    excludes: tuple[str, ...] = names("O")
    because: tuple[str, ...] = because()
    sources: tuple[str, ...] = sources()
    unverified: bool = False
    scores: Mapping[str, Score] = names("C")


@dataclass(frozen=True, kw_only=True)
class PossibleStrategy:
    """P: a portfolio of options under a role. The figures are claims."""

    ref: str
    name: Text
    role: str = names("L")
    question: str = serves()
    text: Text
    options: tuple[str, ...] = link(LinkKind.PART, "O")
    chosen: bool = False
    cost_mdkk: CostInterval | None = claim()
    value: Mapping[str, Number] | None = claim()
    regret: Mapping[str, Number] | None = claim()
    max_regret: Number | None = claim()
    mean_value: Number | None = claim()
    because: tuple[str, ...] = because()
    sources: tuple[str, ...] = sources()
    unverified: bool = False


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """A criterion for the choice and how it is judged."""

    id: str
    name: Text
    how: Text


@dataclass(frozen=True, kw_only=True)
class StrategyScales:
    """What the scales of an option mean."""

    effect: Text
    score: Text
    effort: Text
    risk: Text
    cost: Text


@dataclass(frozen=True, kw_only=True)
class Exclusion:
    """Why two options can't be had together."""

    pair: tuple[str, ...] = names("O")
    reason: Text


@dataclass(frozen=True, kw_only=True)
class MinimaxRegret:
    """The portfolios with the smallest greatest regret, as the file states them."""

    max_regret: Number
    all_ties: tuple[tuple[str, ...], ...]
    core_index: Mapping[str, Number] | None = None


@dataclass(frozen=True, kw_only=True)
class BestMean:
    """The portfolio with the highest mean value, as the file states it."""

    options: tuple[str, ...]
    mean_value: Number
    max_regret: Number | None = None
    cost_high: Number | None = None


@dataclass(frozen=True, kw_only=True)
class Computed:
    """What the file states of all feasible portfolios. Claims, all but `says`."""

    feasible: int | None = claim()
    non_dominated: int | None = claim()
    best_value: Mapping[str, Number] | None = claim()
    minimax_regret: MinimaxRegret | None = claim()
    best_mean: BestMean | None = claim()
    says: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Deviation:
    """Why the choice differs from what the figures alone would give."""

    from_minimax: Text | None = None
    from_best_mean: Text | None = None
    because: tuple[str, ...] = because()


@dataclass(frozen=True, kw_only=True)
class Reasoned:
    """A paragraph and what it rests on."""

    because: tuple[str, ...] = because()
    text: Text


@dataclass(frozen=True, kw_only=True)
class Deselected:
    """An option that was left out, why, and what it would have given."""

    option: str = names("O")
    because: tuple[str, ...] = because()
    text: Text


@dataclass(frozen=True, kw_only=True)
class Strategy:
    """strategy.yaml."""

    schema: Literal["case/strategy@2"]
    status: Mark
    question: str = serves()
    scales: StrategyScales
    criteria: tuple[Criterion, ...] = ()
    budget_mdkk: Number | None = scale(0, 1_000_000, default=None)
    budget_rule: Text | None = None
    value_rule: Text | None = None
    exclusion_reasons: tuple[Exclusion, ...] = ()
    roles: tuple[Role, ...]
    options: tuple[Option, ...]
    possible_strategies: tuple[PossibleStrategy, ...]
    computed: Computed | None = None
    chosen: str | None = names("P", default=None)
    deviation: Deviation | None = None
    role_answer: Reasoned | None = None
    diagnosis: Reasoned | None = None
    guiding_policy: Reasoned | None = None
    coherent_actions: tuple[Reasoned, ...] = ()
    deselected: tuple[Deselected, ...] = ()
    non_choices: tuple[Reasoned, ...] = ()
