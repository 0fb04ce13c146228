"""A document as PDF: PDF/UA-1 and PDF/A-3a in one file, the same bytes each time."""

from __future__ import annotations

import datetime
import subprocess
import sys
import tempfile
from pathlib import Path

from fremsyn.reports.blocks import Document
from fremsyn.reports.lettering import FONTS
from fremsyn.reports.source import TEMPLATE, Setter

TYPESET = Path(__file__).with_name("typeset.py")
MOST_SECONDS = 120


class NotSet(RuntimeError):
    """A document that could not be set; it says why."""


def pdf(document: Document) -> bytes:
    """Return the document as PDF.

    :raises NotSet: when a picture has no alternative, the document can't be tagged, or it takes two minutes
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
        command = [sys.executable, "-I", str(TYPESET), folder, str(FONTS), str(int(moment.timestamp()))]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=MOST_SECONDS, check=False)
        except subprocess.TimeoutExpired as late:
            raise NotSet(f"The document {document.key} was not set within {MOST_SECONDS} seconds.") from late
        if done.returncode:
            raise NotSet(f"The document {document.key} can't be set: {done.stderr.strip()}")
        return (root / "main.pdf").read_bytes()
