"""How long a judgement takes on the server: through the whole request, with the list of consistent scenarios after it.

python bench/judging.py [folder of a case] [judgements]
"""

from __future__ import annotations

import itertools
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

REPO = Path(__file__).parents[1]


def main() -> None:
    """Import the case into a database of its own, judge back and forth, and print what the answers took."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else REPO / "examples" / "kombit"
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"FREMSYN_DATA": data, "DJANGO_SETTINGS_MODULE": "fremsyn.config.settings", "DATABASE_URL": ""}
        case, client = prepared(folder)
        measure(case, client, times)
        compare(case)


def prepared(folder: Path) -> tuple[Any, Any]:
    """Return the imported case and a browser's stand-in, signed in as its owner."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from django.test import Client
    from django.utils import timezone

    from fremsyn.cases.models import PhaseRecord, PhaseState
    from fremsyn.cases.operations import add_member
    from fremsyn.chain.folder import read_folder
    from fremsyn.chain.operations import import_case
    from fremsyn.people.models import Person

    content = read_folder(folder).content
    if content is None:
        raise SystemExit(f"{folder} can't be read as a case.")
    case = import_case(content=content, slug="measured", by=None, at=timezone.now())
    PhaseRecord.objects.filter(case=case).update(state=PhaseState.OPEN)
    person = Person.objects.create(username="owner", name="Owner", joined_at=timezone.now())
    add_member(slug=case.slug, person=person, role="owner", by=None, at=timezone.now())
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person)
    return case, client


def measure(case: Any, client: Any, times: int) -> None:
    """Judge the first section back and forth."""
    from django.db import connection

    from fremsyn.scenarios.judging.grid import board

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        synchronous = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}[cursor.fetchone()[0]]
    pair = board(case).judged[0]
    one, other = pair.source.variants[0].ref, pair.target.variants[0].ref
    address = f"/cases/{case.slug}/scenarios/matrix/judge/{pair.source.ref}/{pair.target.ref}/"
    took = []
    for number, value in zip(range(times + 3), itertools.cycle((-3, 3)), strict=False):
        begun = time.perf_counter()
        reply = client.post(
            address, {"act": "cell", "cell": f"{one}:{other}", "value": value}, headers={"X-Fragment": "1"}
        )
        if number >= 3:  # the first ones warm up
            took.append(1000 * (time.perf_counter() - begun))
        if reply.status_code != 200:
            raise SystemExit(f"The judgement was answered {reply.status_code}.")
    took.sort()
    p95 = took[int(0.95 * len(took)) - 1]
    print(f"{len(took)} judgements, each committed (synchronous={synchronous}) and answered with what came and went:")
    print(f"  median {statistics.median(took):.0f} ms, p95 {p95:.0f} ms, slowest {took[-1]:.0f} ms")


def compare(case: Any) -> None:
    """Find the consistent scenarios by the search, and by trying every combination."""
    import numpy as np

    from fremsyn.methods import cib
    from fremsyn.scenarios.handover import load

    case.refresh_from_db()
    matrix = load(case).judgements.matrix
    begun = time.perf_counter()
    found = cib.search(matrix)
    searched = time.perf_counter() - begun
    begun = time.perf_counter()
    tried = enumerated(matrix, np)
    took = time.perf_counter() - begun
    same = np.array_equal(tried, found.scenarios)
    print(f"the search: {len(found.scenarios)} of {found.configurations:,} in {1000 * searched:.1f} ms")
    print(f"every combination tried, with numpy: {len(tried)} in {1000 * took:.0f} ms; the same: {same}")


def enumerated(matrix: Any, np: Any) -> Any:
    """Return every consistent scenario by trying all combinations, a block of the first drivers at a time."""
    sizes, starts = matrix.sizes, matrix.starts
    half = len(sizes) // 2
    tail = np.array(list(itertools.product(*map(range, sizes[half:]))))
    after = sum(matrix.judgements[starts[half + j] + tail[:, j]] for j in range(len(sizes) - half))
    found = []
    for head in itertools.product(*map(range, sizes[:half])):
        balance = after + sum(matrix.judgements[starts[j] + v] for j, v in enumerate(head))
        good = np.ones(len(tail), bool)
        for j, size in enumerate(sizes):
            chosen = starts[j] + (head[j] if j < half else tail[:, j - half])
            own = balance[:, chosen] if j < half else balance[np.arange(len(tail)), chosen]
            good &= own >= balance[:, starts[j] : starts[j] + size].max(axis=1)
        found += [[*head, *row] for row in tail[good].tolist()]
    return np.array(found)


if __name__ == "__main__":
    main()
