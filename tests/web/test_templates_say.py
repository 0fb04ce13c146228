from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.http import Http404
from django.utils import translation
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from fremsyn.core.text import Text
from fremsyn.figures.bars import Part, Period, stacked
from fremsyn.figures.figure import Finding
from fremsyn.web.downloads import figure_file
from fremsyn.web.templatetags.say import linked, number, quarter, say, say_plain, signed, span


def test_a_text_in_the_pages_language_is_only_escaped() -> None:
    assert say(Text("Æbler & pærer <3", "Apples")) == "Æbler &amp; pærer &lt;3"


def test_a_text_in_the_other_language_carries_it() -> None:
    with translation.override("en"):
        assert say(Text(da="Æbler")) == '<span lang="da">Æbler</span>'
        assert say_plain(Text(da="Æbler")) == "Æbler"


@pytest.mark.parametrize(("value", "words"), [(None, ""), ("<b>", "&lt;b&gt;"), ({"da": "a"}, "a"), (Text(), "")])
def test_what_is_no_text_is_said_all_the_same(value: object, words: str) -> None:
    assert say(value) == words


@pytest.mark.parametrize(("text", "words"), [("\u202eNord\u2069\u202eby", "Nordby"), ("\u05d0 og B", "\u05d0 og B")])
def test_a_text_turns_nothing_that_stands_beside_it(text: str, words: str) -> None:
    assert say(text) == say_plain(Text(text)) == f"\u2068{words}\u2069"


def test_both_ends_of_an_interval_have_as_many_decimals() -> None:
    assert [span(*ends) for ends in ((33, 92), (1.2, 2.0), (0, 2.25), (7.0, 7), (1200, 2500.5))] == [
        "33–92",
        "1,2–2,0",
        "0,00–2,25",
        "7",
        "1.200,0–2.500,5",
    ]
    with translation.override("en"):
        assert span(1.8, 3) == "1.8–3.0"


def test_quarters_and_numbers_follow_the_language() -> None:
    assert (quarter("2027K1"), number(4251528), number(1.5), signed(-2), signed(2)) == (
        "2027K1",
        "4.251.528",
        "1,5",
        "−2",
        "+2",
    )
    with translation.override("en"):
        assert (quarter("2027K1"), number(4251528), number(1.5)) == ("2027Q1", "4,251,528", "1.5")
    assert (quarter("later"), number("n/a"), number(None), number(3.0), number(100.0), number(2, 1)) == (
        "later", "n/a", "", "3", "100", "2,0",
    )  # fmt: skip


def test_a_number_with_fewer_decimals_is_rounded_not_cut() -> None:
    assert (number(37.66, 1), number(37.6, 0), number(-0.96, 1)) == ("37,7", "38", "−1,0")


TARGETS = {
    "T12": "/t12",
    "D1.b": SimpleNamespace(url="/d1b", phase="scenarios", title=Text("Lokal")),
    "C0": SimpleNamespace(url="", phase="direction", title="C"),
}


def test_references_in_prose_become_links() -> None:
    html = linked("Se T12, D1.b og C0; ikke T13, T123 eller XT12.", TARGETS)
    assert html == (
        'Se <span class="kept"><a class="ref" href="/t12">T12</a>,</span> '
        '<a class="ref" data-phase="scenarios" href="/d1b" title="Lokal">D1.b</a> og '
        '<span class="kept"><span class="ref" data-phase="direction" title="C">C0</span>;</span> ikke T13, T123 eller XT12.'
    )


def test_what_is_a_link_already_stays_one() -> None:
    assert (
        linked(SafeString('<a href="/T12">T12</a> T12'), TARGETS)
        == '<a href="/T12">T12</a> <a class="ref" href="/t12">T12</a>'
    )


@given(st.text(alphabet="<>&\"'T12 aD.b", max_size=40))
def test_prose_with_references_is_escaped(words: str) -> None:
    html = linked(words, {"T12": "/t12"})
    bare = html.replace('<a class="ref" href="/t12">T12</a>', "T12")
    assert "<" not in bare
    assert bare == say(words)


def test_a_figure_is_downloaded_as_drawing_and_as_table() -> None:
    drawn = stacked(Finding("budget", "t", "a"), [Period("2027", (2.0,))], [Part("P")])
    assert figure_file(drawn, "svg").headers["Content-Type"].startswith("image/svg+xml")
    assert 'filename="budget.csv"' in figure_file(drawn, "csv").headers["Content-Disposition"]
    with pytest.raises(Http404):
        figure_file(drawn, "exe")
