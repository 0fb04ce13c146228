"""Minutes from draft to signed package, by the secretary and a member on a tablet; every page of it is accessible."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from journeys import minuted
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
@pytest.mark.parametrize("language", ["da", "en"])
def test_minutes_go_from_draft_to_signing_on_accessible_pages(page, meeting, sign_in, axe, language):
    page.set_viewport_size({"width": 820, "height": 1100})
    page.context.add_cookies([{"name": "fremsyn_language", "value": language, "url": meeting}])

    def look(address: str) -> None:
        assert page.goto(f"{meeting}{MINUTES}{address}").status == 200
        assert axe() == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address

    sign_in(meeting, "facilitator")
    for address in ("", "words/", "send/", "approve/", "answer/", "signed/"):
        look(address)
    page.goto(f"{meeting}{MINUTES}words/")
    page.locator("#id_opening").fill("Formanden bød velkommen.")
    page.locator("button[data-kind=primary]").click()
    page.goto(f"{meeting}{MINUTES}send/")
    page.locator("button[data-kind=primary]").click()
    sign_in(meeting, "board")
    look("comment/")
    page.locator("#id_text").fill("Jeg kom først kl. 13.")
    page.locator("button[data-kind=primary]").click()
    look("comment/")
    sign_in(meeting, "facilitator")
    look("answer/")
    page.locator("textarea[name=answer]").fill("Det er noteret.")
    page.locator("main form button").click()
    page.goto(f"{meeting}{MINUTES}approve/")
    page.locator("#id_why").fill("Alle har svaret.")
    page.locator("button[data-kind=primary]").click()
    for address in ("", "signed/"):
        look(address)
