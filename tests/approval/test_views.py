"""What the board's paper shows, and to whom."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from fremsyn.cases.models import Case

Signed = Callable[[str], Client]


@pytest.fixture
def read(words: Callable[..., str]) -> Callable[..., str]:
    """Return the words of a page of the board, as a role reads them, without tags."""
    return lambda address="", **asked: words(f"board/{address}", **({"role": "board"} | asked))


def test_paper_says_where_when_by_whom_and_for_whose_eyes(read: Callable[..., str]) -> None:
    words = read()
    assert re.search(r"The board \(illustrative\) · Friday 11 December 2026 · item 4 · Decision item, reading 2", words)
    assert "Confidential until decided; then open except annex 6." in words
    assert "Prepared by: Head of strategy · Presented by: Chief executive" in words


def test_paper_shows_why_each_point_holds(read: Callable[..., str]) -> None:
    words = read()
    steps = [int(found) for found in re.findall(r"(\d+) steps to the nearest source", words)]
    assert len(steps) == 6
    assert max(steps) <= 4
    assert re.search(r"Why\? B6 → rests on X1 → rests on F38 2 steps to the nearest source, 48 sources in all", words)
    assert "6 of 6 points reach a source in at most 4 steps" in words


def test_paper_adds_up_its_money_itself(read: Callable[..., str]) -> None:
    words = read()
    assert "DKK 208 of at most 355 million are released; the frame is 360" in words
    assert "In all 15 48 70 59 31 208" in words
    assert "The strategy costs 133–355; 147 of the high cost are not released." in words


def test_paper_puts_the_alternatives_beside_the_recommendation(read: Callable[..., str]) -> None:
    words = read()
    assert "P5 gives most of 5 possible strategies and costs most" in words
    assert re.search(r"P5 Ground and guard recommended L4 133–355 .*\+36.25", words)
    assert "a rule for sums, no probability" in words


def test_paper_says_that_nothing_has_been_decided(read: Callable[..., str]) -> None:
    words = read()
    assert "The decision record is empty: nobody has voted" in words
    assert words.count("has not voted") == 7
    assert "Nothing has been decided" in words


def test_paper_knows_the_body_and_its_rules(read: Callable[..., str]) -> None:
    words = read()
    assert "4 of 7 must take part." in words
    assert "7 members, by role" in words
    assert "Member elected by staff" in words
    assert "The paper was sent 14 days before the meeting; at least 14 are asked for." in words
    assert "Which role would we miss most if it vanished?" in words


def test_paper_leads_its_annexes_to_where_they_come_from(kombit: Case, client_as: Signed) -> None:
    html = client_as("board").get(f"/cases/{kombit.slug}/board/").content.decode()
    for phase in ("strategy", "direction", "conversation", "plans"):
        assert re.search(rf'<a href="/cases/{kombit.slug}/{phase}/">[^<]+</a></span></li>', html)
    assert "Fortrolige markedsforhold <span" in html


def test_paper_is_whole_in_danish(read: Callable[..., str]) -> None:
    words = read(language="da")
    assert "208 af højst 355 mio. kr. frigives; rammen er 360" in words
    assert "Beslutningsprotokollen er tom" in words
    assert "En afholdt 1. behandling" in words


def test_every_part_of_the_paper_stands_where_links_lead(kombit: Case, client_as: Signed) -> None:
    html = client_as("owner").get(f"/cases/{kombit.slug}/board/").content.decode()
    for place in (
        "part-paper",
        "part-body",
        "part-meetings-first",
        "part-paper-sections-summary",
        "part-paper-risks-4",
    ):
        assert f'id="{place}"' in html


def test_board_point_shows_the_way_from_each_ground(read: Callable[..., str]) -> None:
    words = read("points/B5/")
    assert "Point 5 of 6" in words
    assert "The 15 initiatives that it names cost DKK 208 million together." in words
    assert "18 grounds, each with its way to a source" in words
    assert "None yet: nobody has voted on it." in words


@pytest.mark.parametrize("address", ["", "points/B1/"])
def test_paper_opens_to_those_who_prepare_it_and_those_who_decide(
    kombit: Case, client_as: Signed, address: str
) -> None:
    where = f"/cases/{kombit.slug}/board/{address}"
    for role in ("owner", "facilitator", "leadership", "board"):
        assert client_as(role).get(where).status_code == 200
    # the paper is confidential until it is decided: an observer is told so, and sees no point of it
    assert client_as("observer").get(where).status_code == (404 if address else 200)
    for role in ("member", "stakeholder", "administrator"):
        assert client_as(role).get(where).status_code == 403
    assert Client().get(where).status_code == 404


def test_a_point_that_is_not_there_is_not_found(kombit: Case, client_as: Signed) -> None:
    assert client_as("board").get(f"/cases/{kombit.slug}/board/points/B99/").status_code == 404


def test_paper_asks_the_database_little(
    kombit: Case, client_as: Signed, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_as("board")
    client.get(f"/cases/{kombit.slug}/board/")
    with django_assert_max_num_queries(30):
        client.get(f"/cases/{kombit.slug}/board/")
