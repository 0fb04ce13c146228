"""What is closed to a member who is disqualified on a point, and how that is declared and ruled on, on the pages."""

from __future__ import annotations

import json

from approval.conftest import Sitting
from approval.meeting.conftest import pack_of
from approval.meeting.holding import declared, page, run_address, text_of
from conftest import NOON
from fremsyn.approval.meeting.operations.disqualifying import rule_on_disqualification
from fremsyn.approval.models import (
    Disqualification,
    Material,
)
from fremsyn.audit.models import Entry
from fremsyn.cases.editing.operations import change_thing


def rule(sitting: Sitting, *, barred: bool) -> None:
    rule_on_disqualification(
        case=sitting.board.case,
        meeting="second",
        declared=Disqualification.objects.get(member="m2").pk,
        barred=barred,
        by=None,
        at=NOON,
    )


def closed_pages(sitting: Sitting) -> dict[str, int]:
    """Return what m2 is answered by everything that holds the second point."""
    pack = Material.objects.get().pack
    pages = {
        "point": page("approval:board_point", "B2"),
        "pack": page("approval:pack", pack.sha256),
        "document": page("reports:document", "board_paper"),
        "pdf": page("reports:document_pdf", "board_paper", "da"),
        "trace": page("chain:trace", "B2"),
        "other point": page("approval:board_point", "B3"),
    }
    client = sitting.board.client("m2")
    return {name: client.get(address).status_code for name, address in pages.items()}


OPEN = {"point": 200, "pack": 200, "document": 200, "pdf": 200, "trace": 200, "other point": 200}
CLOSED = OPEN | {"point": 403, "pack": 403, "document": 403, "pdf": 403, "trace": 404}
WORDS = "godkendes som pejlepunkt med den modstand"


def test_a_declared_disqualification_closes_the_point_to_the_member_alone(sitting):
    Material.objects.create(run=sitting.run, pack=pack_of(sitting.board), sent_at=NOON)
    assert closed_pages(sitting) == OPEN
    declared(sitting)
    assert closed_pages(sitting) == CLOSED

    mine, yours = sitting.board.client("m2"), sitting.board.client("m3")
    for address in (page("approval:paper"), page("approval:meeting", "second"), f"{page('cases:search')}?q=pejlepunkt"):
        shown = text_of(mine, address)
        assert WORDS not in shown
        assert "pejlepunkt med" not in shown
        assert "/points/B2/" not in shown
    assert WORDS in text_of(yours, page("approval:paper"))
    assert "lukket for dig" in text_of(mine, page("approval:paper"))
    assert "lukket for dig" in text_of(mine, page("approval:meeting", "second"))
    assert 'data-number="3"' in text_of(mine, page("approval:paper"))
    assert "board_paper" not in text_of(mine, page("reports:documents"))
    assert yours.get(page("approval:pack", Material.objects.get().pack.sha256)).status_code == 200

    rule(sitting, barred=False)
    assert closed_pages(sitting) == OPEN
    rule(sitting, barred=True)
    assert closed_pages(sitting) == CLOSED


def test_by_the_rules_the_point_closes_with_the_ruling(sitting):
    Material.objects.create(run=sitting.run, pack=pack_of(sitting.board), sent_at=NOON)
    change_thing(
        case=sitting.board.case, key="approval/body", version=None, values={"barred_from": "ruled"},
        meaning=False, by=None, at=NOON,
    )  # fmt: skip
    declared(sitting)
    assert closed_pages(sitting) == OPEN
    rule(sitting, barred=True)
    assert closed_pages(sitting) == CLOSED


def test_a_member_declares_on_a_page_of_their_own(sitting, client_as):
    client, address = sitting.board.client("m2"), page("approval:meeting_declare", "second")
    point = sitting.points[1].pk
    assert f'value="{point}" checked' in text_of(client, f"{address}?point={point}")
    wrong = client.post(address, {"point": point, "ground": ""})
    assert wrong.status_code == 422
    assert f'value="{point}" checked' in wrong.content.decode()
    assert client.post(address, {"ground": "Egen aftale"}).status_code == 422
    assert client.post(address, {"point": point, "ground": "Egen aftale"}).status_code == 302
    made = Disqualification.objects.get()
    assert (made.member, made.ground) == ("m2", "Egen aftale")
    assert WORDS not in text_of(client, address)
    assert "ikke en plads" in text_of(client_as("board"), address)
    assert client_as("owner").get(address).status_code == 403


def test_the_ground_is_told_to_the_body_alone(sitting, client_as):
    declared(sitting)
    assert "Egen aftale" in text_of(sitting.board.client("secretary"), run_address(sitting, 2))
    for role in ("leadership", "observer"):
        assert "Egen aftale" not in text_of(client_as(role), page("approval:meeting", "second"))


def test_nothing_personal_stands_in_the_log(sitting):
    declared(sitting)
    for entry in Entry.objects.all():
        said = json.dumps(entry.facts(), ensure_ascii=False)
        assert "Egen aftale" not in said
        assert "Medlem m2" not in said


def test_a_declaration_can_be_taken_back_until_the_body_rules(sitting: Sitting) -> None:
    declared(sitting)
    client, address = sitting.board.client("m2"), page("approval:meeting_declare", "second")
    seen = text_of(client, page("approval:meeting", "second"))
    assert ("Indtil bestyrelsen har afgjort det" in seen, "Du er inhabil" in seen) == (True, False)
    assert "venter på afgørelse" in text_of(sitting.board.client("secretary"), run_address(sitting))
    taken_back = {"take_back": Disqualification.objects.get().pk}
    assert f'name="take_back" value="{taken_back["take_back"]}"' in text_of(client, address)
    assert sitting.board.client("m3").post(address, taken_back).status_code == 422
    assert client.post(address, taken_back).status_code == 302
    assert not Disqualification.objects.exists()
    declared(sitting)
    rule(sitting, barred=True)
    assert "Du er inhabil" in text_of(client, page("approval:meeting", "second"))
    assert client.post(address, {"take_back": Disqualification.objects.get().pk}).status_code == 422
