"""A leadership meets for twelve minutes: one leads from a tablet, the room follows a screen, one holds the pen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.looking import Looking

CASE = "/cases/kombit-2035/conversation/"
Arrive = Callable[..., Page]


@pytest.fixture
def arrive(browser: Browser, site: str) -> Iterator[Arrive]:
    """`arrive("facilitator", width=820)` is that role's own browser, signed in."""
    contexts, faults = [], []
    expect.set_options(timeout=15_000)

    def opened(role: str, *, width: int = 1440, script: bool = True, language: str = "da") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="da-DK", java_script_enabled=script
        )
        contexts.append(context)
        context.add_cookies([{"name": "fremsyn_language", "value": language, "url": site}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{site}/demo")
        page.locator(f'button[value="{role}"]').click()
        page.wait_for_url(lambda url: not url.endswith("/demo"))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults


def prepared(page: Page, site: str, model: str) -> str:
    """Prepare a session as a facilitator does, and return its address."""
    page.goto(f"{site}{CASE}")
    page.get_by_role("main").get_by_role("link", name="Forbered en samtale").click()
    page.locator(f'input[value="{model}"]').check()
    page.locator('main [name="held"]').fill("2026-12-03")
    page.get_by_role("button", name="Forbered samtalen").click()
    page.wait_for_url(re.compile(r"/sessions/E\d+/$"))
    return page.url


@pytest.mark.journey
def test_a_session_is_led_shown_written_and_kept(arrive: Arrive, site: str) -> None:
    leader, room, manager = arrive("facilitator", width=820), arrive("leadership"), arrive("leadership", width=390)
    session = prepared(leader, site, "scenarios_stay")
    leader.get_by_role("link", name="Til samtalen").click()
    room.goto(f"{session}run/show/")
    expect(room.get_by_role("main")).to_contain_text("Vi begynder om lidt")

    # Nobody touches the screen in the room: it follows.
    leader.get_by_role("button", name="Begynd samtalen").click()
    expect(room.get_by_role("main")).to_contain_text("Velkomst og oplæsning")
    expect(room.get_by_role("timer")).to_have_text(re.compile(r"1[45]:\d\d"))
    leader.get_by_role("button", name="Næste del: Grupper i hver sin fremtid").click()
    expect(room.get_by_role("main")).to_contain_text("Del 2 af 6")
    leader.get_by_role("button", name=re.compile(r"Vis på skærmen\s*: U4")).click()
    expect(room.get_by_role("main")).to_contain_text("Hvad tror I, kredsene svarede?")
    expect(room.get_by_role("main")).not_to_contain_text("%")
    leader.get_by_role("button", name="Vis resultatet U4").click()
    expect(room.get_by_role("main")).to_contain_text("33 % enige")

    # The one with the pen writes; the manager's phone shows it without being loaded again.
    leader.goto(f"{session}minutes/")
    leader.get_by_role("button", name="Tag pennen").click()
    manager.goto(f"{session}minutes/")
    expect(manager.get_by_role("main")).to_contain_text("Procesleder har pennen")
    leader.get_by_label("En ny linje under »Det overraskede os«").first.fill("At T12 vender først i C2")
    expect(leader.locator("#surprised [data-said]").first).to_have_text(re.compile("gemt kl."))
    expect(manager.get_by_role("main")).to_contain_text("At T12 vender først i C2")

    # A refresh loses nothing, and ending leads on to what is kept.
    leader.reload()
    expect(leader.locator("#surprised textarea").first).to_have_value("At T12 vender først i C2")
    leader.goto(f"{session}run/")
    leader.get_by_text("Afslut samtalen", exact=True).click()
    leader.get_by_role("button", name="Afslut samtalen nu").click()
    expect(room.get_by_role("main")).to_contain_text("Tak for i dag")
    leader.get_by_role("link", name="Vælg, hvad der skal blive til indsigter").click()
    leader.get_by_role("checkbox", name="Gør den til en indsigt").check()
    leader.get_by_role("button", name="Gem de valgte linjer").click()
    gave = leader.get_by_role("region", name="Det gav samtalen")
    expect(gave).to_contain_text("At T12 vender først i C2")
    gave.get_by_role("link", name="At T12 vender først i C2").click()
    expect(leader.get_by_role("complementary")).to_contain_text("T12")


@pytest.mark.journey
def test_a_dropped_network_and_a_pen_taken_over_lose_no_line(arrive: Arrive, site: str) -> None:
    leader, manager = arrive("facilitator"), arrive("leadership")
    session = prepared(leader, site, "scanning_twelve")
    leader.goto(f"{session}run/")
    leader.get_by_role("button", name="Begynd samtalen").click()
    leader.goto(f"{session}minutes/")
    leader.get_by_role("button", name="Tag pennen").click()
    hold = leader.locator("#hold textarea").first

    leader.context.set_offline(True)
    hold.fill("Skrevet uden net")
    expect(leader.locator("#hold [data-said]").first).to_have_text(re.compile("ikke gemt endnu"))
    leader.context.set_offline(False)
    expect(leader.locator("#hold [data-said]").first).to_have_text(re.compile("gemt kl."))

    manager.goto(f"{session}minutes/")
    expect(manager.get_by_role("main")).to_contain_text("Skrevet uden net")
    manager.get_by_role("button", name="Overtag pennen").click()
    manager.locator("#hold textarea").first.fill("Rettet af en anden")
    expect(manager.locator("#hold [data-said]").first).to_have_text(re.compile("gemt kl."))

    hold.fill("Rettet af mig")
    leader.get_by_role("button", name="Overtag pennen, og gem").click()
    expect(leader.locator("#hold")).to_contain_text("Imens har en anden skrevet: Rettet af en anden")
    leader.get_by_role("button", name="Behold begge").click()
    expect(leader.locator("#hold [data-said]").nth(1)).to_have_text(re.compile("gemt kl."))
    leader.reload()
    texts = [leader.locator("#hold textarea").nth(at).input_value() for at in range(2)]
    assert texts == ["Rettet af en anden", "Rettet af mig"]


@pytest.mark.journey
def test_a_writer_who_was_signed_out_signs_in_elsewhere_and_loses_no_line(arrive: Arrive, site: str) -> None:
    leader = arrive("facilitator")
    session = prepared(leader, site, "scanning_twelve")
    leader.goto(f"{session}run/")
    leader.get_by_role("button", name="Begynd samtalen").click()
    leader.goto(f"{session}minutes/")
    leader.get_by_role("button", name="Tag pennen").click()
    said = leader.locator("#differ [data-said]").first
    leader.context.clear_cookies(name="fremsyn_session")
    leader.locator("#differ textarea").first.fill("Skrevet efter udløb")
    expect(said).to_have_text(re.compile("logget ud"))

    other = leader.context.new_page()
    other.goto(f"{site}/demo")
    other.locator('button[value="facilitator"]').click()
    other.wait_for_url(lambda url: not url.endswith("/demo"))

    expect(said).to_have_text(re.compile("gemt kl."))
    leader.reload()
    expect(leader.locator("#differ textarea").first).to_have_value("Skrevet efter udløb")


@pytest.mark.journey
def test_a_session_is_led_and_written_without_a_script(arrive: Arrive, site: str) -> None:
    leader = arrive("facilitator", width=390, script=False)
    session = prepared(leader, site, "scanning_twelve")
    leader.goto(f"{session}run/")
    leader.get_by_role("button", name="Begynd samtalen").click()
    assert "til kl." in leader.get_by_role("timer").inner_text()
    leader.goto(f"{session}run/show/")
    leader.get_by_role("link", name="Indlæs igen").click()
    leader.goto(f"{session}minutes/")
    leader.get_by_role("button", name="Tag pennen").click()
    leader.locator("#ask textarea").fill("Hvem mangler?")
    leader.locator("#ask").get_by_role("button", name="Gem").click()

    assert leader.locator("#ask textarea").first.input_value() == "Hvem mangler?"
    assert leader.locator("#ask textarea").count() == 2


@pytest.mark.axe
def test_every_state_of_a_session_is_accessible(arrive: Arrive, site: str, axe_of: Callable[..., list[str]]) -> None:
    leader, reader = arrive("facilitator"), arrive("owner")
    session = prepared(leader, site, "scenarios_stay")
    look = Looking(reader, site, axe_of)

    def walk(state: str, *pages: str) -> None:
        look.at(*(f"{session.removeprefix(site)}{page}" for page in pages), state=state)

    walk("planned", "", "run/", "run/show/", "minutes/", "sheet/", "pre-read/", "cards/", "../prepare/")
    leader.goto(f"{session}run/")
    leader.get_by_role("button", name="Begynd samtalen").click()
    leader.get_by_role("button", name="Vis resultatet U4").click()
    walk("running", "", "run/", "run/show/", "minutes/")
    reader.locator('#pen button[value="take"]').click()
    reader.goto(f"{session}minutes/")
    reader.locator("#hold textarea").fill("Det holder vi fast i")
    reader.locator("#hold button").first.click()
    walk("with the pen", "minutes/")
    leader.goto(f"{session}run/")
    leader.get_by_text("Afslut samtalen", exact=True).click()
    leader.get_by_role("button", name="Afslut samtalen nu").click()
    walk("held", "", "run/", "run/show/", "minutes/", "keep/", "minutes/reopen/")
    leader.goto(f"{session}minutes/reopen/")
    leader.get_by_label("Hvorfor genåbnes referatet?").fill("Et tal var forkert")
    leader.get_by_role("button", name="Genåbn referatet").click()
    walk("reopened", "minutes/", "minutes/reopen/")
    assert not look.faults
