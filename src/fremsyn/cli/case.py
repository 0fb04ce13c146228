"""`fremsyn case`: a case as a folder of files."""

import argparse
import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from fremsyn.terminal import migrate, migrate_passing, progress, refuse, say, without_a_database

if TYPE_CHECKING:
    from fremsyn.chain.content import CaseContent

# A run makes its case anew under the same id, so that it seals the same bytes each time.
RUNS = UUID("c2b8a4f6-6b0e-4c55-9d0a-1f6f0a6f5b1e")


def case_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
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


def checked_folder(folder: Path, *, both: bool = False) -> "CaseContent | int":
    """Return a folder's content, or the exit code after saying what is wrong with it."""
    from fremsyn.chain.check import check_folder

    checked = check_folder(folder, both=both)
    if checked.content is None:
        for fault in checked.faults:
            refuse(str(fault))
        return refuse(f"{folder}: {len(checked.faults)} faults; nothing was stored.")
    return checked.content


def tell(values: Mapping[str, Any]) -> None:
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
    from fremsyn.approval.paper.readiness import lacking
    from fremsyn.chain.check import check_folder

    checked = check_folder(given.folder, both=given.both)
    faults = checked.faults
    for fault in faults:
        say(str(fault))
    if checked.content is None and not checked.differences:
        refuse("Mend these and check again: what hangs on them, such as rules between files and figures, was left out.")
    for wanted in lacking(checked.content.approval) if checked.content else ():
        refuse(f"approval.yaml: before the paper is sent: {wanted}")
    if not faults:
        refuse(f"{given.folder}: no faults.")
    return 1 if faults else 0


def _case_import(given: argparse.Namespace) -> int:
    migrate()
    from django.utils import timezone

    from fremsyn.chain.operations import import_case
    from fremsyn.core.errors import RuleBroken

    content = checked_folder(given.folder)
    if isinstance(content, int):
        return content
    try:
        case = import_case(content=content, slug=given.slug or content.case.slug, by=None, at=timezone.now())
    except RuleBroken as error:
        return refuse(str(error))
    say(f"Stored as {case.slug}.")
    return 0


def _case_new(given: argparse.Namespace) -> int:
    migrate()
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
    migrate()
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
    with progress() as step:
        step("preparing")
        migrate_passing()
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
        if given.out and (why := _unwritable(given.out)):
            return refuse(f"Can't write to {given.out}: {why}. Nothing was computed.")
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
        tell(values)
    return 0


def _unwritable(folder: Path) -> str:
    """Make a folder, and return why that can't be done; nothing where it can."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _run_refused(given: argparse.Namespace, faults: list[str]) -> int:
    if given.json:
        say(json.dumps({"complete": False, "faults": faults}))
    for fault in faults:
        refuse(fault)
    return refuse(f"{given.folder}: {len(faults)} faults; nothing was computed.")
