"""The `fremsyn` command."""

import argparse
import getpass
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from fremsyn.cli.case import case_commands, checked_folder, tell
from fremsyn.cli.cib import cib_commands
from fremsyn.cli.proofs import remind_boards, verify_log, verify_pack
from fremsyn.cli.structural import structural_commands
from fremsyn.terminal import migrate, progress, refuse, say, setup


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 done, 1 refused, 2 wrong use, 130 stopped by Ctrl-C."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if not hasattr(given, "run"):
        parser.print_help(sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fremsyn.config.settings")
    try:
        code: int = given.run(given) if hasattr(given, "without_django") else _run(given)
        say("", end="")
    except BrokenPipeError:
        # Whoever read has heard enough: what is still buffered goes nowhere, so that Python is silent at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        refuse("Stopped.")
        return 130
    return code


def _run(given: argparse.Namespace) -> int:
    """Run the command, and say in a line what keeps the database from being used."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    try:
        from dj_database_url import UnknownSchemeError

        code: int = given.run(given)
    except (DatabaseError, ImproperlyConfigured, UnknownSchemeError, PermissionError) as error:
        return refuse(f"The database can't be used: {' '.join(str(error).split())}. See DATABASE_URL and FREMSYN_DATA.")
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="fremsyn", description="From an open strategic question to a board's decision."
    )
    commands = parser.add_subparsers(title="commands")
    serve = commands.add_parser("serve", help="serve the application in the foreground")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=os.environ.get("PORT") or "8000")
    serve.set_defaults(run=_serve)
    demo = commands.add_parser("demo", help="load a case into the database, to be tried out by anybody")
    demo.add_argument("folder", type=Path)
    demo.set_defaults(run=_demo)
    commands.add_parser("migrate", help="bring the database up to this version").set_defaults(run=_migrate)
    case_commands(commands.add_parser("case", help="a case as a folder of files").add_subparsers(required=True))
    person = commands.add_parser("person", help="people who sign in").add_subparsers(required=True)
    add = person.add_parser(
        "add", help="add a person, who may then sign in; the password is asked for, or read from a pipe"
    )
    add.add_argument("username")
    add.add_argument("--name", required=True)
    add.add_argument("--email", default="", metavar="ADDRESS", help="where notices of a board go")
    add.add_argument("--case", metavar="SLUG", help="the case to let them into")
    add.add_argument("--role", default="member")
    add.set_defaults(run=_person_add)
    verify = commands.add_parser("verify", help="verify a sealed pack and compute its results again")
    verify.add_argument("pack")
    verify.add_argument("--key", metavar="FINGERPRINT", default="", help="the signer's, from the minutes")
    verify.add_argument(
        "--authorities", type=Path, metavar="FILE", help="certificates (PEM) that its time stamp must lead to"
    )
    verify.add_argument("--json", action="store_true", help="write one JSON object to standard output")
    verify.set_defaults(run=verify_pack)
    remind = "tell those who serve a board of the quarter that has ended; run it daily"
    commands.add_parser("remind", help=remind).set_defaults(run=remind_boards)
    cib_commands(commands)
    structural_commands(commands)
    audit = commands.add_parser("audit", help="the log of what was done").add_subparsers(required=True)
    audit.add_parser("verify", help="read the whole log and say whether it is intact").set_defaults(run=verify_log)
    return parser


def _serve(given: argparse.Namespace) -> int:
    setup()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from fremsyn.config.server import serve

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return refuse("The database is older than this version. Run: fremsyn migrate")
    connection.close()

    if not sys.stdout.closed:
        sys.stdout.write(f"Fremsyn answers on http://{given.host}:{given.port}\n")
        sys.stdout.flush()
    serve(given.host, given.port)
    return 0


def _migrate(_given: argparse.Namespace) -> int:
    migrate()
    return 0


def _demo(given: argparse.Namespace) -> int:
    migrate()
    from django.utils import timezone

    from fremsyn.chain.demonstration import make_demonstration_case
    from fremsyn.chain.run import run_chain
    from fremsyn.core.errors import DomainError

    with progress() as step:
        step("reading files")
        content = checked_folder(given.folder)
        if isinstance(content, int):
            return content
        try:
            case = make_demonstration_case(content=content, at=timezone.now(), progress=step)
        except DomainError as error:
            return refuse(str(error))
        found = run_chain(case, step)
    tell(found.values)
    say("Sign in at /demo in any role. Everything here is a demonstration; do not put real material into it.")
    return 0


def _person_add(given: argparse.Namespace) -> int:
    migrate()
    from django.db import transaction
    from django.utils import timezone

    from fremsyn.cases.operations import add_member
    from fremsyn.core.errors import DomainError
    from fremsyn.people.operations import register_person

    password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        with transaction.atomic():
            person = register_person(
                username=given.username, name=given.name, email=given.email, password=password, at=timezone.now()
            )
            if given.case:
                add_member(slug=given.case, person=person, role=given.role, by=None, at=timezone.now())
    except DomainError as error:
        return refuse(str(error))
    say(f"{given.username} may sign in.")
    return 0
