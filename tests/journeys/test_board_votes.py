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
from journeys.looking import Looking
from serving import served, surroundings

BOARD = "/cases/kombit-2035/board/"
VOTES = f"{BOARD}votes/second/"


def opened(template: Path, data: Path, kind: str) -> Path:
    """Copy a site's data and open a meeting in it."""
    shutil.copytree(template, data)
    subprocess.run([sys.executable, seated.__file__, kind], env=surroundings(data), check=True)
    return data


@pytest.fixture(scope="module")
def meeting(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site on which a meeting is in progress; each journey has a voting of its own there."""
    with served(opened(template, tmp_path_factory.mktemp("meeting") / "data", "meeting")) as running:
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
    secretary.get_by_role("button", name="Luk afstemningen, og tæl op").click()
    secretary.get_by_role("button", name="Tæl op uden dem").click()
    expect(member.get_by_text("Forkastet: 0 for, 1 imod, 6 stemte ikke").first).to_be_visible()


@pytest.mark.journey
def test_a_member_votes_without_a_script_and_keeps_the_choice_over_signing_in(meeting, arrive):
    member = arrive(meeting, "board", script=False)
    member.goto(f"{meeting}{VOTES}3/")
    member.get_by_role("link", name="Log ind igen for at stemme").click()
    member.get_by_role("button", name="Det er mig").click()
    member.get_by_label("Undlader at stemme").check()
    member.get_by_role("button", name="Afgiv stemme på punkt 4.3").click()
    expect(member.get_by_role("heading", name="Du har undladt at stemme")).to_be_visible()


@pytest.mark.journey
def test_a_choice_stays_while_others_vote(meeting, arrive):
    member = arrive(meeting, "board")
    member.goto(f"{meeting}{VOTES}4/")
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
@pytest.mark.parametrize("role", ["board", "facilitator"])
def test_every_page_of_a_meeting_in_progress_is_accessible(meeting, arrive, axe_of, role):
    look = Looking(arrive(meeting, role), meeting, axe_of)
    pages = ["votes/second/1/", "votes/second/2/", "votes/second/2/amend/", "votes/second/2/words/"]
    pages += ["", "points/B1/", "meetings/", "meetings/second/"]
    pages += ["meetings/second/declare/"] if role == "board" else ["meetings/second/run/", "meetings/second/late/"]
    look.at(*(f"{BOARD}{each}" for each in pages), "/sign-in/again/")
    assert not look.faults


@pytest.mark.axe
def test_every_page_of_a_written_procedure_is_accessible(written, arrive, axe_of):
    faults = []
    for role in ("board", "facilitator"):
        look = Looking(arrive(written, role), written, axe_of)
        look.at(VOTES, f"{VOTES}1/", f"{VOTES}1/words/", f"{BOARD}meetings/second/")
        faults += [f"{role}: {fault}" for fault in look.faults]
    assert not faults
