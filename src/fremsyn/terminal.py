"""What the commands have in common: lines out, refusals, a progress bar, and Django made ready."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

Progress = Callable[[str], None]
STEPS = 11


def say(text: str, end: str = "\n") -> None:
    """Write a line to standard output."""
    _write(sys.stdout, text + end)


def refuse(text: str) -> int:
    """Write a line to standard error, and return the exit code of a refusal."""
    _write(sys.stderr, text + "\n")
    return 1


def _write(stream: TextIO | None, text: str) -> None:
    """Write to a stream as far as there is one and it knows the letters."""
    if stream is not None:
        stream.write(text.encode(stream.encoding or "utf-8", "backslashreplace").decode(stream.encoding or "utf-8"))
        stream.flush()


def setup() -> None:
    """Make Django ready; the command line speaks English."""
    import django
    from django.utils import translation

    django.setup()
    translation.activate("en")


def migrate() -> None:
    """Make Django ready, and bring the database up to this version."""
    setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def migrate_passing() -> None:
    """Make Django ready with an empty database in memory; its tables are made as they are now, not step by step."""
    os.environ["DATABASE_URL"] = "sqlite://:memory:"
    setup()
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from fremsyn.audit import triggers

    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)
    triggers.install(connection)


@contextmanager
def progress() -> Iterator[Progress]:
    """Show a bar on standard error; what is yielded is called with the name of each step as it begins."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description:<26}"), BarColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("starting", total=STEPS)

        def step(name: str) -> None:
            bar.update(task, description=name, advance=1)

        yield step
        bar.update(task, description="done", completed=STEPS)


def without_a_database() -> None:
    """Make Django ready for what needs no database and shall leave none behind."""
    os.environ["DATABASE_URL"] = "sqlite://:memory:"
    setup()
