"""The one door for votes."""

from __future__ import annotations

import datetime

import pytest

from conftest import NOON
from conversation.live import TEXTS, link, make_round
from fremsyn.audit.models import Entry
from fremsyn.cases.editing.operations import withdraw_thing
from fremsyn.cases.models import Case
from fremsyn.conversation.models import RoundRun, Vote, VoteKey
from fremsyn.conversation.operations import cast_vote, join_round
from fremsyn.conversation.refusals import Refused, Why
from fremsyn.core.errors import RuleBroken

pytestmark = pytest.mark.postgres


@pytest.fixture
def round_(kombit):
    return make_round(kombit, at=NOON)


@pytest.fixture
def somebody(round_):
    return join_round(token=link(round_, at=NOON), language="da", at=NOON)


@pytest.fixture
def refs(round_):
    return list(
        round_.item.outgoing.filter(field="statements").order_by("position").values_list("to_item__ref", flat=True)
    )


@pytest.fixture
def cast(round_, somebody, refs):
    def press(value=1, **given):
        asked = {"round_": round_, "participant": somebody, "statement": refs[0], "at": NOON, **given}
        return cast_vote(value=value, **asked)

    return press


def test_a_vote_is_there_when_its_receipt_is(cast, round_, somebody, refs):
    receipt = cast(1, important=True)

    kept = Vote.objects.get(round=round_)
    assert (kept.participant, kept.circle, kept.value, kept.important) == (somebody.pseudonym, "wide", 1, True)
    assert (receipt.code, receipt.statement, receipt.value, receipt.important) == (kept.receipt, refs[0], 1, True)


def test_the_same_vote_again_gets_the_same_receipt(cast, round_):
    assert cast(1) == cast(1)
    assert Vote.objects.filter(round=round_).count() == 1


def test_the_last_vote_counts(cast, round_):
    first, second = cast(1), cast(-1)

    assert first.code != second.code
    assert [vote.value for vote in Vote.objects.filter(round=round_)] == [-1]


def test_a_press_sent_again_changes_nothing_even_after_another_vote(cast, round_):
    first = cast(1, key="press-1")
    cast(-1, key="press-2")

    assert cast(1, key="press-1") == first
    assert [vote.value for vote in Vote.objects.filter(round=round_)] == [-1]
    assert VoteKey.objects.count() == 2


def test_a_press_sent_again_is_answered_after_the_round_has_closed(cast, round_):
    first = cast(1, key="press-1")
    RoundRun.objects.filter(round=round_).update(closed_at=NOON)

    assert cast(1, key="press-1") == first


def test_no_two_votes_have_one_receipt(cast, refs):
    assert len({cast(1, statement=ref).code for ref in refs}) == len(refs)


def test_votes_are_no_lines_in_the_log_and_leave_the_case_as_it_is(cast, kombit):
    kombit.refresh_from_db()
    lines, revision = Entry.objects.count(), kombit.revision
    cast(1)

    assert Entry.objects.count() == lines
    assert Case.objects.get(pk=kombit.pk).revision == revision


@pytest.mark.parametrize("value", [2, 7, -2])
def test_a_value_that_the_round_does_not_know_is_refused(cast, value):
    with pytest.raises(RuleBroken):
        cast(value)
    assert not VoteKey.objects.exists()


def test_a_rating_takes_one_to_seven(kombit):
    round_ = make_round(kombit, at=NOON, kind="rating")
    somebody = join_round(token=link(round_, at=NOON), language="en", at=NOON)
    ref = round_.item.outgoing.filter(field="statements").first().to_item.ref
    given = {"round_": round_, "participant": somebody, "statement": ref, "at": NOON}

    assert [cast_vote(value=value, **given).value for value in (1, 7, 0)] == [1, 7, 0]
    for wrong in (-1, 8):
        with pytest.raises(RuleBroken):
            cast_vote(value=wrong, **given)


def refusal(ask) -> Why:
    with pytest.raises(Refused) as caught:
        ask()
    return caught.value.why


def test_a_closed_round_takes_no_vote(cast, round_):
    RoundRun.objects.filter(round=round_).update(closed_at=NOON)
    assert refusal(cast) == Why.CLOSED


def test_a_round_is_over_when_its_last_day_is(cast, round_, kombit):
    type(round_).objects.filter(pk=round_.pk).update(closes=kombit.as_of - datetime.timedelta(days=1))
    assert refusal(cast) == Why.CLOSED


def test_a_round_that_was_not_opened_takes_no_vote(cast, round_):
    RoundRun.objects.filter(round=round_).delete()
    assert refusal(cast) == Why.PLANNED


def test_somebody_of_another_round_is_a_stranger(cast, kombit):
    assert refusal(lambda: cast(round_=make_round(kombit, at=NOON))) == Why.STRANGER


def test_a_statement_of_another_round_is_not_voted_on(cast):
    assert refusal(lambda: cast(statement="U1")) == Why.STATEMENT


def test_a_statement_that_was_withdrawn_meanwhile_is_not_voted_on(cast, kombit, refs):
    withdraw_thing(case=kombit, key=refs[0], by=None, at=NOON)
    assert refusal(cast) == Why.STATEMENT
    assert cast(statement=refs[1]).statement == refs[1]
    assert len(refs) == len(TEXTS)
