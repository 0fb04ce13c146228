"""A document's blocks as typst source. Everything that comes from a case goes in as string literals, never as markup."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from functools import singledispatchmethod
from pathlib import Path

from fremsyn.core.text import Text
from fremsyn.figures.figure import Cell, Figure, Table
from fremsyn.figures.style import SHADES, TONES
from fremsyn.reports.blocks import (
    REFERENCE,
    Block,
    Bullets,
    Callout,
    Document,
    Facts,
    Grid,
    Heading,
    Kept,
    Paragraph,
    Picture,
    Points,
    Quote,
    Story,
    Words,
    said,
)
from fremsyn.reports.lettering import literal, named, showable

LINE, TURNED, TALLEST = 166.0, 253.0, 97.0  # mm: the line upright and turned, the tallest drawing
SMALLEST, LARGEST = 0.145, 0.21  # mm for a drawing's unit: words of 13 units are 5.4 to 7.7 pt
MOST_WHOLE = 10
REGIONS = {"da": "dk", "en": "gb"}
SPOTS = {"●": "full", "○": "open", "◉": "edged"}
TEMPLATE = Path(__file__).parent / "template.typ"
WORDS = {
    "da": {
        "contents": "Indhold",
        "index": "Henvisninger",
        "page": "side",
        "of": "af",
        "version": "Version",
        "apart": "Tallene bag billedet står på side",
        "annex": "Tallene bag billederne",
        "unverified": "uefterprøvet",
    },
    "en": {
        "contents": "Contents",
        "index": "References",
        "page": "page",
        "of": "of",
        "version": "Version",
        "apart": "The figures behind the picture stand on page",
        "annex": "The figures behind the pictures",
        "unverified": "unverified",
    },
}


class Setter:
    """Writes one document's source; `pictures` are the drawings that go beside it, by file name."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.known = document.used()
        self.words = WORDS[document.language]
        self.pictures: dict[str, str] = {}
        self.apart: list[tuple[str, Figure]] = []

    def source(self) -> str:
        """Return the whole document."""
        document, date = self.document, self.document.date
        marks = "".join(f"(label: {literal(label)}, note: {self.inline(note)})," for label, note in document.marks)
        head = (
            f'#import "template.typ": *\n#show: paper.with(title: {named(str(seen(document.title)))}, '
            f"subtitle: {self.inline(document.subtitle)}, case: {named(document.case_title)}, "
            f"lang: {named(document.language)}, version: {literal(str(document.version))}, "
            f"date: datetime(year: {date.year}, month: {date.month}, day: {date.day}), day: {literal(self._day())}, "
            f"words: {_words(self.words)}, marks: ({marks}), "
            f"front: [{self.blocks(document.front)}], contents: {str(self._listed()).lower()})\n"
        )
        return head + "\n\n".join((self.blocks(document.blocks), self.annex(), self.index()))

    def _listed(self) -> bool:
        """Tell whether there is a list of contents: where it is wanted, and has more than one line."""
        headings = [each for each in self.document.blocks if isinstance(each, Heading) and each.level == 1]
        return self.document.contents and len(headings) > 1

    def _day(self) -> str:
        date = self.document.date
        written = f"{date.day}.{date.month}.{date.year}" if self.document.language == "da" else ""
        return written or f"{date.day} {calendar.month_name[date.month]} {date.year}"

    def blocks(self, blocks: tuple[Block, ...]) -> str:
        """Return blocks in order."""
        written = [self.block(block) for block in blocks]
        led: Block | None = None
        for at in reversed(range(len(blocks))):
            # What leads to a table or a picture stays on its page.
            if isinstance(blocks[at], Paragraph) and isinstance(led, Grid | Picture | Points | Bullets):
                written[at] = f"#together[{written[at]}]"
            else:
                led = blocks[at]
        return "\n\n".join(written)

    def annex(self) -> str:
        """Return the tables that stand apart from their pictures."""
        if not self.apart:
            return ""
        tables = (
            f"#heading(level: 2, outlined: false)[#{literal(figure.title)} {_at(name)}]\n{self.table(figure.table)}"
            for name, figure in self.apart
        )
        return "\n\n".join((f"#annexbreak\n#heading(level: 1)[#{literal(self.words['annex'])}]", *tables))

    def index(self) -> str:
        """Return the index of everything that the document refers to."""
        entries = "".join(
            f"(ref: {literal(ref)}, label: {_label(ref)}, mentions: {_mention(ref)}, "
            f"title: {self.inline(entry.title, link=False)}, unverified: {'true' if entry.unverified else 'false'}),\n"
            for ref, entry in self.known.items()
        )
        return f"#index(({entries}), {_words(self.words)})\n" if entries else ""

    def inline(self, words: Words, *, link: bool = True) -> str:
        """Return words as content; known references link to the index."""
        text, language = said(words, self.document.language)
        content = "".join(self._runs(text)) if link else f"#{literal(text)}" if text else ""
        return f"[{content}]" if language == self.document.language else f"[{self._foreign(language, content)}]"

    @staticmethod
    def _foreign(language: str, content: str) -> str:
        return f'#text(lang: "{language}", region: "{REGIONS[language]}")[{content}]'

    def _runs(self, text: str) -> Iterator[str]:
        for number, run in enumerate(REFERENCE.split(text)):
            if number % 2 and run in self.known:
                yield f"#mention({literal(run)}, {_label(run)}, {_mention(run)})"
            elif run:
                yield f"#{literal(run)}"

    @singledispatchmethod
    def block(self, block: Block) -> str:
        """Return one block.

        :raises TypeError: for a kind of block that is not known
        """
        raise TypeError(f"{block!r} can't be set")

    @block.register
    def _(self, block: Heading) -> str:
        opened = "#pagebreak(weak: true)\n" if block.new_page else "#annexbreak\n" if block.annex else ""
        known = block.item in self.known
        # In the heading the reference is no link: the contents list repeats the heading, and a link there leads here.
        chip = f"#chip({literal(block.item)}) " if known else ""
        place = f"\n#place-of({literal(block.item)}, {_mention(block.item)})" if known else ""
        shown = self.inline(seen(*said(block.text, self.document.language)), link=False)
        heading = f"#heading(level: {block.level})[{chip}#{shown}]"
        return f"{opened}{f'#opening[{heading}]' if block.new_page else heading}{place}"

    @block.register
    def _(self, block: Paragraph) -> str:
        tags = "".join(f" #tag({literal(mark)})" for mark in block.marks)
        return f"#para({literal(block.style)})[#{self.inline(block.text)}{tags}]"

    @block.register
    def _(self, block: Bullets) -> str:
        return f"#bullets(({''.join(self._entry(entry) for entry in block.entries)}))"

    @block.register
    def _(self, block: Facts) -> str:
        return f"#facts(({''.join(f'({self.inline(a)}, {self.inline(b)}),' for a, b in block.pairs)}))"

    @block.register
    def _(self, block: Quote) -> str:
        return f"#said({self.inline(block.text)}, {self.inline(block.whose)})"

    @block.register
    def _(self, block: Callout) -> str:
        return f"#callout({self.inline(block.label)}, {self.inline(block.text)})"

    @block.register
    def _(self, block: Points) -> str:
        made = "".join(
            f"(text: {self.inline(p.text)}, item: {self.inline(p.item)}, note: {self.inline(p.note)}),"
            for p in block.points
        )
        return f"#points(({made}))"

    @block.register
    def _(self, block: Kept) -> str:
        return f"#kept[{self.blocks(block.blocks)}]"

    @block.register
    def _(self, block: Story) -> str:
        language = block.language or self.document.language
        told = story(block.markdown)
        return told if language == self.document.language else self._foreign(language, told)

    @block.register
    def _(self, block: Grid) -> str:
        return _turned(
            self.table(block.table, widths=block.widths, captioned=block.table.kind == "tableau"), block.wide
        )

    @block.register
    def _(self, block: Picture) -> str:
        picture = self.picture(block.figure, apart=block.apart, line=TURNED if block.wide else LINE)
        return _turned(picture, block.wide)

    def _entry(self, entry: Words | tuple[Words, Words]) -> str:
        if isinstance(entry, tuple):
            return f"[#strong{self.inline(entry[0])} #{self.inline(entry[1])}],"
        return f"{self.inline(entry)},"

    def picture(self, figure: Figure, *, apart: bool, line: float = LINE) -> str:
        """Return a figure: finding, drawing with its alternative, table below or at the end, note."""
        head = f"{self.inline(figure.title)}, {self.inline(figure.subtitle)}, {self.inline(figure.note)}"
        if figure.shown == "table":
            return f"#finding({head}, none, (), [], [{self.table(figure.table)}])"
        name = f"picture-{len(self.pictures) + 1}.svg"
        self.pictures[name] = showable(figure.standalone_svg())
        image = f"image({named(name)}, alt: {named(figure.alt)}, width: {drawn_width(figure, line):.1f}mm)"
        legend = "".join(
            f"({named(SPOTS.get(sign.sign, sign.sign))}, {self.inline(sign.text)})," for sign in figure.legend
        )
        if not apart:
            return f"#finding({head}, {image}, ({legend}), [], [{self.table(figure.table, small=True)}])"
        self.apart.append((name, figure))
        where = f"[#elsewhere({literal(self.words['apart'])}, label({named(name)}))]"
        return f"#finding({head}, {image}, ({legend}), {where}, [])"

    def table(
        self, table: Table, *, widths: tuple[float, ...] = (), small: bool = False, captioned: bool = False
    ) -> str:
        """Return a table; what heads it is repeated on each page."""
        shares = [f"{width}fr" for width in widths] or _shares(table)
        # A header that is repeated on the next page is an artifact there, and an artifact may hold no links.
        heads = "".join(f"{self._head(c.ref, c.text, c.note, c.align)}," for c in table.columns)
        spans = "".join(f"table.cell(colspan: {s.width}){self.inline(s.text, link=False)}," for s in table.spans)
        rows = []
        for row in table.rows:
            if row.group:
                rows.append(f"group({len(table.columns)}, {self.inline(row.group, link=False)}),")
            sides = zip(row.cells, table.columns, strict=False)
            rows += [
                self.cell(cell, end=cell.numeric or column.align == "end", marked=row.marked and not at)
                for at, (cell, column) in enumerate(sides)
            ]
        sized = {"small": small, "dense": table.kind in ("tableau", "grid"), "whole": len(table.rows) <= MOST_WHOLE}
        settings = ", ".join(f"{name}: {str(on).lower()}" for name, on in sized.items())
        caption = f"#caption({self.inline(table.caption)})\n" if captioned else ""
        return f"{caption}#ledger(({', '.join(shares)},), table.header({spans}{heads}), {settings}, {''.join(rows)})"

    def _head(self, ref: str, text: str, note: str, align: str) -> str:
        words = " ".join(dict.fromkeys(filter(None, (ref, text, note))))
        side = "align: right" if align == "end" else ""
        return f"table.cell({side}){self.inline(words, link=False)}"

    def cell(self, cell: Cell, *, end: bool, marked: bool = False) -> str:
        """Return a table's cell with its colour; figures stand at the end, coloured ones in the middle."""
        content = self.inline(_shown(cell, self.document.language).replace("\N{NO-BREAK SPACE}", " "))
        if marked:
            return f"marked{content},"
        fill = TONES.get(cell.tone) if cell.tone is not None else SHADES.get(cell.shade) if cell.shade else None
        settings = ["align: center"] if cell.tone is not None else ["align: right"] if end and not cell.ref else []
        settings = [*settings, f'fill: rgb("{fill}")'] if fill else settings
        return f"table.cell({', '.join(settings)}){content}," if settings else f"{content},"


def seen(words: str, language: str = "") -> Words:
    """Return the words of a heading or title in their language; a dash where nothing of them can be seen."""
    words = words if named(words).strip('" \\n') else "\N{EN DASH}"
    return Text(**{language: words}) if language else words


def story(markdown: str) -> str:
    """Return a story's Markdown: headings, paragraphs and emphasis; all else is set as it is written."""
    parts = []
    for paragraph in re.split(r"\n\s*\n", markdown.strip()):
        text = " ".join(paragraph.split())
        level = len(text) - len(text.lstrip("#"))
        if level:
            parts.append(f"#storyhead({level})[#{literal(str(seen(text[level:].strip())))}]")
        else:
            parts.append(f"#storypara[{''.join(_emphasis(text))}]")
    return "\n".join(parts)


def _emphasis(text: str) -> Iterator[str]:
    for number, run in enumerate(re.split(r"(\*\*[^*]+\*\*|\*[^*]+\*)", text)):
        if number % 2:
            kind = "strong" if run.startswith("**") else "emph"
            yield f"#{kind}[#{literal(run.strip('*'))}]"
        elif run:
            yield f"#{literal(run)}"


def _turned(content: str, wide: bool) -> str:
    return f"#page(flipped: true)[{content}]" if wide else content


def drawn_width(figure: Figure, line: float) -> float:
    """Return how wide a drawing is set, in mm: as wide as the line, unless it would be too tall or its words large."""
    corner = re.search(r'viewBox="\S+ \S+ (\S+) (\S+)"', figure.svg)
    width, height = map(float, corner.groups()) if corner else (line, line)
    tall = max(TALLEST * width / height, SMALLEST * width)
    return min(line, tall, LARGEST * width)


def _shares(table: Table) -> list[str]:
    """Return a table's columns as shares of the line: what can't be broken, and some of what is more than that."""
    return [f"{_share(table, at):.1f}fr" for at in range(len(table.columns))]


def _share(table: Table, at: int) -> float:
    cells = [row.cells[at].plain for row in table.rows if at < len(row.cells)]
    longest = max(map(len, cells), default=0)
    word = max((len(word.replace("\N{SOFT HYPHEN}", "")) for cell in cells for word in cell.split()), default=0)
    heading = max(map(len, (table.columns[at].text or table.columns[at].ref).split()), default=0)
    dense = table.kind in ("tableau", "grid")
    if table.kind == "tableau" and not table.columns[at].ref:
        word = max(word, heading)  # nothing hyphenates so short a word
    need = max(min(word, 13), 3) if dense else max(min(word, 13), min(heading * 1.1, 13), 3) + 2
    return need + 0.35 * max(0, min(longest, 70) - need) * (not dense)


def _shown(cell: Cell, language: str) -> str:
    words = cell.text
    if not words:
        number = cell.value
        if isinstance(number, float | int) and not isinstance(number, bool):
            words = f"{number:,}".replace("-", "\N{MINUS SIGN}")
            words = words.translate(str.maketrans(",.", ".,")) if language == "da" else words
        else:
            words = str(number or "")
    return f"{cell.ref} {words}".strip()


def _words(words: dict[str, str]) -> str:
    return f"({', '.join(f'{name}: {literal(text)}' for name, text in words.items())})"


def _label(ref: str) -> str:
    return f"label({named('i-' + ref)})"


def _mention(ref: str) -> str:
    return f"label({named('m-' + ref)})"


def _at(name: str) -> str:
    return f"#metadata(none)#label({named(name)})"
