"""The vocabulary in which the phases' schemas are written.

A case file, the hand-over of a phase and what is stored are one frozen dataclass. Its fields are typed; what a type
can't say (this text is a reference that the item rests on, this figure is a claim, this number runs from 1 to 5) stands
in the field's metadata, written with the functions below.

An *item* has a `ref`. A *part* has none, but links or is declared with `PART`; it is known by its path. Both are rows of
their own (`cases.Item`). A dataclass that is neither is a value and is kept with the row of whoever holds it.
"""

import dataclasses
import functools
import operator
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, dataclass
from enum import StrEnum
from typing import Any, Literal, get_args, get_origin

from fremsyn.core.text import Text, Texts

__all__ = ["Number", "Text", "Texts"]

Number = int | float
Circle = Literal["leadership", "organisation", "wide", "board"]
PhaseName = Literal["framing", "scanning", "scenarios", "direction", "strategy", "plans"]


class LinkKind(StrEnum):
    """How one item refers to another. The first three are grounds: the chain of evidence consists of them."""

    BECAUSE = "because"
    SOURCE = "source"
    PART = "part"
    GIVES = "gives"
    USED_FOR = "used_for"
    WATCHED_BY = "watched_by"
    TOUCHES = "touches"
    SERVES = "serves"
    NAMES = "names"


GROUNDS = (LinkKind.BECAUSE, LinkKind.SOURCE, LinkKind.PART)


@dataclass(frozen=True)
class Named:
    """An entry of a case's own vocabulary: the code that stands in the file and the words for it."""

    id: str
    name: Text


@dataclass(frozen=True)
class Mark:
    """What a reader must know of a whole file: that it is illustrative, and that its votes are synthetic."""

    illustrative: bool = False
    synthetic: bool = False
    mark: Text | None = None
    note: Text | None = None
    synthetic_note: Text | None = None


@dataclass(frozen=True)
class Place:
    """A place in the field: three weights from 0 to 1 that sum to one."""

    megatrend: float
    municipal: float
    role: float


# --- what a field is, beyond its type


def link(kind: LinkKind, to: str = "", *, default: Any = MISSING, yaml: str = "") -> Any:
    """Declare a field of references. `to` is the letter allowed (empty: any; `D.` a driver's state); keys of a mapping are references."""
    return dataclasses.field(default=default, metadata={"link": kind, "to": to, "yaml": yaml})


def because(default: Any = ()) -> Any:
    """Declare what the item rests on."""
    return link(LinkKind.BECAUSE, default=default)


def sources(default: Any = ()) -> Any:
    """Declare the sources the item rests on."""
    return link(LinkKind.SOURCE, "F", default=default)


def serves(default: Any = MISSING) -> Any:
    """Declare the question the item serves."""
    return link(LinkKind.SERVES, "Q", default=default)


def names(to: str = "", *, default: Any = MISSING, yaml: str = "") -> Any:
    """Declare references that are neither grounds nor point forward."""
    return link(LinkKind.NAMES, to, default=default, yaml=yaml)


def scale(low: float, high: float, *, default: Any = MISSING) -> Any:
    """Declare a number from `low` to `high`."""
    return dataclasses.field(default=default, metadata={"range": (low, high)})


def code(vocabulary: str, *, default: Any = MISSING) -> Any:
    """Declare a text that must be an `id` of the named vocabulary, such as `scanning.themes`."""
    return dataclasses.field(default=default, metadata={"vocabulary": vocabulary})


def pattern(regular: str, says: str, *, default: Any = MISSING, yaml: str = "") -> Any:
    """Declare a text of a fixed form; `says` tells the form in words."""
    return dataclasses.field(default=default, metadata={"pattern": regular, "says": says, "yaml": yaml})


def quarter() -> Any:
    """Declare a quarter such as 2027K1."""
    return pattern(r"\d{4}K[1-4]", "a quarter such as 2027K1")


def claim(default: Any = None, *, to: str = "") -> Any:
    """Declare a figure that the file states and Fremsyn computes; a difference is a fault.

    `to` is given where the figure is a mapping whose keys are references with that letter.
    """
    names_ = {"link": LinkKind.NAMES, "to": to} if to else {}
    return dataclasses.field(default=default, metadata={"claim": True, **names_})


def named(yaml: str, *, default: Any = MISSING) -> Any:
    """Declare a field whose name in the file is a word that Python keeps for itself."""
    return dataclasses.field(default=default, metadata={"yaml": yaml})


def inline(*, default: Any = MISSING) -> Any:
    """Declare a value whose links belong to whoever holds it."""
    return dataclasses.field(default=default, metadata={"inline": True})


def made_of(default: Any = MISSING) -> Any:
    """Declare parts that the item rests on (without it, the parts of an item rest on the item)."""
    return dataclasses.field(default=default, metadata={"made_of": True})


# --- reading a dataclass


@dataclass(frozen=True)
class Slot:
    """A field of a schema, ready for use: attribute name, name in the file, type and metadata."""

    name: str
    yaml: str
    type: Any
    meta: Mapping[str, Any]
    default: Any

    @property
    def link(self) -> LinkKind | None:
        """Return the kind of link, if the field holds references."""
        kind: LinkKind | None = self.meta.get("link")
        return kind

    @property
    def required(self) -> bool:
        """Tell whether a file must hold the field."""
        return self.default is MISSING


def slots(cls: type) -> tuple[Slot, ...]:
    """Return the fields of a schema in order."""
    if cls not in _SLOTS:
        _SLOTS[cls] = _read_slots(cls)
    return _SLOTS[cls]


_SLOTS: dict[type, tuple[Slot, ...]] = {}


def _read_slots(cls: type) -> tuple[Slot, ...]:
    hints = typing.get_type_hints(cls)
    return tuple(
        Slot(f.name, f.metadata.get("yaml") or f.name, hints[f.name], f.metadata, f.default)
        for f in dataclasses.fields(cls)
    )


def is_item(cls: type) -> bool:
    """Tell whether things of this schema have a reference."""
    return any(slot.name == "ref" for slot in slots(cls))


def is_part(cls: type) -> bool:
    """Tell whether things of this schema are rows of their own without a reference."""
    return not is_item(cls) and (
        bool(getattr(cls, "PART", False)) or _links(cls) or any(holds_rows(slot.type) for slot in slots(cls))
    )


def _links(cls: type) -> bool:
    return any(
        slot.link is not None or bool(slot.meta.get("inline") and any(_links(c) for c in dataclasses_in(slot.type)))
        for slot in slots(cls)
    )


def has_row(cls: type) -> bool:
    """Tell whether things of this schema are items or parts."""
    if cls not in _HAS_ROW:
        _HAS_ROW[cls] = is_item(cls) or is_part(cls)
    return _HAS_ROW[cls]


_HAS_ROW: dict[type, bool] = {}


@functools.cache
def without_none(hint: Any) -> Any:
    """Return `X` for `X | None`, else the type itself."""
    if get_origin(hint) in (types.UnionType, typing.Union) and type(None) in get_args(hint):
        rest = tuple(a for a in get_args(hint) if a is not type(None))
        return rest[0] if len(rest) == 1 else functools.reduce(operator.or_, rest)
    return hint


@functools.cache
def dataclasses_in(hint: Any) -> tuple[type, ...]:
    """Return the dataclasses named in a type, however deep in tuples, mappings and unions."""
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return (hint,)
    return tuple(found for argument in get_args(hint) for found in dataclasses_in(argument))


@functools.cache
def holds_rows(hint: Any) -> bool:
    """Tell whether a field of this type holds items or parts."""
    return any(has_row(cls) for cls in dataclasses_in(hint))
