"""What a round's page says of agreement is true: a limit that is stated, ties told, and none where there is none."""

from __future__ import annotations

import html
import re

import pytest

from conftest import NOON
from conversation.live import close, crowd, make_round, refs_of

pytestmark = pytest.mark.django_db

LIMIT = "Vi kalder det enighed, når mindst 60 procent i hver kreds er enige."


@pytest.fixture
def said(kombit, client_as):
    """`said(wide=…, organisation=…)`: what the page of a round says in which so many of ten agreed with each statement."""

    def page(**by_circle: tuple[int, int, int]) -> tuple[str, list[str]]:
        round_ = make_round(kombit, at=NOON, circles=tuple(by_circle))
        refs = refs_of(round_)
        for circle, counts in by_circle.items():
            values = {ref: [1] * n + [-1] * (10 - n) for ref, n in zip(refs, counts, strict=True)}
            crowd(round_, values, at=NOON, circle=circle)
        close(round_, at=NOON)
        shown = client_as("owner").get(f"/cases/kombit/conversation/rounds/{round_.item.ref}/").content.decode()
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.unescape(shown))), refs

    return page


def test_where_the_circles_do_not_agree_no_agreement_is_claimed(said):
    page, (_first, _second, third) = said(wide=(5, 4, 7), organisation=(5, 4, 2))
    assert f"Der er ikke enighed om et eneste udsagn; kredsene er længst fra hinanden på {third}: 50 point" in page
    assert LIMIT in page
    assert "eller flere i hver kreds er enige" not in page


def test_agreement_is_told_with_those_who_agree_least(said):
    page, (first, _second, third) = said(wide=(9, 5, 6), organisation=(8, 5, 1))
    assert f"Mindst 80 procent i hver kreds er enige i {first}; kredsene er længst fra hinanden på {third}" in page
    assert LIMIT in page


def test_statements_that_share_a_place_are_all_named(said):
    page, (first, second, third) = said(wide=(8, 9, 1), organisation=(9, 8, 2))
    assert f"Mindst 80 procent i hver kreds er enige i hvert af udsagnene {first} og {second};" in page
    assert f"længst fra hinanden på hvert af udsagnene {first}, {second} og {third}: 10 point" in page


def test_a_round_to_one_circle_tells_of_that_circle(said):
    page, (first, _second, _third) = said(wide=(7, 5, 1))
    assert f"70 procent er enige i {first}" in page
    assert "Vi kalder det enighed, når mindst 60 procent er enige." in page


def test_where_one_circle_is_shown_a_round_says_so_and_an_insight_offers_those_that_were_asked(kombit, client_as):
    round_ = make_round(kombit, at=NOON, circles=("wide", "organisation"))
    crowd(round_, {refs_of(round_)[0]: [1] * 6}, at=NOON)
    close(round_, at=NOON)
    client, address = client_as("owner"), f"/cases/kombit/conversation/rounds/{round_.item.ref}/"
    assert "Kun Interessentkredsen er vist: Af de øvrige har færre end 5 svaret" in client.get(address).content.decode()
    page = client.get(f"{address}insight/").content.decode()
    offered = re.search(r'<select name="evidence-0-circle".*?</select>', page, re.DOTALL)
    assert offered
    assert set(re.findall(r'value="([^"]*)"', offered[0])) == {"", "wide", "organisation"}
