"""The model that every document is written in: blocks, from which page and PDF are made alike.

Words are `Text` (in the case's languages) or a string that is in the document's language already. References in them, such
as T12, become links; in print they lead to the index at the end.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fremsyn.core.text import Text
from fremsyn.figures.figure import Figure, Table

Words = Text | str
REFERENCE = re.compile(r"(?<![\w.])([FQGHKSTDCERUNALOPIMXB]\d{1,5}(?:\.[a-z])?)(?![\w])")


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3; `item` is the reference of what the part is about, if any."""

    text: Words
    level: int = 1
    item: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `voice` sets people's words, `lead` what opens a part, `small` a remark. `marks` follow it as tags."""

    text: Words
    style: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bullets:
    """A list; an entry may be led by what it is about."""

    entries: tuple[Words | tuple[Words, Words], ...]


@dataclass(frozen=True)
class Facts:
    """Pairs of a name and what it is: the header of a paper."""

    pairs: tuple[tuple[Words, Words], ...]


@dataclass(frozen=True)
class Grid:
    """A table that stands by itself."""

    table: Table
    wide: bool = False


@dataclass(frozen=True)
class Picture:
    """A figure with its finding, its alternative and its table."""

    figure: Figure
    wide: bool = False


@dataclass(frozen=True)
class Quote:
    """Words that somebody said or that are meant to be heard, and whose they are."""

    text: Words
    whose: Words = ""


@dataclass(frozen=True)
class Point:
    """A numbered point: its words, what it rests on, and a note in the product's own voice."""

    text: Words
    item: str = ""
    note: Words = ""


@dataclass(frozen=True)
class Points:
    """Numbered points that are decided one by one."""

    points: tuple[Point, ...]


@dataclass(frozen=True)
class Callout:
    """A mark or a caveat."""

    label: Words
    text: Words


@dataclass(frozen=True)
class Story:
    """A story, as Markdown with headings from level 1; set to be read."""

    markdown: str


Block = Heading | Paragraph | Bullets | Facts | Grid | Picture | Quote | Points | Callout | Story


@dataclass(frozen=True)
class Entry:
    """What a reference stands for in the index: its title and its address on the site."""

    title: Words
    url: str = ""


@dataclass(frozen=True)
class Document:
    """A document: what it is, of which case and version, and its blocks.

    `key` names it in addresses; `version` counts from 1; `index` holds what references stand for.
    """

    key: str
    title: str
    subtitle: str
    case_title: str
    language: str
    version: int
    date: datetime.date
    blocks: tuple[Block, ...]
    marks: tuple[tuple[str, str], ...] = ()
    index: Mapping[str, Entry] = field(default_factory=dict)

    def used(self) -> dict[str, Entry]:
        """Return the entries of the index that the document refers to, sorted."""
        found = {ref for block in self.blocks for words in words_of(block) for ref in REFERENCE.findall(words)}
        found |= {block.item for block in self.blocks if isinstance(block, Heading) and block.item}
        found |= {
            point.item for block in self.blocks if isinstance(block, Points) for point in block.points if point.item
        }
        return {ref: self.index[ref] for ref in sorted(found & set(self.index), key=natural)}


def natural(ref: str) -> tuple[str, int, str]:
    """Return the key by which references are sorted: T9 before T10, D1.a before D1.b."""
    number, _, rest = ref[1:].partition(".")
    return ref[0], int(number), rest


def said(words: Words, language: str) -> tuple[str, str]:
    """Return words and the language they are in."""
    return words.in_language(language) if isinstance(words, Text) else (words, language)


def words_of(block: Block) -> Iterator[str]:
    """Yield every piece of text of a block in both languages, for finding what it refers to."""
    for words in _pieces(block):
        if isinstance(words, Text):
            yield words.da or ""
            yield words.en or ""
        else:
            yield words


def _pieces(block: Block) -> Iterator[Words]:
    match block:
        case Heading(text=text) | Paragraph(text=text):
            yield text
        case Bullets(entries=entries):
            for entry in entries:
                yield from entry if isinstance(entry, tuple) else (entry,)
        case Facts(pairs=pairs):
            for pair in pairs:
                yield from pair
        case Quote(text=text, whose=whose):
            yield from (text, whose)
        case Points(points=points):
            for point in points:
                yield from (point.text, point.note)
        case Callout(label=label, text=text):
            yield from (label, text)
        case Story(markdown=markdown):
            yield markdown
        case Grid(table=table):
            yield from _table(table)
        case Picture(figure=figure):
            yield from (figure.title, figure.subtitle, figure.note)
            yield from _table(figure.table)


def _table(table: Table) -> Iterator[str]:
    yield from (column.ref for column in table.columns)
    yield from (cell.plain for row in table.rows for cell in row.cells)
