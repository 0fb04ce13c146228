"""What a session draws from the chain: its pre-read and its cards."""

from __future__ import annotations

import datetime
import html
import re

import pytest
from django.utils import translation

from fremsyn.cases.access import Visit
from fremsyn.chain.sessions.cards import KINDS, sheets
from fremsyn.chain.sessions.pre_read import draft
from fremsyn.conversation.handover import load
from fremsyn.conversation.sessions.operations.preparing import prepare_session
from fremsyn.people.models import Person

NOON = datetime.datetime(2026, 11, 27, 12, tzinfo=datetime.UTC)
AT = "/cases/kombit/conversation/sessions/"
OF_PHASE = {"E1": "Q0", "E2": "T", "E3": "C1", "E4": "C0", "E5": "P", "E6": "I"}


@pytest.fixture
def visit(kombit):
    return Visit(kombit, Person.objects.get(username="facilitator"), "facilitator")


@pytest.fixture
def planned(kombit):
    day = datetime.date(2026, 12, 3)
    return prepare_session(case=kombit, model="scanning_unseen", held=day, question="Q0", by=None, at=NOON).ref


def session_of(case, ref):
    return next(each for each in load(case).conversation.sessions if each.ref == ref)


@pytest.mark.parametrize("ref", OF_PHASE)
def test_the_draft_is_a_page_of_the_phase_s_own_material_with_references(kombit, visit, ref):
    text = draft(visit, session_of(kombit, ref))

    for written in (text.da, text.en):
        assert 80 <= len(written.split()) <= 450
        assert re.search(rf"\b{OF_PHASE[ref]}\d*\b", written)
        assert set(re.findall(r"\b[A-Z]\d{1,3}\b", written)) <= set(visit.entries)
    assert text.da != text.en


def test_the_draft_for_scanning_tells_what_is_great_and_unsure_and_what_is_contested(kombit, visit, planned):
    text = draft(visit, session_of(kombit, planned))

    for said in (
        "Stor betydning og lille sikkerhed:",
        "Omstridte",
        "De seneste indsigter:",
        "Det overraskede ledelsen senest:",
    ):
        assert said in text.da
    assert "Great impact and little certainty:" in text.en
    assert "(E6)" in text.da


def test_a_case_that_is_almost_empty_has_a_draft(visit, kombit, monkeypatch):
    assert draft(Visit(kombit, visit.person, "stakeholder"), session_of(kombit, "E2")).da.startswith("Vi skal tale om")


def test_the_draft_is_taken_over_in_both_languages_or_as_it_was_edited(kombit, client_as, planned):
    client = client_as("facilitator")
    page = client.get(f"{AT}{planned}/pre-read/")
    drawn = page.context["form"].initial["text"]
    assert "Hent udkastet" not in client.get(f"{AT}{planned}/").content.decode()

    client.post(f"{AT}{planned}/pre-read/", {"text": drawn.replace("\n", "\r\n"), "version": "1"})
    kept = session_of(kombit, planned).pre_read
    assert (kept.da == drawn, bool(kept.en)) == (True, True)

    client.post(f"{AT}{planned}/pre-read/", {"text": "Læs T1 <b>først</b>", "version": "2"})
    assert session_of(kombit, planned).pre_read.en is None
    assert "&lt;b&gt;først&lt;/b&gt;" in client.get(f"{AT}{planned}/").content.decode()


@pytest.mark.parametrize(
    ("text", "words"), [("", "Noget skal rettes"), ("x" * 1_000_000, "tegn"), ("Om 010180-1234", "CPR")]
)
def test_a_pre_read_that_can_t_be_kept_stands_on_the_page(kombit, client_as, planned, text, words):
    before = session_of(kombit, planned).pre_read

    answer = client_as("facilitator").post(f"{AT}{planned}/pre-read/", {"text": text, "version": "1"})

    page = html.unescape(answer.content.decode())
    assert (answer.status_code, words in page, text in page) == (422, True, True)
    assert 'name="text"' in page
    assert "maxlength" not in page.partition('name="text"')[2].partition(">")[0]  # a paste is not cut by the browser
    assert session_of(kombit, planned).pre_read == before


@pytest.mark.parametrize("kind", KINDS)
def test_there_is_a_card_for_each_thing_four_to_a_sheet(kombit, visit, kind):
    made = sheets(visit, "framing", [kind])
    cards = [card for sheet in made for card in sheet]

    assert {card.entry.kind for card in cards} == {kind}
    assert len({card.entry.ref for card in cards}) == len(cards) == len(visit.of_kind(kind))
    assert all(len(sheet) == 4 for sheet in made[:-1])


def test_statements_are_those_of_the_phase_s_rounds(kombit, visit):
    asked = {ref for each in load(kombit).conversation.rounds if each.phase == "scenarios" for ref in each.statements}
    assert {card.entry.ref for sheet in sheets(visit, "scenarios", ["statement"]) for card in sheet} == asked


def test_the_page_shows_the_kinds_that_were_chosen(kombit, client_as, planned):
    client = client_as("facilitator")
    with translation.override("da"):
        assert client.get(f"{AT}{planned}/cards/").content.count(b'class="playing-card"') == 50
        both = client.get(f"{AT}{planned}/cards/?kind=scenario&kind=assumption&kind=nothing")
        none = client.get(f"{AT}{planned}/cards/?kind=nothing")
    assert both.content.count(b'class="playing-card"') == 14
    assert "ikke noget af den slags" in none.content.decode()
