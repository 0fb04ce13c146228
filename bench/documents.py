"""Time and size of each document of a case: `python bench/documents.py [FOLDER]`, the demonstration case by default."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

REPO = Path(__file__).parents[1]


def main(folder: Path) -> None:
    os.environ["DATABASE_URL"] = "sqlite://:memory:"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fremsyn.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from fremsyn.chain.folder import read_folder
    from fremsyn.chain.operations import import_case
    from fremsyn.chain.times import moment
    from fremsyn.core.text import LANGUAGES
    from fremsyn.reports.documents.catalogue import KINDS, document
    from fremsyn.reports.typesetting import pdf

    call_command("migrate", verbosity=0)
    content = read_folder(folder).content
    if content is None:
        sys.exit(f"{folder} is not a case without faults.")
    case = import_case(content=content, slug="bench", by=None, at=moment(content.case.as_of))
    print(f"{'document':<28}{'written':>10}{'set':>10}{'size':>12}")
    whole = 0.0
    for key in KINDS:
        for language in LANGUAGES:
            begun = time.perf_counter()
            made = document(case, key, language)
            written = time.perf_counter()
            size = len(pdf(made))
            done = time.perf_counter()
            whole += done - begun
            name = f"{key}.{language}"
            print(f"{name:<28}{written - begun:>8.2f} s{done - written:>8.2f} s{size / 1024:>8.0f} KiB")
    print(f"{'all':<28}{whole:>18.2f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else REPO / "examples" / "kombit")
