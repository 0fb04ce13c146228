"""The pages of amendments: other words for a point, shown against its own, put, adopted, and named where material came late."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from approval.ballots.test_pages import VOTE, seen
from conftest import NOON
from fremsyn.approval.ballots.operations import count_voting, propose_amendment
from fremsyn.approval.models import Amendment, Material, PointRun, SealedPack
from fremsyn.approval.verify import zipped
from fremsyn.cases.editing.operations import change_thing

pytestmark = pytest.mark.django_db


def test_a_member_proposes_an_amendment_that_is_shown_against_the_words_and_withdraws_it(room, client_of):
    room.point()
    client = client_of("m5")
    text = room.sitting.points[0].text
    page = seen(client.get(f"{VOTE}amend/"))
    assert "at bestyrelsen besvarer fokusspørgsmålet" in page
    assert client.post(f"{VOTE}amend/", {"da": "", "en": ""}).status_code == 422
    assert 'name="en"' in page
    sent = {"da": text["da"].replace("2035", "2040"), "en": text["en"]}
    assert client.post(f"{VOTE}amend/", sent).status_code == 302

    page = seen(client.get(VOTE))
    assert '<del><span class="hidden">[slettet: </span>2035<span class="hidden">] </span></del>' in page
    assert '<ins><span class="hidden">[indsat: </span>2040<span class="hidden">] </span></ins>' in page
    assert client_of("m6").post(f"{VOTE}amend/", {"withdraw": "1"}).status_code == 404
    assert client.post(f"{VOTE}amend/", {"withdraw": "1"}).status_code == 302
    assert Amendment.objects.get().state == "withdrawn"
    PointRun.objects.update(text={"da": text["da"]})
    change_thing(
        case=room.board.case, key="case", version=None, values={"languages": ("da",)}, meaning=False, by=None, at=NOON
    )
    assert 'name="en"' not in seen(client.get(f"{VOTE}amend/"))


def test_an_adopted_amendment_shows_in_the_point_put(room, client_of):
    text = {"da": "at sagen udsættes"}
    voting = room.put(amendment=propose_amendment(point=room.point(), member="m5", text=text, by=None, at=NOON))
    page = seen(client_of("m2").get(VOTE))
    assert "Ændringsforslag 1 til punkt 4.1" in page
    assert "Der stemmes først om ændringsforslag 1." in page
    assert "Afgiv stemme om ændringsforslag 1 til punkt 4.1" in page
    assert "Afgiv stemme på punkt" not in page
    assert '<ins><span class="hidden">[indsat: </span>sagen udsættes<span class="hidden">] </span></ins>' in page
    room.all_cast(voting, m1="for")
    count_voting(voting=voting, by=None, at=NOON)
    page = seen(client_of("m2").get(VOTE))
    assert '<p class="at">at sagen udsættes</p>' in page
    assert "Sammenlignet med den udsendte ordlyd" in page
    assert "Denne ordlyd er på dansk" not in page
    english = client_of("m2")
    english.cookies["fremsyn_language"] = "en"
    for address in (VOTE, reverse("approval:meeting", args=["kombit", "second"])):
        assert "These words are in Danish; there are none in English." in seen(english.get(address))


@pytest.fixture
def late(room):
    """Late material, version 9, in which the first point of the paper is worded otherwise."""
    first = room.sitting.points[0]
    points = [{"ref": each.item.ref, "text": each.text} for each in room.sitting.points]
    points[0]["text"] = {name: text.replace("2035", "2040") for name, text in first.text.items()}
    told = {"meetings": [], "paper": {"points": points}}
    pack = SealedPack.objects.create(
        case=room.board.case, version=9, sha256="9" * 64, content_sha256="9" * 64, fingerprint="f", sealed_at=NOON,
        demonstration=True, votes=True, content=zipped({"handovers/approval.json": json.dumps(told).encode()}),
    )  # fmt: skip
    Material.objects.create(run=room.sitting.run, pack=pack, late=True, why="Rettet årstal", sent_at=NOON)
    return points[0]["text"]


def test_a_point_that_late_material_words_otherwise_says_so_and_leads_to_an_amendment(room, client_of, late):
    room.point()
    meeting = reverse("approval:meeting", args=["kombit", "second"])
    for address in (VOTE, meeting, f"{meeting}run/"):
        page = seen(client_of("m1").get(address))
        assert page.count("Det eftersendte materiale, pakke 9, har en anden ordlyd") == 1
        assert '<ins><span class="hidden">[indsat: </span>2040<span class="hidden">] </span></ins>' in page
        assert "words=late" in page
    assert "words=late" not in seen(client_of("secretary").get(meeting))
    assert late["da"] in seen(client_of("m1").get(f"{VOTE}amend/?words=late")).replace("&#x27;", "'")

    propose_amendment(point=room.point(), member="m5", text=late, by=None, at=NOON)
    page = seen(client_of("m1").get(VOTE))
    assert "Ændringsforslag 1 har denne ordlyd" in page
    assert "words=late" not in page
    room.sitting.disqualify(room.sitting.points[0], "m2")
    assert "har en anden ordlyd" not in seen(client_of("m2").get(VOTE))
    assert "har en anden ordlyd" not in seen(client_of("m2").get(meeting))
