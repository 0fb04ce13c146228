"""Links into a round, codes back to it, and what is kept of them."""

from __future__ import annotations

import datetime
import hashlib

import pytest

from conftest import NOON
from conversation.live import link, make_round
from fremsyn.audit.models import Entry
from fremsyn.conversation.models import Invitation, Participant, RoundRun
from fremsyn.conversation.operations import invite, issue_code, join_round, resume, withdraw_invitation
from fremsyn.conversation.qr import qr_svg
from fremsyn.conversation.refusals import Refused, Why
from fremsyn.core.errors import RuleBroken

LATER = NOON + datetime.timedelta(days=8)


@pytest.fixture
def round_(kombit):
    return make_round(kombit, at=NOON)


def join(token, at=NOON):
    return join_round(token=token, language="da", at=at)


def refusal(ask) -> Why:
    with pytest.raises(Refused) as caught:
        ask()
    return caught.value.why


def test_a_token_is_long_told_once_and_kept_as_a_hash(round_):
    token = link(round_, at=NOON)
    kept = Invitation.objects.get()

    assert len(token) >= 22  # 128 bits, six to a letter
    assert kept.token_sha256 == hashlib.sha256(token.encode()).hexdigest()
    assert token not in "".join(str(value) for value in Invitation.objects.values_list().get())
    assert token not in "".join(Entry.objects.values_list("data", flat=True))


def test_a_participant_is_tied_to_nothing(round_):
    somebody = join(link(round_, at=NOON))

    assert {field.name for field in Participant._meta.concrete_fields} == {
        "id", "round", "circle", "pseudonym", "code_sha256", "language", "joined_at",
    }  # fmt: skip
    assert (somebody.circle, somebody.language, somebody.code_sha256) == ("wide", "da", None)


@pytest.mark.postgres
def test_a_link_lets_in_as_many_as_it_was_made_for(round_):
    token = link(round_, at=NOON, cap=2)

    assert join(token).pseudonym != join(token).pseudonym
    assert refusal(lambda: join(token)) == Why.FULL
    assert Participant.objects.filter(round=round_).count() == 2


def test_a_link_ends_at_its_time(round_):
    token = link(round_, at=NOON)
    assert refusal(lambda: join(token, LATER)) == Why.EXPIRED


def test_a_withdrawn_link_lets_nobody_in_and_the_log_says_who_withdrew_it(round_):
    token = link(round_, at=NOON)
    withdraw_invitation(invitation=Invitation.objects.get(), by=None, at=NOON)

    assert refusal(lambda: join(token)) == Why.WITHDRAWN
    assert Entry.objects.last().event == "conversation.invitation_withdrawn"
    with pytest.raises(RuleBroken):
        withdraw_invitation(invitation=Invitation.objects.get(), by=None, at=NOON)


def test_an_unknown_token_is_no_link(kombit):
    assert refusal(lambda: join("0210ae70-0000-0000-0000-000000000000")) == Why.UNKNOWN


def test_a_round_that_is_not_open_lets_nobody_in(kombit):
    round_ = make_round(kombit, at=NOON, opened=False)
    token = link(round_, at=NOON)
    assert refusal(lambda: join(token)) == Why.PLANNED

    RoundRun.objects.create(round=round_, opened_at=NOON, closed_at=NOON)
    assert refusal(lambda: join(token)) == Why.CLOSED


@pytest.mark.parametrize(
    "wrong",
    [{"cap": 0}, {"cap": 10_001}, {"circle": "board"}, {"expires_at": NOON}, {"note": "x" * 121}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_an_invitation_that_cannot_stand_is_refused(round_, wrong):
    given = {"circle": "wide", "cap": 1, "expires_at": LATER, **wrong}
    with pytest.raises(RuleBroken):
        invite(round_=round_, by=None, at=NOON, **given)
    assert not Invitation.objects.exists()


def test_nobody_is_invited_by_link_to_a_round_by_name(kombit):
    with pytest.raises(RuleBroken):
        link(make_round(kombit, at=NOON, anonymity="named"), at=NOON)


def test_a_code_leads_back_however_it_is_written(round_):
    somebody = join(link(round_, at=NOON))
    code = issue_code(participant=somebody, at=NOON)

    written = {code, code.lower(), code.replace("-", " "), code.replace("0", "o").replace("1", "l")}
    assert {resume(code=each, at=NOON) for each in written} == {somebody}
    assert code not in "".join(map(str, Participant.objects.values_list().get()))


def test_the_code_that_was_got_last_is_the_one_that_works(round_):
    somebody = join(link(round_, at=NOON))
    first, second = (issue_code(participant=somebody, at=NOON) for _time in range(2))

    assert resume(code=second, at=NOON) == somebody
    assert refusal(lambda: resume(code=first, at=NOON)) == Why.CODE


def test_a_code_works_after_the_link_has_run_out(round_):
    somebody = join(link(round_, at=NOON))
    code = issue_code(participant=somebody, at=NOON)
    assert resume(code=code, at=LATER) == somebody


@pytest.mark.parametrize("code", ["", "----", "0" * 12, "' OR 1=1 --", "🦊"])
def test_what_is_no_code_leads_nowhere(round_, code):
    join(link(round_, at=NOON))
    assert refusal(lambda: resume(code=code, at=NOON)) == Why.CODE


def test_a_link_is_a_picture_to_point_a_phone_at():
    drawn = qr_svg("https://fremsyn.example/r/abc/")
    assert drawn.startswith("<svg")
    assert not {"style", "script", "href"} & set(drawn.replace("=", " ").replace("<", " ").split())
