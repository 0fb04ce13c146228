"""Somebody who was sent the address tries Fremsyn in a role, chooses a language and leaves again."""

from __future__ import annotations

import pytest


@pytest.mark.journey
def test_somebody_tries_a_role_in_english_and_leaves(page, site):
    page.goto(f"{site}/demo")
    assert page.locator("html").get_attribute("lang") == "da"
    assert page.get_by_role("heading", level=1).inner_text() == "Prøv i en rolle"

    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Board member").click()
    assert page.url == f"{site}/"

    page.get_by_role("button", name="Sign out").first.click()
    page.goto(f"{site}/demo")
    assert page.get_by_role("heading", level=1).inner_text() == "Try it in a role"
    assert page.get_by_role("button", name="Sign out").count() == 0
