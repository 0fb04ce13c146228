"""The command, as somebody types it: its answers, its exit codes, and never a traceback."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from chain.small import small, write
from fremsyn.cases.models import Case
from fremsyn.cli import main
from serving import surroundings

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "lille", small())


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command with a database of its own; the answer's stderr never holds a traceback."""

    def command(*arguments: object, said: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-m", "fremsyn.cli", *map(str, arguments)]
        surrounding = {**surroundings(tmp_path / "var"), **more}
        done = subprocess.run(words, input=said, capture_output=True, text=True, check=False, env=surrounding)
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return command


@pytest.fixture
def stored(db: None, settings: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command within this process and its database, whose tables are there: what takes long is to begin."""
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    monkeypatch.setenv("DATABASE_URL", "")

    def command(*arguments: object, said: str = "") -> subprocess.CompletedProcess[str]:
        words = list(map(str, arguments))
        monkeypatch.setattr(sys, "stdin", io.StringIO(said))
        code = main(words)
        told = capsys.readouterr()
        return subprocess.CompletedProcess(words, code, told.out, told.err)

    return command


def test_run_says_in_one_object_what_it_found_and_leaves_no_database(run, repo, tmp_path):
    done = run("case", "run", repo / "examples" / "kombit", "--json")

    values = json.loads(done.stdout)
    assert done.returncode == 0
    counts = (values["consistent_scenarios"], values["configurations"], values["portfolios"])
    assert counts == (14, 4_251_528, 5224)
    assert (values["broken_traces"], len(values["unverified"]), values["complete"]) == ([], 36, True)
    assert not list(tmp_path.rglob("*.sqlite3"))


def test_run_says_in_words_what_it_found(run, folder):
    done = run("case", "run", folder)

    assert done.returncode == 0
    assert "feasible portfolios" in done.stdout
    assert "A number of consistent scenarios is no probability." in done.stdout


def test_a_faulty_folder_is_refused_by_check_run_import_and_demo_alike(run, stored, folder):
    (folder / "plans.yaml").write_text("a: [", encoding="utf-8")

    checked = stored("case", "check", folder)
    assert checked.returncode == 1
    assert checked.stdout.startswith("plans.yaml:1: file: this is not YAML")
    assert len(checked.stdout.splitlines()) == 1

    ran = run("case", "run", folder, "--json")
    assert ran.returncode == 1
    assert json.loads(ran.stdout)["faults"] == checked.stdout.splitlines()
    for command in (("case", "import"), ("demo",)):
        done = stored(*command, folder)
        assert done.returncode == 1
        assert checked.stdout.strip() in done.stderr


def test_check_is_silent_on_a_folder_without_faults(run, folder):
    done = run("case", "check", folder, "--both")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.endswith("no faults.\n")


def test_wrong_use_is_two(run, folder):
    for arguments in (
        (),
        ("case",),
        ("case", "burn"),
        ("case", "check"),
        ("case", "check", folder, "--all"),
        ("audit",),
    ):
        done = run(*arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert "usage: fremsyn" in done.stderr


def test_a_folder_that_is_none_is_refused(stored, tmp_path, folder):
    for place in (tmp_path / "none", folder / "case.yaml"):
        done = stored("case", "check", place)
        assert done.returncode == 1
        assert "there is no such folder" in done.stdout


def test_an_out_that_cant_be_written_is_refused(run, folder, tmp_path):
    (tmp_path / "taken").touch()
    out = tmp_path / "taken" / "below"
    done = run("case", "run", folder, "--out", out)
    assert done.returncode == 1
    assert f"Can't write to {out}" in done.stderr


def test_import_export_and_the_log(stored, folder, tmp_path):
    assert stored("audit", "verify").stdout.startswith("0 entries, intact")
    assert stored("case", "export", "lille", tmp_path / "out").returncode == 1

    assert stored("case", "import", folder).returncode == 0
    taken = stored("case", "import", folder)
    assert taken.returncode == 1
    assert "lille" in taken.stderr
    assert stored("case", "import", folder, "--as", "../op").returncode == 1
    assert stored("case", "import", folder, "--as", "anden").stdout == "Stored as anden.\n"

    assert stored("case", "export", "anden", tmp_path / "out").returncode == 0
    assert stored("case", "check", tmp_path / "out", "--both").returncode == 0
    assert stored("case", "export", "anden", tmp_path / "out").returncode == 1
    assert stored("case", "export", "anden", folder / "case.yaml").returncode == 1
    assert stored("audit", "verify").stdout.startswith("2 entries, intact. Root ")


def test_stopped_half_way_it_says_so_and_leaves_nothing(stored, folder):
    def stop(execute: Callable[..., object], sql: str, *given: object) -> object:
        if sql.startswith('INSERT INTO "cases_link"'):  # the last that an import writes
            raise KeyboardInterrupt
        return execute(sql, *given)

    with connection.execute_wrapper(stop):
        done = stored("case", "import", folder)
    assert (done.returncode, done.stderr) == (130, "Stopped.\n")
    assert not Case.objects.filter(slug="lille").exists()


def test_a_demonstration_made_twice_is_one(run, folder, tmp_path, empty_data):
    shutil.copytree(empty_data, tmp_path / "var")
    for _again in range(2):
        done = run("demo", folder)
        assert done.returncode == 0
        assert "/demo" in done.stdout
        assert "unverified items                 1" in done.stdout
    assert "intact" in run("audit", "verify").stdout


def test_a_person_is_added_whole_or_not_at_all(stored, folder):
    stored("case", "import", folder)
    secret = "en lang og egen sætning\n"

    for wrong in (("--case", "none"), ("--case", "lille", "--role", "king")):
        assert stored("person", "add", "karen", "--name", "Karen", *wrong, said=secret).returncode == 1
    assert stored("person", "add", "karen", "--name", "Karen", said="kort\n").returncode == 1
    assert stored("person", "add", "karen", "--name", "Karen", said="").returncode == 1

    done = stored("person", "add", "karen", "--name", "Karen", "--case", "lille", "--role", "owner", said=secret)
    assert (done.returncode, done.stdout) == (0, "karen may sign in.\n")
    assert stored("person", "add", "karen", "--name", "Karen", said=secret).returncode == 1


@pytest.mark.parametrize(
    "arguments",
    [
        "case check {folder} | head -1",
        "case check {folder} >&-",
        "case check {folder} | true",
        "case run {folder} | true",
        "case format | head -1",
    ],
)
def test_nobody_listening_is_no_error_to_tell_of(tmp_path, folder, arguments):
    for number in range(300):
        (folder / f"{'n' * 100}{number}.sh").touch()
    command = f"{sys.executable} -m fremsyn.cli {arguments.format(folder=folder)}"
    surrounding = {**surroundings(tmp_path / "var")}
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, env=surrounding)

    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_a_terminal_that_knows_few_letters_is_told_what_it_can_show(run, folder):
    sheets = small()
    sheets["case"]["language"] = "æøå"
    write(folder, sheets)
    done = run("case", "check", folder, PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert "case.yaml" in done.stdout


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(run, folder):
    (folder / "case.yaml").chmod(0)
    done = run("case", "check", folder)
    assert done.returncode == 1
    assert "can't be read" in done.stdout


def test_a_case_is_opened_from_a_template_and_passes_the_check_as_it_is(stored, tmp_path):
    told = ["--title", "Vores ø", "--organisation", "Øen", "--question", "Hvad skal øen være?", "--horizon", 2040]
    nobody = stored("case", "new", "vores-oe", *told, "--owner", "ejer")
    assert nobody.returncode == 1
    assert "fremsyn person add ejer" in nobody.stderr

    stored("person", "add", "ejer", "--name", "Ejer", said="en-lang-adgangskode-9\n")
    opened = stored("case", "new", "vores-oe", *told, "--owner", "ejer")
    assert (opened.returncode, opened.stdout.strip()) == (0, "Opened as vores-oe.")
    assert stored("case", "new", "vores-oe", *told, "--owner", "ejer").returncode == 1
    assert stored("case", "export", "vores-oe", tmp_path / "ud").returncode == 0
    assert stored("case", "check", tmp_path / "ud").returncode == 0
