"""Every point of the paper that a meeting dealt with says what came of it, to those who may see the point."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation

from approval.minutes.conftest import Held, change
from fremsyn.approval.after.operations import keep_approved
from fremsyn.approval.handover import load
from fremsyn.approval.paper.drafting.draft import draft_of
from fremsyn.approval.schema import Access
from fremsyn.cases.models import Case
from fremsyn.core.text import Text
from fremsyn.reports.documents.catalogue import document

pytestmark = pytest.mark.django_db
Signed = Callable[[str], Client]
KOMBIT = "/cases/kombit/"
FELL = "Bortfaldt, da bestyrelsen ikke var beslutningsdygtig"
WITHDRAWN = "Trukket tilbage: Trukket af indstilleren"
PUT_OFF = "Udsat: Der mangler et bilag"


def page(client: Client, address: str) -> str:
    answer = client.get(f"{KOMBIT}{address}")
    assert answer.status_code == 200
    return answer.content.decode()


def fresh() -> Case:
    return Case.objects.get(slug="kombit")


@pytest.fixture
def approved(held: Held) -> Held:
    keep_approved(run=held.sitting.run, by=None, at=held.of["at"])
    held.draft()
    held.approve()
    return held


@pytest.mark.parametrize("minutes", [False, True])
def test_the_paper_says_of_every_point_what_came_of_it(held: Held, client_as: Signed, minutes: bool):
    if minutes:
        held.draft()
        held.approve()
    text = page(client_as("board"), "board/")
    recommended, _, rest = text.partition('id="case"')
    shown = repr(document(fresh(), "board_paper", "da").blocks)
    for said in (FELL, WITHDRAWN, PUT_OFF):
        assert said in recommended
        assert said in rest.partition('id="record"')[2]
        assert shown.count(said) == 2


@pytest.mark.parametrize(("ref", "said"), [("B2", FELL), ("B4", WITHDRAWN), ("B5", PUT_OFF)])
def test_a_points_own_page_says_what_came_of_it(approved: Held, client_as: Signed, ref: str, said: str):
    assert said in page(client_as("board"), f"board/points/{ref}/")
    assert client_as("observer").get(f"{KOMBIT}board/points/{ref}/").status_code == 404


def test_votes_are_told_of_points_that_had_one(approved: Held):
    record = load(fresh()).decision_record
    assert [each.da.partition("(")[2][:2] for each in record.votes] == ["B1", "B3", "B6"]


def test_what_is_left_out_is_said_in_each_language(held: Held):
    ground = Text(da="Forhandling", en="Bargaining")
    change(fresh(), "approval/paper", access=Access(level="confidential", text=ground))
    held.draft()
    held.approve()
    votes = load(fresh()).decision_record.votes
    assert votes[0].da == "Punkt 4.1. Udeladt af den offentlige udgave: Forhandling"
    assert votes[0].en == "Point 4.1. Left out of the public edition: Bargaining"


def test_the_page_after_the_decision_lists_what_was_not_approved_and_why(approved: Held, client_as: Signed):
    text = page(client_as("board"), "board/after/")
    for said in (FELL, WITHDRAWN, PUT_OFF):
        assert said in text
    outside = page(client_as("observer"), "board/after/")
    for said in (FELL, WITHDRAWN, PUT_OFF):
        assert said not in outside
    assert outside.count("Lukket for dig.") == 3


def test_a_draft_names_the_sections_that_stand_in_the_language_in_use(kombit: Case):
    for language, name in (("da", "Resumé"), ("en", "Summary")):
        with translation.override(language):
            assert name in draft_of(kombit).kept
