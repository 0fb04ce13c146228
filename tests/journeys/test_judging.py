"""A matrix is judged by keyboard alone, and nothing is lost when the network drops."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import serving

CASE = "/cases/aaskolen-2035"
SAVED = re.compile(r"^Gemt \d")


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory, repo: Path) -> Iterator[str]:
    """The address of a site with the small case; each test here judges sections of its own."""
    folder = tmp_path_factory.mktemp("school")
    command = [sys.executable, "-m", "fremsyn.cli", "demo", str(repo / "examples" / "skole")]
    subprocess.run(command, env=serving.surroundings(folder), cwd=repo, check=True, stdout=subprocess.DEVNULL)
    with serving.served(folder) as running:
        yield running.url


@pytest.fixture
def judging(page: Page, school: str, sign_in) -> Page:
    """A page of the process owner, who has opened the phase again."""
    sign_in(school, "owner")
    page.goto(f"{school}{CASE}/gates/scenarios/")
    again = page.get_by_role("button", name="Åbn fasen igen")
    if again.count():
        page.locator('main [name="why"]').fill("Vurderingerne skal igennem igen.")
        again.click()
    page.goto(f"{school}{CASE}/scenarios/matrix/judge/")
    return page


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until what has the focus matches a selector."""
    for _press in range(80):
        if page.evaluate("wanted => document.activeElement.closest(wanted) !== null", wanted):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {wanted}")


def cell(page: Page) -> str:
    return page.evaluate("document.activeElement.closest('[data-cell]')?.dataset.cell ?? ''")


def value(page: Page, name: str) -> str:
    return page.locator(f'input[name="{name}"]:checked').input_value()


@pytest.mark.journey
def test_a_matrix_is_judged_by_keyboard_only(judging: Page) -> None:
    page = judging
    expect(page.get_by_role("heading", name="10 af 12 sektioner er vurderet")).to_be_visible()
    tab_to(page, 'main a.button[data-kind="primary"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/matrix/judge/D1/D3/")
    tab_to(page, "[data-cell]")
    assert cell(page) == "D1.a:D3.a"

    page.keyboard.press("-")
    page.keyboard.press("2")
    expect(page.locator("#status")).to_have_text(SAVED)
    page.keyboard.press("ArrowRight")
    assert cell(page) == "D1.a:D3.b"
    page.keyboard.press("2")
    page.keyboard.press("ArrowDown")
    assert cell(page) == "D1.b:D3.b"
    page.keyboard.press("ArrowUp")
    expect(page.locator("#reading")).to_contain_text("Hvis »Færre elever« gælder, fremmer det klart »Lærerens hjælper«")
    expect(page.locator("#answer")).to_contain_text("hænger sammen")
    expect(page.locator('[id="sum-D1.a"]')).to_have_text("Sum 0")
    assert (value(page, "D1.a:D3.a"), value(page, "D1.a:D3.b")) == ("-2", "+2")

    expect(page.locator("#answer")).to_contain_text("Siden du åbnede sektionen")
    expect(page.locator("#standing")).to_contain_text("11 af 12 sektioner er vurderet")
    expect(page.locator("#standing")).not_to_contain_text("ikke vurderet")
    expect(page.locator("#beside [aria-current] + span")).to_have_text("uden begrundelse")
    expect(page.locator("#told")).to_contain_text("11 af 12 sektioner er vurderet")
    expect(page.get_by_role("button", name="Tag vurderingen væk")).to_be_visible()

    page.keyboard.press("u")
    expect(page.locator("#status")).to_have_text(re.compile(r"^Fortrudt og gemt \d"))
    assert cell(page) == "D1.a:D3.b"  # and one stands where one stood
    expect(page.locator("#reading")).not_to_contain_text("fremmer")
    assert (value(page, "D1.a:D3.a"), value(page, "D1.a:D3.b")) == ("-2", "0")

    tab_to(page, "textarea[name=reason]")
    page.keyboard.type("Små hold giver plads til at prøve.")
    page.keyboard.press("Tab")
    expect(page.locator("#status")).to_have_text(SAVED)
    tab_to(page, 'button[value="next"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/matrix/judge/D1/D4/")

    assert cell(page) == "D1.a:D4.a"  # who goes on judging stands in the grid at once
    page.keyboard.press("p")
    page.wait_for_url("**/matrix/judge/D1/D3/")
    assert page.locator("textarea[name=reason]").input_value() == "Små hold giver plads til at prøve."


@pytest.mark.journey
def test_judgements_wait_for_the_network_and_are_sent_when_it_is_back(judging: Page) -> None:
    page = judging
    page.goto(page.url + "D1/D2/")
    first = page.locator('[data-cell="D1.a:D2.a"] input:checked')
    first.focus()
    page.context.set_offline(True)
    page.keyboard.press("3")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("3")
    expect(page.locator("#status")).to_contain_text("Ikke gemt endnu")
    assert page.locator("[data-unsaved]").count() == 2
    page.context.set_offline(False)
    expect(page.locator("#status")).to_have_text(SAVED)
    page.reload()
    assert (value(page, "D1.a:D2.a"), value(page, "D1.a:D2.b")) == ("+3", "+3")


@pytest.mark.journey
def test_what_was_not_sent_survives_a_reload(judging: Page) -> None:
    page = judging
    page.goto(page.url + "D3/D4/")
    page.route("**/D3/D4/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.locator('[data-cell="D3.a:D4.a"] input:checked').focus()
    page.keyboard.press("3")
    expect(page.locator("#status")).to_contain_text("Ikke gemt endnu")
    page.unroute("**/D3/D4/")
    page.reload()
    assert value(page, "D3.a:D4.a") == "+3"
    expect(page.locator("#status")).to_have_text(SAVED)
    page.reload()
    assert value(page, "D3.a:D4.a") == "+3"
    assert page.locator("[data-unsaved]").count() == 0


@pytest.mark.journey
def test_a_section_is_handed_out_judged_alone_by_keyboard_and_seen(judging: Page, axe) -> None:
    page, alone, direct = judging, f"{judging.url}mine/D2/D4/", f"{judging.url}D2/D4/"
    group = judging.url.replace("/judge/", "/group/")
    page.goto(group)
    page.get_by_label(re.compile("Procesejer")).check()
    page.locator('[name="one"]').select_option("D2")
    page.locator('[name="other"]').select_option("D4")
    page.get_by_role("button", name="Del ud").click()
    expect(page.get_by_role("heading", name="Hvor langt alle er")).to_be_visible()
    assert axe() == []

    page.goto(direct)
    expect(page.get_by_role("heading", name="Delt ud, så hver vurderer for sig")).to_be_visible()
    expect(page.locator("[data-cell] input").first).to_be_disabled()
    assert axe() == []

    page.goto(alone)
    page.locator("[data-cell] input:checked").first.focus()
    page.keyboard.press("-")
    page.keyboard.press("2")
    expect(page.locator("#status")).to_have_text(SAVED)
    expect(page.locator("#standing")).to_contain_text("begyndt, ikke givet")
    page.locator("textarea[name=reason]").fill("Små hold giver plads.")
    assert axe() == []
    page.get_by_role("button", name="Giv den").click()
    page.goto(f"{group}sections/D2/D4/")
    expect(page.get_by_role("heading", name="1 har vurderet")).to_be_visible()
    assert axe() == []
