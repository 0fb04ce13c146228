"""plans.yaml: initiatives, milestones, budget and signposts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from fremsyn.cases.shape import (
    LinkKind,
    Mark,
    Number,
    Text,
    because,
    claim,
    link,
    names,
    quarter,
    serves,
    sources,
)


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """M: what has been reached by a quarter."""

    ref: str
    at: str = quarter()
    text: Text


@dataclass(frozen=True, kw_only=True)
class Initiative:
    """I: what is done for a chosen option, by whom, when and for how much (DKK million by year)."""

    ref: str
    name: Text
    option: str = link(LinkKind.PART, "O")
    question: str = serves()
    because: tuple[str, ...] = because()
    sources: tuple[str, ...] = sources()
    unverified: bool = False
    owner_role: Text
    start: str = quarter()
    end: str = quarter()
    budget: Mapping[int, Number]
    depends_on: tuple[str, ...] = names("I")
    indicator: Text | None = None
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A reading of a signpost."""

    at: str = quarter()
    number: Number
    note: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Signpost:
    """X: a figure that tells which future is coming, and the line of the strategy that it touches.

    `reading` is the latest; `earlier_readings` are those before it, the first quarter first.
    """

    ref: str
    name: Text
    variant: str = link(LinkKind.PART, "D.")
    speaks: Literal["for", "against"]
    operator: Literal["<", "<=", ">", ">="]
    number: Number
    unit: Text
    frequency: Text
    owner_role: Text
    read_from: Text
    touches: tuple[str, ...] = link(LinkKind.TOUCHES)
    question: str = serves()
    because: tuple[str, ...] = because()
    sources: tuple[str, ...] = sources()
    unverified: bool = False
    reading: Reading | None = None
    earlier_readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlanNotes:
    """How the plan is to be read."""

    quarter: Text | None = None
    dependency: Text | None = None
    staffing: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Budget:
    """The plan's money. The sums are claims; `frame` is what a year may cost, where that is set."""

    unit: Text
    frame: Mapping[int, Number] | None = None
    by_year: Mapping[int, Number] | None = claim()
    total: Number | None = claim()
    not_released: Number | None = claim()
    why: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Plans:
    """plans.yaml."""

    schema: Literal["case/plans@2"]
    status: Mark
    question: str = serves()
    strategy: str | None = names("P", default=None)
    notes: PlanNotes | None = None
    budget: Budget
    initiatives: tuple[Initiative, ...]
    signposts: tuple[Signpost, ...]
