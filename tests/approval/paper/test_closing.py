"""What is closed is there for the body and those who serve it, and absent for everybody else until its day.

Security case 17: a search by somebody without the right finds no closed annex, section or point, nor counts it.
Security case 4: no other address of the same thing (edition, print, pack, history) is a way around it.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from conftest import NOON
from fremsyn.approval import verify
from fremsyn.approval.handover import load
from fremsyn.approval.models import Edition, SealedPack
from fremsyn.approval.paper.closing import edition, withheld
from fremsyn.approval.schema import Access, Closed
from fremsyn.cases.directory import directory
from fremsyn.cases.editing.operations import change_thing
from fremsyn.cases.models import Case
from fremsyn.chain.documents import documents_of
from fremsyn.chain.sealing import seal_demonstration
from fremsyn.chain.verifying import verified
from fremsyn.core.text import Text
from fremsyn.reports.documents.catalogue import document_pdf

pytestmark = pytest.mark.django_db
Signed = Callable[[str], Client]
INSIDE = ("owner", "facilitator", "leadership", "board")
SECRET = "Hemmelig leverandørpris Zyxw"
GROUND = Text(da="Offentlighedslovens § 30, nr. 2", en="Access to Public Administration Files Act, section 30(2)")
KOMBIT = "/cases/kombit/"


def change(case: Case, key: str, **values: Any) -> None:
    change_thing(case=case, key=key, version=None, values=values, meaning=False, by=None, at=NOON)


def close_section(case: Case, text: str = SECRET, until: datetime.date | None = None) -> Case:
    """Open the paper as a whole, and close one section, one point and one annex of it."""
    change(case, "approval/paper", access=Access(level="internal"))
    said = {"text": Text(da=text, en=text), "name": Text(da=f"{SECRET} navn", en=f"{SECRET} name")}
    change(case, "approval/paper/sections/economy", closed=Closed(ground=GROUND, until=until), **said)
    change(case, "B2", text=said["text"], closed=Closed(ground=GROUND, until=until))
    paper = load(case).paper
    assert paper
    annexes = tuple(
        each
        if each.n != 6
        else type(each)(n=6, from_part="restricted", name=said["name"], closed=Closed(ground=GROUND))
        for each in paper.annexes
    )
    change(case, "approval/paper", annexes=annexes)
    return case


@pytest.fixture
def closed(kombit: Case) -> Case:
    return close_section(kombit)


def words(client: Client, address: str) -> str:
    answer = client.get(f"{KOMBIT}{address}")
    assert answer.status_code == 200, address
    return answer.content.decode()


PAGES = (
    "", "board/", "board/points/B4/", "board/meetings/second/", "trace/B4/", "trace/B4/?up=1", "documents/",
    "documents/board_paper/", "trace/", "search/?q=Hemmelig", "search/?q=Zyxw", "plans/", "strategy/",
)  # fmt: skip


def test_a_closed_part_is_on_no_page_of_somebody_outside_the_body(closed: Case, client_as: Signed):
    shown = {}
    for address in PAGES:
        text = client_as("observer").get(f"{KOMBIT}{address}").content.decode()
        shown[address] = text.replace('value="Hemmelig"', "").replace('value="Zyxw"', "")
    assert [address for address, text in shown.items() if SECRET in text] == []
    assert "Punkt 2.</strong> Lukket: Offentlighedslovens § 30, nr. 2" in shown["board/"]
    assert client_as("observer").get(f"{KOMBIT}board/points/B2/").status_code == 404
    assert "Lukket: Offentlighedslovens § 30, nr. 2" in shown["documents/board_paper/"]


@pytest.mark.parametrize("role", INSIDE)
def test_the_body_and_those_who_serve_it_read_it_with_its_mark(closed: Case, client_as: Signed, role: str):
    for address in ("board/", "documents/board_paper/"):
        text = words(client_as(role), address)
        assert SECRET in text
        assert "Lukket: Offentlighedslovens § 30, nr. 2" in text


def test_case_17_search_finds_nothing_closed_and_counts_nothing_of_it(kombit: Case, client_as: Signed):
    # the whole paper of the demonstration is confidential until it is decided
    point = load(kombit).paper.points[0]
    query = f"{KOMBIT}search/?q={point.text.da.split()[-1]}"
    inside, outside = (client_as(role).get(query).content.decode() for role in ("board", "observer"))
    assert "/board/points/B1/" in inside
    assert "/board/points/" not in outside
    assert "besvarer fokusspørgsmålet" not in outside
    by_ref = client_as("observer").get(f"{KOMBIT}search/?q=B1").content.decode()
    assert "/board/points/B1/" not in by_ref
    nothing = client_as("observer").get(f"{KOMBIT}search/?q=B99").content.decode()
    assert by_ref.count("<li") == nothing.count("<li")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("board/points/B1/", 404),
        ("trace/B1/", 404),
        ("items/B1/", 404),
        ("edit/at/B1/history/", 403),
        ("edit/at/approval/paper/sections/economy/history/", 403),
        ("edit/at/approval/paper/sections/economy/change/", 403),
        ("board/draft/", 403),
        ("board/votes/second/1/", 403),
    ],
)
def test_case_4_no_other_address_is_a_way_around(kombit: Case, client_as: Signed, address: str, status: int):
    assert client_as("observer").get(f"{KOMBIT}{address}").status_code == status


def test_a_confidential_paper_shows_others_that_it_is_closed_and_why(kombit: Case, client_as: Signed):
    text = words(client_as("observer"), "board/")
    assert "Lukket: Fortrolig, til beslutningen er truffet; derefter åben undtagen bilag 6" in text
    assert "Godkendelse af ønskeligt scenarie og strategi" not in text
    assert "besvarer fokusspørgsmålet" not in text
    assert "Godkendelse af ønskeligt scenarie og strategi" not in words(client_as("observer"), "documents/board_paper/")
    assert "Godkendelse af ønskeligt scenarie og strategi" in words(client_as("board"), "board/")


def test_it_opens_on_its_day(kombit: Case, client_as: Signed):
    close_section(kombit, until=NOON.date())
    assert SECRET in words(client_as("observer"), "board/")
    tomorrow = Closed(ground=GROUND, until=NOON.date() + datetime.timedelta(1))
    for key in ("approval/paper/sections/economy", "B2"):
        change(kombit, key, closed=tomorrow)
    text = words(client_as("observer"), "board/")
    assert SECRET not in text
    assert "indtil 28. november 2026" in text


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_public_edition_does_not_depend_on_what_is_closed(kombit: Case, client_as: Signed, language: str):
    """Whatever stands in a closed part, the file is the same to the byte: nothing of it can be in there."""
    close_section(kombit)
    address = f"{KOMBIT}documents/board_paper.{language}.pdf"
    first = client_as("observer").get(address).content
    internal = client_as("board").get(address).content
    assert client_as("board").get(f"{address}?edition=public").content == first
    assert client_as("observer").get(f"{address}?edition=internal").content == first
    for key in ("approval/paper/sections/economy", "B2"):
        change(kombit, key, text=Text(da="Noget helt andet", en="Something else"))
    assert document_pdf(kombit, "board_paper", language, internal=False) == first
    assert document_pdf(kombit, "board_paper", language) != internal


def test_a_pack_is_sealed_in_two_editions_and_the_one_with_closed_parts_is_the_bodys(closed: Case, client_as: Signed):
    papers = {name: held for name, held in documents_of(closed).items() if name.startswith("board_paper.da")}
    internal = seal_demonstration(case=closed, documents=papers, at=NOON)
    public = SealedPack.objects.get(case=closed, edition=Edition.PUBLIC)
    assert (internal.edition, internal.version) == (Edition.INTERNAL, public.version)

    assert verified(bytes(public.content), public.fingerprint.replace(" ", ""))["ok"]
    entries = verify.unzipped(bytes(public.content))
    assert not [name for name, held in entries.items() if b"Zyxw" in held]
    assert [name for name, held in verify.unzipped(bytes(internal.content)).items() if b"Zyxw" in held]
    paper = json.loads(entries["handovers/approval.json"])["paper"]
    economy = next(each for each in paper["sections"] if each["id"] == "economy")
    assert economy["closed"]["ground"]["da"] == GROUND.da
    assert (paper["points"][1]["text"]["da"], "because" in paper["points"][1]) == ("Lukket del", False)
    for name, told in {
        "README.da.md": "Dette er den offentlige udgave.",
        "README.en.md": "This is the public edition.",
    }.items():
        assert told in entries[name].decode()
        assert told not in verify.unzipped(bytes(internal.content))[name].decode()

    for role, status in {"observer": 404, "board": 200, "facilitator": 200}.items():
        assert client_as(role).get(f"{KOMBIT}board/packs/{internal.sha256}.zip").status_code == status
    assert client_as("observer").get(f"{KOMBIT}board/packs/{public.sha256}.zip").content == bytes(public.content)
    listed = words(client_as("observer"), "board/")
    assert public.sha256 in listed
    assert internal.sha256 not in listed
    assert client_as("member").get(f"{KOMBIT}board/packs/{public.sha256}.zip").status_code == 403


def test_the_public_edition_lists_what_it_lacks_and_the_bodys_own_lacks_nothing(closed: Case, client_as: Signed):
    inside, outside = (words(client_as(role), "documents/board_paper/") for role in ("board", "observer"))
    heading = "Det, denne offentlige udgave mangler"
    listed = outside.partition(f"{heading}</h2>")[2].partition("</ul>")[0]
    for part in ("Punkt 2. Lukket:", "Et afsnit. Lukket:", "Økonomiens tal og risiciene", "Bilag 6. Lukket:"):
        assert part in listed
    assert heading not in inside


def test_a_paper_with_nothing_closed_is_sealed_once(kombit: Case):
    change(kombit, "approval/paper", access=Access(level="open"))
    assert withheld(kombit) == frozenset()
    assert edition(kombit) == load(kombit)
    pack = seal_demonstration(case=kombit, documents={}, at=NOON)
    assert pack.edition == Edition.WHOLE
    assert SealedPack.objects.filter(case=kombit).count() == 1


def test_the_figures_and_the_risks_go_with_the_section_that_tells_of_the_money(closed: Case, client_as: Signed):
    risk = next(key for key, entry in directory(closed).entries.items() if entry.kind == "risk")
    inside, outside = (words(client_as(role), "board/") for role in ("board", "observer"))
    for figures in ('id="money"', 'id="risks"'):
        assert figures in inside
        assert figures not in outside
    assert risk in withheld(closed)
    public = edition(closed).paper
    assert public
    assert public.money is None
    assert public.risks == ()
