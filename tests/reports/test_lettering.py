"""Words as typst takes them: any text of a case can be set, and nothing in it is taken for markup."""

from __future__ import annotations

import datetime
import io
import subprocess
import sys
import unicodedata

import pikepdf
import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fremsyn.core.text import Text
from fremsyn.figures.figure import Cell, Column, Finding, Row, Table
from fremsyn.figures.points import Axis, scatter
from fremsyn.figures.points import Point as Mark
from fremsyn.reports import typesetting
from fremsyn.reports.blocks import (
    Bullets,
    Callout,
    Document,
    Facts,
    Grid,
    Heading,
    Paragraph,
    Picture,
    Point,
    Points,
    Quote,
    Story,
)
from fremsyn.reports.lettering import BREAK, FONTS, MISSING, covered, literal, named
from fremsyn.reports.typeset import fonts
from fremsyn.reports.typesetting import pdf

DAY = datetime.date(2026, 11, 27)
ODD = '"quotes" \\back\\ #let x = 1 $x$ @ref <label> *b* _e_ `c` [d] {e} // f /* g */ ~ -- \' = + - 1. \\u{1F600}'


def document(*blocks: object, title: str = "Title") -> Document:
    return Document("k", title, "s", "c", "da", 1, DAY, blocks)


def everywhere(words: str) -> Document:
    """Set words in every kind of block that takes words."""
    table = Table(words, (Column(words), Column("B", "end")), (Row((Cell(words), Cell(1)), group=words),))
    return document(
        Heading(words or "x"),
        Paragraph(words, "lead", (words,)),
        Bullets((words, (words, words))),
        Facts(((words, words),)),
        Quote(words, words),
        Callout(words, words),
        Points((Point(words, "", words),)),
        Grid(table),
        Story(words),
        title=words or "x",
    )


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_what_typst_reads_of_a_literal_is_the_text_less_what_no_font_can_show(words):
    read = typst.query(typst_source(literal(words)), "<x>", field="value", one=True, font_paths=fonts(str(FONTS)))
    shown = read.strip('"').encode().decode("unicode_escape") if "\\u" in read else read
    kept = [each for each in unicodedata.normalize("NFC", words) if each in "abcæøåÆØÅ#$@<>"]
    assert [each for each in shown if each in "abcæøåÆØÅ#$@<>"] == kept


def typst_source(string: str) -> bytes:
    return f"#metadata({string}) <x>".encode()


@settings(max_examples=25)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
@example(ODD)
@example("😀 שלום عربى 漢字 \u202e \ufeff \x00\x07 \u200d é\u0301\u0301 \U0010ffff")
@example("# heading\n\n*em* **strong** **\n\n* \n\n#\n\n***")
@example("T1 T1.a D3.b X99999")
def test_any_text_can_be_set_anywhere(words):
    assert pdf(everywhere(words)).startswith(b"%PDF")


@pytest.mark.parametrize("words", ["ord " * 2500, "x" * 10_000, "https://example.dk/" + "sti-" * 400, "😀" * 3000])
def test_very_long_texts_and_words_can_be_set(words):
    assert pdf(document(Paragraph(words), Facts(((words, words),)))).startswith(b"%PDF")


def test_what_no_font_shows_is_seen_to_be_missing():
    assert named("Aula 😀 漢") == f'"Aula {MISSING} {MISSING}"'
    assert {*map(ord, "æøåÆØÅ–−→×»«…½§")} <= covered()


def test_a_long_word_can_break_and_a_name_can_not():
    address = "https://digitaliseringskataloget.dk/brugere"
    assert BREAK in literal(address)
    assert literal(address).replace(BREAK, "") == named(address) == f'"{address}"'
    assert literal("kommunerne") == '"kommunerne"'


def test_a_text_in_the_other_language_is_set_with_that_language():
    made = pdf(document(Paragraph(Text(en="Only in English")), Paragraph("På dansk")))
    with pikepdf.open(io.BytesIO(made)) as file:
        found = [str(each.Lang) for each in file.objects if isinstance(each, pikepdf.Dictionary) and "/Lang" in each]
    assert sorted(found) == ["da-DK", "en-GB"]


@pytest.mark.parametrize("words", ["Aula 😀", "שלום 漢字", "<b> & \"q\" 'a'", "x" * 500, "\ue000"])
def test_a_picture_of_any_words_can_be_set(words):
    drawn = scatter(
        Finding("k", words, words, words, words),
        [Mark(1, 1, "T1", words, "/", "scanning")],
        Axis(words, 0, 2, ((1, words),)),
        Axis(words, 0, 2, ((1, "1"),)),
    )
    assert pdf(document(Heading("x"), Picture(drawn), Picture(drawn, apart=True))).startswith(b"%PDF")


def test_a_document_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(typesetting, "MOST_SECONDS", 0.001)
    with pytest.raises(typesetting.NotSet, match="The document k was not set"):
        pdf(document(Paragraph("words that were never set before")))


def test_a_document_that_cant_be_set_says_why_and_leaves_nothing(tmp_path):
    (tmp_path / "main.typ").write_text("#image(", encoding="utf-8")
    command = [sys.executable, "-I", str(typesetting.TYPESET), str(tmp_path), str(FONTS), "0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "unclosed delimiter" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["main.typ"]
