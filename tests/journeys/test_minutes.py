"""Minutes from draft to signed package, by the secretary and a member on a tablet; every page of it is accessible."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from journeys import minuted
from journeys.looking import Looking
from serving import served, surroundings

MINUTES = "/cases/kombit-2035/board/meetings/second/minutes/"


@pytest.fixture
def meeting(template: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a site on which a meeting is over and its minutes are drafted."""
    shutil.copytree(template, tmp_path / "data")
    subprocess.run([sys.executable, minuted.__file__], env=surroundings(tmp_path / "data"), check=True)
    with served(tmp_path / "data") as running:
        yield running.url


@pytest.mark.axe
def test_minutes_go_from_draft_to_signed_on_accessible_pages(page, meeting, sign_in, axe_of, tmp_path):
    page.set_viewport_size({"width": 820, "height": 1100})
    look = Looking(page, meeting, axe_of)

    def walk(state: str, *addresses: str) -> None:
        look.at(*(f"{MINUTES}{each}" for each in addresses), state=state)

    sign_in(meeting, "facilitator")
    walk("drafted", "", "../", "../run/", "words/", "send/", "approve/", "answer/", "signed/")
    page.goto(f"{meeting}{MINUTES}words/")
    page.locator("#id_opening").fill("Formanden bød velkommen.")
    page.locator("button[data-kind=primary]").click()
    page.goto(f"{meeting}{MINUTES}send/")
    page.locator("button[data-kind=primary]").click()
    sign_in(meeting, "board")
    walk("sent", "", "comment/")
    page.locator("#id_text").fill("Jeg kom først kl. 13.")
    page.locator("button[data-kind=primary]").click()
    walk("commented", "comment/")
    sign_in(meeting, "facilitator")
    walk("commented", "", "answer/")
    page.locator("textarea[name=answer]").fill("Det er noteret.")
    page.locator("main form button").click()
    page.goto(f"{meeting}{MINUTES}approve/")
    page.locator("#id_why").fill("Alle har svaret.")
    page.locator("button[data-kind=primary]").click()
    walk("approved", "", "../", "signed/", "../../../", "../../../after/")
    subprocess.run([sys.executable, minuted.__file__, "sign"], env=surroundings(tmp_path / "data"), check=True)
    walk("signed", "")
    assert not look.faults
