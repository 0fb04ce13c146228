"""How fast the audit log is verified from its rows.

Run: .venv/bin/python bench/audit_verify.py [rows]
"""

import datetime
import os
import sys
import tempfile
import time


def main() -> None:
    """Write a log of so many rows, verify it three times, and print rows per second."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 300_000
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"FREMSYN_DATA": data, "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "fremsyn.config.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        fill(rows)
        from fremsyn.audit.verification import verify

        for _round in range(3):
            began = time.perf_counter()
            came = verify()
            took = time.perf_counter() - began
            sys.stdout.write(
                f"{came.rows:,} rows, ok {came.ok}: {took:.2f} s, {came.rows / took:,.0f} rows/s (bar 200,000)\n"
            )


def fill(rows: int) -> None:
    """Write a log that looks like one that grew: times apart, some text, an actor."""
    from fremsyn.audit.leaves import canonical, leaf_hash
    from fremsyn.audit.models import Entry, Head

    start = datetime.datetime(2026, 11, 27, 12, tzinfo=datetime.UTC)
    made = []
    for number in range(1, rows + 1):
        at = start + datetime.timedelta(milliseconds=17 * number)
        data = canonical({"ref": f"T{number % 500}", "why": "En vurdering er ændret efter samtalen", "x": number})
        row = (number, at, "6f1c2a3e-0000-4000-8000-000000000001", "scenarios.judgement_set", "case-1", data)
        made.append(Entry(number, at, *row[2:], leaf_hash(*row)))
    Entry.objects.bulk_create(made, batch_size=5000)
    Head.objects.create(pk=1, size=rows, latest_at=at)


if __name__ == "__main__":
    main()
