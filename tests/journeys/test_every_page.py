"""Every address with a page is held against all the accessibility rules, in Danish and in English.

What is to be looked at while something is going on has tests of its own: sessions, rounds, a board's meeting, votings
and minutes.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

import serving
from fremsyn.cases.kinds import KINDS
from journeys import at_work
from journeys.looking import TURNS, Looking
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
OTHERS = {
    "phase": "scanning",
    "case_slug": "kombit-2035",
    "number": "2",
    "key": "scenario_book",
    "source": "D9",
    "target": "D3",
    "meeting": "second",
}
# Actions, fragments and files, which have no page to look at.
NO_PAGES = {name.partition(":")[2] for name in CHANGES} | {"deliverable", "session_write"}
# A voting has to be open: test_board_votes.py looks at these.
NO_PAGES |= {"point_vote", "point_amend", "point_words", "written"}
# Minutes have to be drafted: test_minutes.py looks at these.
NO_PAGES |= {f"minutes_{name}" for name in ("words", "send", "comment", "answer", "approve")}
# A member of the body declares: test_board_meeting.py looks at it.
NO_PAGES |= {"meeting_declare"}
HOLDERS = {"variant": "D10", "milestone": "I7"}
# What every case has beside its phases.
EVERYWHERE = (
    "search/?q=tegnebog", "search/?q=xyzzy", "people/", "edit/withdrawn/", "edit/signal/paste/", "edit/at/T47/change/",
    "edit/at/T47/withdraw/", "edit/at/T47/history/", "edit/at/T47/holds/", "edit/at/framing/change/?only=scope",
    "edit/at/S21/history/", "board/meetings/third/", "board/meetings/third/notice/",
)  # fmt: skip
# One page, with other fields for each kind.
FORMS = tuple(f"edit/{kind}/add/?in={HOLDERS.get(kind, '')}".removesuffix("?in=") for kind in KINDS)
# What looks otherwise before a phase is opened again.
CLOSED = ("", "gates/scanning/", "plans/budget/", "edit/trend/add/", "scenarios/matrix/judge/", "scanning/trends/T47/")
PARTS = 6  # of the pages, so that two processes have equally much to look at


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
    """Yield every address with its path and its converters; what every case has beside its phases is named in `EVERYWHERE`."""
    for each in above.url_patterns:
        whole, known = f"{path}{each.pattern}", {**converters, **each.pattern.converters}
        if isinstance(each, URLPattern):
            yield whole, each, known
        elif each.app_name != "cases":
            yield from patterns(each, whole, known)


def filled(whole: str, pattern: URLPattern, converters: dict[str, Any]) -> str:
    if "kind" in str(pattern.pattern) or whole.endswith((".zip", ".pdf", ".ics", *FRAGMENTS)):
        return ""  # a file, not a page
    if pattern.name in NO_PAGES:
        return ""
    for name, converter in converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        value = OTHERS.get(name) or EXAMPLES.get(pattern.name or "") or ("R1" if "/rounds/" in whole else "B1")
        whole = whole.replace(f"<{kind}:{name}>", value)
    return whole


@pytest.fixture(scope="session")
def working(
    template: Path, once: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """The address of a site on which people are at work in every phase, and the links into it."""

    def make(folder: Path) -> None:
        data = shutil.copytree(template, folder / "data")
        script = [sys.executable, at_work.__file__]
        made = subprocess.run(script, env=serving.surroundings(data), check=True, stdout=subprocess.PIPE)
        (folder / "links.json").write_bytes(made.stdout)

    made = once("working", make)
    data = shutil.copytree(made / "data", tmp_path_factory.mktemp("working") / "data")
    with serving.served(Path(data)) as running:
        yield {"site": running.url, **json.loads((made / "links.json").read_text())}


@pytest.mark.axe
@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_accessible_while_people_are_at_work(page, working, sign_in, axe_of, part):
    look = Looking(page, working["site"], axe_of)
    sign_in(working["site"], "owner")
    look.at(*[*addresses(), *(f"{CASE}{each}" for each in EVERYWHERE)][part::PARTS])
    look.at_alike(*(f"{CASE}{each}" for each in FORMS[part::PARTS]))
    assert not look.faults


@pytest.mark.axe
def test_what_stands_outside_a_case_is_accessible(page, working, sign_in, axe_of):
    look = Looking(page, working["site"], axe_of)
    look.at("/glossary/", "/privacy/", "/was", "/n/thanks/", "/r/erased/", working["notice"], working["invitation"])
    look.at("/nowhere/", "/n/nowhere/", "/invitations/nowhere/", status=404)
    sign_in(working["site"], "stakeholder")
    look.at(f"{CASE}strategy/", status=403)
    sign_in(working["site"], "owner")
    look.at("/", "/cases/new/", "/sign-in/again/", working["invitation"])
    look.at(f"{CASE}nowhere/", status=404)
    assert not look.faults


@pytest.mark.axe
def test_a_phase_that_is_closed_is_accessible(page, site, sign_in, axe_of):
    look = Looking(page, site, axe_of)
    sign_in(site, "owner")
    look.at(*(f"{CASE}{each}" for each in CLOSED))
    assert not look.faults


@pytest.mark.axe
def test_the_way_in_is_accessible(page, site, axe_of):
    look = Looking(page, site, axe_of)
    for _turn in TURNS:
        look.at("/demo")
    for _turn in TURNS:
        look.at("/sign-in/")
    assert not look.faults
