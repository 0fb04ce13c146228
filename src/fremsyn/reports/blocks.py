"""The model that every document is written in: blocks, from which page and PDF are made alike.

Words are `Text` (in the case's languages) or a string that is in the document's language already. References in them, such
as T12, become links; in print they lead to the index at the end.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from fremsyn.cases.kinds import natural
from fremsyn.core.text import Text
from fremsyn.figures.figure import Figure, Table

Words = Text | str
REFERENCE = re.compile(r"(?<![\w.])([FQGHKSTDCERUNALOPIMXB]\d{1,5}(?:\.[a-z])?)(?![\w])")


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3; `item` is the reference of what the part is about.

    In print `new_page` opens a page; `annex` does so unless the page has hardly begun.
    """

    text: Words
    level: int = 1
    item: str = ""
    new_page: bool = False
    annex: bool = False


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
    """A table that stands by itself; `widths` are its columns' shares of the line in print."""

    table: Table
    wide: bool = False
    widths: tuple[float, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A figure with its finding, its alternative and its table.

    `apart` prints the table at the end of the document; `beside` has it open under the picture on the page.
    """

    figure: Figure
    wide: bool = False
    apart: bool = False
    beside: bool = False


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
    """A story, as Markdown with headings from level 1; set to be read. `language` is the document's where it is empty."""

    markdown: str
    language: str = ""


@dataclass(frozen=True)
class Kept:
    """Blocks that stand on one page in print, where one page holds them."""

    blocks: tuple[Block, ...]


Block = Heading | Paragraph | Bullets | Facts | Grid | Picture | Quote | Points | Callout | Story | Kept


@dataclass(frozen=True)
class Entry:
    """What a reference stands for in the index: its title and its address on the site."""

    title: Words
    url: str = ""
    unverified: bool = False


@dataclass(frozen=True)
class Document:
    """A document: what it is, of which case and version, and its blocks.

    `key` names it in addresses; `version` counts from 1; `front` stands on the first page, before the contents;
    `index` holds what references stand for; without `contents` there is no list of them, and the blocks begin on the first page.
    """

    key: str
    title: str
    subtitle: str
    case_title: str
    language: str
    version: int
    date: datetime.date
    blocks: tuple[Block, ...]
    front: tuple[Block, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    index: Mapping[str, Entry] = field(default_factory=dict)
    contents: bool = True

    def used(self) -> dict[str, Entry]:
        """Return the entries of the index that the document refers to, sorted."""
        blocks = (*self.front, *self.blocks)
        found = {ref for block in blocks for words in words_of(block) for ref in REFERENCE.findall(words)}
        found |= {block.item for block in blocks if isinstance(block, Heading) and block.item}
        found |= {point.item for block in blocks if isinstance(block, Points) for point in block.points if point.item}
        return {ref: self.index[ref] for ref in sorted(found & set(self.index), key=natural)}


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


def _pieces(block: Block) -> Iterable[Words]:
    """Return the words of a block; those of a picture's table too, since its cells refer as well."""
    match block:
        case Bullets(entries=entries):
            return (words for entry in entries for words in (entry if isinstance(entry, tuple) else (entry,)))
        case Facts(pairs=pairs):
            return chain.from_iterable(pairs)
        case Points(points=points):
            return chain.from_iterable((point.text, point.note) for point in points)
        case Story(markdown=markdown):
            return (markdown,)
        case Grid(table=table):
            return _table(table)
        case Picture(figure=figure):
            return (figure.title, figure.subtitle, figure.note, *_table(figure.table))
        case Kept(blocks=blocks):
            return chain.from_iterable(map(_pieces, blocks))
        case Quote(text=text, whose=other) | Callout(text=text, label=other):
            return (text, other)
    return (block.text,)


def _table(table: Table) -> Iterator[str]:
    yield from (column.ref for column in table.columns)
    yield from (cell.plain for row in table.rows for cell in row.cells)
