"""What participants wrote, read by a facilitator before the others read it."""

from __future__ import annotations

import pytest

from conftest import NOON
from conversation.live import fresh, lines, make_round, refs_of, somebody
from fremsyn.conversation.handover import load
from fremsyn.conversation.models import Answer, AnswerState
from fremsyn.conversation.operations import (
    accept_answer,
    accept_proposal,
    close_round,
    decline_answer,
    write_answer,
)
from fremsyn.conversation.operations.moderating import mark_of
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text
from fremsyn.people.roles import Role

pytestmark = pytest.mark.django_db

BASE = "/cases/kombit/conversation/rounds/"


@pytest.fixture
def reason(kombit):
    round_ = make_round(kombit, at=NOON)
    (who,) = somebody(round_, at=NOON)
    return write_answer(
        participant=who, kind="reason", place=refs_of(round_)[0], text="Fordi det er for dyrt.", language="da", at=NOON
    )


@pytest.fixture
def proposal(kombit):
    round_ = make_round(kombit, at=NOON)
    (who,) = somebody(round_, at=NOON)
    return write_answer(participant=who, kind="proposal", text="Vi bør dele mere.", language="da", at=NOON)


def test_an_accepted_text_is_shown_and_the_log_holds_no_word_of_it(reason):
    accept_answer(answer=reason, seen=mark_of(reason), by=None, at=NOON)

    assert Answer.objects.get().state == AnswerState.ACCEPTED
    (line,) = lines("answer_accepted")
    assert "dyrt" not in str(line)
    with pytest.raises(RuleBroken, match="allerede afgjort"):
        accept_answer(answer=reason, seen=mark_of(reason), by=None, at=NOON)


def test_a_text_is_declined_with_a_reason_that_its_author_sees(reason):
    for none in ("", "   ", "010190-1234", "x" * 501):
        with pytest.raises(RuleBroken):
            decline_answer(answer=reason, seen=mark_of(reason), reason=none, by=None, at=NOON)
    decline_answer(answer=reason, seen=mark_of(reason), reason="Den nævner en person.", by=None, at=NOON)

    kept = Answer.objects.get()
    assert (kept.state, kept.moderator_reason) == (AnswerState.DECLINED, "Den nævner en person.")
    assert "person" not in str(lines("answer_declined"))


def test_what_was_rewritten_meanwhile_is_not_decided_unread(reason):
    seen = mark_of(reason)
    Answer.objects.update(text="Noget helt andet.")

    with pytest.raises(RuleBroken, match="skrevet om"):
        accept_answer(answer=reason, seen=seen, by=None, at=NOON)

    assert Answer.objects.get().state == AnswerState.PENDING


def test_a_proposal_becomes_a_statement_in_other_words_and_both_are_kept(kombit, proposal):
    told = {"answer": proposal, "seen": mark_of(proposal), "by": None, "at": NOON}
    item = accept_proposal(text=Text(da="Kommunerne bør dele mere."), theme="role", note="Gjort kortere.", **told)

    kept = Answer.objects.get()
    talk = load(fresh(kombit)).conversation
    said = next(each for each in talk.statements if each.ref == item.ref)
    assert (kept.text, said.text.da) == ("Vi bør dele mere.", "Kommunerne bør dele mere.")
    assert kept.statement.item.ref == item.ref
    assert next(each for each in talk.rounds if each.ref == said.round).statements[-1] == item.ref
    with pytest.raises(RuleBroken, match="udsagn"):
        accept_proposal(text=Text(da="Igen."), theme="role", **told)
    with pytest.raises(RuleBroken, match="udsagn"):
        decline_answer(reason="Nej.", **told)


def test_a_proposal_is_not_accepted_as_a_text_nor_with_an_unknown_theme_nor_after_closing(kombit, proposal):
    told = {"answer": proposal, "seen": mark_of(proposal), "by": None, "at": NOON}
    with pytest.raises(RuleBroken):
        accept_answer(**told)
    with pytest.raises(RuleBroken):
        accept_proposal(text=Text(da="Kort."), theme="nowhere", **told)
    for note, why in (("x" * 501, "højst 500 tegn"), ("Om 010180-1234", "CPR-nummer")):
        with pytest.raises(RuleBroken, match=why):
            accept_proposal(text=Text(da="Kort."), theme="role", note=note, **told)
    close_round(round_=proposal.round, by=None, at=NOON)
    with pytest.raises(RuleBroken, match="lukket"):
        accept_proposal(text=Text(da="Kort."), theme="role", **told)
    assert Answer.objects.get().state == AnswerState.PENDING


def test_who_may_not_moderate_writes_nothing_and_it_is_logged(kombit, client_as, reason, caplog):
    page = f"{BASE}{reason.round.item.ref}/moderate/"
    sent = {"action": "accept", "answer": str(reason.pk), "seen": mark_of(reason)}
    others = set(Role.values) - {Role.OWNER, Role.FACILITATOR}
    for role in others:
        assert client_as(role).post(page, sent).status_code == 403, role
    assert Answer.objects.get().state == AnswerState.PENDING
    assert lines("answer_accepted") == []
    assert caplog.text.count("403 conversation:round_moderate") == len(others)
    # another round's text can't be decided from this one
    assert client_as("facilitator").post(f"{BASE}R1/moderate/", sent).status_code == 404
    assert client_as("facilitator").post(page, sent).status_code == 302
    assert Answer.objects.get().decided_by.username == "facilitator"


def test_a_refused_decision_keeps_what_was_typed(kombit, client_as, reason):
    page = f"{BASE}{reason.round.item.ref}/moderate/"
    sent = {"action": "decline", "answer": str(reason.pk), "seen": "wrong", "reason": "Min lange begrundelse."}

    answer = client_as("facilitator").post(page, sent)

    assert answer.status_code == 422
    assert "Min lange begrundelse." in answer.content.decode()
