"""A document as PDF: PDF/UA-1 and PDF/A-3a in one file, the same bytes each time."""

from __future__ import annotations

import datetime
import tempfile
from functools import cache
from pathlib import Path

import typst

from fremsyn.reports.blocks import Document
from fremsyn.reports.lettering import FONTS
from fremsyn.reports.source import TEMPLATE, Setter

STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]


@cache
def fonts() -> typst.Fonts:
    """Return the fonts shipped here and no others."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def pdf(document: Document) -> bytes:
    """Return the document as PDF.

    :raises typst.TypstError: when a picture has no alternative, or the document can't be tagged
    """
    setter = Setter(document)
    source = setter.source()
    moment = datetime.datetime.combine(document.date, datetime.time(12), tzinfo=datetime.UTC)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "template.typ").write_text(TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
        (root / "main.typ").write_text(source, encoding="utf-8")
        for name, drawing in setter.pictures.items():
            (root / name).write_text(drawing, encoding="utf-8")
        compiler = typst.Compiler(root=root, font_paths=fonts())
        made = compiler.compile(input=root / "main.typ", format="pdf", pdf_standards=STANDARDS, timestamp=moment)
    if not isinstance(made, bytes):
        raise TypeError("typst gave several files for one document")
    return made
