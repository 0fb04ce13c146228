"""A document as PDF: PDF/UA-1 and PDF/A-3a in one file, the same bytes each time."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

from fremsyn.reports.blocks import Document
from fremsyn.reports.lettering import FONTS
from fremsyn.reports.source import TEMPLATE, Setter

TYPESET = Path(__file__).with_name("typeset.py")
MOST_SECONDS = 120
KEPT = 64  # documents: all of two cases, in both languages and editions


class NotSet(RuntimeError):
    """A document that could not be set; it says why."""


def pdf(document: Document) -> bytes:
    """Return a document as PDF; one that says what it said before is not set again.

    :raises NotSet: when a picture has no alternative, the document can't be tagged, or it takes two minutes
    """
    return pdfs([document])[0]


def pdfs(documents: Iterable[Document]) -> list[bytes]:
    """Return documents as PDF, in their order; as many are set at a time as there are processors.

    :raises NotSet: as `pdf`
    """
    pool, made = ThreadPoolExecutor(os.cpu_count()), []
    try:
        for key, setting in [(each.key, pool.submit(_typeset, *_source(each))) for each in documents]:
            try:
                made.append(setting.result())
            except NotSet as why:
                raise NotSet(f"The document {key} {why}") from why
    finally:
        pool.shutdown(cancel_futures=True)  # nobody waits for those that are no longer wanted
    return made


def _source(document: Document) -> tuple[str, tuple[tuple[str, str], ...], datetime.date]:
    setter = Setter(document)
    return setter.source(), tuple(setter.pictures.items()), document.date


@lru_cache(KEPT)
def _typeset(source: str, pictures: tuple[tuple[str, str], ...], date: datetime.date) -> bytes:
    moment = datetime.datetime.combine(date, datetime.time(12), tzinfo=datetime.UTC)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "template.typ").write_text(TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
        (root / "main.typ").write_text(source, encoding="utf-8")
        for name, drawing in pictures:
            (root / name).write_text(drawing, encoding="utf-8")
        command = [sys.executable, "-I", str(TYPESET), folder, str(FONTS), str(int(moment.timestamp()))]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=MOST_SECONDS, check=False)
        except subprocess.TimeoutExpired as late:
            raise NotSet(f"was not set within {MOST_SECONDS} seconds.") from late
        if done.returncode:
            raise NotSet(f"can't be set: {done.stderr.strip()}")
        return (root / "main.pdf").read_bytes()
