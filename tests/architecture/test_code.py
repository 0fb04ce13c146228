"""Rules about code that a program can hold it to; the layers are in pyproject.toml, for import-linter."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

PHASES = {"conversation", "framing", "scanning", "scenarios", "direction", "strategy", "plans", "approval"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def imported(tree: ast.Module) -> set[str]:
    """Return the dotted names that a module imports, each name of a from-import with its module."""
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, "relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function with its decorators, without its docstring."""
    first = node.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = first.end_lineno - first.lineno + 1 if documented else 0
    return node.end_lineno - min([node.lineno, *(line.lineno for line in node.decorator_list)]) + 1 - docstring


def test_modules_and_functions_are_short(modules, source):
    faults = []
    for path, tree in modules.items():
        lines = len((source / path).read_text(encoding="utf-8").splitlines())
        faults += [f"{path}: {lines} lines"] * (lines > 400)
        most = 20 if path.name == "views.py" or "views" in path.parts else 40
        functions = [node for node in ast.walk(tree) if isinstance(node, FUNCTIONS)]
        faults += [f"{path}: {node.name} has {length(node)} lines" for node in functions if length(node) > most]
    assert not faults


def test_no_module_is_a_drawer(modules):
    drawers = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
    assert not [path for path in modules if drawers & {*path.parts, path.stem}]


def test_models_have_no_hidden_behaviour(modules):
    hidden = {"save", "delete"}
    overrides = [
        f"{path}: {item.name}"
        for path, tree in modules.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for item in node.body
        if isinstance(item, FUNCTIONS) and item.name in hidden
    ]
    signals = [path for path, tree in modules.items() if any("signals" in name.split(".") for name in imported(tree))]
    assert not overrides
    assert not signals


def test_no_check_is_silenced(source):
    silenced = re.compile(r"#\s*(noqa|type:\s*ignore|pragma: no cover)|except Exception\b")
    assert not [path for path in source.rglob("*.py") if silenced.search(path.read_text(encoding="utf-8"))]


def test_methods_know_numbers_only(modules):
    allowed = {*sys.stdlib_module_names, "numpy", "highspy"}
    strangers = [
        f"{path}: {name}"
        for path, tree in modules.items()
        if path.parts[0] == "methods"
        for name in imported(tree)
        if name.split(".")[0] not in allowed and not name.startswith("fremsyn.methods")
    ]
    assert not strangers


def test_a_phase_knows_another_by_its_handover_only(modules):
    past = [
        f"{path}: {name}"
        for path, tree in modules.items()
        if path.parts[0] in PHASES
        for name in imported(tree)
        if (parts := name.split("."))[0] == "fremsyn"
        and parts[1] in PHASES - {path.parts[0]}
        and not {"handover", "schema"} & set(parts[2:])
    ]
    assert not past


def test_what_is_imported_is_declared(modules, repo):
    project = tomllib.loads((repo / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[^\w.-]", line)[0].lower().replace("_", "-") for line in project["dependencies"]}
    distributions = packages_distributions()
    for path, tree in modules.items():
        for top in {name.split(".")[0] for name in imported(tree)} - {*sys.stdlib_module_names, "fremsyn"}:
            names = {name.lower().replace("_", "-") for name in distributions.get(top, [top])}
            assert names & declared, f"{path} imports {top}, which pyproject.toml does not name"


@pytest.mark.parametrize("folder", ["src", "tests", "docs", "scripts", "bench", "examples", ".ci"])
def test_no_file_names_a_place_on_somebodys_machine(repo, folder):
    place = re.compile(r"(?<![\w.])/(home|root|work|Users)/\w")
    kinds = {".py", ".md", ".sh", ".html", ".css", ".js", ".toml", ".yaml", ".yml", ".po", ""}
    named = [
        str(path)
        for path in (repo / folder).rglob("*")
        if path.suffix in kinds and path.is_file() and place.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert not named


def test_locks_name_no_registry_and_hash_everything(repo):
    for lock in (repo / "requirements.lock", repo / "requirements-dev.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        assert all("--hash=sha256:" in entry for entry in re.split(r"\n(?=\w)", text))


@pytest.mark.parametrize(("mark", "folder"), [("matrix", "security"), ("journey", "journeys"), ("axe", "journeys")])
def test_a_part_of_the_tests_looks_where_its_tests_are(repo, mark, folder):
    marked = {
        path
        for path in (repo / "tests").rglob("*.py")
        if re.search(rf"mark\.{mark}\b", path.read_text(encoding="utf-8"))
    }
    assert marked
    assert all(path.is_relative_to(repo / "tests" / folder) for path in marked)
    assert re.search(rf"not long\" tests/{folder};?", (repo / "Makefile").read_text(encoding="utf-8"))
