"""What the pages of the plan show, and to whom."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from fremsyn.cases.models import Case, Part

Signed = Callable[[str], Client]
KEYS = ("roadmap", "dependencies", "budget", "released")


@pytest.fixture
def read(words: Callable[..., str]) -> Callable[..., str]:
    """Return the words of a page of the phase, as a role reads them, without tags."""
    return lambda address="", **asked: words(f"plans/{address}", **asked)


def test_plans_says_what_the_plan_comes_to(read: Callable[..., str]) -> None:
    words = read()
    assert "15 initiatives for DKK 208 million are to carry out Ground and guard by the end of 2030" in words
    assert "As many as 8 of 15 initiatives run at once, first in Q1 2028" in words
    assert "I6 → I7 → I8 is the longest chain: 16 quarters of work" in words
    assert "6 initiatives can't slip by a quarter without the plan ending after Q4 2030" in words
    assert "2028 is the most expensive year: DKK 70 million of DKK 208 million" in words
    assert "DKK 147 million of the DKK 355 million that P5 may cost are not released" in words
    assert "Largest share: Head of security, with DKK 65 of 208 million in 4 initiatives" in words


def test_plans_says_in_danish_what_it_says_in_english(read: Callable[..., str]) -> None:
    words = read(language="da")
    assert "15 tiltag for 208 mio. kr. skal føre Grund og værn ud i livet inden udgangen af 2030" in words
    assert "2028K1" in words
    assert "over 75 procent" in words


def test_plans_says_that_no_signpost_has_been_read(read: Callable[..., str]) -> None:
    words = read()
    assert "14 signposts, and none has been read yet" in words
    assert "above 75 per cent" in words
    assert "0 of 14 signposts have been read" in words
    assert "12 of 14 signposts rest on a verified source" in words
    assert "but none touches O15 and O17" in words


def test_plans_computes_its_sums_instead_of_copying_the_claims(kombit: Case, read: Callable[..., str]) -> None:
    sheet = Part.objects.get(item__case=kombit, item__path="plans")
    sheet.content["budget"] |= {"total": 999, "not_released": 888}
    sheet.save()
    words = read()
    assert "999" not in words
    assert "888" not in words


def test_initiative_tells_its_money_chain_and_watch(read: Callable[..., str]) -> None:
    words = read("initiatives/I9/")
    assert "Q1 2028 to Q4 2028 for DKK 24 million" in words
    assert "Head of security" in words
    assert re.search(r"Waits for I11 .* Waits for this I10", words)
    assert "None: the plan as a whole would end later." in words
    assert "at least 4 step" in words
    assert "on the longest chain" not in words
    assert "on the longest chain" in read("initiatives/I7/")
    assert "2 quarters before the plan as a whole ends later." in read("initiatives/I11/")


def test_milestone_stands_among_its_initiatives_milestones(read: Callable[..., str]) -> None:
    words = read("milestones/M15/")
    assert "To be reached in Q4 2029: milestone 1 of 2" in words
    assert "M16" in words


def test_signpost_says_its_threshold_the_line_it_touches_and_that_it_is_unverified(read: Callable[..., str]) -> None:
    words = read("signposts/X3/")
    assert "At least 4 bidders (median): speaks for" in words
    assert "There is no reading yet, so it speaks neither for nor against." in words
    assert "unverified" in words
    assert re.search(r"Taken up again when it trips .* H4 .* O1 .* O2 ", words)
    assert "speaks against" in read("signposts/X8/")


@pytest.mark.parametrize("key", KEYS)
def test_figure_can_be_taken_along(kombit: Case, client_as: Signed, key: str) -> None:
    client = client_as("owner")
    drawn = client.get(f"/cases/{kombit.slug}/plans/figures/{key}.svg")
    assert ElementTree.fromstring(drawn.content).tag.endswith("svg")
    table = client.get(f"/cases/{kombit.slug}/plans/figures/{key}.csv")
    assert len(list(csv.reader(io.StringIO(table.content.decode())))) > 4


@pytest.mark.parametrize("name", ["nothing.svg", "roadmap.exe"])
def test_figure_that_is_not_there_is_not_found(kombit: Case, client_as: Signed, name: str) -> None:
    assert client_as("owner").get(f"/cases/{kombit.slug}/plans/figures/{name}").status_code == 404


@pytest.mark.parametrize("address", ["", "initiatives/I1/", "milestones/M1/", "signposts/X1/", "figures/budget.csv"])
def test_plans_are_not_found_by_outsiders_and_closed_to_stakeholders(
    kombit: Case, client_as: Signed, address: str
) -> None:
    assert Client().get(f"/cases/{kombit.slug}/plans/{address}").status_code == 404
    assert client_as("stakeholder").get(f"/cases/{kombit.slug}/plans/{address}").status_code == 403
    assert client_as("member").get(f"/cases/{kombit.slug}/plans/{address}").status_code == 200


def test_a_member_is_not_shown_the_boards_points(read: Callable[..., str]) -> None:
    assert "Goes to the board in B5 B6" in read()
    assert "Goes to the board" not in read(role="member")
    assert "B2" not in read("signposts/X10/", role="member").replace("X10", "")


def test_plans_asks_the_database_little(
    kombit: Case, client_as: Signed, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_as("owner")
    client.get(f"/cases/{kombit.slug}/plans/")
    with django_assert_max_num_queries(30):
        client.get(f"/cases/{kombit.slug}/plans/")


def test_released_draws_what_is_held_back_as_an_outline(kombit: Case, client_as: Signed) -> None:
    drawn = client_as("owner").get(f"/cases/{kombit.slug}/plans/figures/released.svg").content.decode()
    assert drawn.count('class="box dashed"') == 11
