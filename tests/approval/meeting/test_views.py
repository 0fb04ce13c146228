"""The pages of a meeting: who leads it, and what is shown of it while it goes on."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.urls import reverse

from approval.conftest import Sitting
from approval.meeting.holding import declared, page, run_address, text_of
from conftest import NOON
from fremsyn.approval.meeting.operations.calling import call_off
from fremsyn.approval.meeting.operations.holding import write_note
from fremsyn.approval.models import (
    Disqualification,
    MeetingRun,
    MeetingState,
    PointRun,
    PointState,
    Presence,
    Told,
)

FRAGMENT = {"X-Fragment": "1"}


def version() -> int:
    return MeetingRun.objects.get().version


# --- leading


def test_the_secretary_and_the_chair_lead_and_nobody_else(sitting, client_as):
    address = page("approval:meeting_run", "second")
    leaders = [sitting.board.client("secretary"), sitting.board.client("m1"), client_as("owner")]
    assert {client.get(address).status_code for client in leaders} == {200}
    others = [sitting.board.client("m2"), client_as("leadership"), client_as("observer"), client_as("board")]
    assert {client.get(address).status_code for client in others} == {403}
    attendance = page("approval:meeting_attendance", "second")
    assert {client.post(attendance).status_code for client in others} == {403}
    assert client_as("owner").get(page("approval:meeting_run", "none")).status_code == 404


def test_a_meeting_is_led_from_one_screen_without_javascript(sitting):
    client, first = sitting.board.client("m1"), sitting.points[0]
    said: dict[str, Any] = {"point": first.pk}

    attendance = said | {
        "version": version(),
        "onwards": "1",
        **{f"of_m{n}": "in" for n in range(1, 5)},
        "of_m5": "out",
    }
    assert client.post(page("approval:meeting_attendance", "second"), attendance).status_code == 302
    assert Presence.objects.filter(member="m5", state="out").count() == 6
    taken = client.post(page("approval:meeting_run", "second"), said | {"version": version(), "action": "take_up"})
    assert taken.url == run_address(sitting)
    note = said | {"was": "", "note": "Kort drøftelse."}
    assert client.post(page("approval:meeting_note", "second"), note).status_code == 302
    barred = said | {"version": version(), "person": sitting.board.people["m2"].pk, "ground": "Egen aftale"}
    assert client.post(page("approval:meeting_disqualification", "second"), barred).status_code == 302
    declared = Disqualification.objects.get().pk
    found = said | {"version": version(), "declared": declared, "found": "barred", "words": "Enige"}
    assert client.post(page("approval:meeting_disqualification", "second"), found).status_code == 302
    shown = text_of(client, run_address(sitting))
    assert "5 af 7 stemmeberettigede deltager; 4 kræves" in shown
    assert "Næstformand" in shown
    assert "Kort drøftelse." in shown
    withdrawn = said | {"version": version(), "action": "withdraw", "why": "forældet"}
    assert client.post(page("approval:meeting_run", "second"), withdrawn).status_code == 302
    first.refresh_from_db()
    assert first.state == PointState.WITHDRAWN


def test_opening_and_closing_on_the_screen(board, called, client_as):
    client, address = client_as("facilitator"), page("approval:meeting_run", "second")
    assert "Åbn mødet" in text_of(client, address)
    assert client.post(address, {"version": version(), "action": "open"}).status_code == 302
    refused = client.post(address, {"version": version(), "action": "close"})
    assert refused.status_code == 422
    assert "ikke afsluttet: 4.1" in refused.content.decode()
    called.points.update(state=PointState.DEFERRED)
    assert client.post(address, {"version": version(), "action": "close"}).status_code == 302
    assert MeetingRun.objects.get().state == MeetingState.CLOSED
    assert text_of(client, address)


def test_a_missing_reason_is_asked_for_at_its_field(sitting):
    client, point = sitting.board.client("secretary"), sitting.points[0]
    sent = {"version": version(), "point": point.pk, "action": "withdraw", "why": " "}
    answer = client.post(page("approval:meeting_run", "second"), sent)
    assert answer.status_code == 422
    field = re.search(r"<details open>.*?</details>", answer.content.decode(), re.DOTALL)
    assert field
    assert 'aria-invalid="true" aria-describedby="why_error"' in field[0]
    assert "Skriv hvorfor" in field[0]


def test_closing_says_which_points_are_left_and_leads_to_them(sitting):
    PointRun.objects.filter(position__gt=2).update(state=PointState.DEFERRED)
    shown = text_of(sitting.board.client("secretary"), run_address(sitting))
    left = re.search(r"Disse punkter er ikke afsluttet\..*?</ul>", shown, re.DOTALL)
    assert left
    assert re.findall(r'href="([^"]*)"', left[0]) == [f"?point={point.pk}" for point in sitting.points[:2]]


def test_a_meeting_that_is_called_off_says_so_and_leads_to_a_new_one(board, called, client_as):
    call_off(case=board.case, meeting="second", why="Formanden er syg", by=board.secretary, at=NOON)
    plan = page("cases:item_add", "meeting")
    address = page("approval:meeting", "second")
    shown = text_of(client_as("facilitator"), address)
    assert "Mødet er aflyst, fordi:" in shown
    assert "Formanden er syg" in shown
    assert plan in shown
    assert "Ikke nået" not in shown
    assert "stemmeberettigede" not in shown
    assert page("approval:point_vote", "second", "1") not in shown
    assert plan not in text_of(board.client("m2"), address)
    assert "Ikke nået" not in text_of(client_as("facilitator"), page("approval:meeting_run", "second"))
    assert "Mødet er aflyst" in text_of(board.client("m2"), page("approval:point_vote", "second", "1"))


def test_the_second_secretary_sees_what_changed_and_keeps_what_was_chosen(sitting):
    one, two = sitting.board.client("secretary"), sitting.board.client("m1")
    seen, point = version(), sitting.points[0].pk
    states = {f"of_m{n}": "in" for n in range(1, 8)}
    address = page("approval:meeting_attendance", "second")
    assert one.post(address, states | {"version": seen, "point": point, "of_m7": "out"}).status_code == 302

    answer = two.post(address, states | {"version": seen, "point": point, "of_m6": "remote"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "En anden har ændret mødet" in shown
    assert "Deltagelsen på punkt 4.1 blev noteret" in shown
    assert 'name="of_m6" value="remote" checked' in shown
    assert f'name="version" value="{seen + 1}"' in shown
    assert Presence.objects.get(point_id=point, member="m6").state == "in"
    assert Presence.objects.get(point_id=point, member="m7").state == "out"


def test_a_meeting_that_was_just_opened_asks_first_who_takes_part(sitting):
    Presence.objects.all().delete()
    client = sitting.board.client("secretary")
    shown = text_of(client, run_address(sitting))
    assert "Notér, hvem der deltager" in shown
    assert "ikke beslutningsdygtig" not in shown
    assert 'data-kind="primary" name="action" value="take_up"' not in shown
    assert "0 af 7" not in text_of(client, page("approval:meeting", "second"))
    sitting.here(sitting.points[0], "m1")
    shown = text_of(client, run_address(sitting))
    assert "Notér, hvem der deltager" not in shown
    assert "ikke beslutningsdygtig" in shown
    assert 'data-kind="primary" name="action" value="take_up"' in shown


def test_attendance_is_noted_for_the_later_points_too_unless_that_is_unticked(sitting):
    client, point = sitting.board.client("secretary"), sitting.points[0]
    PointRun.objects.filter(pk=point.pk).update(state=PointState.ON)
    ticked = 'name="onwards" value="1" checked'
    assert ticked in text_of(client, run_address(sitting))
    refused = client.post(page("approval:meeting_note", "second"), {"point": point.pk, "was": "andet", "note": "Min"})
    assert ticked in refused.content.decode()
    sent = {"version": version() - 1, "point": point.pk, "of_m7": "out"}
    assert ticked not in client.post(page("approval:meeting_attendance", "second"), sent).content.decode()


def test_mail_stands_on_the_day_that_the_case_is_shown_as_of(sitting):
    run = sitting.run
    told = Told.objects.create(
        case=run.case, person=sitting.board.people["m1"], event="meeting.notice", about="second@2", at=NOON,
        mailed_at=NOON + datetime.timedelta(days=3),
    )  # fmt: skip
    shown = text_of(sitting.board.client("secretary"), page("approval:meeting", "second"))
    assert told.person.name in shown
    assert "27. november 2026 13.00" in shown
    assert "30. november" not in shown


def test_all_who_have_a_seat_are_noted_as_present_in_one_press(sitting):
    point = sitting.points[1]
    sitting.here(point, "m1")
    said = {"version": version(), "point": point.pk, "of_m1": "out", "all_in": "1"}
    assert (
        sitting.board.client("secretary").post(page("approval:meeting_attendance", "second"), said).status_code == 302
    )
    assert Presence.objects.filter(point=point, state="in").count() == 7


def test_the_screen_tells_by_itself_what_others_did(sitting):
    client, seen = sitting.board.client("secretary"), version()
    address = f"{page('approval:meeting_run', 'second')}?since={seen}"
    first = client.get(address, headers=FRAGMENT)
    assert "Det er sket" not in first.content.decode()
    again = {**FRAGMENT, "If-None-Match": first.headers["ETag"]}
    assert client.get(address, headers=again).status_code == 304
    declared(sitting)
    told = client.get(address, headers=again).content.decode()
    assert "Der blev oplyst mulig inhabilitet på punkt 4.2" in told
    assert "<form" not in told


def test_a_note_that_would_write_over_another_is_shown_with_it(sitting):
    client, point = sitting.board.client("secretary"), sitting.points[0]
    write_note(case=sitting.board.case, meeting="second", point=point.pk, note="Den andens", by=None, at=NOON)
    answer = client.post(page("approval:meeting_note", "second"), {"point": point.pk, "was": "", "note": "Min"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Den andens" in shown
    assert ">Min</textarea>" in shown


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("meeting_run", {"action": "adopt"}),
        ("meeting_run", {"action": "withdraw", "point": "x"}),
        ("meeting_run", {}),
        ("meeting_run", {"action": "take_up", "point": "0"}),
        ("meeting_attendance", {"of_m1": "asleep"}),
        ("meeting_attendance", {"point": "<svg>"}),
        ("meeting_disqualification", {"member": "m1", "ground": ""}),
        ("meeting_disqualification", {"member": "m1", "found": "maybe"}),
        ("meeting_note", {"note": "\x00"}),
        ("meeting_note", {"note": "010180-1234"}),
    ],
)
def test_nonsense_is_refused_in_words(sitting, name, said):
    client, before = sitting.board.client("secretary"), version()
    sent = {"version": before, "point": sitting.points[0].pk} | said
    answer = client.post(page(f"approval:{name}", "second"), sent)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert version() == before


# --- following


def test_who_is_in_the_case_follows_the_meeting(sitting, client_as):
    for point in sitting.points:
        sitting.here(point, "m1", "m2", "m3", "m4")
    for role in ("leadership", "board", "owner"):
        shown = text_of(client_as(role), page("approval:meeting", "second"))
        assert "4 af 7 stemmeberettigede deltager; 4 kræves" in shown
        assert "Led mødet" in shown if role == "owner" else "Led mødet" not in shown
    assert client_as("member").get(page("approval:meeting", "second")).status_code == 403
    assert "Hvem deltager" in text_of(client_as("board"), page("approval:meeting", "second"))
    assert "Hvem deltager" not in text_of(client_as("observer"), page("approval:meeting", "second"))


def test_a_page_that_has_it_all_is_answered_with_nothing(sitting):
    client, address = sitting.board.client("m2"), page("approval:meeting", "second")
    first = client.get(address, headers=FRAGMENT)
    tag = first.headers["ETag"]
    assert "<html" not in first.content.decode()
    assert client.get(address, headers={**FRAGMENT, "If-None-Match": tag}).status_code == 304
    write_note(case=sitting.board.case, meeting="second", point=sitting.points[0].pk, note="x", by=None, at=NOON)
    assert client.get(address, headers={**FRAGMENT, "If-None-Match": tag}).status_code == 200
    other = sitting.board.client("m3").get(address, headers=FRAGMENT)
    assert other.headers["ETag"] != tag


def test_the_list_and_the_paper_lead_to_the_meetings(board, client_as):
    shown = text_of(client_as("board"), page("approval:meetings"))
    assert page("approval:meeting", "first") in shown
    assert "Holdt" in shown
    assert page("approval:meetings") in text_of(client_as("board"), page("approval:paper"))
    assert "Tør vi stå på mål" in text_of(client_as("board"), page("approval:meeting", "first"))


def test_no_page_of_a_meeting_is_a_dead_end(sitting: Sitting) -> None:
    first, second = sitting.points[:2]
    PointRun.objects.filter(pk=first.pk).update(state="adopted")
    leader, meeting = sitting.board.client("m1"), page("approval:meeting", "second")
    assert f'href="?point={second.pk}"' in leader.get(run_address(sitting)).content.decode()
    assert meeting in leader.get(page("approval:point_vote", "second", str(second.position))).content.decode()
    PointRun.objects.update(state="adopted")
    MeetingRun.objects.update(state="closed", closed_at=NOON)
    for address in (meeting, page("approval:meeting_run", "second")):
        assert page("approval:minutes", "second") in leader.get(address).content.decode()


def test_a_refusal_leads_back_to_where_it_was_sent_from(sitting: Sitting) -> None:
    secretary, seats = sitting.board.client("secretary"), page("approval:seats")
    for came, link in ((f"http://testserver{seats}", 1), ("http://elsewhere.example/", 0)):
        answer = secretary.post(
            page("approval:seat_end"), {"seat": 0, "until": "2026-12-01"}, headers={"referer": came}
        )
        assert answer.status_code == 422
        assert answer.content.decode().count(f'href="{came}"') == link


def test_what_must_be_filled_in_at_times_says_when(board, client_as) -> None:
    text = client_as("facilitator").get(reverse("chain:meeting_notice", args=["kombit", "second"])).content.decode()
    assert "skal udfyldes ved skriftlig behandling" in text
    assert "skal udfyldes, hvis de får færre" in text


def test_a_change_of_a_paper_that_was_sent_says_which_version_the_members_hold(called, client_as) -> None:
    client, change = client_as("facilitator"), "/cases/kombit/edit/at/approval/paper/sections/background/change/"
    form = client.get(change).content.decode()
    sent = {
        name: value for name, value in re.findall(r'name="([^"]+)"[^>]* value="([^"]*)"', form) if name != "q"
    } | dict(re.findall(r'<textarea name="([^"]+)"[^>]*>([^<]*)</textarea>', form))
    sent |= {next(name for name in sent if name.endswith("da")): "Noget nyt"}
    assert "Medlemmerne har version 1" in client.post(change, sent, follow=True).content.decode()
