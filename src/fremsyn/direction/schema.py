"""direction.yaml: values, the desirable scenario, the vision and the strategic agendas."""

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
    code,
    link,
    made_of,
    names,
    scale,
    serves,
    sources,
)


@dataclass(frozen=True, kw_only=True)
class Value:
    """A value and what it costs to hold it."""

    id: str
    because: tuple[str, ...] = because()
    name: Text
    text: Text
    costs: Text


@dataclass(frozen=True, kw_only=True)
class Values:
    """The values that the direction is judged by."""

    because: tuple[str, ...] = because()
    principles: tuple[Value, ...]


@dataclass(frozen=True, kw_only=True)
class Stance:
    """A stance towards a state: ours, we work for it, we hope and hedge."""

    id: str
    name: Text
    text: Text


@dataclass(frozen=True, kw_only=True)
class DesirableState:
    """A state of the desirable scenario, the stance towards it and why. The figures are claims."""

    variant: str = link(LinkKind.PART, "D.")
    stance: Literal["ours", "work_for", "hope_hedge"] = code("direction.stances")
    why: Text | None = None
    because: tuple[str, ...] = because()
    balance: Number | None = claim()
    best_alternative: str | None = claim()
    best_balance: Number | None = claim()
    resists_by: Number | None = claim()


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A change that was tried on a scenario and declined. `resists` is a claim."""

    base: str = names("C")
    change: tuple[str, ...] = names("D.")
    resists: Mapping[str, Number] | None = claim(to="D")
    verdict: Text


@dataclass(frozen=True, kw_only=True)
class DesirableScenario:
    """C0: the future we wish for: composed, and open about what resists it."""

    ref: str
    composed: bool
    name: Text
    question: str = serves()
    statement: Text
    because: tuple[str, ...] = because()
    sources: tuple[str, ...] = sources()
    unverified: bool = False
    variants: tuple[DesirableState, ...] = made_of()
    score: Number | None = claim()
    consistent: bool | None = claim()
    resists: Mapping[str, Number] | None = claim(to="D")
    distance: Mapping[str, int] | None = claim(to="C")
    tension: Text | None = None
    tried: tuple[Tried, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reasoned:
    """A sentence and what it rests on."""

    because: tuple[str, ...] = because()
    text: Text


@dataclass(frozen=True, kw_only=True)
class BackcastStep:
    """What has to be true in a year on the way back from the horizon."""

    year: int = scale(1900, 2200)
    because: tuple[str, ...] = because()
    text: Text


@dataclass(frozen=True, kw_only=True)
class HorizonStep:
    """One of the three horizons."""

    id: Literal["first", "second", "third"]
    name: Text
    because: tuple[str, ...] = because()
    text: Text


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """A: a strategic agenda."""

    ref: str
    chosen: bool
    question: str = serves()
    place: Place
    name: Text
    aim: Text
    because: tuple[str, ...] = because()
    sources: tuple[str, ...] = sources()
    unverified: bool = False


@dataclass(frozen=True, kw_only=True)
class Direction:
    """direction.yaml."""

    schema: Literal["case/direction@2"]
    status: Mark
    question: str = serves()
    values: Values
    stances: tuple[Stance, ...]
    desirable: DesirableScenario | None = None
    vision: Reasoned | None = None
    must_be_true: tuple[Reasoned, ...] = ()
    regret_if_we_get_it: tuple[Reasoned, ...] = ()
    backcast: tuple[BackcastStep, ...] = ()
    three_horizons: tuple[HorizonStep, ...] = ()
    agendas: tuple[Agenda, ...]
