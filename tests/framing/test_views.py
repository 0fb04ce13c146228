"""What the pages of the phase show, and to whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from fremsyn.cases.models import Case

Signed = Callable[[str], Client]


@pytest.fixture
def read(words: Callable[..., str]) -> Callable[..., str]:
    """Return the words of a page of the phase, as a role reads them, without tags."""
    return lambda address="", **asked: words(f"framing/{address}", **asked)


def test_framing_holds_the_frame(read: Callable[..., str]) -> None:
    words = read()
    assert "10 questions stand under the focal one" in words
    assert "7 success criteria, 9 assumptions and 91 stakeholders" in words
    assert "Municipal Digital Movement" in words
    assert "We look 17 years back to see 9 ahead" in words
    assert "6 phases in 10 months; the board takes part 2 times" in words
    assert "What must we unlearn?" in words
    assert "Semi-public companies" in words  # a theme by its name
    assert "semi_public" not in words


def test_framing_speaks_danish(read: Callable[..., str]) -> None:
    words = read(language="da")
    assert "10 delspørgsmål hører under fokusspørgsmålet" in words
    assert "6 faser på 10 måneder; bestyrelsen er med 2 gange" in words


def test_framing_says_what_the_gate_finds_thin(read: Callable[..., str]) -> None:
    words = read()
    assert "Thin: Every assumption rests on a checked source (1 of 9 not yet: H8) Go there" in words
    assert "Thin: Every stakeholder rests on a checked source (22 of 91 not yet)" in words
    assert "Met: All three circles take part in every phase" in words


def test_question_shows_what_bears_on_it_from_every_phase(read: Callable[..., str]) -> None:
    words = read("questions/Q3/")
    assert "35 things bear on it so far, most of them (16) in Scanning" in words
    assert "10 trends" in words
    assert "There must be a way to a human" in words or "N4" in words
    assert "synthetic answers" in words


def test_question_says_its_gaps_and_what_is_unverified(read: Callable[..., str]) -> None:
    words = read("questions/Q10/")
    assert "A gap: nothing in Direction serves this question yet." in words
    assert "2 of them rest on no checked source: T20 T47" in words


def test_focal_question_gathers_what_bears_on_those_under_it(read: Callable[..., str]) -> None:
    words = read("questions/Q0/")
    assert "6 serve the focal question itself, the others one of the 10 questions under it." in words


def test_question_is_open_to_stakeholders_with_what_they_may_see(read: Callable[..., str]) -> None:
    words = read("questions/Q3/", role="stakeholder")
    assert "6 things bear on it so far" in words
    assert "T5 " not in words


def test_stakeholders_stand_on_the_map_and_in_the_list(kombit: Case, client_as: Signed) -> None:
    page = client_as("owner").get(f"/cases/{kombit.slug}/framing/stakeholders/").content.decode()
    assert "28 af 91 har både stor indflydelse og stor interesse" in page
    assert all(f"/framing/stakeholders/K{number}/" in page for number in range(1, 92))


def test_stakeholders_can_be_narrowed_to_a_category(read: Callable[..., str]) -> None:
    words = read("stakeholders/?category=vendor")
    assert "of 11 have great influence and great interest" in words
    assert "Show all" in words


@pytest.mark.parametrize("query", ["category=nobody", "category=vendor&category=state", "category=%3Cscript%3E"])
def test_stakeholders_of_no_such_category_are_not_found(kombit: Case, client_as: Signed, query: str) -> None:
    response = client_as("owner").get(f"/cases/{kombit.slug}/framing/stakeholders/?{query}")
    assert response.status_code == 404


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("criteria/G4/", "3 scenarios"),
        ("assumptions/H4/", "2 signposts watch it"),
        ("assumptions/H8/", "It rests on no checked source."),
        ("baseline/L0/", "The possible roles it may give way to"),
        ("stakeholders/K4/", "3 of 6 in its category stand higher"),
    ],
)
def test_item_says_what_it_is(read: Callable[..., str], address: str, said: str) -> None:
    assert said in read(address)


@pytest.mark.parametrize("key", ["questions", "process", "stakeholders", "stakeholders-vendor", "involvement"])
def test_figure_can_be_downloaded(kombit: Case, client_as: Signed, key: str) -> None:
    for kind, begins in (("svg", b"<svg"), ("csv", b"")):
        response = client_as("observer").get(f"/cases/{kombit.slug}/framing/figures/{key}.{kind}")
        assert response.status_code == 200
        assert response.content.startswith(begins)


def test_figure_that_does_not_exist_is_not_found(kombit: Case, client_as: Signed) -> None:
    client = client_as("owner")
    for name in ("nothing.svg", "stakeholders-nobody.svg", "process.exe"):
        assert client.get(f"/cases/{kombit.slug}/framing/figures/{name}").status_code == 404


def test_outsiders_find_nothing(kombit: Case) -> None:
    for address in ("", "questions/Q0/", "stakeholders/", "stakeholders/K1/", "figures/process.svg"):
        assert Client().get(f"/cases/{kombit.slug}/framing/{address}").status_code == 404


def test_pages_ask_the_database_little(
    kombit: Case, client_as: Signed, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_as("owner")
    for address in ("", "stakeholders/", "questions/Q3/"):
        client.get(f"/cases/{kombit.slug}/framing/{address}")
        with django_assert_max_num_queries(10):
            client.get(f"/cases/{kombit.slug}/framing/{address}")
