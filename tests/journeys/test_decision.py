"""From strategy to a decision that anybody can verify: the chair at a desk, a member with a tablet, a pack checked alone."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from journeys import deciding
from serving import surroundings

BOARD = "/cases/kombit-2035/board/"
MEETING, VOTES = f"{BOARD}meetings/second/", f"{BOARD}votes/second/"
DISSENT = "Jeg ville have set det prøvet i to kommuner først."


@pytest.mark.journey
def test_a_board_decides_and_whoever_has_the_pack_can_verify_the_decision(own_site, arrive, repo, tmp_path):
    others_do(tmp_path, "seat")
    secretary, chair = arrive(own_site, "facilitator"), arrive(own_site, "board", width=1440)
    member = arrive(own_site, deciding.VICE_CHAIR, password=deciding.PASSWORD, height=1180)

    called(secretary, own_site)
    barred_on_the_second_point(member, own_site)
    opened_with_four(chair, own_site)

    chair.get_by_role("button", name="Tag punktet op").click()
    chair.get_by_role("button", name="Sæt punkt 4.1 til afstemning").click()
    receipt = voted_on_a_tablet(member, own_site)
    voted_from_the_chair(chair)
    others_do(tmp_path, "cast", "1", "m3=for", "m4=for")
    expect(chair.get_by_text("4 af 4 har stemt", exact=True)).to_be_visible()
    chair.get_by_role("button", name="Luk afstemningen, og tæl op").click()
    expect(member.get_by_text("Godkendt: 3 for, 1 imod").first).to_be_visible()
    dissented(member)

    fallen(chair, own_site)
    others_do(tmp_path, "finish")
    closed(chair, own_site)
    assert states(member, own_site) == ["godkendt", "bortfaldet: ikke beslutningsdygtig", *["godkendt"] * 4]
    minutes = approved(secretary, chair, own_site)

    pack = sealed(secretary, chair, own_site, tmp_path)
    assert verified(pack, repo, tmp_path / "empty").startswith("Intact")
    (meeting,) = json.loads(zipfile.ZipFile(pack).read("board/record.json"))["meetings"]
    first, second, third = meeting["points"][:3]
    (voting,) = first["votings"]
    assert {each["member"]: each["value"] for each in voting["ballots"]} == {
        "m1": "for", "m2": "against", "m3": "for", "m4": "for",
    }  # fmt: skip
    assert receipt in [each["receipt"] for each in voting["ballots"] if each["member"] == "m2"]
    assert first["dissents"] == [{"member": "m2", "text": DISSENT}]
    assert (second["state"], second["votings"], second["disqualified"]) == ("fell", [], ["m2"])
    assert third["state"] == "adopted"
    assert [each["late"] for each in meeting["material"]] == [False]
    assert meeting["minutes"]["sha256"] == hashlib.sha256(minutes).hexdigest()


def others_do(tmp_path: Path, *what: str) -> None:
    """Let the rest of the board act on the data that the site of a test is served from."""
    subprocess.run([sys.executable, deciding.__file__, *what], env=surroundings(tmp_path / "data"), check=True)


def called(secretary: Page, site: str) -> None:
    secretary.goto(f"{site}{MEETING}")
    secretary.get_by_role("link", name="Indkald til mødet").click()
    secretary.get_by_role("button", name="Forsegl materialet, og indkald til mødet").click(timeout=180_000)
    expect(secretary.get_by_role("heading", name="Det materiale, der er sendt")).to_be_visible(timeout=180_000)


def barred_on_the_second_point(member: Page, site: str) -> None:
    member.goto(f"{site}{MEETING}")
    member.get_by_role("link", name="Jeg kan være inhabil på et punkt").click()
    member.get_by_label("4.2", exact=False).check()
    member.get_by_label("Hvad kan gøre dig inhabil på punktet").fill("En aftale med en leverandør")
    member.get_by_role("button", name="Oplys det").click()
    expect(member.get_by_text("afstemningen lukket for dig")).to_be_visible()


def opened_with_four(chair: Page, site: str) -> None:
    chair.goto(f"{site}{MEETING}")
    chair.get_by_role("link", name="Led mødet").click()
    chair.get_by_role("button", name="Åbn mødet").click()
    for each in deciding.HERE:
        chair.locator(f'input[name="of_{each}"][value="in"]').check()
    chair.get_by_role("button", name="Gem deltagelsen").click()
    expect(chair.get_by_text("4 af 7 stemmeberettigede deltager; 4 kræves").first).to_be_visible()


def voted_on_a_tablet(member: Page, site: str) -> str:
    """Vote against, with one's password first, and return the receipt's code."""
    member.goto(f"{site}{MEETING}")
    member.get_by_role("link", name="Gå til afstemningen om punkt 4.1").click()
    expect(member.get_by_role("link", name="Log ind igen for at stemme")).to_be_visible()
    assert member.evaluate("document.documentElement.scrollWidth") <= 820
    member.get_by_role("link", name="Log ind igen for at stemme").click()
    member.get_by_label("Adgangskode").fill(deciding.PASSWORD)
    member.get_by_role("button", name="Log ind igen").click()
    member.get_by_label("Imod").check()
    member.get_by_role("button", name="Afgiv stemme på punkt 4.1").click()
    expect(member.get_by_role("heading", name="Du har stemt imod")).to_be_visible()
    found = re.search(r"Kvittering\s+(\S{22})", member.get_by_role("main").inner_text())
    assert found
    return found[1]


def voted_from_the_chair(chair: Page) -> None:
    chair.get_by_role("link", name="Siden, hvor medlemmerne stemmer").click()
    chair.get_by_role("link", name="Log ind igen for at stemme").click()
    chair.get_by_role("button", name="Det er mig").click()
    chair.get_by_label("For", exact=True).check()
    chair.get_by_role("button", name="Afgiv stemme på punkt 4.1").click()
    expect(chair.get_by_role("heading", name="Du har stemt for")).to_be_visible()


def dissented(member: Page) -> None:
    member.get_by_role("link", name="Skriv til protokollen").click()
    member.get_by_role("textbox").fill(DISSENT)
    member.get_by_role("button", name="Gem ordene til protokollen").click()
    expect(member.get_by_text(DISSENT)).to_be_visible()


def fallen(chair: Page, site: str) -> None:
    """Four of seven are needed and are there, but one of them is disqualified on the second point."""
    chair.goto(f"{site}{MEETING}run/")
    chair.get_by_role("navigation", name="Punkterne").get_by_role("link").nth(1).click()
    chair.get_by_role("button", name="Tag punktet op").click()
    chair.get_by_role("button", name="Afgørelse: inhabil").click()
    expect(chair.get_by_text("3 af 7 stemmeberettigede deltager; 4 kræves").first).to_be_visible()
    chair.locator("summary", has_text="Punktet bortfalder").click()
    chair.get_by_role("button", name="Lad punktet bortfalde").click()
    expect(chair.get_by_text("Bortfaldet: ikke beslutningsdygtig").first).to_be_visible()


def closed(chair: Page, site: str) -> None:
    chair.goto(f"{site}{MEETING}run/")
    chair.get_by_role("button", name="Slut mødet nu").click()
    expect(chair.get_by_role("button", name="Slut mødet nu")).to_have_count(0)


def states(member: Page, site: str) -> list[str]:
    """Return what became of each point that is for decision, as the member reads it."""
    member.goto(f"{site}{MEETING}")
    return [
        each.lower() for each in member.locator(".meeting-points li > div > p:first-child > .tag").all_inner_texts()
    ]


def approved(secretary: Page, chair: Page, site: str) -> bytes:
    """Let the secretary draft the minutes and note that they are approved, and the chair fetch them."""
    secretary.goto(f"{site}{MEETING}minutes/")
    secretary.get_by_role("button", name="Lav et udkast ud fra mødets optegnelser").click()
    expect(secretary.get_by_text(DISSENT)).to_be_visible()
    secretary.get_by_role("link", name="Godkend referatet").click()
    secretary.get_by_role("button", name="Bestyrelsen har godkendt referatet").click(timeout=180_000)
    expect(secretary.get_by_role("heading", name="Det godkendte referat")).to_be_visible(timeout=180_000)
    chair.goto(f"{site}{MEETING}minutes/")
    with chair.expect_download() as coming:
        chair.get_by_role("link", name="Bestyrelsens egen udgave (PDF)").click()
    return Path(coming.value.path()).read_bytes()


def sealed(secretary: Page, chair: Page, site: str, tmp_path: Path) -> Path:
    """Let the secretary seal the case as it stands, and the chair download the newest pack."""
    secretary.goto(f"{site}{BOARD}")
    secretary.get_by_role("button", name="Forsegl sagen, som den er").click(timeout=180_000)
    expect(secretary.get_by_role("link", name="Hent pakke 2", exact=True)).to_be_visible(timeout=180_000)
    chair.goto(f"{site}{BOARD}")
    with chair.expect_download() as coming:
        chair.get_by_role("link", name="Hent pakke 2", exact=True).click()
    pack = tmp_path / "pack.zip"
    coming.value.save_as(pack)
    return pack


def verified(pack: Path, repo: Path, folder: Path) -> str:
    """Check a pack with nothing but Python, the program and the pack in an empty folder, and return what was said."""
    folder.mkdir()
    shutil.copy(repo / "src" / "fremsyn" / "approval" / "verify.py", folder)
    shutil.copy(pack, folder / "pack.zip")
    checked = subprocess.run(
        [sys.executable, "-I", "verify.py", "pack.zip"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    return checked.stdout
