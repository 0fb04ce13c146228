"""What participants write, and what is refused of it."""

from __future__ import annotations

import pytest

from conftest import NOON
from conversation.live import link, make_round
from fremsyn.conversation.models import Answer, AnswerState, RoundRun
from fremsyn.conversation.operations import join_round, take_back_answer, write_answer
from fremsyn.conversation.refusals import Refused
from fremsyn.core.errors import RuleBroken
from fremsyn.core.personal_text import holds_cpr
from fremsyn.core.text import Text


@pytest.fixture
def round_(kombit):
    return make_round(kombit, at=NOON, monday=True, postcard=True, questions=(Text(da="Hvad så?"),))


@pytest.fixture
def people(round_):
    token = link(round_, at=NOON)
    return [join_round(token=token, language="da", at=NOON) for _one in range(2)]


@pytest.fixture
def write(people):
    def by(kind="open", place="1", text="Færre møder", who=0):
        return write_answer(participant=people[who], kind=kind, place=place, text=text, language="da", at=NOON)

    return by


def ref_of(round_):
    return round_.item.outgoing.filter(field="statements").first().to_item.ref


@pytest.mark.postgres
@pytest.mark.parametrize("kind", ["open", "monday", "postcard", "reason"])
def test_what_is_written_waits_for_a_facilitator(write, round_, kind):
    place = {"open": "1", "reason": ref_of(round_)}.get(kind, "")
    kept = write(kind, place, "  Linje et\r\nLinje to <b>🦊</b> \u202eשלום ")

    assert (kept.state, kept.place, kept.text) == ("pending", place, "Linje et\nLinje to <b>🦊</b> \u202eשלום")


def test_a_new_text_takes_the_place_of_the_old_and_waits_again(write):
    first = write()
    Answer.objects.filter(pk=first.pk).update(state=AnswerState.ACCEPTED, decided_at=NOON)

    assert write().state == AnswerState.ACCEPTED  # nothing new
    assert write(text="Flere møder").state == AnswerState.PENDING
    assert Answer.objects.count() == 1


def test_what_was_written_can_be_taken_back(write, people):
    write()
    gone = {"participant": people[0], "kind": "open", "place": "1", "at": NOON}
    assert [take_back_answer(**gone), take_back_answer(**gone)] == [True, False]
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    "text",
    ["", "  \n ", "x" * 2001, "x" * 1_000_000, "Min mor 010180-1234 ventede", "3112991234", "a\x00b"],
    ids=["empty", "blank", "long", "megabyte", "cpr", "cpr without hyphen", "nul"],
)
def test_a_text_that_cannot_be_kept_is_refused(write, text):
    with pytest.raises(RuleBroken):
        write(text=text)
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("010180-1234", True), ("0101801234", True), ("010180 1234", True), ("010180–1234", True), ("290200-1234", True),
        ("320180-1234", False), ("011380-1234", False), ("310280-1234", False), ("45 20 30 40 50", False),
        ("1010101801234", False), ("010180-12345", False), ("§ 12-1234", False), ("", False),
    ],
)  # fmt: skip
def test_a_personal_number_is_told_by_its_date(text, found):
    assert holds_cpr(f"Se {text}.") is found


@pytest.mark.parametrize(
    ("kind", "place"),
    [("open", "2"), ("open", ""), ("reason", "U1"), ("reply", "x"), ("reply", "0" * 32), ("sonnet", "")],
)
def test_what_was_not_asked_is_not_answered(write, kind, place):
    with pytest.raises(Refused):
        write(kind, place)


def test_a_round_that_asks_for_no_postcard_takes_none(kombit):
    somebody = join_round(token=link(make_round(kombit, at=NOON), at=NOON), language="da", at=NOON)
    with pytest.raises(Refused):
        write_answer(participant=somebody, kind="postcard", text="Kære alle", language="da", at=NOON)


def test_a_closed_round_takes_no_words(write, round_, people):
    write()
    RoundRun.objects.filter(round=round_).update(closed_at=NOON)
    with pytest.raises(Refused):
        write(text="For sent")
    with pytest.raises(Refused):
        take_back_answer(participant=people[0], kind="open", place="1", at=NOON)


def test_only_what_others_wrote_and_may_be_read_is_answered(write):
    view = write()
    with pytest.raises(Refused):
        write("reply", str(view.pk), who=1)  # not read yet
    Answer.objects.update(state=AnswerState.ACCEPTED)

    assert write("reply", str(view.pk), "Enig", who=1).replies_to == view
    with pytest.raises(Refused):
        write("reply", str(view.pk), who=0)  # one's own


def test_one_may_propose_five_statements(write):
    assert [write("proposal", "", f"Udsagn {n}").place for n in range(5)] == list("12345")
    with pytest.raises(RuleBroken):
        write("proposal", "", "Udsagn 6")
