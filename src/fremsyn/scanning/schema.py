"""sources.yaml and scanning.yaml: what we have read, what is changing, and what we have not looked at."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from fremsyn.cases.shape import (
    Mark,
    Named,
    Place,
    Text,
    because,
    claim,
    code,
    inline,
    names,
    pattern,
    scale,
    serves,
    sources,
)


@dataclass(frozen=True, kw_only=True)
class Source:
    """F: something published, and what the case takes from it. The title stands in its own language."""

    ref: str
    title: str
    url: str | None = pattern(r"https?://[^\s<>\"']+", "an address that begins with https://", default=None)
    date: str | None = None
    kind: str = code("sources.kinds")
    supports: Text


@dataclass(frozen=True, kw_only=True)
class Sources:
    """sources.yaml."""

    schema: Literal["case/sources@2"]
    note: Text | None = None
    kinds: tuple[Named, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True)
class Signal:
    """S: something noticed: what changes, and so what."""

    ref: str
    title: Text
    kind: str = code("scanning.signal_kinds")
    noticed_by: str
    noted: datetime.date
    question: str = serves()
    what_changes: Text
    so_what: Text
    because: tuple[str, ...] = because()
    sources: tuple[str, ...] = sources()
    unverified: bool = False


@dataclass(frozen=True, kw_only=True)
class ForAndAgainst:
    """The signals that speak for a trend and those that speak against it."""

    supporting: tuple[str, ...] = names("S", default=(), yaml="for")
    against: tuple[str, ...] = names("S", default=())


@dataclass(frozen=True, kw_only=True)
class Trend:
    """T: a development with its place in the field, impact and certainty (1-5) and the years until it is felt."""

    ref: str
    title: Text
    description: Text
    question: str = serves()
    theme: str = code("scanning.themes")
    steep: str = code("scanning.steep")
    place: Place
    impact: int = scale(1, 5)
    certainty: int = scale(1, 5)
    time_to_impact_years: Literal["0-2", "2-5", "5-10"]
    signals: ForAndAgainst = inline()
    because: tuple[str, ...] = because()
    sources: tuple[str, ...] = sources()
    unverified: bool = False


@dataclass(frozen=True, kw_only=True)
class ScanScales:
    """What the scales of a trend mean."""

    impact: Text
    certainty: Text
    time_to_impact_years: Text


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """What the scan has seen much and little of. The figures are claims."""

    because: tuple[str, ...] = because()
    themes: Mapping[str, int] | None = claim()
    place_mean: Place | None = claim()
    unverified: int | None = claim()
    says: Text


@dataclass(frozen=True, kw_only=True)
class Scanning:
    """scanning.yaml."""

    schema: Literal["case/scanning@2"]
    status: Mark
    scales: ScanScales
    field: tuple[Named, ...]
    steep: tuple[Named, ...]
    themes: tuple[Named, ...]
    signal_kinds: tuple[Named, ...]
    coverage: Coverage | None = None
    signals: tuple[Signal, ...]
    trends: tuple[Trend, ...]
