"""Open a round in a fresh database and tell how to get in. Run by `run.py`, in a process of its own.

Run: .venv/bin/python bench/faults/prepare.py statements
"""

import json
import sys
from pathlib import Path

import django


def main(statements: int) -> None:
    """Add a round with so many statements, open it, invite to it, and print token, reference and statements as JSON."""
    sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
    django.setup()
    from django.utils import timezone

    from conversation.live import link, make_round
    from fremsyn.cases.models import Case

    at, case = timezone.now(), Case.objects.get()
    texts = [
        (f"Udsagn nummer {n} om det fælles.", f"Statement number {n} on what is shared.") for n in range(statements)
    ]
    round_ = make_round(case, at=at, texts=texts, perspective=None)
    refs = list(
        round_.item.outgoing.filter(field="statements").order_by("position").values_list("to_item__ref", flat=True)
    )
    told = {"token": link(round_, at=at, cap=10_000), "round": round_.item.ref, "statements": refs, "slug": case.slug}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(int(sys.argv[1]))
