"""The pictures in README and the guides, taken anew when `FREMSYN_PICTURES` names the folder to put them in.

FREMSYN_PICTURES=docs/pictures python -m pytest tests/journeys/test_pictures.py
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

FOLDER = os.environ.get("FREMSYN_PICTURES", "")
WIDE, KEPT_WIDE, PHONE = 1440, 1200, 390
MOST_BYTES = 120_000
COLOURS = 160
KOMBIT = "/cases/kombit-2035/"
Take = Callable[..., None]

pytestmark = [pytest.mark.journey, pytest.mark.skipif(not FOLDER, reason="FREMSYN_PICTURES names no folder")]


@pytest.fixture
def take(repo: Path) -> Take:
    """`take(page, "brief", "#answer", height=800)` keeps what is seen from that element on, in few colours."""

    def kept(page: Page, name: str, start: str = "", *, height: int) -> None:
        page.mouse.move(0, 0)
        top = page.locator(start).first.bounding_box()["y"] - 16 if start else 0
        clip = {"x": 0, "y": max(0, top), "width": page.viewport_size["width"], "height": height}
        seen = Image.open(io.BytesIO(page.screenshot(full_page=True, clip=clip, animations="disabled")))
        path = repo / FOLDER / f"{name}.png"
        seen.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
        assert path.stat().st_size <= MOST_BYTES, path

    return kept


@pytest.fixture
def arrive(browser: Browser, own_site: str) -> Iterator[Callable[..., Page]]:
    """`arrive("owner", width=390)` is that role's own browser, signed in; without a role it is a guest's."""
    contexts = []

    def opened(role: str = "", *, width: int = WIDE) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="da-DK", device_scale_factor=min(1, KEPT_WIDE / width)
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        if role:
            page.goto(f"{own_site}/demo")
            page.locator(f'button[value="{role}"]').click()
            page.wait_for_url(lambda url: not url.endswith("/demo"))
        return page

    yield opened
    for context in contexts:
        context.close()


def test_a_new_case_and_its_first_gate(arrive, own_site, take):
    page = arrive("owner")
    page.goto(f"{own_site}/cases/new/")
    for name, value in (
        ("title", "Lillevang 2037"), ("organisation", "Lillevang Kommune"), ("horizon", "2037"),
        ("focal_question", "Hvordan er Lillevang et godt sted at bo i 2037, og hvad er kommunens rolle?"),
    ):  # fmt: skip
        page.locator(f'main [name="{name}"]').fill(value)
    page.get_by_role("button", name="Opret sagen").click()
    expect(page.locator("#next")).to_be_visible()
    case = page.url
    take(page, "new-case", height=800)
    page.goto(f"{case}gates/framing/")
    take(page, "gate", height=940)


def test_what_the_demonstration_shows(arrive, own_site, take):
    page = arrive("leadership")
    for name, path, start, height in (
        ("brief", "", "", 1000),
        ("consistent", "scenarios/", "figure#tableau", 1060),
        ("circles", "conversation/", "figure#differ", 640),
        ("wind-tunnel", "strategy/", "figure#wind_tunnel", 900),
    ):
        page.goto(f"{own_site}{KOMBIT}{path}")
        take(page, name, start, height=height)


def test_a_section_being_judged(arrive, own_site, take):
    page = arrive("owner")
    page.goto(f"{own_site}{KOMBIT}gates/scenarios/")
    page.locator('main [name="why"]').fill("Vurderingerne skal igennem igen.")
    page.get_by_role("button", name="Åbn fasen igen").click()
    page.goto(f"{own_site}{KOMBIT}scenarios/matrix/judge/D9/D3/")
    page.locator("fieldset[data-cell] input:checked").first.focus()
    page.keyboard.press("3")
    expect(page.locator("body")).to_contain_text(re.compile(r"Gemt \d"))
    take(page, "matrix", "main h1", height=880)


def test_a_round_on_a_phone(arrive, own_site, take):
    page = arrive("facilitator")
    page.goto(f"{own_site}{KOMBIT}conversation/")
    page.get_by_role("link", name="Forbered en runde").click()
    page.locator('input[value="framing_statements"]').check()
    page.locator("form[method=get] button").click()
    page.get_by_role("button", name="Gem, åbn og inviter").click()
    page.get_by_role("button", name="Lav links").click()
    guest = arrive(width=PHONE)
    guest.goto(page.locator("p.link span[id]").last.inner_text())
    guest.locator("main form button").click()
    guest.get_by_role("link", name="Gå videre").click()
    expect(guest.locator("body")).to_contain_text("Udsagn 1 af 5")
    take(guest, "round", height=844)


def test_a_session_on_the_screen_in_the_room(arrive, own_site, take):
    leader, room = arrive("facilitator"), arrive("leadership")
    leader.goto(f"{own_site}{KOMBIT}conversation/")
    leader.get_by_role("main").get_by_role("link", name="Forbered en samtale").click()
    leader.locator('input[value="scenarios_stay"]').check()
    leader.locator('main [name="held"]').fill("2026-12-03")
    leader.get_by_role("button", name="Forbered samtalen").click()
    leader.wait_for_url(re.compile(r"/sessions/E\d+/$"))
    session = leader.url
    leader.get_by_role("link", name="Til samtalen").click()
    leader.get_by_role("button", name="Begynd samtalen").click()
    leader.get_by_role("button", name="Næste del: Grupper i hver sin fremtid").click()
    room.goto(f"{session}run/show/")
    expect(room.get_by_role("main")).to_contain_text("Del 2 af 6")
    take(room, "session", height=810)
