"""How long the pages of the scenario space take on the server where some five thousand scenarios hang together.

python bench/space.py [times]

The demonstration case with so few of its judgements that 4,971 scenarios are consistent.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

REPO = Path(__file__).parents[1]
KEPT = 18  # of the judged sections
PAGES = (
    "space/",
    "space/?D1=D1.a&D1=D1.b&D9=D9.b&holds=40&sort=holds",
    "space/?page=100",
    "space/set/",
    "space/set/?size=4",
    "space/wish/?from=1",
    "space/1/",
    "",
)


def main() -> None:
    """Import the case into a database of its own, and print what each page took at first and afterwards."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"FREMSYN_DATA": data, "DJANGO_SETTINGS_MODULE": "fremsyn.config.settings", "DATABASE_URL": ""}
        case, client = prepared()
        first(case)
        for page in PAGES:
            measure(client, f"/cases/{case.slug}/scenarios/{page}", times)


def prepared() -> tuple[Any, Any]:
    """Return the imported case and a browser's stand-in, signed in as its owner."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from django.test import Client
    from django.utils import timezone

    from fremsyn.cases.operations import add_member
    from fremsyn.chain.folder import read_folder
    from fremsyn.chain.operations import import_case
    from fremsyn.people.models import Person

    content = read_folder(REPO / "examples" / "kombit").content
    if content is None:
        raise SystemExit("The demonstration case can't be read.")
    handover = content.scenarios
    sections = list(handover.cross_impact.sections)
    Random(5).shuffle(sections)
    few = replace(handover.cross_impact, sections=tuple(sections[:KEPT]), expected=None)
    content = replace(content, scenarios=replace(handover, cross_impact=few))
    case = import_case(content=content, slug="measured", by=None, at=timezone.now())
    person = Person.objects.create(username="owner", name="Owner", joined_at=timezone.now())
    add_member(slug=case.slug, person=person, role="owner", by=None, at=timezone.now())
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person)
    return case, client


def first(case: Any) -> None:
    """Print what is computed once for a state of the matrix."""
    from fremsyn.scenarios.queries import ground
    from fremsyn.scenarios.space.standing import standing_of

    base = timed("all consistent scenarios, with strength and lead", lambda: ground(case))
    timed(f"the map of {len(base.rows):,} scenarios", lambda: base.plane)
    found = timed("how firmly each stands", lambda: standing_of(base))
    print(f"  {found.trials} trials, {found.starts:,} starts, {'all followed' if found.exact else 'a sample'}")


def timed(what: str, work: Any) -> Any:
    """Do some work and print how long it took, by the clock and by the processor."""
    clock, spent = time.perf_counter(), time.process_time()
    answer = work()
    print(f"{what}: {time.perf_counter() - clock:.2f} s, {time.process_time() - spent:.2f} s of the processors")
    return answer


def measure(client: Any, address: str, times: int) -> None:
    """Ask for a page and print what it took, at first and when warm."""
    took, spent = [], []
    for _each in range(times + 1):
        clock, work = time.perf_counter(), time.process_time()
        reply = client.get(address)
        took.append(1000 * (time.perf_counter() - clock))
        spent.append(1000 * (time.process_time() - work))
        if reply.status_code != 200:
            raise SystemExit(f"{address} was answered {reply.status_code}.")
    warm = sorted(took[1:])
    print(
        f"{address}: first {took[0]:.0f} ms; warm median {statistics.median(warm):.0f} ms, "
        f"slowest {warm[-1]:.0f} ms, median {statistics.median(spent[1:]):.0f} ms of the processor; "
        f"{len(reply.content) / 1000:.0f} kB"
    )


if __name__ == "__main__":
    main()
