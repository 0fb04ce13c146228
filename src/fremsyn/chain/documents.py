"""All documents of a case as files, in both languages."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from fremsyn.cases.models import Case
from fremsyn.core.text import LANGUAGES
from fremsyn.reports.documents.catalogue import KINDS, document
from fremsyn.reports.typesetting import pdfs


def documents_of(case: Case) -> dict[str, bytes]:
    """Return every document as PDF by its file name, such as `board_paper.da.pdf`; the same bytes on any machine."""
    editions = [(key, language) for key in KINDS for language in LANGUAGES]
    made = pdfs(document(case, key, language) for key, language in editions)
    return {f"{key}.{language}.pdf": each for (key, language), each in zip(editions, made, strict=True)}


def write_documents(documents: Mapping[str, bytes], folder: Path) -> list[dict[str, str]]:
    """Write documents to a folder, which is made; return name, absolute path and SHA-256 of each.

    :raises OSError: when the folder can't be written to
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in documents.items():
        path = folder.resolve() / name
        path.write_bytes(content)
        written.append({"name": name, "path": str(path), "sha256": hashlib.sha256(content).hexdigest()})
    return written
