"""A round as those who lead it take it: prepared, opened, closed, shown."""

from __future__ import annotations

import datetime

import pytest

from conftest import NOON
from conversation.live import again, asked, fresh, lines, make_round, refs_of, somebody
from fremsyn.cases.models import Item
from fremsyn.conversation.handover import load
from fremsyn.conversation.models import RoundRun, Vote
from fremsyn.conversation.operations import (
    cast_vote,
    close_round,
    open_round,
    prepare_round,
    show_results,
)
from fremsyn.conversation.refusals import Refused
from fremsyn.conversation.running import digest_of_votes
from fremsyn.conversation.schema import Statement
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text

pytestmark = pytest.mark.django_db

BASE = "/cases/kombit/conversation/rounds/"
PAGES = ("run", "response", "statements/add", "invite", "moderate", "used", "insight")
MINUTE = datetime.timedelta(minutes=1)


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_of_a_round_opens_for_the_facilitator(kombit, client_as, language):
    round_ = make_round(kombit, at=NOON)
    client = client_as("facilitator")
    client.cookies["language"] = language
    pages = [f"{BASE}prepare/", f"{BASE}prepare/?model=scenarios_reaction&scenario=C1", f"{BASE}prepare/?model=R1"]
    pages += [f"{BASE}{ref}/{each}/" for ref in (round_.item.ref, "R1") for each in PAGES]
    for page in (*pages, "/cases/kombit/conversation/", f"{BASE}R1/", f"{BASE}{round_.item.ref}/"):
        assert client.get(page).status_code == 200, page


def test_a_round_is_prepared_with_its_statements_and_takes_no_answers_yet(kombit):
    said = Statement(ref="", round="", text=Text(da="Vi venter for længe."), theme="role", question="Q0")

    item = prepare_round(case=kombit, round_=asked(), statements=(said, said), by=None, at=NOON)

    held = next(each for each in load(fresh(kombit)).conversation.rounds if each.ref == item.ref)
    assert len(held.statements) == 2
    assert not RoundRun.objects.exists()
    assert lines("round_prepared") == [{"round": item.ref, "statements": 2}]


def test_a_round_that_asks_more_than_may_be_asked_is_not_prepared_at_all(kombit):
    said = Statement(ref="", round="", text=Text(da="Vi venter."), theme="role", question="Q0")
    before = Item.objects.count()

    with pytest.raises(RuleBroken, match="200"):
        prepare_round(case=kombit, round_=asked(), statements=(said,) * 201, by=None, at=NOON)

    assert Item.objects.count() == before


def test_an_open_round_takes_answers_from_the_day_it_was_opened(kombit):
    round_ = make_round(kombit, at=NOON, opened=False)

    open_round(round_=round_, by=None, at=NOON)

    (who,) = somebody(again(round_), at=NOON)
    cast_vote(round_=again(round_), participant=who, statement=refs_of(round_)[0], value=1, at=NOON)
    assert again(round_).opens == kombit.as_of
    (line,) = lines("round_opened")
    assert line["round"] == round_.item.ref


@pytest.mark.parametrize(
    ("given", "texts", "why"),
    [
        ({}, (), "ingen udsagn"),
        ({"kind": "open"}, (), "ikke om noget"),
        ({"closes": datetime.date(2026, 11, 1)}, None, "sidste dag"),
        ({"anonymity": "named"}, None, "navn"),
        ({"circles": ()}, None, "kreds"),
    ],
)
def test_a_round_that_asks_nothing_or_nobody_is_not_opened(kombit, given, texts, why):
    told = {"texts": texts} if texts is not None else {}
    round_ = make_round(kombit, at=NOON, opened=False, **told, **given)

    with pytest.raises(RuleBroken, match=why):
        open_round(round_=round_, by=None, at=NOON)

    assert not RoundRun.objects.exists()
    assert lines("round_opened") == []


def test_a_round_is_opened_once_and_not_again_after_it_was_closed(kombit):
    round_ = make_round(kombit, at=NOON, opened=False)
    with pytest.raises(RuleBroken, match="ikke blevet åbnet"):
        close_round(round_=round_, by=None, at=NOON)
    open_round(round_=round_, by=None, at=NOON)
    with pytest.raises(RuleBroken, match="allerede åben"):
        open_round(round_=round_, by=None, at=NOON)
    close_round(round_=again(round_), by=None, at=NOON)
    for act, why in ((open_round, "ny runde"), (close_round, "allerede lukket"), (show_results, "vises allerede")):
        with pytest.raises(RuleBroken, match=why):
            act(round_=again(round_), by=None, at=NOON)


def test_closing_keeps_count_and_hash_of_the_votes_and_takes_no_more(kombit):
    round_ = make_round(kombit, at=NOON)
    people = somebody(round_, 6, at=NOON)
    for who in people:
        cast_vote(round_=round_, participant=who, statement=refs_of(round_)[0], value=1, at=NOON)

    run = close_round(round_=round_, by=None, at=NOON + MINUTE)

    (line,) = lines("round_closed")
    assert line == {
        "round": round_.item.ref,
        "votes_sha256": run.votes_sha256,
    }  # no total: small circles follow from it
    assert (run.votes, run.votes_sha256) == digest_of_votes(round_, run.votes_salt)
    assert digest_of_votes(round_, "")[1] != run.votes_sha256  # nor can votes be tried out against what the log says
    assert again(round_).votes == f"votes/{round_.item.ref}.csv"
    assert again(round_).closes == kombit.as_of
    with pytest.raises(Refused):
        cast_vote(round_=again(round_), participant=people[0], statement=refs_of(round_)[0], value=-1, at=NOON)
    assert Vote.objects.filter(round=round_, value=-1).count() == 0


def test_results_stay_hidden_until_they_are_shown(kombit, client_as):
    round_ = make_round(kombit, at=NOON, results="when_shown")
    for who in somebody(round_, 6, at=NOON):
        cast_vote(round_=round_, participant=who, statement=refs_of(round_)[0], value=1, at=NOON)
    page = f"{BASE}{round_.item.ref}/"
    with pytest.raises(RuleBroken):
        show_results(round_=round_, by=None, at=NOON)
    close_round(round_=round_, by=None, at=NOON)
    assert client_as("member").get(page).context["turnout"] is None

    assert client_as("facilitator").post(f"{page}show/").status_code == 302

    assert client_as("member").get(page).context["turnout"].by_circle["wide"] == 6
    assert lines("round_results_shown") == [{"round": round_.item.ref}]
