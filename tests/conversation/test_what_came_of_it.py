"""What a round that has closed is used for, and answers in it that are too alike."""

from __future__ import annotations

import datetime

import pytest

from conftest import NOON
from conversation.live import crowd, fresh, make_round, refs_of
from fremsyn.conversation.handover import load
from fremsyn.conversation.operations import (
    close_round,
)

pytestmark = pytest.mark.django_db

BASE = "/cases/kombit/conversation/rounds/"
MINUTE = datetime.timedelta(minutes=1)


def test_an_insight_of_a_result_begins_with_its_grounds_and_figures(kombit, client_as):
    from cases.editing.browser import filled_in

    client, page = client_as("facilitator"), f"{BASE}R1/insight/?statement=U1"
    sent = dict(filled_in(client.get(page).content.decode()).lists())
    assert not any(sent.get("shows", []))  # the circles are neither far apart nor agreed
    sent |= {
        "shows": ["surprise"],
        "title_da": ["De vil have én løsning"],
        "title_en": ["One solution"],
        "text_da": ["Alle kredse."],
    }

    answer = client.post(page, sent)

    assert answer.status_code == 302, answer.context["form"].errors
    made = load(fresh(kombit)).conversation.insights[-1]
    assert made.because[:2] == ("R1", "U1")
    assert {each.statement for each in made.evidence} == {"U1"}
    assert len(made.evidence) == 3


def test_each_statement_says_what_became_of_it(kombit, client_as):
    page = client_as("facilitator").get(f"{BASE}R1/used/")
    stands = {each.entry.ref: each.stands for each in page.context["fates"]}
    talk = load(fresh(kombit)).conversation
    asked_ = next(each for each in talk.rounds if each.ref == "R1").statements
    assert set(stands) == set(asked_)
    assert {ref for ref in asked_ if ref in talk.not_used.statements} == {
        ref for ref, stand in stands.items() if stand == "not_used"
    }


def test_a_burst_of_equal_answers_is_flagged_and_results_shown_with_and_without(kombit, client_as):
    round_ = make_round(kombit, at=NOON, circles=("organisation", "wide"))
    said = refs_of(round_)
    crowd(round_, {ref: [1] * 30 for ref in said}, at=NOON)
    crowd(round_, {said[0]: [-1, 1] * 5, said[1]: [-1] * 10}, at=NOON + MINUTE * 5, apart=30)
    page = f"{BASE}{round_.item.ref}/run/"
    before = client_as("facilitator").get(page)
    assert before.context["alike"]
    assert not before.context["flagged"]
    close_round(round_=round_, by=None, at=NOON + MINUTE * 20)

    context = client_as("facilitator").get(page).context

    first = next(each for each in context["flagged"] if each.entry.ref == said[0])
    wide = next(pair for pair in first.circles if pair.all is not None)
    assert (wide.all, wide.without) == (88, 55)
    assert len(context["alike"][0].pseudonyms) == 29


def test_what_few_answered_does_not_follow_from_the_results_without_the_equal_answers(kombit, client_as):
    round_ = make_round(kombit, at=NOON, circles=("organisation", "wide"))
    said = refs_of(round_)
    crowd(round_, {ref: [1] * 12 for ref in said}, at=NOON)
    crowd(round_, {ref: [1, 1] for ref in said}, at=NOON, circle="organisation")
    crowd(round_, {said[0]: [-1] * 3}, at=NOON + MINUTE * 5, apart=30)
    crowd(round_, {said[0]: [-1] * 9}, at=NOON + MINUTE * 5, apart=30, circle="organisation")
    close_round(round_=round_, by=None, at=NOON + MINUTE * 20)

    context = client_as("facilitator").get(f"{BASE}{round_.item.ref}/run/").context

    pairs = [pair for each in context["flagged"] for pair in each.circles if pair.all is not None]
    assert pairs
    assert all(pair.without is None for pair in pairs)
    assert not context["exact"]
