"""A secretary seats the chair and calls a meeting; it is opened, and a point falls while another is closed to the chair."""

import subprocess
import sys

import pytest

from journeys import deciding
from serving import surroundings

CASE = "/cases/kombit-2035/"
MEETING = f"{CASE}board/meetings/second/"


@pytest.mark.journey
def test_a_meeting_is_called_led_from_one_screen_and_followed_by_a_member(page, own_site, sign_in, axe, tmp_path):
    subprocess.run([sys.executable, deciding.__file__, "unseat"], env=surroundings(tmp_path / "data"), check=True)
    page.set_default_timeout(120_000)
    page.set_viewport_size({"width": 820, "height": 1180})
    sign_in(own_site, "facilitator")
    page.goto(f"{own_site}{CASE}board/seats/")
    page.get_by_label("Medlemmets plads").select_option("m1")
    page.get_by_label("Fra", exact=False).first.fill("2026-01-01")
    page.get_by_role("button", name="Giv pladsen").click()
    assert "Næstformand (demonstration)" in page.get_by_role("main").inner_text()
    assert axe() == []

    page.goto(f"{own_site}{MEETING}")
    page.get_by_role("link", name="Indkald til mødet").click()
    assert axe() == []
    page.get_by_role("button", name="Forsegl materialet, og indkald til mødet").click()
    page.get_by_role("heading", name="Det materiale, der er sendt").wait_for()
    assert "Der er ikke sat en mailserver op" in page.get_by_role("main").inner_text()
    page.get_by_role("link", name="Led mødet").click()
    page.get_by_role("button", name="Åbn mødet").click()
    page.get_by_role("button", name="Alle med en plads er til stede").click()
    page.get_by_text("1 af 7 stemmeberettigede deltager; 4 kræves").wait_for()
    page.get_by_role("button", name="Tag punktet op").click()
    page.locator("summary", has_text="Punktet bortfalder").click()
    page.get_by_role("button", name="Lad punktet bortfalde").click()
    page.get_by_text("Bortfaldet: ikke beslutningsdygtig").first.wait_for()
    looked_at(page, own_site, axe, f"{MEETING}run/")

    sign_in(own_site, "board")
    page.goto(f"{own_site}{MEETING}")
    page.get_by_role("link", name="Jeg kan være inhabil på et punkt").click()
    page.get_by_label("4.2", exact=False).check()
    page.get_by_label("Hvad kan gøre dig inhabil på punktet").fill("En aftale med en leverandør")
    page.get_by_role("button", name="Oplys det").click()
    page.get_by_text("afstemningen lukket for dig").wait_for()
    assert "godkendes som pejlepunkt" not in page.get_by_role("main").inner_text()
    assert page.goto(f"{own_site}{CASE}board/points/B2/").status == 403
    looked_at(page, own_site, axe, MEETING)


def looked_at(page, site, axe, address):
    """Look at a page in both languages, light on a tablet and dark on a phone."""
    for language, scheme, width in (("da", "light", 820), ("en", "dark", 390)):
        page.context.add_cookies([{"name": "fremsyn_language", "value": language, "url": site}])
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{site}{address}")
        assert axe() == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.add_cookies([{"name": "fremsyn_language", "value": "da", "url": site}])
