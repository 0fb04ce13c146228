"""A strategy director reads the case from the question to the board's points, and asks why."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from security.rows import CHANGES, FRAGMENTS

CASE = "/cases/kombit-2035/"
EXAMPLES = {
    "question": "Q3", "success_criterion": "G1", "assumption": "H8", "baseline_role": "L0", "stakeholder": "K12",
    "source": "F28", "signal": "S22", "trend": "T47", "driver": "D10", "variant": "D10.c", "scenario": "C1",
    "session": "E3", "round": "R1", "statement": "U1", "insight": "N5", "desirable_scenario": "C0", "agenda": "A2",
    "role": "L4", "option": "O7", "possible_strategy": "P5", "initiative": "I7", "milestone": "M3", "signpost": "X10",
    "board_point": "B2", "driver_test": "D10", "story_edit": "C1", "story_tick": "C1",
    "option_score": "O7", "scenario_score": "C1", "initiative_move": "I7", "signpost_read": "X10",
    "session_sheet": "E3", "session_run": "E3", "session_show": "E3", "session_minutes": "E3",
    "session_reopen": "E3", "session_keep": "E3", "session_pre_read": "E3", "session_cards": "E3",
}  # fmt: skip
# Actions, fragments and files, which have no page to look at.
NO_PAGES = {name.partition(":")[2] for name in CHANGES} | {"deliverable", "session_write"}
# A meeting has to be called first: test_board_votes.py looks at these.
NO_PAGES |= {"point_vote", "point_amend", "point_words", "written"}
# Minutes have to be drafted first: test_minutes.py looks at these.
NO_PAGES |= {f"minutes_{name}" for name in ("words", "send", "comment", "answer", "signed", "approve")}
PARTS = 4  # of the pages, so that two processes have equally much to look at
BOARD = {"paper", "board_point", "after"}
OTHERS = {
    "phase": "scanning",
    "case_slug": "kombit-2035",
    "number": "2",
    "key": "scenario_book",
    "source": "D9",
    "target": "D3",
    "meeting": "second",
}


def addresses() -> list[str]:
    """Return one address for every page of a case, from the URL configuration."""
    return sorted(
        address
        for whole, pattern, converters in patterns(get_resolver(), "/", {})
        if "case_slug" in converters and (address := filled(whole, pattern, converters))
    )


def patterns(
    above: URLResolver, path: str, converters: dict[str, Any]
) -> Iterator[tuple[str, URLPattern, dict[str, Any]]]:
    """Yield every address with its path and its converters; what every case has beside its phases is named where it is tried."""
    for each in above.url_patterns:
        whole, known = f"{path}{each.pattern}", {**converters, **each.pattern.converters}
        if isinstance(each, URLPattern):
            yield whole, each, known
        elif each.app_name != "cases":
            yield from patterns(each, whole, known)


def filled(whole: str, pattern: URLPattern, converters: dict[str, Any]) -> str:
    if "kind" in str(pattern.pattern) or whole.endswith((".zip", ".pdf", ".ics", *FRAGMENTS)):
        return ""  # a file, not a page
    if pattern.name in NO_PAGES or ("/board/" in whole and pattern.name not in BOARD):
        return ""  # most of the board's other pages want a meeting in them: its own journeys walk some, not all
    for name, converter in converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        value = OTHERS.get(name) or EXAMPLES.get(pattern.name or "") or ("R1" if "/rounds/" in whole else "B1")
        whole = whole.replace(f"<{kind}:{name}>", value)
    return whole


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
    page.get_by_role("main").get_by_role("link", name="T12").focus()
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


@pytest.mark.axe
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize(("language", "scheme", "width"), [("da", "light", 1440), ("en", "dark", 390)])
def test_every_kind_of_page_is_accessible(page, site, sign_in, axe, language, scheme, width, part):
    """Every page is seen in both languages, colours and widths; what depends on none of them is looked at in one."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.context.add_cookies([{"name": "fremsyn_language", "value": language, "url": site}])
    sign_in(site, "owner")
    pages = [*addresses(), f"{CASE}search/?q=tegnebog", "/", "/cases/new/", "/glossary/", "/privacy/", "/was"]
    faults = []
    for number, address in list(enumerate(pages))[part::PARTS]:
        answer = page.goto(site + address)
        found = [] if answer.status == 200 else [f"answers {answer.status}"]
        found += axe(seen=number // PARTS % 2 == (language == "da"))
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append("scrolls sideways")
        faults += [f"{address}: {fault}" for fault in found]

    assert not faults
