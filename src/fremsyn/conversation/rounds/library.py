"""The templates from which rounds are prepared; they ship as data and are read with the case's own reader."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from fremsyn.cases.reader import read_shipped
from fremsyn.cases.shape import Circle, PhaseName, Text


@dataclass(frozen=True, kw_only=True)
class Template:
    """A round as it may be prepared: `about` says when it fits; `statements` are examples, of a `story` if it has one.

    Where scenarios are judged they are the case's own, and the statements are made of them.
    """

    id: str
    about: Text
    phase: PhaseName
    kind: Literal["statements", "rating", "scenarios", "open"]
    circles: tuple[Circle, ...]
    title: Text
    asks: Text
    lowest: Text | None = None
    highest: Text | None = None
    questions: tuple[Text, ...] = ()
    monday: bool = False
    postcard: bool = False
    story: bool = False
    statements: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Library:
    """library.yaml."""

    templates: tuple[Template, ...]


@cache
def templates() -> tuple[Template, ...]:
    """Return every template, in the order of the phases."""
    return read_shipped(Path(__file__).with_name("library.yaml"), Library).templates
