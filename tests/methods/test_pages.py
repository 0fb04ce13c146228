"""Every page about a method, and every example in a docstring, says what the code does."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import fremsyn.methods

PAGES = sorted((Path(__file__).parents[2] / "docs/methods").glob("*.md"))
MODULES = [m.name for m in pkgutil.walk_packages(fremsyn.methods.__path__, "fremsyn.methods.")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_runs(page):
    result = doctest.testfile(str(page), module_relative=False)
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize("name", MODULES)
def test_a_modules_examples_run(name):
    assert not doctest.testmod(importlib.import_module(name)).failed


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_has_what_a_reader_looks_for(page):
    text = page.read_text(encoding="utf-8")
    for heading in ("How it works", "By hand", "How to read the result", "Limits", "Source"):
        assert f"\n## {heading}\n" in text


def test_every_method_has_its_page():
    methods = {name.split(".")[2] for name in MODULES} - {"errors"}
    assert methods == {page.stem for page in PAGES}
