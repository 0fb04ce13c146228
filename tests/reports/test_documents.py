"""The documents of the demonstration case: what they say, what they are as files, and that they never differ."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from itertools import pairwise

import pikepdf
import pytest
from django.utils import translation

from chain.small import small, write
from conftest import NOON
from fremsyn.cases.models import Case
from fremsyn.chain.documents import documents_of, write_documents
from fremsyn.chain.folder import read_folder
from fremsyn.chain.operations import import_case
from fremsyn.core.text import LANGUAGES
from fremsyn.reports.blocks import Document, Heading, Points, said, words_of
from fremsyn.reports.documents.catalogue import KINDS, document, document_pdf, reader_of
from fremsyn.strategy import queries as strategy

BOTH = [(key, language) for key in KINDS for language in LANGUAGES]


def words(made: Document) -> str:
    return "\n".join(piece for block in (*made.front, *made.blocks) for piece in words_of(block))


def headings(made: Document) -> list[str]:
    return [said(block.text, made.language)[0] for block in made.blocks if isinstance(block, Heading)]


@pytest.mark.parametrize(("key", "language"), BOTH)
def test_a_document_is_a_tagged_file_for_ever(kombit: Case, key: str, language: str):
    with pikepdf.open(io.BytesIO(document_pdf(kombit, key, language))) as file:
        root, about = file.Root, file.open_metadata()
        assert root.MarkInfo.Marked
        assert str(root.Lang).split("-")[0] == language
        assert about["dc:title"] == document(kombit, key, language).title
        assert about["pdfaid:part"] == "3"
        assert about["pdfaid:conformance"] == "A"
        assert about["pdfuaid:part"] == "1"
        assert root.Outlines.Count != 0
        assert root.ViewerPreferences.DisplayDocTitle
        assert unembedded(file) == []


def unembedded(file: pikepdf.Pdf) -> list[str]:
    fonts = (
        each for each in file.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
    )
    return [str(each.FontName) for each in fonts if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(each.keys())]


@pytest.mark.parametrize(("key", "language"), BOTH)
def test_headings_of_a_document_never_skip_a_level(kombit: Case, key: str, language: str):
    levels = [block.level for block in document(kombit, key, language).blocks if isinstance(block, Heading)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_document_says_which_case_day_and_version_it_is_of(kombit: Case):
    made = document(kombit, "strategy", "da")
    assert (made.case_title, made.date, made.version) == ("KOMBIT – det digitale fællesskab", kombit.as_of, 1)
    assert "første version" in words(made)
    assert [label for label, _note in made.marks] == ["Illustrativt", "Syntetiske svar", "Uefterprøvet"]


def test_the_strategy_shows_computed_figures(kombit: Case):
    made = words(document(kombit, "strategy", "da"))
    found = strategy.best(kombit)
    assert f"{found.feasible:,}".replace(",", ".") in made
    assert all(each.row.option.ref in made for each in strategy.deselected(kombit_reader(kombit)))


def kombit_reader(case: Case):
    return reader_of(case, "strategy")


def test_the_board_paper_has_what_a_board_must_know(kombit: Case):
    made = document(kombit, "board_paper", "da")
    points = next(block for block in made.blocks if isinstance(block, Points))
    assert [point.item for point in points.points] == [f"B{n}" for n in range(1, 7)]
    wanted = [
        "Indstilling",
        "Resumé",
        "Alternativer og fravalg",
        "Her er der enighed",
        "Økonomi",
        "Risici",
        "Kommunikation",
    ]
    wanted += [
        "Her er der uenighed, og det overraskede",
        "Retsgrundlag og habilitet",
        "Videre proces",
        "Bilag",
        "Beslutning",
    ]
    assert [each for each in wanted if each not in headings(made)] == []
    assert "Der er ikke besluttet noget endnu." in words(made)


def test_a_document_tells_no_more_than_whoever_may_open_it_with_least_rights(kombit: Case):
    for key, kind in KINDS.items():
        reader = reader_of(kombit, kind.area)
        assert set(document(kombit, key, "da").used()) <= set(reader.entries)
    assert not any(ref.startswith("B") for ref in document(kombit, "action_plan", "da").used())


@pytest.mark.parametrize("key", KINDS)
def test_a_document_is_in_its_own_language_whatever_the_page_speaks(kombit: Case, key: str):
    with translation.override("da"):
        english = headings(document(kombit, key, "en"))
    with translation.override("en"):
        danish = headings(document(kombit, key, "da"))
    assert len(english) == len(danish)
    assert not set(english) & set(danish) - {"Strategi"}


def test_any_case_can_be_written_and_another_process_writes_the_same_bytes(tmp_path, kombit: Case):
    write(tmp_path / "case", small())
    reading = read_folder(tmp_path / "case")
    case = import_case(content=reading.content, slug="small", by=None, at=NOON)
    here = {each["name"]: each["sha256"] for each in write_documents(documents_of(case), tmp_path / "a")}
    code = "import json, sys; from fremsyn.cli import main; sys.exit(main(['case', 'run', sys.argv[1], '--out', sys.argv[2]]))"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "fremsyn.config.settings", "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", code, str(tmp_path / "case"), str(tmp_path / "b")]
    subprocess.run(command, check=True, env=environment, capture_output=True)
    there = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (tmp_path / "b/documents").iterdir()}
    assert here == there
    assert len(here) == len(BOTH)
