"""scenarios.yaml and cross_impact.yaml: drivers, judgements, and the futures that hang together."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from fremsyn.cases.shape import (
    LinkKind,
    Mark,
    Number,
    Text,
    because,
    claim,
    inline,
    link,
    named,
    names,
    scale,
    serves,
    sources,
)


@dataclass(frozen=True, kw_only=True)
class Variant:
    """D1.a: one outcome of a driver; on screen *tilstand* and *state*. `key` is what the matrix calls it."""

    ref: str
    key: str
    name: Text
    description: Text


@dataclass(frozen=True, kw_only=True)
class VariantsTested:
    """Whether a driver's variants were held against the two questions, and what came of it."""

    exclusive: bool = False
    exhaustive: bool = False
    note: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Driver:
    """D: a descriptor of the future with two to five variants, mostly outside our control."""

    ref: str
    key: str
    name: Text
    asks: Text
    question: str = serves()
    kind: Literal["sector", "context"]
    impact: int = scale(1, 5)
    uncertainty: int = scale(1, 5)
    influence: Literal["none", "partly"]
    influence_why: Text | None = None
    because: tuple[str, ...] = because()
    sources: tuple[str, ...] = sources()
    unverified: bool = False
    variants_tested: VariantsTested | None = None
    variants: tuple[Variant, ...]


@dataclass(frozen=True, kw_only=True)
class RoleInScenario:
    """What the organisation would be in a scenario with a role, and what it would stop being."""

    be: Text
    stop: Text


@dataclass(frozen=True, kw_only=True)
class StoryShows:
    """A reader's tick per driver: the story shows it, implies it, or leaves it out on purpose."""

    shown: tuple[str, ...] = names("D", default=())
    implied: tuple[str, ...] = names("D", default=())
    left_out: tuple[str, ...] = names("D", default=())


@dataclass(frozen=True, kw_only=True)
class StoryFiles:
    """Where a scenario's story stands in the case's folder."""

    da: str | None = None
    en: str | None = None


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """C: a consistent future: one variant of every driver, with a name, a story and what follows from it."""

    ref: str
    name: Text
    use: Literal["working", "reserve"]
    variants: tuple[str, ...] = link(LinkKind.PART, "D.")
    because: tuple[str, ...] = because()
    sources: tuple[str, ...] = sources()
    unverified: bool = False
    attraction: Text | None = None
    unease: Text | None = None
    summary: Text | None = None
    consequences: Mapping[str, Text]
    winners: Text | None = None
    losers: Text | None = None
    roles: Mapping[str, RoleInScenario] = names("L")
    story_shows: StoryShows | None = inline(default=None)
    story: StoryFiles | None = None


@dataclass(frozen=True, kw_only=True)
class DriverScales:
    """What the scales of a driver mean."""

    impact: Text
    uncertainty: Text


@dataclass(frozen=True, kw_only=True)
class ScenarioSet:
    """What is said of the set of scenarios as a whole."""

    text: Text | None = None
    no_probability: Text
    story_shows: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Scenarios:
    """scenarios.yaml."""

    schema: Literal["case/scenarios@2"]
    status: Mark
    note: Text | None = None
    scales: DriverScales
    set: ScenarioSet
    drivers: tuple[Driver, ...]
    scenarios: tuple[Scenario, ...]


@dataclass(frozen=True, kw_only=True)
class Section:
    """The judgements from one driver to another: a row per variant of the source, a number per variant of the target."""

    PART: ClassVar[bool] = True

    source: str
    target: str
    reason: Text | None = None
    rows: Mapping[str, tuple[Number, ...]]


@dataclass(frozen=True, kw_only=True)
class Succession:
    """What a simulation of succession once gave; kept as the file's own remark."""

    rule: Text
    starts: int
    share_ending_in_c1: float = named("share_ending_in_C1")
    share_ending_in_a_cycle: float


@dataclass(frozen=True, kw_only=True)
class ExpectedScenario:
    """A consistent scenario that the file states: total impact score, smallest margin, variants."""

    score: Number
    margin: Number
    keys: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Expected:
    """The figures that the file states of its matrix. Claims, all but `terms` and `succession`."""

    combinations: int | None = claim()
    non_zero_sections: int | None = claim()
    consistent_count: int | None = claim()
    terms: Text | None = None
    succession: Succession | None = None
    consistent: tuple[ExpectedScenario, ...] = claim(())


@dataclass(frozen=True, kw_only=True)
class CrossImpact:
    """cross_impact.yaml: every judgement, by mnemonic key."""

    schema: Literal["case/cross_impact@2"]
    status: Mark
    question: str = serves()
    method: Text | None = None
    scale: Text
    judgement: Text | None = None
    no_probability: Text
    bias: Text | None = None
    empty_sections: Text | None = None
    order: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    sections: tuple[Section, ...]
    expected: Expected | None = None
