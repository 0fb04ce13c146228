"""The pages of a judged round speak of questions and of choosing a step, not of statements and agreement."""

from __future__ import annotations

import datetime

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from conftest import NOON
from conversation.live import again, crowd, link, make_judged, make_round, refs_of
from conversation.test_views import read, words
from fremsyn.conversation.operations import close_round
from fremsyn.conversation.schema import ASPECTS
from fremsyn.reports.blocks import Heading
from fremsyn.reports.documents.catalogue import document

pytestmark = pytest.mark.django_db

CASE = "/cases/kombit/"
DAY = datetime.date(2026, 11, 27)


@pytest.fixture
def closed(kombit):
    """The address of a round on one day in which one circle has judged a scenario."""
    round_ = make_judged(kombit, at=NOON, opens=DAY, closes=DAY)
    crowd(round_, {ref: [4] * 5 for ref in refs_of(round_)[:3]}, at=NOON)
    close_round(round_=again(round_), by=None, at=NOON)
    return f"conversation/rounds/{round_.item.ref}/"


@pytest.mark.parametrize(
    ("language", "says", "never"),
    [
        (
            "da",
            (
                "Der er stillet 6 spørgsmål.", "når mindst 5 fra kredsen har taget stilling. »Ved ikke« tæller ikke med.",
                "27. november 2026",
            ),
            ("resultat på et udsagn", "Andel enige", "udsagn.", "27. november–27. november"),
        ),
        (
            "en",
            (
                "6 questions were asked.", "when at least 5 of it have chosen a step; “don't know” isn't counted.",
                "27 November 2026",
            ),
            ("result on a statement", "Share agreeing", "statements.", "27 November–27 November"),
        ),
    ],
)  # fmt: skip
def test_a_judged_rounds_page_explains_itself_and_no_other_kind(kombit, closed, client_as, language, says, never):
    client = client_as("facilitator")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = words(read(client, closed, at=CASE)).replace("&#x27;", "'")
    for each in says:
        assert each in page
    for each in never:
        assert each not in page


def test_a_round_of_statements_says_what_agreement_is(kombit, client_as):
    page = words(read(client_as("facilitator"), "conversation/rounds/R1/", at=CASE))
    assert "Andel enige af alle afgivne svar" in page
    assert "har svaret på udsagnet" in page


def test_whoever_answered_finds_what_came_of_it_question_by_question(kombit):
    now = timezone.now()
    phone = Client()
    phone.post(f"/r/{link(make_judged(kombit, at=now), at=now)}/")
    phone.post("/r/step/1/", dict.fromkeys(ASPECTS, "3"))
    page = phone.get("/r/outcome/").content.decode()
    assert "spørgsmål for spørgsmål" in page
    assert "udsagn for udsagn" not in page
    assert "dine svar på 3 spørgsmål" in words(phone.get("/r/erase/").content.decode())


@pytest.mark.parametrize(
    ("opens", "closes", "told"),
    [
        (DAY, DAY, "27. november 2026"),
        (DAY, datetime.date(2026, 12, 4), "27. november–4. december 2026"),
        (DAY, datetime.date(2027, 1, 4), "27. november 2026–4. januar 2027"),
    ],
)
def test_the_days_of_a_round_are_told_once(kombit, client_as, opens, closes, told):
    ref = make_round(kombit, at=NOON, opens=opens, closes=closes).item.ref
    client = client_as("facilitator")
    for address in (f"conversation/rounds/{ref}/", f"conversation/rounds/{ref}/run/", "conversation/"):
        page = words(read(client, address, at=CASE))
        assert told in page
        assert f"november–{told}" not in page
    assert "Hvem der er gået i gang" in read(client, f"conversation/rounds/{ref}/run/", at=CASE)


def test_answers_that_were_given_here_are_not_called_synthetic_and_those_of_the_file_are(kombit, closed, client_as):
    client = client_as("facilitator")

    def told(address: str) -> tuple[int, int]:
        """Return how often a page says so, and how often how they were made."""
        page = read(client, address, at=CASE)
        return page.count(">syntetiske svar<"), page.count("make_votes")

    for address in (closed, "scenarios/futures/C1/", f"{closed}run/", "conversation/rounds/prepare/", "scanning/"):
        assert told(address) == (0, 0), address
    for address in ("conversation/rounds/R1/", "conversation/statements/U1/", "conversation/insights/N1/"):
        assert min(told(address)) > 0


@pytest.mark.parametrize("name", ["scenario_book", "direction_paper"])
def test_the_documents_tell_what_the_circles_judged_and_that_it_is_no_probability(kombit, closed, name):
    for language, heading, verdict in (
        ("da", "Det siger kredsene om scenarierne", "Tænkelig og ønskelig, og vi er forberedt. Det siger de kredse, der er vist."),
        ("en", "What the circles said of the scenarios", "Plausible and desirable, and we are prepared. So say the circles that are shown."),
    ):  # fmt: skip
        made = document(kombit, name, language)
        at = next(at for at, block in enumerate(made.blocks) if isinstance(block, Heading) and block.text == heading)
        callout, table = made.blocks[at + 1 : at + 3]
        assert "probability" in str(callout) or "sandsynlighed" in str(callout)
        (row,) = table.table.rows
        assert [cell.text or cell.value for cell in row.cells][1] == verdict
        assert row.cells[0].ref == "C1"


def test_the_documents_say_nothing_of_judging_while_nothing_is_shown(kombit):
    make_judged(kombit, at=NOON)
    made = document(kombit, "scenario_book", "en")
    assert "What the circles said of the scenarios" not in [getattr(block, "text", "") for block in made.blocks]
