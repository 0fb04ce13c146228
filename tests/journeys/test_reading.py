"""A strategy director reads the case from the question to the board's points, and asks why."""

import pytest

CASE = "/cases/kombit-2035/"
# Where an arrow can be clicked, and the arrow that lies uppermost there.
HALFWAY = """line => {
    const half = line.getPointAtLength(line.getTotalLength() / 2).matrixTransform(line.getScreenCTM())
    const arrow = document.elementFromPoint(half.x, half.y).closest("[data-href]")
    return [half.x, half.y, arrow.dataset.href.split("#")[1], arrow.querySelector("title").textContent]
}"""


@pytest.mark.journey
def test_a_director_reads_from_the_question_to_the_points_and_asks_why(page, site, sign_in):
    sign_in(site, "leadership")
    page.goto(f"{site}/")
    page.get_by_role("main").get_by_role("link", name="KOMBIT – det digitale fællesskab").click()
    assert "KOMBITs rolle" in page.get_by_role("main").inner_text()

    for phase in ("Framing", "Scanning", "Scenarier", "Retning", "Strategiformulering", "Handleplaner"):
        page.get_by_role("navigation", name="Processen").get_by_role("link", name=phase).click()
        assert page.get_by_role("heading", level=1).count() == 1

    page.get_by_role("navigation", name="Processen").get_by_role("link", name="Bestyrelsen").click()
    assert "at det ønskelige scenarie C0" in page.get_by_role("main").inner_text()
    page.goto(f"{site}{CASE}board/points/B2/")
    page.get_by_role("link", name="Hvorfor? Følg sporet").click()
    assert page.url.endswith("/trace/B2/")
    assert page.get_by_role("main").get_by_role("link", name="F", exact=False).count() > 0


@pytest.mark.journey
def test_a_case_is_found_and_read_by_keyboard_alone(page, site, sign_in):
    sign_in(site, "facilitator")
    page.goto(f"{site}{CASE}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"

    page.keyboard.press("/")
    page.keyboard.type("T12")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    page.get_by_role("main").get_by_role("link", name="T12", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/scanning/trends/T12/")
    assert page.get_by_role("heading", level=1).inner_text().startswith("T12")


@pytest.mark.journey
def test_a_stakeholder_sees_what_was_asked_and_learnt_and_nothing_of_the_board(page, site, sign_in):
    sign_in(site, "stakeholder")
    page.goto(f"{site}{CASE}conversation/")
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("navigation", name="Processen").get_by_role("link", name="Bestyrelsen").count() == 0

    assert page.goto(f"{site}{CASE}board/").status == 403
    assert page.goto(f"{site}{CASE}strategy/").status == 403


@pytest.mark.journey
def test_an_arrow_of_the_influence_picture_leads_to_the_reason_that_was_written(page, site, sign_in):
    sign_in(site, "leadership")
    page.goto(f"{site}{CASE}scenarios/matrix/")
    line = page.locator("#influence svg .reach").first
    line.scroll_into_view_if_needed()
    x, y, section, title = line.evaluate(HALFWAY)
    page.mouse.click(x, y)
    page.wait_for_url(f"**#{section}")
    assert title.partition("·")[2].strip() in page.locator(f"#{section}").inner_text()
