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
def test_of_two_who_write_on_one_trend_the_second_sees_both_and_nothing_is_lost(browser, site):
    first, second = (signed_in(browser, site, role) for role in ("owner", "facilitator"))
    address = f"{site}{CASE}/edit/at/S22/change/"
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
def test_references_are_found_by_words_while_writing_and_chosen_by_keyboard(browser, site):
    page = signed_in(browser, site, "member")
    page.goto(f"{site}{CASE}/edit/signal/add/")
    page.locator("details", has=page.locator('[name="because_more"]')).locator("summary").first.click()
    page.locator('[name="because_more"]').fill("sundhed")
    found = page.locator('[data-name="because"] [data-found] input[type="checkbox"]').first
    expect(found).to_be_visible()
    found.focus()
    page.keyboard.press("Space")
    expect(page.locator('[data-name="because"] [data-chosen] input:checked')).to_have_count(1)


@pytest.mark.journey
def test_a_long_table_is_copied_for_a_spreadsheet_and_its_rows_are_taken_back(page, sign_in, site):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(site, "facilitator")
    page.goto(f"{site}{CASE}/scanning/sources/")
    page.get_by_role("button", name="Kopiér til regneark").click()
    expect(page.get_by_text("Kopieret med de kolonner, der kan sættes ind igen.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    page.goto(f"{site}{CASE}/edit/source/paste/")
    assert copied.splitlines()[0] == page.get_by_label("Overskrifterne", exact=True).input_value()
    page.get_by_label("Rækkerne, overskrifterne først").fill(copied)
    page.get_by_role("button", name="Se rækkerne efter").click()
    expect(page.get_by_role("status")).to_contain_text("72 rækker")


@pytest.mark.journey
def test_a_long_form_is_accessible_with_what_it_folds_away_open(page, sign_in, site, axe):
    sign_in(site, "facilitator")
    page.goto(f"{site}{CASE}/edit/signal/add/")
    expect(page.locator("#field-sources")).to_be_hidden()
    page.get_by_text("Flere felter, som kan vente").click()
    expect(page.locator("#field-sources")).to_be_visible()
    assert axe() == []


@pytest.mark.journey
def test_without_scripts_no_button_to_copy_is_shown(browser, site):
    bare = browser.new_context(java_script_enabled=False).new_page()
    bare.goto(f"{site}/demo")
    bare.locator('button[value="facilitator"]').click()
    bare.goto(f"{site}{CASE}/scanning/sources/")
    expect(bare.get_by_role("heading", level=1)).to_be_visible()
    expect(bare.locator("[data-copy-table]")).to_be_hidden()
    bare.context.close()
