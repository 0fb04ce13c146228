"""What a round that was live here hands over, and what it keeps to itself."""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client

from conftest import NOON
from conversation.live import close, crowd, link, make_round, refs_of
from fremsyn.cases.editing.operations import add_thing, withdraw_thing
from fremsyn.cases.models import Case
from fremsyn.chain.folder import read_folder, write_folder
from fremsyn.chain.operations import export_case, import_case
from fremsyn.conversation.answers import answers
from fremsyn.conversation.handover import load
from fremsyn.conversation.models import Vote
from fremsyn.conversation.operations import cast_vote
from fremsyn.conversation.patterns import alike
from fremsyn.conversation.running import digest_of_votes
from fremsyn.conversation.schema import Insight
from fremsyn.core.text import Text


@pytest.fixture
def round_(kombit):
    return make_round(kombit, at=NOON)


@pytest.fixture
def case(kombit):
    """The case as the next request fetches it."""

    def fetched():
        return Case.objects.get(pk=kombit.pk)

    return fetched


def test_an_open_round_hands_over_nothing(round_, case):
    first, *_rest = refs_of(round_)
    crowd(round_, {first: [1] * 6}, at=NOON)

    assert round_.item.ref not in load(case()).votes
    assert first not in answers(case()).statements


def test_results_are_told_when_a_closed_round_is_shown(round_, case):
    first, *_rest = refs_of(round_)
    crowd(round_, {first: [1, 1, 1, 1, -1]}, at=NOON)
    crowd(round_, {first: [-1] * 5}, at=NOON, circle="organisation")
    close(round_, at=NOON, shown=False)
    assert first not in answers(case()).statements

    close(round_, at=NOON)
    result = answers(case()).statements[first]
    assert {circle: count.agree_per_cent for circle, count in result.by_circle.items()} == {
        "wide": 80, "organisation": 0,
    }  # fmt: skip


def test_fewer_than_five_are_in_no_result_and_in_no_export(round_, case, tmp_path):
    first, second, third = refs_of(round_)
    few = crowd(round_, {first: [1, -1, 1, 1]}, at=NOON, circle="organisation")
    many = crowd(round_, {first: [1] * 6, second: [1] * 6, third: [1] * 4}, at=NOON)
    close(round_, at=NOON)
    found = answers(case())

    assert found.statements[first].by_circle["organisation"] is None
    assert found.statements[first].total is None
    assert found.turnout[round_.item.ref].people is None
    write_folder(export_case(case()), tmp_path / "out")
    lines = (tmp_path / "out" / "votes" / f"{round_.item.ref}.csv").read_text().splitlines()[1:]
    assert len(lines) == 12
    assert not [line for line in lines if any(each.pseudonym in line for each in few)]
    assert {line.split(",")[0] for line in lines} == {each.pseudonym for each in many}


@pytest.mark.postgres
def test_a_live_round_goes_out_to_files_and_comes_back_as_it_was(kombit, case, tmp_path):
    rated = make_round(
        kombit, at=NOON, kind="rating", lowest=Text(da="Slet ikke"), highest=Text(da="Helt"), monday=True, postcard=True,
        questions=(Text(da="Hvad så?", en="What now?"),), results="when_shown",
    )  # fmt: skip
    first, *_rest = refs_of(rated)
    crowd(rated, {first: [7, 6, 1, 0, 4]}, at=NOON)
    close(rated, at=NOON)
    content = export_case(case())
    write_folder(content, tmp_path / "out")
    reading = read_folder(tmp_path / "out")

    assert reading.content, reading.faults
    back = export_case(import_case(content=reading.content, slug="tilbage", by=None, at=NOON))
    ref = rated.item.ref
    for each in (reading.content.conversation, back.conversation):
        assert each.conversation == content.conversation.conversation
        assert each.votes[ref] == content.conversation.votes[ref]
    assert [(vote.value, vote.important) for vote in back.conversation.votes[ref]] == [
        (7, True), (6, False), (1, False), (0, False), (4, False),
    ]  # fmt: skip


def test_what_was_withdrawn_is_in_no_result(round_, case):
    first, second, _third = refs_of(round_)
    crowd(round_, {first: [1] * 5, second: [1] * 5}, at=NOON)
    withdraw_thing(case=case(), key=first, by=None, at=NOON)
    close(round_, at=NOON)

    assert {vote.statement for vote in load(case()).votes[round_.item.ref]} == {second}
    assert first not in answers(case()).statements


def test_the_digest_tells_when_a_vote_was_altered(round_):
    first, *_rest = refs_of(round_)
    crowd(round_, {first: [1] * 3}, at=NOON)
    count, sha256 = digest_of_votes(round_, "")
    Vote.objects.filter(round=round_, value=1).update(important=True)

    assert (count, digest_of_votes(round_, "")[0]) == (3, 3)
    assert re.fullmatch("[0-9a-f]{64}", sha256)
    assert digest_of_votes(round_, "")[1] != sha256


# --- case 19


def test_three_hundred_alike_within_a_minute_are_told_apart(round_):
    first, second, third = refs_of(round_)
    crowd(round_, {first: [1, -1, 0], second: [0, 1, -1], third: [-1, -1, 1]}, at=NOON)
    bots = crowd(round_, dict.fromkeys((first, second, third), [1] * 30), at=NOON, apart=1)
    (found,) = alike(round_)

    assert found.pseudonyms == {each.pseudonym for each in bots[1:]}  # the first one marked theirs as important
    assert found.statements == 3
    assert found.last_at - found.first_at <= datetime.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("people", "statements", "apart"), [(9, 3, 1), (30, 2, 1), (30, 3, 8)], ids=["few", "two statements", "slowly"]
)
def test_what_many_people_may_well_do_is_not_flagged(round_, people, statements, apart):
    crowd(round_, dict.fromkeys(refs_of(round_)[:statements], [1] * people), at=NOON, apart=apart)
    assert alike(round_) == ()


# --- what came of it, told to one who answered


def test_whoever_answered_is_told_what_it_was_used_for(kombit, round_, case):
    first, second, _third = refs_of(round_)
    others = crowd(round_, {first: [1] * 6}, at=NOON)
    phone = Client()
    phone.post(f"/r/{link(round_, at=NOON, days=3000)}/")
    mine = round_.participants.exclude(pk__in=[each.pk for each in others]).get()
    for ref in (first, second):
        cast_vote(round_=round_, participant=mine, statement=ref, value=1, at=NOON)
    assert "Svarene er ikke brugt til noget endnu" in phone.get("/r/outcome/").content.decode()

    insight = Insight(
        ref="", title=Text(da="Retten til et menneske"), text=Text(da="Den bærer tilliden."), shows="agreement",
        question="Q0", because=(first,), used_for=("O7",),
    )  # fmt: skip
    add_thing(case=case(), parent="conversation", slot="insights", thing=insight, by=None, at=NOON)
    close(round_, at=NOON)
    page = phone.get("/r/outcome/").content.decode()

    assert "Retten til et menneske" in page
    assert "ført videre ind i arbejdet med strategien" in page
    assert "100 %" in page
    option = load_title(case(), "O7")
    assert option not in page  # not open to a stakeholder


def load_title(case, ref):
    return case.items.get(ref=ref).title["da"]


def test_results_that_are_not_shown_are_not_told(round_, case):
    first, *_rest = refs_of(round_)
    crowd(round_, {first: [1] * 6}, at=NOON)
    phone = Client()
    phone.post(f"/r/{link(round_, at=NOON, days=3000)}/")
    cast_vote(
        round_=round_, participant=round_.participants.order_by("joined_at").first(), statement=first, value=1, at=NOON
    )
    assert "100 %" not in phone.get("/r/outcome/").content.decode()

    close(round_, at=NOON, shown=False)
    page = phone.get("/r/outcome/").content.decode()
    assert "100 %" not in page
    assert "Resultaterne vises ikke endnu" in page


def test_whoever_rated_is_told_the_middle_of_those_who_did(kombit, case):
    round_ = make_round(kombit, at=NOON, kind="rating")
    first, second, _third = refs_of(round_)
    others = crowd(round_, {first: [7, 6, 7, 6, 7], second: [7, 7, 7, 7, 0]}, at=NOON)
    phone = Client()
    phone.post(f"/r/{link(round_, at=NOON, days=3000)}/")
    mine = round_.participants.exclude(pk__in=[each.pk for each in others]).get()
    for ref, value in ((first, 6), (second, 0)):
        cast_vote(round_=round_, participant=mine, statement=ref, value=value, at=NOON)
    close(round_, at=NOON)
    page = phone.get("/r/outcome/").content.decode()

    assert ">6,5<" in page
    assert ">7,0<" not in page  # four rated it, two passed
