"""case.yaml: what the case is, whose it is and until when it is kept."""

import datetime
from dataclasses import dataclass
from typing import Literal

from fremsyn.cases.shape import Mark, Text, pattern, scale, sources

Language = Literal["da", "en"]
SLUG = r"(?=.{1,80}\Z)[a-z0-9]+(-[a-z0-9]+)*"


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """Whose strategy it is."""

    name: Text
    what: Text | None = None
    sources: tuple[str, ...] = sources()
    illustrative: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Records:
    """The rules by which the case is kept, and by which others may ask to see it."""

    regime: Literal["municipality", "covered-company", "exempt-company", "private"]
    text: Text | None = None
    sources: tuple[str, ...] = sources()
    retention_years: int = scale(0, 200)
    retention_basis: Text | None = None
    keep: Text | None = None
    access_level: Literal["open", "internal", "confidential-until-decided", "confidential"]


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """The case itself."""

    schema: Literal["case/case@2"]
    slug: str = pattern(SLUG, "small letters, digits and hyphens, at most 80")
    title: Text
    organisation: Organisation
    facilitator_role: Text | None = None
    owner_role: Text | None = None
    base_year: int = scale(1900, 2200)
    horizon: int = scale(1900, 2200)
    horizon_years: tuple[int, ...] = ()
    horizon_why: Text | None = None
    horizon_sources: tuple[str, ...] = sources()
    as_of: datetime.date | None = None
    as_of_note: Text | None = None
    language: Language
    languages: tuple[Language, ...]
    files: tuple[str, ...]
    status: Mark
    records: Records | None = None
