"""A meeting is called with its points and frozen material; what comes late, a move and a calling off are told too."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from approval.conftest import Board
from approval.meeting.conftest import FINGERPRINT, pack_of
from conftest import NOON
from fremsyn.approval.ballots.operations import begin_written
from fremsyn.approval.handover import load
from fremsyn.approval.meeting.agenda import points_of
from fremsyn.approval.meeting.calendar import as_calendar
from fremsyn.approval.meeting.mail import send_told, written
from fremsyn.approval.meeting.operations.calling import add_late_material, call_off, move_meeting, send_notice
from fremsyn.approval.meeting.state import meeting_of
from fremsyn.approval.models import Material, MeetingRun, MeetingState, PointRun, SealedPack, Seat, Told
from fremsyn.approval.schema import AgendaItem, Meeting
from fremsyn.audit.models import Entry
from fremsyn.audit.personal import personal_value
from fremsyn.cases.editing.operations import change_thing
from fremsyn.config.mail import mail_server
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text
from fremsyn.people.models import Person

ADDRESS = "https://fremsyn.example.org/cases/kombit/board/meetings/second/"


def facts(event: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Entry.objects.get(event=event).data)
    return found


def move(board: Board, day: datetime.date, **given: Any) -> Meeting:
    said = {"begins": "09:30", "ends": "11:00", "place": Text(da="Rådhuset")} | given
    return move_meeting(case=board.case, meeting="second", day=day, by=board.secretary, at=NOON, **said)


# --- the notice


def test_a_notice_makes_the_points_and_freezes_the_material(board, called, pack):
    assert called.state == MeetingState.NOTICED
    assert called.noticed_at == NOON
    points = list(called.points.all())
    assert [(each.label, each.kind, each.item.ref) for each in points] == [
        (f"4.{n}", "decision", f"B{n}") for n in range(1, 7)
    ]
    assert points[0].text == {
        "da": load(board.case).paper.points[0].text.da,
        "en": load(board.case).paper.points[0].text.en,
    }
    assert [(each.pack, each.late) for each in called.material.all()] == [(pack, False)]
    assert facts("approval.meeting_notice") == {
        "meeting": "second", "version": 2, "pack": pack.sha256, "days": 14, "points": 6,
    }  # fmt: skip
    assert Told.objects.filter(event="meeting.notice", mailed_at=None).count() == 7


def test_a_meeting_is_called_once(board, called, pack):
    with pytest.raises(RuleBroken, match="Indkaldt"):
        send_notice(case=board.case, meeting="second", pack=pack, by=None, at=NOON)
    assert PointRun.objects.count() == 6
    assert Material.objects.count() == 1


def test_a_short_notice_asks_for_a_reason_which_is_kept_and_shown(board, pack, client_as):
    board.case.shown_as_of = datetime.date(2026, 12, 1)
    board.case.save()
    with pytest.raises(RuleBroken, match="Der er 10 dage til; forretningsordenen kræver 14"):
        send_notice(case=board.case, meeting="second", pack=pack, by=None, at=NOON)
    assert not MeetingRun.objects.exists()

    send_notice(case=board.case, meeting="second", pack=pack, why="Fristen er sat af ejerne", by=None, at=NOON)
    assert personal_value(facts("approval.meeting_notice")["why"]) == "Fristen er sat af ejerne"
    page = client_as("board").get(reverse("approval:meeting", args=["kombit", "second"])).content.decode()
    assert "Fristen er sat af ejerne" in page


def test_what_can_not_be_called_leaves_nothing(board, pack):
    with pytest.raises(RuleBroken, match="Dagen er passeret"):
        send_notice(case=board.case, meeting="first", pack=pack, why="x", by=None, at=NOON)
    with pytest.raises(RuleBroken, match="findes ikke"):
        send_notice(case=board.case, meeting="third", pack=pack, by=None, at=NOON)
    Seat.objects.all().delete()
    with pytest.raises(RuleBroken, match="Ingen har en plads"):
        send_notice(case=board.case, meeting="second", pack=pack, by=None, at=NOON)
    assert not MeetingRun.objects.exists()
    assert not Material.objects.exists()
    assert not Entry.objects.exists()


def test_the_paper_stands_where_the_agenda_puts_it_and_a_first_reading_decides_nothing(board):
    approval = load(board.case)
    second, first = meeting_of(board.case, "second"), meeting_of(board.case, "first")
    agenda = (
        AgendaItem(n=1, type="information", title=Text(da="Siden sidst")),
        AgendaItem(n=2, type="decision", title=Text(da="Strategi"), paper=True),
        AgendaItem(n=3, type="decision", title=Text(da="Budget")),
    )

    def made(meeting: Meeting, **given: Any) -> list[tuple[int, int, str]]:
        from dataclasses import replace

        points = points_of(approval, replace(meeting, **given))
        return [(each["agenda_item"], each["number"], str(each["kind"])) for each in points]

    assert made(second, agenda=agenda) == [
        (1, 0, "information"), *((2, n, "decision") for n in range(1, 7)), (3, 0, "decision"),
    ]  # fmt: skip
    assert made(second) == [(4, n, "decision") for n in range(1, 7)]
    assert made(first) == [(1, 0, "discussion")]
    assert {kind for _item, _n, kind in made(first, agenda=agenda)} == {"information", "discussion"}


# --- late material, moving, calling off


def test_late_material_is_marked_everywhere_with_its_reason(board, called, client_as):
    late = pack_of(board, 2)
    with pytest.raises(RuleBroken, match="hvorfor materialet kommer sent"):
        add_late_material(case=board.case, meeting="second", pack=late, why=" ", by=None, at=NOON)
    add_late_material(case=board.case, meeting="second", pack=late, why="Nyt bilag 5", by=board.secretary, at=NOON)
    with pytest.raises(RuleBroken, match="har denne version"):
        add_late_material(case=board.case, meeting="second", pack=late, why="igen", by=None, at=NOON)

    assert [each.late for each in called.material.order_by("pk")] == [False, True]
    assert Told.objects.filter(event="meeting.late_material").count() == 7
    for name, role in (("meeting", "board"), ("meeting_run", "facilitator")):
        page = client_as(role).get(reverse(f"approval:{name}", args=["kombit", "second"])).content.decode()
        assert "ftersendt" in page
    assert (
        "Nyt bilag 5" in client_as("board").get(reverse("approval:meeting", args=["kombit", "second"])).content.decode()
    )


def test_a_meeting_is_moved_and_everybody_is_told(board, called):
    moved = move(board, datetime.date(2026, 12, 18))
    assert (moved.date, moved.begins, moved.place) == (datetime.date(2026, 12, 18), "09:30", Text(da="Rådhuset"))
    assert meeting_of(board.case, "second") == moved
    assert Told.objects.filter(event="meeting.moved").count() == 7
    mail = written(called, moved, "meeting.moved", "https://example.org/")
    assert "Det var fastsat til:\nFredag 11. december 2026, 10.00–12.30\nNu gælder dette:" in mail
    assert "Fredag 18. december 2026, 09.30–" in mail
    with pytest.raises(RuleBroken, match="forretningsordenen kræver 14"):
        move(board, datetime.date(2026, 12, 1))
    with pytest.raises(RuleBroken, match="Dagen er passeret"):
        move(board, datetime.date(2026, 1, 1), why="fortrudt")
    with pytest.raises(RuleBroken, match="før det begynder"):
        move(board, datetime.date(2026, 12, 18), begins="12:00")


def test_a_meeting_that_was_not_called_is_moved_quietly_and_may_then_be_called(board, pack):
    move_meeting(
        case=board.case,
        meeting="first",
        day=datetime.date(2026, 12, 20),
        begins="13:00",
        ends="15:00",
        by=None,
        at=NOON,
    )
    assert not Told.objects.exists()
    run = send_notice(case=board.case, meeting="first", pack=pack, by=None, at=NOON)
    assert [(each.kind, each.number) for each in run.points.all()] == [("discussion", 0)]


def test_a_meeting_is_called_off_with_a_reason(board, called, client_as):
    with pytest.raises(RuleBroken, match="hvorfor mødet aflyses"):
        call_off(case=board.case, meeting="second", why="", by=None, at=NOON)
    assert call_off(case=board.case, meeting="second", why="Storm", by=None, at=NOON).state == MeetingState.CANCELLED
    for again in (
        lambda: move(board, datetime.date(2026, 12, 18)),
        lambda: call_off(case=board.case, meeting="second", why="x", by=None, at=NOON),
    ):
        with pytest.raises(RuleBroken, match="Aflyst"):
            again()
    page = client_as("board").get(reverse("approval:meeting", args=["kombit", "second"])).content.decode()
    assert "Storm" in page
    assert "Led mødet" not in page


# --- mail and calendars


def test_each_member_is_mailed_what_they_are_called_to(board, called, pack, post):
    assert send_told(run=called, address=ADDRESS, at=NOON) == (7, 0)

    assert sorted(to for to, _message in post.taken) == sorted(f"m{n}@example.org" for n in range(1, 8))
    _to, message = post.taken[0]
    text = message.get_body(("plain",)).get_content()
    assert "fredag 11. december 2026, 10.00–12.30" in text.lower()
    assert "4. Godkendelse af ønskeligt scenarie og strategi" in text
    assert f"SHA-256: {pack.sha256}" in text
    assert FINGERPRINT in text
    assert ADDRESS in text
    assert message["From"] == "sekretariat@example.org"
    event = calendar_of(message)
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 2)
    assert event.decoded("DTSTART").isoformat() == "2026-12-11T10:00:00+01:00"
    assert set(Told.objects.values_list("mailed_at", flat=True)) == {NOON}

    assert send_told(run=called, address=ADDRESS, at=NOON) == (0, 0)
    assert len(post.taken) == 7


def calendar_of(message: Any) -> Any:
    attached = next(message.iter_attachments())
    assert attached.get_content_type() == "text/calendar"
    calendar = Calendar.from_ical(attached.get_payload(decode=True))
    assert attached.get_param("method") == calendar["METHOD"]
    return next(iter(calendar.walk("VEVENT")))


def test_one_who_can_not_be_reached_hinders_nobody_and_is_tried_again(board, called, post):
    post.refused = {"m3@example.org"}
    assert send_told(run=called, address=ADDRESS, at=NOON) == (6, 1)
    post.refused = set()
    assert send_told(run=called, address=ADDRESS, at=NOON) == (1, 0)
    assert sorted(to for to, _message in post.taken) == sorted(f"m{n}@example.org" for n in range(1, 8))


def test_without_a_server_or_with_one_that_is_down_the_page_says_so(board, called, post, settings, client_as):
    page, mail = (reverse(f"approval:{name}", args=["kombit", "second"]) for name in ("meeting", "meeting_mail"))
    settings.EMAIL_PORT = 1
    answer = client_as("facilitator").post(mail, follow=True).content.decode()
    assert "Sendt til 0; 7 kunne ikke nås" in answer
    settings.EMAIL_HOST = ""
    assert "Der er ikke sat en mailserver op" in client_as("facilitator").post(mail, follow=True).content.decode()
    assert "Der er ikke sat en mailserver op" in client_as("facilitator").get(page).content.decode()
    assert post.taken == []


def test_a_move_and_a_calling_off_reach_the_calendars(board, called, post):
    numbers = []
    move(board, datetime.date(2026, 12, 18))
    called.refresh_from_db()
    send_told(run=called, address=ADDRESS, at=NOON)
    event = calendar_of(post.taken[-1][1])
    numbers.append(event["SEQUENCE"])
    assert event.decoded("DTSTART").isoformat() == "2026-12-18T09:30:00+01:00"
    assert event["LOCATION"] == "Rådhuset"
    call_off(case=board.case, meeting="second", why="Storm", by=None, at=NOON)
    called.refresh_from_db()
    send_told(run=called, address=ADDRESS, at=NOON)
    message = post.taken[-1][1]
    event = calendar_of(message)
    assert message["Subject"].startswith("Aflyst:")
    assert "Storm" in message.get_body(("plain",)).get_content()
    assert event["STATUS"] == "CANCELLED"
    assert event["SEQUENCE"] > numbers[0] > 2
    assert len({calendar_of(message)["UID"] for _to, message in post.taken}) == 1


def test_a_title_of_several_lines_is_no_header_of_its_own(board, called, post):
    from dataclasses import replace

    meeting = replace(meeting_of(board.case, "second"), title=Text(da="Et\r\nBcc: alle@example.org"))
    made = as_calendar(meeting, called, title=str(meeting.title), about="a\nb", at=NOON)
    assert b"\nBcc" not in made
    change_thing(
        case=board.case, key="approval/meetings/second", version=None,
        values={"title": Text(da="Et\nBcc: alle@example.org")}, meaning=False, by=None, at=NOON,
    )  # fmt: skip
    send_told(run=called, address=ADDRESS, at=NOON)
    message = post.taken[0][1]
    assert message["Bcc"] is None
    assert "Bcc: alle@example.org" in message["Subject"]


def test_the_file_for_a_calendar_opens_to_those_who_see_the_meeting(board, called, client_as):
    address = reverse("approval:meeting_ics", args=["kombit", "second"])
    answer = client_as("board").get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert Calendar.from_ical(answer.content)["METHOD"] == "PUBLISH"
    assert client_as("member").get(address).status_code == 403
    assert client_as("board").get(reverse("approval:meeting_ics", args=["kombit", "first"])).status_code == 404


def test_a_written_procedure_is_mailed_with_its_deadline_and_a_member_stops_it_by_mail_to_all(board, pack, post):
    with pytest.raises(RuleBroken, match="Der er 6 dage til; forretningsordenen kræver 14"):
        send_notice(case=board.case, meeting="second", pack=pack, until=datetime.date(2026, 12, 3), by=None, at=NOON)
    until = datetime.date(2026, 12, 13)
    run = send_notice(case=board.case, meeting="second", pack=pack, until=until, by=board.secretary, at=NOON)
    begin_written(run=run, by=board.secretary, at=NOON)
    send_told(run=run, address=ADDRESS, at=NOON)
    _to, message = post.taken[0]
    assert message["Subject"].startswith("Skriftlig behandling:")
    danish, english = message.get_body(("plain",)).get_content().split("____________________")
    assert "Der kan stemmes indtil: 13. december 2026 23.59" in danish
    assert reverse("approval:written", args=["kombit", "second"]) in danish
    assert "4. Godkendelse" in danish
    assert "You are asked to vote in writing." in english
    assert calendar_of(message).decoded("DTSTART").isoformat() == "2026-12-13T23:59:00+01:00"

    Person.objects.filter(username="facilitator").update(email="sekretariat@example.org")
    board.case.shown_as_of = datetime.date(2026, 12, 1)
    board.case.save()
    MeetingRun.objects.update(deadline=timezone.now() + datetime.timedelta(days=7))
    post.taken.clear()
    answer = board.client("m7").post(
        reverse("approval:written", args=["kombit", "second"]), {"action": "demand"}, follow=True
    )
    assert "Sendt til 8 medlemmer" in answer.content.decode()
    assert {to for to, _ in post.taken} == {*(f"m{n}@example.org" for n in range(1, 8)), "sekretariat@example.org"}
    _to, message = post.taken[0]
    assert "Der er bedt om et møde:" in message["Subject"]
    assert calendar_of(message)["STATUS"] == "CANCELLED"


# --- the pages


def test_the_secretary_calls_a_meeting_on_a_page(board, client_as, post):
    client = client_as("facilitator")
    notice, late = (reverse(f"chain:{name}", args=["kombit", "second"]) for name in ("meeting_notice", "meeting_late"))
    assert client.get(notice).status_code == 200
    assert client.post(notice, {"kind": "written", "why": ""}).status_code == 422
    shown = client.post(notice, {"kind": "meeting", "why": ""}, follow=True)

    assert shown.status_code == 200
    run = MeetingRun.objects.get()
    assert run.state == MeetingState.NOTICED
    assert run.material.get().pack == SealedPack.objects.get(edition="internal")
    assert len(post.taken) == 7
    assert client.post(notice, {"kind": "meeting", "why": ""}).status_code == 422
    again = client.get(notice).content.decode()
    assert "Mødets status er »Indkaldt«, så der indkaldes ikke igen." in again
    assert 'name="kind"' not in again
    assert client.post(late, {"why": ""}).status_code == 422
    assert client.post(late, {"why": "Nyt bilag"}).status_code == 422, "nothing has changed"
    change_thing(
        case=board.case, key="approval/paper", version=None,
        values={"title": Text(da="Ny titel", en="New title")}, meaning=False, by=None, at=NOON,
    )  # fmt: skip
    assert client.post(late, {"why": "Nyt bilag"}).status_code == 302
    assert [each.late for each in run.material.order_by("pk")] == [False, True]
    assert len(post.taken) == 14


def test_moving_and_calling_off_on_pages(board, called, client_as):
    client = client_as("owner")
    to = reverse("approval:meeting_move", args=["kombit", "second"])
    assert 'value="2026-12-11"' in client.get(to).content.decode()
    said = {
        "version": called.version,
        "day": "2026-12-15",
        "begins": "10:00",
        "ends": "12:00",
        "place": "Sal 2",
        "why": "",
    }
    assert client.post(to, said | {"ends": "25.00"}).status_code == 422
    assert client.post(to, said).status_code == 302
    assert meeting_of(board.case, "second").place == Text(da="Sal 2")
    stale = client.post(to, said | {"day": "2026-12-16"})
    assert stale.status_code == 422
    assert "En anden har ændret mødet" in stale.content.decode()
    assert "2026-12-16" in stale.content.decode()
    off = reverse("approval:meeting_call_off", args=["kombit", "second"])
    assert client.get(off).status_code == 200
    assert client.post(off, {"why": ""}).status_code == 422
    assert client.post(off, {"why": "Storm", "version": 3}).status_code == 302
    assert MeetingRun.objects.get().state == MeetingState.CANCELLED


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", {"EMAIL_HOST": "", "EMAIL_USE_TLS": False}),
        ("smtp://mail.example.org", {"EMAIL_HOST": "mail.example.org", "EMAIL_PORT": 25, "EMAIL_USE_SSL": False}),
        (
            "smtps://a%40b:c%3Ad@mail.example.org",
            {"EMAIL_PORT": 465, "EMAIL_HOST_USER": "a@b", "EMAIL_HOST_PASSWORD": "c:d"},
        ),
        ("smtp://mail.example.org:587?tls=1", {"EMAIL_PORT": 587, "EMAIL_USE_TLS": True}),
    ],
)
def test_the_mail_server_is_set_by_an_address(address, said):
    made = mail_server(address)
    assert {name: made[name] for name in said} == said


@pytest.mark.parametrize("address", ["mail.example.org", "http://mail.example.org", "smtp://"])
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(ValueError, match="EMAIL_URL"):
        mail_server(address)
