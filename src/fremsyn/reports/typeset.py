"""Set one document in a process of its own: python typeset.py FOLDER FONTS SECONDS, from main.typ to main.pdf.

typst remembers everything that it has ever set, some fifty megabytes a document, until its process ends.
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import typst

STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]


def fonts(folder: str) -> typst.Fonts:
    """Return the fonts in a folder and no others."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def main(folder: str, font_folder: str, seconds: str) -> None:
    compiler = typst.Compiler(root=folder, font_paths=fonts(font_folder))
    moment = datetime.datetime.fromtimestamp(int(seconds), datetime.UTC)
    output = str(Path(folder) / "main.pdf")
    compiler.compile(
        input=str(Path(folder) / "main.typ"), output=output, format="pdf", pdf_standards=STANDARDS, timestamp=moment
    )


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except typst.TypstError as refused:
        sys.exit(str(refused))
