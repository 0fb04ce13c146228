"""The `fremsyn` command."""

import argparse
import datetime
import getpass
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from fremsyn.terminal import progress, refuse, say, setup, without_a_database

if TYPE_CHECKING:
    from fremsyn.chain.content import CaseContent

# A run makes its case anew under the same id, so that it seals the same bytes each time.
RUNS = UUID("c2b8a4f6-6b0e-4c55-9d0a-1f6f0a6f5b1e")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 done, 1 refused, 2 wrong use."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if not hasattr(given, "run"):
        parser.print_help(sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fremsyn.config.settings")
    try:
        code: int = _run(given)
        say("", end="")
    except BrokenPipeError:
        # Whoever read has heard enough: what is still buffered goes nowhere, so that Python is silent at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
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
    migrate = commands.add_parser("migrate", help="bring the database up to this version")
    migrate.set_defaults(run=_migrate)
    _case_commands(commands.add_parser("case", help="a case as a folder of files").add_subparsers(required=True))
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
    verify.set_defaults(run=_verify)
    remind = commands.add_parser(
        "remind", help="tell those who serve a board of the quarter that has ended; run it daily"
    )
    remind.set_defaults(run=_remind)
    audit = commands.add_parser("audit", help="the log of what was done").add_subparsers(required=True)
    audit.add_parser("verify", help="read the whole log and say whether it is intact").set_defaults(run=_audit_verify)
    return parser


def _case_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    new = commands.add_parser("new", help="open a new case from a template")
    new.add_argument("slug")
    for name in ("title", "organisation", "question", "owner"):
        new.add_argument(
            f"--{name}", required=True, help="the user name of whoever owns it" if name == "owner" else None
        )
    new.add_argument("--horizon", type=int, required=True, metavar="YEAR")
    new.add_argument("--language", choices=["da", "en"], default="da", help="what it is written in")
    new.set_defaults(run=_case_new)
    check = commands.add_parser("check", help="say what is wrong with a folder, a line for each fault")
    check.add_argument("folder", type=Path)
    check.add_argument("--both", action="store_true", help="demand every text in Danish and English")
    check.set_defaults(run=_case_check)
    bring = commands.add_parser("import", help="store a folder as a case")
    bring.add_argument("folder", type=Path)
    bring.add_argument("--as", dest="slug", metavar="SLUG", help="under another name than its own")
    bring.set_defaults(run=_case_import)
    take = commands.add_parser("export", help="write a case to a new folder")
    take.add_argument("slug")
    take.add_argument("folder", type=Path)
    take.set_defaults(run=_case_export)
    form = commands.add_parser("format", help="describe the files of a case")
    form.set_defaults(run=_case_format)
    run = commands.add_parser("run", help="carry a folder through the whole chain, leaving no database behind")
    run.add_argument("folder", type=Path)
    run.add_argument("--json", action="store_true", help="write one JSON object to standard output")
    run.add_argument("--out", type=Path, metavar="DIR", help="write what was found to a folder")
    run.set_defaults(run=_case_run)


def _checked(folder: Path, *, both: bool = False) -> "CaseContent | int":
    """Return a folder's content, or the exit code after saying what is wrong with it."""
    from fremsyn.chain.check import check_folder

    checked = check_folder(folder, both=both)
    if checked.content is None:
        for fault in checked.faults:
            refuse(str(fault))
        return refuse(f"{folder}: {len(checked.faults)} faults; nothing was stored.")
    return checked.content


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
    setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    return 0


def _demo(given: argparse.Namespace) -> int:
    _migrate(given)
    from django.utils import timezone

    from fremsyn.chain.demonstration import make_demonstration_case
    from fremsyn.chain.run import run_chain
    from fremsyn.core.errors import DomainError

    with progress() as step:
        step("reading files")
        content = _checked(given.folder)
        if isinstance(content, int):
            return content
        try:
            case = make_demonstration_case(content=content, at=timezone.now(), progress=step)
        except DomainError as error:
            return refuse(str(error))
        found = run_chain(case, step)
    _tell(found.values)
    say("Sign in at /demo in any role. Everything here is a demonstration; do not put real material into it.")
    return 0


def _tell(values: Mapping[str, Any]) -> None:
    from fremsyn.chain.run import COUNTS

    for name in (*COUNTS, "configurations", "consistent_scenarios", "portfolios"):
        label = {"portfolios": "feasible portfolios"}.get(name, name.replace("_", " "))
        say(f"{label:<22}{values[name]:>12,}")
    for name, label in (("unverified", "unverified items"), ("broken_traces", "broken traces")):
        say(f"{label:<22}{len(values[name]):>12,}")
    if not values["complete"]:
        say(
            "There are more consistent scenarios or portfolios than could be listed: the figures are of those that were."
        )
    say("A number of consistent scenarios is no probability.")


def _case_check(given: argparse.Namespace) -> int:
    without_a_database()
    from fremsyn.chain.check import check_folder

    checked = check_folder(given.folder, both=given.both)
    faults = checked.faults
    for fault in faults:
        say(str(fault))
    if checked.content is None and not checked.differences:
        refuse("Mend these and check again: what hangs on them, such as rules between files and figures, was left out.")
    if not faults:
        refuse(f"{given.folder}: no faults.")
    return 1 if faults else 0


def _case_import(given: argparse.Namespace) -> int:
    _migrate(given)
    from django.utils import timezone

    from fremsyn.chain.operations import import_case
    from fremsyn.core.errors import RuleBroken

    content = _checked(given.folder)
    if isinstance(content, int):
        return content
    try:
        case = import_case(content=content, slug=given.slug or content.case.slug, by=None, at=timezone.now())
    except RuleBroken as error:
        return refuse(str(error))
    say(f"Stored as {case.slug}.")
    return 0


def _case_new(given: argparse.Namespace) -> int:
    _migrate(given)
    from django.utils import timezone

    from fremsyn.chain.beginning import Beginning
    from fremsyn.chain.operations import create_case
    from fremsyn.core.errors import RuleBroken
    from fremsyn.core.text import Text
    from fremsyn.people.models import Person

    owner = Person.objects.filter(username=given.owner).first()
    if owner is None:
        return refuse(f"There is nobody named {given.owner}. Add them first: fremsyn person add {given.owner}")
    today = timezone.localdate()
    told = Beginning(
        title=Text(**{given.language: given.title}),
        organisation=Text(**{given.language: given.organisation}),
        focal_question=Text(**{given.language: given.question}),
        base_year=today.year,
        horizon=given.horizon,
        starts=today,
        languages=("da", "en") if given.language == "da" else ("en", "da"),
    )
    try:
        case = create_case(told=told, slug=given.slug, by=owner, at=timezone.now())
    except RuleBroken as error:
        return refuse(str(error))
    say(f"Opened as {case.slug}.")
    return 0


def _case_export(given: argparse.Namespace) -> int:
    _migrate(given)
    from fremsyn.cases.models import Case, ItemVersion
    from fremsyn.chain.content import without_claims
    from fremsyn.chain.folder import write_folder
    from fremsyn.chain.operations import export_case

    case = Case.objects.filter(slug=given.slug).first()
    if case is None:
        return refuse(f"There is no case named {given.slug}.")
    content, worked_on = export_case(case), ItemVersion.objects.filter(item__case=case).exists()
    try:
        write_folder(without_claims(content) if worked_on else content, given.folder)
    except OSError as error:
        return refuse(f"Can't write to {given.folder}: {error.strerror or error}.")
    say(f"Written to {given.folder}.")
    return 0


def _case_format(_given: argparse.Namespace) -> int:
    without_a_database()
    from fremsyn.chain.case_format import described

    say(described(), end="")
    return 0


def _case_run(given: argparse.Namespace) -> int:
    os.environ["DATABASE_URL"] = "sqlite://:memory:"
    with progress() as step:
        step("preparing")
        _migrate(given)
        from fremsyn.chain.check import check_folder
        from fremsyn.chain.documents import documents_of, write_documents
        from fremsyn.chain.operations import import_case
        from fremsyn.chain.run import run_chain
        from fremsyn.chain.sealing import seal_demonstration, write_pack
        from fremsyn.chain.times import moment

        step("reading files")
        checked = check_folder(given.folder)
        if checked.content is None:
            return _run_refused(given, [str(fault) for fault in checked.faults])
        own = checked.content.case
        at, ident = moment(own.as_of or datetime.datetime.now(datetime.UTC).date()), uuid5(RUNS, own.slug)
        case = import_case(content=checked.content, slug=own.slug, by=None, at=at, progress=step, ident=ident)
        values = run_chain(case, step).values
        step("documents")
        documents = documents_of(case) if given.out else {}
        step("sealing")
        pack = seal_demonstration(case=case, documents=documents, at=at) if given.out else None
    if given.out:
        try:
            values["documents"] = write_documents(documents, given.out / "documents")
            values |= write_pack(pack, given.out) if pack else {}
            (given.out / "result.json").write_text(json.dumps(values, indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            return refuse(f"Can't write to {given.out}: {error.strerror}.")
    if given.json:
        say(json.dumps(values))
    else:
        _tell(values)
    return 0


def _run_refused(given: argparse.Namespace, faults: list[str]) -> int:
    if given.json:
        say(json.dumps({"complete": False, "faults": faults}))
    for fault in faults:
        refuse(fault)
    return refuse(f"{given.folder}: {len(faults)} faults; nothing was computed.")


def _person_add(given: argparse.Namespace) -> int:
    _migrate(given)
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


def _verify(given: argparse.Namespace) -> int:
    from fremsyn.approval.verify import opened, told

    setup()
    from fremsyn.audit.stamping import authorities_in
    from fremsyn.chain.verifying import verified

    try:
        pack, key = opened(given.pack, given.key)
        authorities = authorities_in(given.authorities) if given.authorities else []
    except (OSError, ValueError) as error:
        refuse(f"fremsyn verify: {error}")
        return 2
    said = verified(pack, key, authorities)
    if given.json:
        say(json.dumps(said))
        return int(not said["ok"])
    say(told(said))
    for part, same in said["recomputed"].items():
        came = {True: "computed again, the same", False: "COMPUTED AGAIN, NOT THE SAME", None: "not in the pack"}[same]
        say(f"{part.replace('_', ' '):<22}{came}")
    if said["stamped_at"]:
        say(f"{'time stamp':<22}{said['stamped_at']}")
    if said["intact"] and said["entry"]:
        say(f"NOT CONFIRMED. {said['entry']}: {said['why']}")
    return int(not said["ok"])


def _remind(given: argparse.Namespace) -> int:
    _migrate(given)
    from django.utils import timezone

    from fremsyn.approval.after.reminding import mail_quarter, remind
    from fremsyn.cases.models import Case

    for case in Case.objects.order_by("slug"):
        told = remind(case=case, at=timezone.now())
        if told:
            mailed = mail_quarter(case=case, at=timezone.now())
            say(f"{case.slug}: {len(told)} told, {mailed} of them by mail")
    return 0


def _audit_verify(given: argparse.Namespace) -> int:
    _migrate(given)
    from fremsyn.audit.verification import verify

    came = verify()
    if came.ok:
        say(f"{came.rows:,} entries, intact. Root {came.root}. {came.checkpoints} checkpoints, all of them hold.")
        return 0
    if came.first_wrong:
        return refuse(f"Entry {came.first_wrong} is not what was written.")
    return refuse(f"The checkpoint over {came.wrong_checkpoint} entries is not the beginning of this log.")


if __name__ == "__main__":
    sys.exit(main())
