"""A stakeholder on a phone answers a round: from the link to the thanks, and back again by the code."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

import serving

CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


@pytest.fixture(scope="module")
def rounds(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Links into rounds that are open, closed, planned and full, and the site's address."""
    data = Path(shutil.copytree(template, tmp_path_factory.mktemp("rounds") / "data"))
    script = [sys.executable, str(Path(__file__).with_name("opened_rounds.py"))]
    made = subprocess.run(script, env=serving.surroundings(data), check=True, stdout=subprocess.PIPE)
    with serving.served(data) as running:
        told = json.loads(made.stdout)
        links = {name: f"{running.url}/r/{token}/" for name, token in told["links"].items()}
        yield {**links, "site": running.url, "code": told["code"]}


@pytest.fixture
def phone(browser, request):
    """A phone; without scripts where the test asks for that."""
    scripts = getattr(request, "param", True)
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=scripts, has_touch=True)
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    yield opened
    context.close()


def fits(page) -> bool:
    return page.locator("main").bounding_box()["width"] <= 390


@pytest.mark.journey
@pytest.mark.parametrize("phone", [False], indirect=True, ids=["without scripts"])
def test_a_stakeholder_answers_by_thumb_and_comes_back_by_code(phone, browser, rounds):
    phone.goto(rounds["statements"])
    assert "KOMBIT A/S spørger" in phone.locator("main").inner_text()
    phone.get_by_role("button", name="Begynd").tap()
    expect(phone.get_by_role("link", name="Gå videre")).to_be_visible()
    assert "statements" not in phone.url
    assert rounds["statements"] not in phone.content()
    phone.get_by_role("link", name="Gå videre").tap()

    phone.get_by_label("Det er vigtigt for mig").check()
    phone.get_by_role("button", name="Enig", exact=True).tap()
    expect(phone.get_by_role("status").first).to_contain_text("Gemt.")
    expect(phone.locator("main")).to_contain_text("Udsagn 2 af 3")

    phone.get_by_text("Sig hvorfor").tap()
    phone.get_by_label("Hvorfor mener du det?").fill("Min nabo 010180-1234 sagde det")
    phone.get_by_role("button", name="Uenig").tap()
    expect(phone.get_by_role("alert")).to_contain_text("CPR-nummer")
    phone.get_by_label("Hvorfor mener du det?").fill("Min nabo sagde det")
    phone.get_by_role("button", name="Uenig").tap()
    expect(phone.locator("main")).to_contain_text("Udsagn 3 af 3")
    phone.get_by_role("button", name="Pas").tap()

    phone.get_by_label("Dit svar").fill("De lange møder")
    assert fits(phone)
    phone.get_by_role("button", name="Gem og gå videre").tap()
    phone.get_by_label("På mandag ville jeg").fill("Ringe til en borger")
    phone.get_by_role("button", name="Gem og gå videre").tap()
    phone.get_by_role("link", name="Vis mig det senere").tap()
    phone.get_by_role("link", name=re.compile("^Svar")).tap()
    phone.get_by_label("Dit svar").fill("Også de korte")
    phone.get_by_role("button", name="Gem og gå videre").tap()
    phone.get_by_role("link", name="Gå videre").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Tak")
    phone.get_by_role("button", name="Vis mig en kode").tap()
    expect(phone.locator("main")).to_contain_text(CODE, timeout=20_000)
    code = CODE.search(phone.locator("main").inner_text())[0]

    other = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False).new_page()
    other.goto(f"{rounds['site']}/r/resume/")
    other.get_by_label("Din kode").fill(code.lower())
    other.get_by_role("button", name="Gå videre").click()
    expect(other.locator("main")).to_contain_text("Postkort")  # the one thing that was skipped
    other.goto(f"{rounds['site']}/r/outcome/")
    said = other.locator("main").inner_text()
    assert all(words in said for words in ("Enig · vigtigt for dig", "Uenig", "Pas", "Min nabo sagde det"))
    other.context.close()


@pytest.mark.journey
def test_a_script_makes_it_quicker_and_no_press_is_lost_without_a_connection(phone, rounds):
    phone.goto(rounds["statements"])
    phone.get_by_role("button", name="Begynd").click()
    phone.get_by_role("link", name="Gå videre").click()
    phone.wait_for_url("**/r/step/1/")

    phone.keyboard.press("1")
    phone.get_by_text("Udsagn 2 af 3").wait_for()
    phone.get_by_text("Gemt.").wait_for()

    phone.context.set_offline(True)
    phone.keyboard.press("2")
    phone.get_by_text("Udsagn 3 af 3").wait_for()
    phone.get_by_text("Venter på at blive sendt: 1").wait_for()
    phone.keyboard.press("3")
    phone.get_by_text("Venter på at blive sendt: 2").wait_for()

    phone.context.set_offline(False)
    phone.wait_for_url("**/step/4/")  # goes on by itself when all has been sent
    assert phone.evaluate("sessionStorage.length") == 0
    phone.goto(f"{rounds['site']}/r/outcome/")
    assert phone.locator("main section p strong").all_inner_texts()[:3] == ["Enig", "Uenig", "Pas"]


@pytest.mark.journey
def test_a_press_that_was_not_sent_is_there_after_the_page_is_loaded_again(phone, rounds):
    phone.goto(rounds["rating"])
    phone.get_by_role("button", name="Begynd").click()
    phone.get_by_role("link", name="Gå videre").click()
    phone.wait_for_url("**/r/step/1/")
    phone.route("**/r/vote/", lambda route: route.abort())
    phone.keyboard.press("7")
    phone.get_by_text("Venter på at blive sendt: 1").wait_for()

    phone.unroute("**/r/vote/")
    phone.reload()
    phone.get_by_text("Gemt.").wait_for()
    phone.goto(f"{rounds['site']}/r/step/1/")
    assert phone.get_by_role("button", name="7").get_attribute("aria-pressed") == "true"


@pytest.mark.journey
def test_a_scenario_is_read_judged_and_judged_otherwise(phone, rounds):
    phone.goto(rounds["judged"])
    phone.get_by_role("button", name="Begynd").click()
    phone.get_by_role("link", name="Gå videre").click()
    phone.get_by_role("group", name="Hvor gerne ser du").get_by_label("meget gerne").check()
    phone.get_by_label("Hvad fik dig til at sige det?").fill("Havet")
    phone.get_by_role("button", name="Læs hele fortællingen").click()
    phone.get_by_role("link", name="Tilbage til spørgsmålene").click()
    assert phone.get_by_role("group", name="Hvor gerne ser du").get_by_label("meget gerne").is_checked()
    assert phone.get_by_label("Hvad fik dig til at sige det?").input_value() == "Havet"
    for question, answer in (
        ("Hvor gerne ser du", "helst ikke"), ("Kunne det gå sådan?", "sagtens"), ("Hvor godt er vi forberedt", "Ved ikke"),
    ):  # fmt: skip
        phone.get_by_role("group", name=question).get_by_label(answer).check()
    phone.get_by_label("Hvad fik dig til at sige det?").fill("Havet findes")
    phone.get_by_role("button", name="Gem og gå videre").click()
    phone.get_by_text("Scenarie 2 af 2").wait_for()

    phone.get_by_role("link", name="Tilbage").click()
    assert phone.get_by_label("Hvad fik dig til at sige det?").input_value() == "Havet findes"
    phone.get_by_role("group", name="Hvor gerne ser du").get_by_label("meget gerne").check()
    phone.get_by_role("button", name="Gem og gå videre").click()
    phone.goto(f"{rounds['site']}/r/outcome/")
    assert phone.locator("main section p strong").all_inner_texts()[:3] == ["meget gerne", "sagtens", "Ved ikke"]


@pytest.mark.axe
@pytest.mark.parametrize(
    ("language", "scheme", "width", "other"), [("da", "dark", 320, 1440), ("en", "light", 1440, 320)]
)
def test_every_page_of_a_round_is_accessible(page, axe, rounds, language, scheme, width, other):
    site = rounds["site"]
    page.emulate_media(color_scheme=scheme)
    page.context.add_cookies([{"name": "fremsyn_language", "value": language, "url": site}])
    faults = []

    def look() -> None:
        found = []
        for wide in (other, width):
            page.set_viewport_size({"width": wide, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth") > wide:
                found.append(f"scrolls sideways at {wide}")
        found += axe()
        faults.extend(f"{page.url}: {fault}" for fault in found)

    def begin(kind: str) -> None:
        page.goto(rounds[kind])
        look()
        with page.expect_navigation():
            page.locator("main button[data-kind=primary]").click()
        look()

    begin("rating")
    page.goto(f"{site}/r/step/1/")
    look()
    begin("judged")
    for address in ("/r/step/1/", "/r/story/C1/?from=1"):
        page.goto(site + address)
        look()
    begin("statements")
    others = page.goto(f"{site}/r/step/7/") and page.locator("main li a").first.get_attribute("href")
    addresses = [f"/r/step/{number}/" for number in range(1, 8)] + [others, "/r/propose/", "/r/code/", "/r/thanks/"]
    for address in [*addresses, "/r/outcome/", "/r/resume/", "/r/nowhere/", "/r/step/1/"]:
        page.goto(site + address)
        look()
    page.locator("details summary").click()
    page.locator("textarea").fill("010180-1234")
    page.locator("[data-key='1']").click()
    page.wait_for_selector("[role=alert]")
    look()
    for name in ("full", "planned", "closed"):
        page.goto(rounds[name])
        look()
    for name in ("thanks", "code"):
        page.goto(f"{site}/r/{name}/")
        page.locator("main form button").first.click()
        look()

    page.goto(f"{site}/r/resume/")
    page.locator("input[name=code]").fill("000000000000")
    page.locator("main form button").click()
    look()
    page.locator("input[name=code]").fill(rounds["code"])
    page.locator("main form button").click()
    page.wait_for_selector("main table")  # the results of the round that has closed
    look()

    assert not faults
