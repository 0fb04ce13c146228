"""A facilitator moves a stakeholder on the map by keyboard, and a member notes a signal on a phone."""

import re

import pytest

CASE = "/cases/kombit-2035/"


@pytest.mark.journey
def test_a_stakeholder_is_moved_with_the_arrow_keys_and_kept(page, site, sign_in):
    sign_in(site, "facilitator")
    page.goto(f"{site}{CASE}framing/stakeholders/edit/")
    point = page.locator(".moving-map button", has_text=re.compile("^K1$"))
    before = page.locator('select[name="K1-influence"]').input_value()
    point.focus()
    page.keyboard.press("ArrowDown")
    assert page.locator('select[name="K1-influence"]').input_value() == str(int(before) - 1)
    assert "K1 " in page.locator("[data-moving] [aria-live]").inner_text()
    page.get_by_role("button", name="Gem", exact=True).click()
    page.wait_for_url("**/framing/stakeholders/")
    page.goto(f"{site}{CASE}framing/stakeholders/edit/")
    assert page.locator('select[name="K1-influence"]').input_value() == str(int(before) - 1)


@pytest.mark.journey
def test_a_point_is_dragged_to_another_place(page, site, sign_in):
    sign_in(site, "facilitator")
    page.goto(f"{site}{CASE}framing/stakeholders/edit/")
    point = page.locator(".moving-map button", has_text=re.compile("^K1$"))
    point.drag_to(page.locator('.moving-map [data-influence="2"][data-interest="1"]'))
    assert page.locator('select[name="K1-influence"]').input_value() == "2"
    assert page.locator('select[name="K1-interest"]').input_value() == "1"


@pytest.mark.journey
def test_a_member_notes_a_signal_on_a_phone(page, site, sign_in):
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(site, "member")
    page.goto(f"{site}{CASE}")
    page.get_by_role("link", name="Notér et signal").click()
    page.get_by_label("Hvad har du lagt mærke til?").fill("Tre kommuner slår deres it-afdelinger sammen")
    page.get_by_label("Hvad betyder det?").fill("Fællesskaber opstår uden om os")
    page.get_by_role("button", name="Gem", exact=True).click()
    page.wait_for_url("**/scanning/signals/S*/")
    assert "Tre kommuner" in page.get_by_role("heading", level=1).inner_text()
