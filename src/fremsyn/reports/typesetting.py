"""A document as PDF: PDF/UA-1 and PDF/A-3a in one file, the same bytes each time.

Everything that comes from a case is handed to typst as string literals, never as markup.
"""

from __future__ import annotations

import datetime
import re
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import typst

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
    Paragraph,
    Picture,
    Points,
    Quote,
    Story,
    Words,
    said,
)

HERE = Path(__file__).parent
STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]
WORDS = {
    "da": {
        "contents": "Indhold",
        "index": "Henvisninger",
        "page": "side",
        "of": "af",
        "version": "Version",
        "table": "Tal bag billedet",
    },
    "en": {
        "contents": "Contents",
        "index": "References",
        "page": "page",
        "of": "of",
        "version": "Version",
        "table": "The figures behind the picture",
    },
}


@cache
def fonts() -> typst.Fonts:
    """Return the fonts shipped here and no others."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(HERE / "fonts")])


def pdf(document: Document) -> bytes:
    """Return the document as PDF.

    :raises typst.TypstError: when a picture has no alternative, or the document can't be tagged
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        setter = _Setter(document, root)
        (root / "main.typ").write_text(setter.source(), encoding="utf-8")
        moment = datetime.datetime.combine(document.date, datetime.time(12), tzinfo=datetime.UTC)
        compiler = typst.Compiler(root=root, font_paths=fonts())
        made = compiler.compile(input=root / "main.typ", format="pdf", pdf_standards=STANDARDS, timestamp=moment)
    if not isinstance(made, bytes):
        raise TypeError("typst gave several files for one document")
    return made


def literal(words: str) -> str:
    """Return text as a typst string, quotes included."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "").replace("\n", "\\n").replace("\t", " ")
    return f'"{escaped}"'


class _Setter:
    """Writes one document's source; pictures go beside it as SVG."""

    def __init__(self, document: Document, root: Path) -> None:
        self.document, self.root = document, root
        self.known = document.used()
        self.words = WORDS[document.language]
        self.pictures = 0

    def source(self) -> str:
        document = self.document
        marks = "".join(f"(label: {literal(label)}, note: {literal(note)})," for label, note in document.marks)
        head = (
            f'#import "template.typ": *\n#show: paper.with(title: {literal(document.title)}, '
            f"subtitle: {self.inline(document.subtitle)}, case: {literal(document.case_title)}, "
            f"lang: {literal(document.language)}, version: {literal(str(document.version))}, "
            f"date: datetime(year: {document.date.year}, month: {document.date.month}, day: {document.date.day}), "
            f"words: ({', '.join(f'{name}: {literal(text)}' for name, text in self.words.items())}), marks: ({marks}))\n"
        )
        (self.root / "template.typ").write_text((HERE / "template.typ").read_text(encoding="utf-8"), encoding="utf-8")
        return head + "\n\n".join(self.block(block) for block in document.blocks) + "\n\n" + self.index()

    def index(self) -> str:
        entries = "".join(
            f"(ref: {literal(ref)}, label: {_label(ref)}, mentions: {_mention(ref)}, title: {self.inline(entry.title, link=False)}),\n"
            for ref, entry in self.known.items()
        )
        return f"#index(({entries}), words: {literal(self.words['index'])})\n" if entries else ""

    def inline(self, words: Words, *, link: bool = True) -> str:
        """Return words as content; known references link to the index."""
        text, language = said(words, self.document.language)
        content = "".join(self._runs(text)) if link else f"#{literal(text)}" if text else ""
        return f"[{content}]" if language == self.document.language else f'[#text(lang: "{language}")[{content}]]'

    def _runs(self, text: str) -> Iterator[str]:
        for number, run in enumerate(REFERENCE.split(text)):
            if number % 2 and run in self.known:
                yield f"#mention({literal(run)}, {_label(run)}, {_mention(run)})"
            elif run:
                yield f"#{literal(run)}"

    def block(self, block: Block) -> str:
        match block:
            case Heading(text=text, level=level, item=item):
                chip = f"#mention({literal(item)}, {_label(item)}, {_mention(item)}) " if item in self.known else ""
                return f"#heading(level: {level})[{chip}#{self.inline(text, link=False)}]"
            case Paragraph(text=text, style=style, marks=marks):
                tags = "".join(f" #tag({literal(mark)})" for mark in marks)
                return f"#para({literal(style)})[#{self.inline(text)}{tags}]"
            case Bullets(entries=entries):
                return f"#list({''.join(self._entry(entry) for entry in entries)})"
            case Facts(pairs=pairs):
                return f"#facts(({''.join(f'({self.inline(a)}, {self.inline(b)}),' for a, b in pairs)}))"
            case Quote(text=text, whose=whose):
                return f"#said({self.inline(text)}, {self.inline(whose)})"
            case Callout(label=label, text=text):
                return f"#callout({self.inline(label)}, {self.inline(text)})"
            case Points(points=points):
                made = "".join(
                    f"(text: {self.inline(p.text)}, item: {self.inline(p.item)}, note: {self.inline(p.note)}),"
                    for p in points
                )
                return f"#points(({made}))"
            case Story(markdown=markdown):
                return self.story(markdown)
            case Grid(table=table, wide=wide):
                return self._turned(self.table(table), wide)
            case Picture(figure=figure, wide=wide):
                return self._turned(self.picture(figure), wide)

    def _entry(self, entry: Words | tuple[Words, Words]) -> str:
        if isinstance(entry, tuple):
            return f"[#strong{self.inline(entry[0])} #{self.inline(entry[1])}],"
        return f"{self.inline(entry)},"

    def _turned(self, content: str, wide: bool) -> str:
        return f"#page(flipped: true)[{content}]" if wide else content

    def picture(self, figure: Figure) -> str:
        table = self.table(figure.table, small=True)
        head = f"{self.inline(figure.title)}, {self.inline(figure.subtitle)}, {self.inline(figure.note)}"
        if figure.shown == "table":
            return f"#finding({head}, none, [{table}], none)"
        self.pictures += 1
        name = f"picture-{self.pictures}.svg"
        (self.root / name).write_text(figure.standalone_svg(), encoding="utf-8")
        image = f"image({literal(name)}, alt: {literal(figure.alt)}, width: 100%)"
        return f"#finding({head}, {image}, [{table}], {literal(self.words['table'])})"

    def table(self, table: Table, *, small: bool = False) -> str:
        columns = "".join("auto," if column.align == "end" else "1fr," for column in table.columns[1:])
        # A header that is repeated on the next page is an artifact there, and an artifact may hold no links.
        heads = "".join(f"{self.inline(' '.join(filter(None, (c.ref, c.text))), link=False)}," for c in table.columns)
        spans = "".join(f"table.cell(colspan: {s.width}){self.inline(s.text, link=False)}," for s in table.spans)
        rows = []
        for row in table.rows:
            if row.group:
                rows.append(f"group({len(table.columns)}, {self.inline(row.group)}),")
            rows.append("".join(self.cell(cell, first=i == 0) for i, cell in enumerate(row.cells)))
        dense = "true" if len(table.columns) > 9 or table.kind in ("tableau", "grid") else "false"
        return (
            f"#ledger({literal(table.caption)}, (1.6fr, {columns}), table.header({spans}{heads}), "
            f"small: {'true' if small else 'false'}, dense: {dense}, {''.join(rows)})"
        )

    def cell(self, cell: Cell, *, first: bool) -> str:
        content = self.inline(_shown(cell, self.document.language))
        fill = TONES.get(cell.tone) if cell.tone is not None else SHADES.get(cell.shade) if cell.shade else None
        settings = ["align: right"] if cell.numeric and not first and cell.tone is None else []
        settings += [f'fill: rgb("{fill}")'] if fill else []
        return f"table.cell({', '.join(settings)}){content}," if settings else f"{content},"

    def story(self, markdown: str) -> str:
        parts = []
        for paragraph in re.split(r"\n\s*\n", markdown.strip()):
            text = " ".join(paragraph.split())
            level = len(text) - len(text.lstrip("#"))
            if level:
                parts.append(f"#storyhead({level})[#{literal(text[level:].strip())}]")
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


def _label(ref: str) -> str:
    return f"label({literal('i-' + ref)})"


def _mention(ref: str) -> str:
    return f"label({literal('m-' + ref)})"
