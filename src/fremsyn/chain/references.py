"""References in files: known, of the right kind, not doubled; vocabularies; languages; and no thing resting on itself."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from typing import Any

from django.utils.functional import cached_property

from fremsyn.cases.kinds import KINDS
from fremsyn.cases.rows import kind_of, part_path, references
from fremsyn.cases.shape import GROUNDS, LinkKind, Slot, Text, Texts, has_row, holds_rows, is_item, slots
from fremsyn.cases.trace import Chain
from fremsyn.cases.yaml_tree import Path_
from fremsyn.chain.folder import Reading

IN_PROSE = re.compile(r"(?<![\w.])([FQGHKSTDCERUNALOPIMXB]\d+(?:\.[a-e])?)(?![\w])")


def letter_of(schema: type) -> str:
    """Return the letter with which references to things of a schema begin."""
    return KINDS[kind_of(schema)].letter


def named_in(text: Text | Texts, language: str) -> list[str]:
    """Return the references that a text names in one of the languages."""
    written = getattr(text, language) or ()
    found: list[str] = IN_PROSE.findall(written if isinstance(written, str) else " ".join(written))
    return found


@dataclass(frozen=True)
class Reference:
    """A reference where it stands: who refers (key), how, to what, and the place in the file."""

    owner: str
    kind: LinkKind
    to: str
    letters: str
    sheet: str
    path: Path_
    written: bool = True  # not so for a part and whoever it is a part of


@dataclass(frozen=True)
class Found:
    """Everything a walk through a case's files meets."""

    items: Mapping[str, tuple[str, Path_, Any]]
    doubled: tuple[tuple[str, str, Path_], ...]
    references: tuple[Reference, ...]
    codes: tuple[tuple[str, str, str, Path_], ...]
    texts: tuple[tuple[str, Path_, Text | Texts], ...]
    wrong_letters: tuple[tuple[str, str, Path_], ...]

    @cached_property
    def chain(self) -> Chain:
        """Return what rests on what."""
        grounds: dict[str, list[str]] = defaultdict(list)
        for each in self.references:
            if each.kind in GROUNDS:
                grounds[each.owner].append(each.to)
        return Chain({key: tuple(dict.fromkeys(below)) for key, below in grounds.items()})


class _Walk:
    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.items: list[tuple[str, Path_, Any]] = []
        self.references: list[Reference] = []
        self.codes: list[tuple[str, str, str, Path_]] = []
        self.texts: list[tuple[str, Path_, Text | Texts]] = []

    def thing(self, thing: Any, path: Path_, key: str, place: str) -> None:
        """Visit a dataclass that is a row of its own."""
        if is_item(type(thing)):
            self.items.append((thing.ref, path, thing))
        for slot in slots(type(thing)):
            self.slot(slot, getattr(thing, slot.name), (*path, slot.yaml), key, place)

    def slot(self, slot: Slot, value: Any, path: Path_, owner: str, place: str) -> None:
        if value is None:
            return
        if slot.link is not None:
            self.refer(owner, slot.link, slot.meta["to"], value, path)
        if "vocabulary" in slot.meta:
            many = isinstance(value, tuple)
            for at, each in enumerate(value if many else (value,)):
                self.codes.append((self.sheet, slot.meta["vocabulary"], each, (*path, at) if many else path))
        if holds_rows(slot.type) and not slot.meta.get("inline"):
            self.parts(slot, value, path, owner, place)
        else:
            self.value(value, path, owner, place)

    def refer(self, owner: str, kind: LinkKind, letters: str, value: Any, path: Path_) -> None:
        one = isinstance(value, str)
        for at, ref in enumerate(references(value)):
            place = path if one else (*path, ref if isinstance(value, Mapping) else at)
            self.references.append(Reference(owner, kind, ref, letters, self.sheet, place))

    def parts(self, slot: Slot, value: Any, path: Path_, owner: str, place: str) -> None:
        many = isinstance(value, tuple)
        for at, thing in enumerate(value if many else (value,)):
            here = (*path, at) if many else path
            there = part_path(place, slot, thing, at, many=many)
            key = getattr(thing, "ref", "") or there
            if slot.meta.get("made_of"):
                self.references.append(Reference(owner, LinkKind.PART, key, "", self.sheet, here, written=False))
            elif "/" not in owner and owner != self.sheet:
                self.references.append(Reference(key, LinkKind.PART, owner, "", self.sheet, here, written=False))
            self.thing(thing, here, key, there)

    def value(self, value: Any, path: Path_, owner: str, place: str) -> None:
        if isinstance(value, Text | Texts):
            self.texts.append((self.sheet, path, value))
        elif is_dataclass(value):
            for slot in slots(type(value)):
                self.slot(slot, getattr(value, slot.name), (*path, slot.yaml), owner, place)
        elif isinstance(value, Mapping):
            for key, inner in value.items():
                self.value(inner, (*path, key), owner, place)
        elif isinstance(value, tuple):
            for at, inner in enumerate(value):
                self.value(inner, (*path, at), owner, place)


def find(reading: Reading) -> Found:
    """Walk through every file that could be read."""
    walks = []
    for sheet in (s for s in reading.parts if "/" not in s):
        walk = _Walk(sheet)
        thing = reading.parts[sheet]
        if has_row(type(thing)):
            walk.thing(thing, (), sheet, sheet)
        else:
            walk.value(thing, (), sheet, sheet)
        walks.append(walk)
    items: dict[str, tuple[str, Path_, Any]] = {}
    doubled, letters = [], []
    for walk in walks:
        for ref, path, thing in walk.items:
            if ref in items:
                doubled.append((ref, walk.sheet, path))
            if ref[:1] != letter_of(type(thing)):
                letters.append((ref, walk.sheet, path))
            items.setdefault(ref, (walk.sheet, path, thing))
    return Found(
        items=items,
        doubled=tuple(doubled),
        references=tuple(r for walk in walks for r in walk.references),
        codes=tuple(c for walk in walks for c in walk.codes),
        texts=tuple(t for walk in walks for t in walk.texts),
        wrong_letters=tuple(letters),
    )
