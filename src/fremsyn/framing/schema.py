"""framing.yaml and stakeholders.yaml: the question, its frame, the role here and now, and who is concerned."""

import datetime
from dataclasses import dataclass
from typing import Literal

from fremsyn.cases.shape import (
    Circle,
    LinkKind,
    Mark,
    Named,
    Number,
    PhaseName,
    Text,
    Texts,
    because,
    code,
    link,
    named,
    names,
    scale,
    serves,
    sources,
)


@dataclass(frozen=True, kw_only=True)
class Question:
    """Q: the focal question or one of the questions under it."""

    ref: str
    kind: Literal["focal", "sub"]
    text: Text
    because: tuple[str, ...] = because()
    sources: tuple[str, ...] = sources()
    illustrative: bool | None = None
    unverified: bool = False


@dataclass(frozen=True, kw_only=True)
class Target:
    """A number to be reached and its unit."""

    number: Number
    unit: Text


@dataclass(frozen=True, kw_only=True)
class SuccessCriterion:
    """G: how we shall know that the work was good."""

    ref: str
    text: Text
    measure: Text
    target: Target
    because: tuple[str, ...] = because()
    sources: tuple[str, ...] = sources()
    unverified: bool = False


@dataclass(frozen=True, kw_only=True)
class Assumption:
    """H: what is taken for granted, and when it no longer holds."""

    ref: str
    question: str = serves()
    text: Text
    breaks_when: Text
    watched_by: tuple[str, ...] = link(LinkKind.WATCHED_BY, "X", default=())
    because: tuple[str, ...] = because()
    sources: tuple[str, ...] = sources()
    unverified: bool = False


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What the case is about and what it leaves alone."""

    inside: tuple[Text, ...] = named("in")
    outside: tuple[Text, ...] = named("out")
    geography: Text | None = None


@dataclass(frozen=True, kw_only=True)
class BaselineRole:
    """L0: the organisation's role today."""

    ref: str
    kind: Literal["baseline"]
    question: str = serves()
    name: Text
    text: Text
    because: tuple[str, ...] = because()
    sources: tuple[str, ...] = sources()
    illustrative: bool | None = None
    unverified: bool = False


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One fact of the baseline, with its sources."""

    text: Text
    because: tuple[str, ...] = because()
    sources: tuple[str, ...] = sources()
    illustrative: bool | None = None
    unverified: bool = False


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """The role here and now: mandate, products, finances, dependencies."""

    note: Text | None = None
    role: BaselineRole | None = None
    mandate: tuple[Fact, ...] = ()
    products: tuple[Fact, ...] = ()
    finances: tuple[Fact, ...] = ()
    dependencies: tuple[Fact, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened on the way here."""

    year: int = scale(1000, 2200)
    text: Text
    sources: tuple[str, ...] = sources()


@dataclass(frozen=True, kw_only=True)
class History:
    """As far back as we look ahead."""

    note: Text | None = None
    events: tuple[Event, ...] = ()
    lesson: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Interviews:
    """The leaders' interviews: how, and the questions asked."""

    method: Text
    notes_shipped: bool = False
    guide: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class PhasePlan:
    """When a phase runs, the session that closes it, its rounds, what it delivers."""

    id: PhaseName
    order: int = scale(1, 6)
    name: Text
    begins: datetime.date = named("from")
    ends: datetime.date = named("to")
    session: str | None = names("E", default=None)
    rounds: tuple[str, ...] = names("R", default=())
    output: Text
    gate: Text


@dataclass(frozen=True, kw_only=True)
class CirclePlan:
    """What a circle takes part in during a phase."""

    phase: PhaseName
    circle: Circle
    begins: datetime.date = named("from")
    ends: datetime.date = named("to")
    what: Text


@dataclass(frozen=True, kw_only=True)
class Process:
    """The plan of the process: phases and circles by date."""

    text: Text | None = None
    phases: tuple[PhasePlan, ...]
    circles: tuple[CirclePlan, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Framing:
    """framing.yaml."""

    schema: Literal["case/framing@2"]
    status: Mark
    questions: tuple[Question, ...]
    success_criteria: tuple[SuccessCriterion, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    scope: Scope
    baseline: Baseline
    history: History | None = None
    input_fields: tuple[Named, ...] = ()
    scan_themes: tuple[str, ...] = code("scanning.themes")
    interviews: Interviews | None = None
    process: Process


@dataclass(frozen=True, kw_only=True)
class Stakeholder:
    """K: a role, an organisation or a group with a stake; never a named person."""

    ref: str
    key: str
    name: Text
    category: str = code("stakeholders.categories")
    type: Literal["role", "org", "group"]
    influence: int = scale(1, 5)
    interest: int = scale(1, 5)
    involvement: str = code("stakeholders.involvement")
    circle: str = code("stakeholders.circles")
    channels: Texts | None = None
    responsible: Text | None = None
    because: tuple[str, ...] = because()
    sources: tuple[str, ...] = sources()
    unverified: bool = False


@dataclass(frozen=True, kw_only=True)
class StakeholderScales:
    """What the ends of the two scales mean."""

    influence: Text
    interest: Text


@dataclass(frozen=True, kw_only=True)
class Stakeholders:
    """stakeholders.yaml."""

    schema: Literal["case/stakeholders@2"]
    status: Mark
    question: str = serves()
    scales: StakeholderScales
    involvement: tuple[Named, ...]
    circles: tuple[Named, ...]
    rules: Text | None = None
    categories: tuple[Named, ...]
    stakeholders: tuple[Stakeholder, ...]
