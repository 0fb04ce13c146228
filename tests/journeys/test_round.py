"""A round from a template to an insight: the facilitator leads it, somebody answers it on a phone."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

ROUNDS = "/cases/kombit-2035/conversation/rounds/"


def phone(browser: Browser, link: str) -> Page:
    page = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="da-DK", java_script_enabled=False
    ).new_page()
    page.set_default_timeout(10_000)
    page.goto(link)
    return page


@pytest.mark.journey
def test_a_round_goes_from_a_template_to_an_insight(browser, page, site, sign_in, axe):
    sign_in(site, "facilitator")
    page.goto(f"{site}/cases/kombit-2035/conversation/")
    page.get_by_role("link", name="Forbered en runde").click()
    page.locator('input[value="framing_statements"]').check()
    page.locator("form[method=get] button").click()
    assert axe() == []
    page.get_by_role("button", name="Gem, åbn og inviter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inviter til runden")
    ref = re.search(r"rounds/(R\d+)/", page.url)[1]
    assert axe() == []
    page.get_by_role("button", name="Lav links").click()
    link = page.locator("p.link span[id]").last.inner_text()
    assert axe() == []
    page.get_by_role("link", name="Færdig: til runden").click()
    expect(page.get_by_role("main")).to_contain_text("færre end fem")
    assert axe() == []

    answering(phone(browser, link))
    for _other in range(4):
        guest = phone(browser, link)
        guest.locator("main form button").click()

    page.reload()
    expect(page.locator(f"#response-{ref}")).to_contain_text("5")
    page.get_by_role("link", name="venter på at blive læst").first.click()
    assert axe() == []
    page.get_by_role("button", name="Godkend").first.click()
    expect(page.get_by_role("main")).to_contain_text("vises for de andre")

    page.goto(f"{site}{ROUNDS}{ref}/run/")
    page.get_by_text("Luk den før dens sidste dag").click()
    page.get_by_role("button", name="Luk runden").click()
    expect(page.get_by_role("heading", name="Skriv, hvad I forstod")).to_be_visible()
    page.goto(f"{site}{ROUNDS}{ref}/")
    assert axe() == []
    page.get_by_role("link", name="Skriv en indsigt").first.click()
    page.locator('[name="title_da"]').fill("Ingen ville savne det")
    page.locator('[name="text_da"]').fill("Flere peger på opgaver, som kan lægges væk.")
    page.locator('[name="shows"]').select_option("surprise")
    assert axe() == []
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ingen ville savne det")
    page.goto(f"{site}{ROUNDS}{ref}/used/")
    expect(page.get_by_role("main")).to_contain_text("Ingen ville savne det")
    assert axe() == []


def answering(guest: Page) -> None:
    """Come in, read what the round opens with, vote once and say why."""
    guest.locator("main form button").click()
    guest.get_by_role("link", name="Gå videre").click()
    guest.get_by_text("Sig hvorfor").click()
    guest.locator('[name="reason"]').fill("Fordi ingen ville opdage det.")
    guest.locator('main button[value="1"]').click()
    expect(guest.locator("body")).to_contain_text("Udsagn 2 af 5")
