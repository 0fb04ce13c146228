"""Calling a meeting that has nothing on its agenda, and times as people write them."""

from __future__ import annotations

import pytest

from approval.meeting.test_views import page, text_of
from conftest import NOON
from fremsyn.approval.handover import load
from fremsyn.cases.editing.inputs import ClockField
from fremsyn.cases.editing.operations import change_thing

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "words"), [("da", "Der er intet på dagsordenen."), ("en", "Nothing is on the agenda.")]
)
def test_a_meeting_without_an_agenda_leads_to_where_it_is_written(board, code, words):
    key = "approval/meetings/second"
    of = {"version": None, "meaning": False, "by": None, "at": NOON}
    change_thing(case=board.case, key=key, values={"agenda": ()}, **of)
    change_thing(case=board.case, key="approval/paper", values={"meeting": "first"}, **of)
    client = board.client("secretary")
    client.cookies["fremsyn_language"] = code
    notice = page("chain:meeting_notice", "second")
    for address in (page("approval:meeting", "second"), notice):
        text = text_of(client, address)
        assert words in text
        assert f"{page('cases:item_change', key)}?only=agenda" in text
    assert notice not in text_of(client, page("approval:meeting", "second"))
    assert "<textarea" not in text_of(client, notice)


@pytest.mark.parametrize("written", ["10.00", "10:00", "10", "kl. 10"])
def test_times_are_read_as_people_write_them_and_shown_as_the_page_writes(board, written):
    client = board.client("secretary")
    move = page("approval:meeting_move", "second")
    day = next(each.date for each in load(board.case).meetings if each.id == "second")
    said = {"day": day.isoformat(), "begins": written, "ends": "12.30", "place": "", "why": "Lokalet var optaget"}
    assert client.post(move, said).status_code == 302
    meeting = next(each for each in load(board.case).meetings if each.id == "second")
    assert (meeting.begins, meeting.ends) == ("10:00", "12:30")
    assert "10.00–12.30" in text_of(client, page("approval:meeting", "second"))
    assert 'value="10.00"' in text_of(client, move)
    client.cookies["fremsyn_language"] = "en"
    assert "10:00–12:30" in text_of(client, page("approval:meeting", "second"))


def test_the_form_by_which_a_meeting_is_changed_reads_the_same_times(board):
    client = board.client("secretary")
    address = page("cases:item_change", "approval/meetings/second")
    assert 'name="from" value="10.00"' in text_of(client, address)
    refused = client.post(f"{address}?only=begins", {"from": "25.00"})
    assert "Skriv et klokkeslæt som 13.00." in refused.content.decode()
    assert [ClockField().clean(said) for said in ("9.30", "12", "kl. 10")] == ["09:30", "12:00", "10:00"]
