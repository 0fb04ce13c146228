"""Two people write on one thing; a signal is noted; what was changed is looked at again."""

import pytest
from playwright.sync_api import Browser, Page, expect

CASE = "/cases/kombit-2035"


def signed_in(browser: Browser, site: str, role: str) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="da-DK").new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{site}/demo")
    page.locator(f'button[value="{role}"]').click()
    page.wait_for_url(lambda url: not url.endswith("/demo"))
    return page


@pytest.mark.journey
def test_of_two_who_write_on_one_trend_the_second_sees_both_and_nothing_is_lost(browser, own_site):
    first, second = (signed_in(browser, own_site, role) for role in ("owner", "facilitator"))
    address = f"{own_site}{CASE}/edit/at/S22/change/"
    for page in (first, second):
        page.goto(address)

    first.locator('[name="title_da"]').fill("Som ejeren ser det")
    first.get_by_label("Meningen: Det, der hviler på den, mærkes til at blive set igen").check()
    first.get_by_role("button", name="Gem").click()
    expect(first.get_by_role("heading", level=1)).to_contain_text("Som ejeren ser det")

    second.locator('[name="title_da"]').fill("Som proceslederen ser det")
    second.get_by_label("Ordlyden: Der står det samme, bare bedre").check()
    second.get_by_role("button", name="Gem").click()
    both = second.get_by_role("main")
    expect(both).to_contain_text("Som ejeren ser det")
    assert second.locator('[name="title_da"]').input_value() == "Som proceslederen ser det"

    second.get_by_role("button", name="Gem").click()
    expect(second.get_by_role("heading", level=1)).to_contain_text("Som proceslederen ser det")
    second.get_by_role("link", name="Historik").click()
    expect(second.get_by_role("main")).to_contain_text("Som ejeren ser det")


@pytest.mark.journey
def test_references_are_found_by_words_while_writing_and_chosen_by_keyboard(browser, own_site):
    page = signed_in(browser, own_site, "member")
    page.goto(f"{own_site}{CASE}/edit/signal/add/")
    page.locator('[name="because_more"]').fill("sundhed")
    found = page.locator('[data-name="because"] [data-found] input[type="checkbox"]').first
    expect(found).to_be_visible()
    found.focus()
    page.keyboard.press("Space")
    expect(page.locator('[data-name="because"] [data-chosen] input:checked')).to_have_count(1)
