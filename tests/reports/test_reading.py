"""The board's paper as a page that is read without a network."""

from __future__ import annotations

import re

import pytest

from fremsyn.cases.models import Case
from fremsyn.core.text import Text
from fremsyn.reports.reading import reading_pages

pytestmark = pytest.mark.django_db


def test_the_paper_is_read_without_anything_fetched_and_leads_to_the_files_beside_it(kombit: Case) -> None:
    made = reading_pages(kombit, ["board_paper.da.pdf", "strategy.da.pdf", "strategy.en.pdf"])
    assert sorted(made) == ["read.da.html", "read.en.html"]
    danish = made["read.da.html"].decode()
    assert "at det ønskelige scenarie C0" in danish
    assert "Ingen mennesker har stemt" in danish or "Syntetiske svar" in danish
    for page in (danish, made["read.en.html"].decode()):
        assert not re.findall(r"<(?:script|link|img|iframe)\b", page)
        assert "url(" not in page
        reached = set(re.findall(r'href="([^"]*)"', page))
        assert {each for each in reached if not each.startswith("#")} <= {
            "board_paper.da.pdf", "strategy.da.pdf", "strategy.en.pdf", "read.da.html", "read.en.html",
        }  # fmt: skip
    assert 'href="strategy.da.pdf"' in danish


def test_the_page_leads_to_the_minutes_that_lie_in_the_pack(kombit: Case) -> None:
    made = reading_pages(kombit, [], {"board/minutes-1.pdf": Text(da="2. behandling", en="Second reading")})
    assert '<a href="../board/minutes-1.pdf">Referat: 2. behandling</a>' in made["read.da.html"].decode()


def test_the_same_case_makes_the_same_page(kombit: Case) -> None:
    assert reading_pages(kombit, []) == reading_pages(kombit, [])
