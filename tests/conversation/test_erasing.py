"""A participant takes back all that they answered."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from conversation.live import crowd, fresh, link, make_round, refs_of
from fremsyn.audit.models import Entry
from fremsyn.conversation.handover import load
from fremsyn.conversation.models import Answer, AnswerState, Participant, Round, Vote, VoteKey
from fremsyn.conversation.operations import (
    accept_proposal,
    cast_vote,
    close_round,
    erase_answers,
    join_round,
    take_back_answer,
    write_answer,
)
from fremsyn.conversation.operations.moderating import mark_of
from fremsyn.conversation.participants.queries import mark_of as who_of
from fremsyn.conversation.refusals import Refused, Why
from fremsyn.conversation.rounds.response import response_of
from fremsyn.core.text import Text

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def round_(kombit, now):
    return make_round(kombit, at=now, monday=True)


@pytest.fixture
def phone(round_, now):
    """Somebody's phone that has voted and written."""
    client = Client()
    client.post(f"/r/{link(round_, at=now)}/")
    client.post("/r/step/1/", {"value": "1", "reason": "Fordi det er dyrt"})
    client.post("/r/step/4/", {"text": "Ringe til naboen"})
    client.post("/r/propose/", {"text": "Vi bør dele mere."})
    return client


def left(round_: Round) -> tuple[int, int, int, int]:
    models = (Participant, Vote, VoteKey, Answer)
    by = {VoteKey: "participant__round"}
    return tuple(model.objects.filter(**{by.get(model, "round"): round_}).count() for model in models)


def test_all_goes_after_one_has_been_told_what_and_nothing_stands_in_the_log(phone, round_):
    before = Entry.objects.count()
    page = phone.get("/r/erase/")
    assert (page.context["votes"], page.context["texts"], page.context["made"]) == (1, 3, False)
    assert left(round_) == (1, 1, 0, 3)

    done = phone.post("/r/erase/", follow=True)

    assert done.request["PATH_INFO"] == "/r/erased/"
    assert "Dine svar er slettet" in done.content.decode()
    assert left(round_) == (0, 0, 0, 0)
    assert phone.get("/r/").status_code == 403
    assert Entry.objects.count() == before


def test_the_phone_still_knows_who_it_is_in_other_rounds_and_may_begin_again(phone, kombit, now):
    other = make_round(fresh(kombit), at=now)
    token = link(other, at=now)
    phone.post(f"/r/{token}/")
    phone.post("/r/step/1/", {"value": "1"})

    phone.post("/r/erase/")

    assert left(other) == (0, 0, 0, 0)
    assert phone.get("/r/outcome/").context["written"].count() == 3
    assert phone.post(f"/r/{token}/").url == "/r/opening/"


def test_a_press_that_was_under_way_does_not_bring_an_answer_back(phone, round_, now):
    who = Participant.objects.get(round=round_)
    press = {"statement": refs_of(round_)[1], "value": "1", "key": "one-press", "who": who_of(who)}
    assert phone.post("/r/vote/", press).status_code == 200
    erase_answers(participant=who, at=now)

    assert phone.post("/r/vote/", press).status_code == 403
    # and where it had come further than the door before the answers went
    told = {"round_": round_, "participant": who, "statement": press["statement"], "value": 1, "at": now}
    for again in (
        lambda: cast_vote(key="one-press", **told),
        lambda: cast_vote(**told),
        lambda: write_answer(participant=who, kind="monday", text="Igen", language="da", at=now),
        lambda: take_back_answer(participant=who, kind="monday", at=now),
        lambda: erase_answers(participant=who, at=now),
    ):
        with pytest.raises(Refused) as refused:
            again()
        assert refused.value.why == Why.STRANGER
    assert left(round_) == (0, 0, 0, 0)


def test_what_others_made_of_it_stays(phone, round_, kombit, now):
    who = Participant.objects.get(round=round_)
    reason = Answer.objects.get(participant=who, kind="reason")
    Answer.objects.filter(pk=reason.pk).update(state=AnswerState.ACCEPTED)
    proposal = Answer.objects.get(participant=who, kind="proposal")
    told = {"seen": mark_of(proposal), "text": Text(da="Kommunerne bør dele mere."), "theme": "role"}
    item = accept_proposal(answer=proposal, by=None, at=now, **told)
    (other,) = crowd(round_, {item.ref: [1]}, at=now)
    write_answer(participant=other, kind="reply", place=str(reason.pk), text="Enig.", language="da", at=now)
    assert "bliver stående" in phone.get("/r/erase/").content.decode()

    phone.post("/r/erase/")

    assert list(Answer.objects.values_list("text", "replies_to")) == [("Enig.", None)]
    assert Vote.objects.get(round=round_).participant == other.pseudonym
    assert item.ref in next(e for e in load(fresh(kombit)).conversation.rounds if e.ref == round_.item.ref).statements


def test_a_closed_round_keeps_what_was_counted_and_says_whom_to_ask(phone, round_, now):
    assert "/r/erase/" in phone.get("/r/outcome/").content.decode()
    run = close_round(round_=round_, by=None, at=now)

    for answer in (phone.get("/r/erase/"), phone.post("/r/erase/")):
        assert answer.status_code == 410
        assert "spørg den, der sendte dig linket" in answer.content.decode()

    assert run.votes == 1
    assert left(round_) == (1, 1, 0, 3)
    assert "/r/erase/" not in phone.get("/r/outcome/").content.decode()


def test_a_circle_that_has_become_small_by_it_is_hidden_like_any_other(round_, kombit, now):
    first = refs_of(round_)[0]
    people = crowd(round_, {first: [1] * 5}, at=now)
    crowd(round_, {first: [-1] * 7}, at=now, circle="organisation")
    assert response_of(round_, ["wide", "organisation"], 5).people == 12

    erase_answers(participant=people[0], at=now)
    close_round(round_=round_, by=None, at=now)

    came = response_of(round_, ["wide", "organisation"], 5)
    assert (came.by_circle, came.people) == ({"wide": None, "organisation": 7}, None)
    votes = load(fresh(kombit)).votes[round_.item.ref]
    assert {vote.circle for vote in votes} == {"organisation"}


def test_erasing_is_not_done_by_looking(phone, round_):
    phone.get("/r/erase/")
    phone.head("/r/erase/")
    assert left(round_) == (1, 1, 0, 3)
    assert Client().post("/r/erase/").status_code == 403


def test_a_personal_link_is_used_up_and_a_code_ends(round_, now):
    token = link(round_, at=now, cap=1)
    who = join_round(token=token, language="da", at=now)
    phone = Client()
    erase_answers(participant=who, at=now)
    assert phone.post(f"/r/{token}/").status_code == 410
