"""A board votes: one leads, one votes on a tablet, with a script and without; every page of it is accessible."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from journeys import seated
from serving import served, surroundings

VOTES = "/cases/kombit-2035/board/votes/second/"


def opened(template: Path, data: Path, kind: str) -> Path:
    """Copy a site's data and open a meeting in it."""
    shutil.copytree(template, data)
    subprocess.run([sys.executable, seated.__file__, kind], env=surroundings(data), check=True)
    return data


@pytest.fixture
def meeting(template: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a site on which a meeting is in progress."""
    with served(opened(template, tmp_path / "data", "meeting")) as running:
        yield running.url


@pytest.fixture
def written(template: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a site on which the board decides in writing."""
    with served(opened(template, tmp_path / "data", "written")) as running:
        yield running.url


@pytest.mark.journey
def test_a_member_votes_on_a_tablet_and_the_secretary_counts(meeting, arrive):
    member, secretary = arrive(meeting, "board"), arrive(meeting, "facilitator")
    member.goto(f"{meeting}{VOTES}1/")
    member.get_by_role("link", name="Log ind igen for at stemme").click()
    member.get_by_role("button", name="Det er mig").click()
    secretary.goto(f"{meeting}{VOTES}1/")
    expect(secretary.get_by_text("0 af 7 har stemt", exact=True)).to_be_visible()
    member.get_by_label("Imod").check()
    member.get_by_role("button", name="Afgiv stemme på punkt 4.1").click()

    expect(member.get_by_role("heading", name="Du har stemt imod")).to_be_visible()
    assert re.search(r"Kvittering\s+\S{22}", member.get_by_role("main").inner_text())
    # The others see that somebody has voted, and not how.
    expect(secretary.get_by_text("1 af 7 har stemt", exact=True)).to_be_visible()
    assert secretary.locator('.seats [data-vote="against"]').count() == 0
    secretary.get_by_role("button", name="Luk afstemningen og tæl op").click()
    secretary.get_by_role("button", name="Tæl op uden dem").click()
    expect(member.get_by_text("Forkastet: 0 for, 1 imod, 6 stemte ikke").first).to_be_visible()


@pytest.mark.journey
def test_a_member_votes_without_a_script_and_keeps_the_choice_over_signing_in(meeting, arrive):
    member = arrive(meeting, "board", script=False)
    member.goto(f"{meeting}{VOTES}1/")
    member.get_by_role("link", name="Log ind igen for at stemme").click()
    member.get_by_role("button", name="Det er mig").click()
    member.get_by_label("Undlader at stemme").check()
    member.get_by_role("button", name="Afgiv stemme på punkt 4.1").click()
    expect(member.get_by_role("heading", name="Du har undladt at stemme")).to_be_visible()


@pytest.mark.journey
def test_a_choice_stays_while_others_vote(meeting, arrive):
    member = arrive(meeting, "board")
    member.goto(f"{meeting}{VOTES}1/")
    member.get_by_role("link", name="Log ind igen for at stemme").click()
    member.get_by_role("button", name="Det er mig").click()
    member.get_by_label("Imod").check()
    member.wait_for_timeout(4500)
    expect(member.get_by_label("Imod")).to_be_checked()


@pytest.mark.journey
def test_a_member_stops_a_written_procedure(written, arrive):
    member = arrive(written, "board")
    member.goto(f"{written}{VOTES}")
    expect(member.get_by_role("link", name="Stem om punkt 4.6")).to_be_visible()
    member.locator("summary", has_text="Jeg beder om et møde").click()
    member.get_by_role("button", name="Stands afstemningen, og bed om et møde").click()
    expect(member.get_by_text("Et medlem har bedt om et møde, så der er ikke besluttet noget.")).to_be_visible()


@pytest.mark.axe
@pytest.mark.parametrize(("language", "width"), [("da", 1440), ("en", 390)])
def test_every_page_of_a_voting_is_accessible(meeting, arrive, axe_of, language, width):
    faults = []
    for role in ("board", "facilitator"):
        page = arrive(meeting, role, width=width, language=language)
        for address in (f"{VOTES}1/", f"{VOTES}2/", f"{VOTES}2/amend/", f"{VOTES}2/words/", "/sign-in/again/"):
            page.goto(f"{meeting}{address}")
            faults += [f"{role} {address}: {fault}" for fault in axe_of(page)]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                faults.append(f"{role} {address} scrolls sideways")
    assert not faults


@pytest.mark.axe
def test_the_page_of_a_written_procedure_is_accessible(written, arrive, axe_of):
    faults = []
    for role in ("board", "facilitator"):
        page = arrive(written, role, width=390)
        page.goto(f"{written}{VOTES}")
        faults += [f"{role}: {fault}" for fault in axe_of(page)]
    assert not faults
