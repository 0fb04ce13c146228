"""How long the pages of a case take on the server, how much they ask of the database, and how heavy they are.

Run: .venv/bin/python bench/pages.py [examples/kombit]
"""

import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

ROUNDS = 3
REPO = Path(__file__).parents[1]


def main() -> None:
    """Import the case into a database of its own, ask for every page as the owner, and print what it took."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else REPO / "examples" / "kombit"
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"FREMSYN_DATA": data, "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "fremsyn.config.settings"}
        import django

        django.setup()
        measure(folder)


def measure(folder: Path) -> None:
    """Print p95, queries and size over all pages."""
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from fremsyn.cases.directory import directory
    from fremsyn.chain.demonstration import make_demonstration_case
    from fremsyn.chain.folder import read_folder
    from fremsyn.people.models import Person

    call_command("migrate", verbosity=0)
    content = read_folder(folder).content
    if content is None:
        raise SystemExit(f"{folder} can't be read; try fremsyn case check")
    case = make_demonstration_case(content=content, at=timezone.now(), progress=lambda _step: None)
    client = Client(SERVER_NAME="localhost")
    client.force_login(Person.objects.get(demonstrationperson__role="owner"))
    pages = {entry.url.partition("#")[0] for entry in directory(case).entries.values()}
    base = f"/cases/{case.slug}/"
    pages |= {
        "/",
        f"{base}trace/",
        f"{base}search/?q=digital",
        f"{base}framing/stakeholders/",
        f"{base}scanning/sources/",
    }
    pages |= {f"{base}scenarios/matrix/", f"{base}trace/B1/", f"{base}trace/F1/?up=1", f"{base}trace/O7/"}
    took: dict[str, list[float]] = defaultdict(list)
    asked: dict[str, int] = {}
    size: dict[str, int] = {}
    began = time.perf_counter()
    client.get(base)
    first = time.perf_counter() - began
    for _round in range(ROUNDS):
        for page in sorted(pages):
            with CaptureQueriesContext(connection) as queries:
                began = time.perf_counter()
                response = client.get(page)
                took[page].append(1000 * (time.perf_counter() - began))
            if response.status_code != 200:
                raise SystemExit(f"{page} answers {response.status_code}")
            asked[page] = max(asked.get(page, 0), len(queries))
            size[page] = len(response.content)
    times = sorted(time_ for each in took.values() for time_ in each)
    out = sys.stdout.write
    out(f"{len(pages)} pages, {ROUNDS} times each; the first page of a cold process: {1000 * first:.0f} ms\n")
    out(
        f"median {statistics.median(times):.0f} ms, p95 {times[int(0.95 * len(times))]:.0f} ms (bar 150), max {times[-1]:.0f}\n"
    )
    worst = max(asked, key=lambda page: asked[page])
    out(f"most queries {asked[worst]} (bar 30) on {worst}\n")
    slow = sorted(took, key=lambda page: -statistics.median(took[page]))[:5]
    out(
        "".join(
            f"  {statistics.median(took[page]):5.0f} ms {asked[page]:3} queries {size[page] // 1024:5} KiB {page}\n"
            for page in slow
        )
    )
    heavy = max(size, key=lambda page: size[page])
    files = sum((REPO / "src/fremsyn/web/static/web" / name).stat().st_size for name in ("fremsyn.css", "fremsyn.js"))
    out(f"heaviest page {size[heavy] // 1024} KiB {heavy}; stylesheet and script {files // 1024} KiB more\n")


if __name__ == "__main__":
    main()
