"""A case that has come some of the way shows every page: later phases hold nothing, and earlier ones are half done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from chain.small import Sheets, small, write
from chain.walking import walked
from conftest import NOON
from fremsyn.cases.models import Membership
from fremsyn.chain.folder import read_folder
from fremsyn.chain.operations import import_case
from fremsyn.chain.run import run_chain
from fremsyn.people.models import Person
from fremsyn.reports.documents.catalogue import KINDS, document
from fremsyn.reports.typesetting import pdfs

Strip = Callable[[Sheets], None]


def no_paper(sheets: Sheets) -> None:
    del sheets["approval"]["paper"]
    del sheets["approval"]["body"]
    sheets["approval"]["meetings"] = []


def no_plans(sheets: Sheets) -> None:
    sheets["plans"] |= {"initiatives": [], "signposts": [], "budget": {"unit": {"da": "mio. kr."}}}
    for each in sheets["framing"]["assumptions"]:
        del each["watched_by"]


def nothing_chosen(sheets: Sheets) -> None:
    del sheets["plans"]["strategy"]
    strategy = sheets["strategy"]
    del strategy["chosen"], strategy["role_answer"], strategy["deselected"]
    for each in strategy["possible_strategies"]:
        each["chosen"] = False


def half_scored(sheets: Sheets) -> None:
    sheets["strategy"]["options"][0]["scores"].popitem()
    del sheets["strategy"]["computed"]


def no_strategies(sheets: Sheets) -> None:
    del sheets["strategy"]["budget_mdkk"]
    sheets["strategy"]["possible_strategies"] = []


def unscored(sheets: Sheets) -> None:
    for each in sheets["strategy"]["options"]:
        each["scores"] = {}


def no_options(sheets: Sheets) -> None:
    sheets["strategy"] |= {"options": [], "exclusion_reasons": []}


def no_roles(sheets: Sheets) -> None:
    sheets["strategy"]["roles"] = []
    for each in sheets["scenarios"]["scenarios"]:
        each["roles"] = {}


def no_agendas(sheets: Sheets) -> None:
    sheets["direction"]["agendas"] = []
    for each in sheets["conversation"]["insights"]:
        del each["used_for"]


def half_a_wish(sheets: Sheets) -> None:
    wish = sheets["direction"]["desirable"]
    wish["variants"] = wish["variants"][:1]
    for name in ("tension", "score", "consistent", "resists", "distance"):
        del wish[name]


def no_wish(sheets: Sheets) -> None:
    del sheets["direction"]["desirable"], sheets["direction"]["vision"], sheets["direction"]["backcast"]


def a_state_too_few(sheets: Sheets) -> None:
    for each in sheets["scenarios"]["scenarios"]:
        each["variants"] = each["variants"][:1]


def no_scenarios(sheets: Sheets) -> None:
    sheets["scenarios"]["scenarios"] = []
    for each in sheets["conversation"]["rounds"]:
        del each["perspective"]


def half_a_matrix(sheets: Sheets) -> None:
    matrix = sheets["cross_impact"]
    matrix["sections"].pop()
    del matrix["expected"]


def no_matrix(sheets: Sheets) -> None:
    sheets["cross_impact"] |= {"order": [], "columns": {}, "sections": []}


def a_driver_without_states(sheets: Sheets) -> None:
    sheets["scenarios"]["drivers"][1]["variants"] = []


def no_drivers(sheets: Sheets) -> None:
    sheets["scenarios"]["drivers"] = []


def no_coverage(sheets: Sheets) -> None:
    del sheets["scanning"]["coverage"]


def no_trends(sheets: Sheets) -> None:
    sheets["scanning"]["trends"] = []


BACKWARDS: tuple[Strip, ...] = (
    no_paper, no_plans, nothing_chosen, half_scored, no_strategies, unscored, no_options, no_roles, no_agendas,
    half_a_wish, no_wish, a_state_too_few, no_scenarios, half_a_matrix, no_matrix, a_driver_without_states, no_drivers,
    no_coverage, no_trends,
)  # fmt: skip


def stripped(count: int) -> Sheets:
    sheets = small()
    for strip in BACKWARDS[:count]:
        strip(sheets)
    return sheets


SHORT = (nothing_chosen, unscored, half_a_wish, half_a_matrix, no_drivers)
STAGES = [
    pytest.param(at, id=strip.__name__, marks=[] if strip in SHORT else pytest.mark.long)
    for at, strip in enumerate(BACKWARDS, 1)
]


@pytest.mark.django_db
@pytest.mark.parametrize("count", STAGES)
def test_a_case_on_its_way_shows_every_page(tmp_path: Any, count: int) -> None:
    reading = read_folder(write(tmp_path / "lille", stripped(count)))
    assert reading.content, reading.faults
    case = import_case(content=reading.content, slug="lille", by=None, at=NOON)
    run_chain(case, lambda step: None)
    person = Person.objects.create(username="owner-of-lille", name="Ejer", joined_at=NOON)
    Membership.objects.create(case=case, person=person, role="owner")
    client = Client()
    client.force_login(person)

    assert len(walked(client, "/cases/lille/", editing=False)) > 25
    assert all(each.startswith(b"%PDF") for each in pdfs(document(case, key, "da") for key in KINDS))
