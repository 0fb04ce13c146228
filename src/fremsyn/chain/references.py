"""References in files: known, of the right kind, not doubled; vocabularies; languages; and no thing resting on itself."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from typing import Any

from fremsyn.cases.rows import part_path, references
from fremsyn.cases.shape import GROUNDS, LinkKind, Slot, Text, Texts, has_row, holds_rows, is_item, slots
from fremsyn.cases.trace import Chain
from fremsyn.cases.yaml_tree import Fault, Path_, field_name
from fremsyn.chain.folder import Reading

LETTERS = {
    "Source": "F", "Question": "Q", "SuccessCriterion": "G", "Assumption": "H", "Stakeholder": "K", "Signal": "S",
    "Trend": "T", "Driver": "D", "Variant": "D", "Scenario": "C", "DesirableScenario": "C", "Session": "E",
    "Round": "R", "Statement": "U", "Insight": "N", "Agenda": "A", "BaselineRole": "L", "Role": "L", "Option": "O",
    "PossibleStrategy": "P", "Initiative": "I", "Milestone": "M", "Signpost": "X", "BoardPoint": "B",
}  # fmt: skip
IN_PROSE = re.compile(r"(?<![\w.])([FQGHKSTDCERUNALOPIMXB]\d+(?:\.[a-e])?)(?![\w])")


@dataclass(frozen=True)
class Reference:
    """A reference where it stands: who refers (key), how, to what, and the place in the file."""

    owner: str
    kind: LinkKind
    to: str
    letters: str
    sheet: str
    path: Path_


@dataclass(frozen=True)
class Found:
    """Everything a walk through a case's files meets."""

    items: Mapping[str, tuple[str, Path_, Any]]
    doubled: tuple[tuple[str, str, Path_], ...]
    references: tuple[Reference, ...]
    codes: tuple[tuple[str, str, str, Path_], ...]
    texts: tuple[tuple[str, Path_, Text | Texts], ...]
    wrong_letters: tuple[tuple[str, str, Path_], ...]

    @property
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
            self.codes.append((self.sheet, slot.meta["vocabulary"], value, path))
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
                self.references.append(Reference(owner, LinkKind.PART, key, "", self.sheet, here))
            elif "/" not in owner and owner != self.sheet:
                self.references.append(Reference(key, LinkKind.PART, owner, "", self.sheet, here))
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
            if ref[:1] != LETTERS[type(thing).__name__]:
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


def faults(reading: Reading, found: Found, *, both: bool) -> Iterator[Fault]:
    """Yield what is wrong with the references, vocabularies and languages of a folder."""

    def fault(sheet: str, path: Path_, wrong: str, todo: str) -> Fault:
        return Fault(f"{sheet}.yaml", reading.trees[sheet].line(path), field_name(path), wrong, todo)

    for ref, sheet, path in found.doubled:
        first, first_path, _thing = found.items[ref]
        line = reading.trees[first].line(first_path)
        yield fault(
            sheet, (*path, "ref"), f"{ref} stands twice (first in {first}.yaml:{line})", "give it a number of its own"
        )
    for ref, sheet, path in found.wrong_letters:
        letter = LETTERS[type(found.items[ref][2]).__name__]
        yield fault(sheet, (*path, "ref"), f"{ref} has the wrong letter", f"references here begin with {letter}")
    # A file that could not be read would make every reference into it look unknown.
    if len([s for s in reading.parts if "/" not in s]) == 12:
        yield from _unknown(found, fault)
        ring = found.chain.loop()
        if ring:
            sheet, path, _thing = found.items.get(ring[0]) or next(
                (r.sheet, r.path, None) for r in found.references if r.owner == ring[0]
            )
            yield fault(sheet, path, "it rests on itself: " + " > ".join(ring), "take out one of the links")
    for sheet, vocabulary, value, path in found.codes:
        words = _vocabulary(reading, vocabulary)
        if words is not None and value not in words:
            yield fault(sheet, path, f"“{value}” is not in {vocabulary}", "use " + ", ".join(sorted(words)))
    if both:
        for sheet, path, text in found.texts:
            for language in ("da", "en"):
                if not getattr(text, language):
                    yield fault(
                        sheet,
                        path,
                        f"the text is missing in {'Danish' if language == 'da' else 'English'}",
                        f"add {language}:",
                    )


def _unknown(found: Found, fault: Any) -> Iterator[Fault]:
    counts: Counter[tuple[str, Path_, str]] = Counter()
    for each in found.references:
        known = each.to in found.items or "/" in each.to
        counts[each.owner, each.path[:-1] if isinstance(each.path[-1], int) else each.path, each.to] += 1
        if not known:
            yield fault(each.sheet, each.path, f"{each.to} is not known", "correct it, or add what it refers to")
        elif each.letters and each.to[:1] not in each.letters:
            yield fault(
                each.sheet,
                each.path,
                f"{each.to} is of the wrong kind",
                f"write a reference that begins with {each.letters}",
            )
        elif each.to == each.owner:
            yield fault(each.sheet, each.path, f"{each.to} refers to itself", "take it out")
        elif counts[each.owner, each.path[:-1] if isinstance(each.path[-1], int) else each.path, each.to] > 1:
            yield fault(each.sheet, each.path, f"{each.to} stands twice in the list", "keep one of them")
    for sheet, path, text in found.texts:
        if sheet == "sources":
            continue
        for language in ("da", "en"):
            written = getattr(text, language) or ()
            for ref in IN_PROSE.findall(written if isinstance(written, str) else " ".join(written)):
                if ref not in found.items:
                    yield fault(
                        sheet, (*path, language), f"the text names {ref}, which is not known", "correct the reference"
                    )


def _vocabulary(reading: Reading, name: str) -> set[str] | None:
    sheet, _, slot = name.partition(".")
    content = reading.parts.get(sheet)
    return {word.id for word in getattr(content, slot)} if content is not None else None
