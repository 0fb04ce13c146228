"""Scores: everybody gives their own with why; the case settles on one; that people differ is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from conftest import NOON
from fremsyn.audit.models import Entry
from fremsyn.cases.editing.operations import change_thing
from fremsyn.cases.editing.versions import Conflict
from fremsyn.cases.models import Case, Item, PhaseRecord, PhaseState
from fremsyn.cases.remembered import changed
from fremsyn.cases.shape import Text
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person
from fremsyn.strategy.handover import load
from fremsyn.strategy.models import ScoreMark
from fremsyn.strategy.schema import Option, Score
from fremsyn.strategy.scoring.operations import Mark, give_scores, settle_scores

pytestmark = pytest.mark.django_db
CELL = "/cases/kombit/strategy/options/O5/scores/"


@pytest.fixture
def kombit(kombit: Case) -> Case:
    PhaseRecord.objects.filter(case=kombit).update(state=PhaseState.OPEN)
    changed(kombit)
    return kombit


def person(role: str) -> Person:
    return Person.objects.get(username=role)


def option(case: Case, ref: str = "O5") -> Option:
    return next(each for each in load(case).options if each.ref == ref)


def last_entry() -> Entry:
    return Entry.objects.latest("sequence")


def test_two_peoples_scores_stand_beside_the_cases_own(kombit):
    before = option(kombit).scores["C1"]
    for role, score in (("member", -1), ("leadership", 2)):
        give_scores(case=kombit, marks=[Mark("O5", "C1", score, f"Set fra {role}")], by=person(role), at=NOON)

    marks = ScoreMark.objects.filter(option__case=kombit).order_by("score")
    assert [(mark.score, mark.by, mark.at) for mark in marks] == [
        (-1, person("member"), NOON),
        (2, person("leadership"), NOON),
    ]
    assert option(kombit).scores["C1"] == before
    assert last_entry().event == "strategy.scores_given"
    assert "O5:C1" in last_entry().data
    assert "Set fra" not in last_entry().data


def test_a_second_score_of_the_same_person_takes_the_place_of_the_first(kombit):
    for score in (1, -2):
        give_scores(case=kombit, marks=[Mark("O5", "C1", score, "Fordi")], by=person("member"), at=NOON)

    assert [mark.score for mark in ScoreMark.objects.filter(option__case=kombit)] == [-2]
    assert give_scores(case=kombit, marks=[Mark("O5", "C1", -2, "Fordi")], by=person("member"), at=NOON) == 0


@pytest.mark.parametrize(
    ("mark", "says"),
    [
        (Mark("O5", "C1", 3, "Fordi"), "−2"),
        (Mark("O5", "C1", 1, "  "), "reason|begrundelse"),
        (Mark("O999", "C1", 1, "Fordi"), "O999"),
        (Mark("C1", "T1", 1, "Fordi"), "T1"),
    ],
)
def test_a_score_that_cannot_stand_keeps_none_of_the_others(kombit, mark, says):
    good = Mark("O6", "C1", 1, "Fordi")
    with pytest.raises(RuleBroken, match=says):
        give_scores(case=kombit, marks=[good, mark], by=person("member"), at=NOON)
    assert not ScoreMark.objects.exists()


def test_no_score_is_given_in_a_phase_that_is_closed(kombit):
    PhaseRecord.objects.filter(case=kombit, phase="strategy").update(state=PhaseState.CLOSED)
    changed(kombit)
    with pytest.raises(RuleBroken):
        give_scores(case=kombit, marks=[Mark("O5", "C1", 1, "Fordi")], by=person("member"), at=NOON)


def test_another_number_changes_the_meaning_and_another_reason_only_the_wording(kombit):
    stood = option(kombit).scores["C1"]
    worded = {"O5": {"C1": Score(score=stood.score, reason=Text(da="Bedre sagt"))}}
    settle_scores(case=kombit, scores=worded, versions={}, by=person("facilitator"), at=NOON)
    assert not Item.objects.filter(case=kombit, look_again=True).exists()

    numbered = {"O5": {"C1": Score(score=-2, reason=Text(da="Det skader"))}}
    assert settle_scores(case=kombit, scores=numbered, versions={}, by=person("facilitator"), at=NOON) == ("O5",)

    assert option(kombit).scores["C1"].score == -2
    assert option(kombit).scores["C2"] == option(kombit).scores["C2"]
    assert "P5" in Item.objects.filter(case=kombit, look_again=True).values_list("ref", flat=True)
    assert last_entry().event == "strategy.scores_settled"


def test_of_two_who_settle_one_option_the_second_is_told(kombit):
    version = Item.objects.get(case=kombit, ref="O5").version
    for_c1 = {"O5": {"C1": Score(score=0, reason=Text(da="Et"))}}
    for_c2 = {"O5": {"C2": Score(score=0, reason=Text(da="To"))}}
    settle_scores(case=kombit, scores=for_c1, versions={"O5": version}, by=person("owner"), at=NOON)
    with pytest.raises(Conflict):
        settle_scores(case=kombit, scores=for_c2, versions={"O5": version}, by=person("facilitator"), at=NOON)


def test_others_scores_are_shown_when_ones_own_is_given(kombit, client_as: Callable[[str], Client]):
    give_scores(case=kombit, marks=[Mark("O5", "C1", 2, "Lederens grund")], by=person("leadership"), at=NOON)
    client = client_as("member")
    assert "Lederens grund" not in client.get(CELL).content.decode()

    sent = client.post(CELL, {"score-O5-C1": "-1", "reason-O5-C1": "Min egen grund"})

    assert sent.status_code == 302
    shown = client.get(CELL).content.decode()
    assert "Lederens grund" in shown
    assert "2 personer er uenige: fra −1 til +2." in shown


def test_a_score_without_a_reason_is_refused_beside_its_field_and_nothing_typed_is_lost(kombit, client_as):
    answer = client_as("member").post(CELL, {"score-O5-C1": "1", "score-O5-C2": "0", "reason-O5-C2": "Står stille"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Man kan ikke tale om en score uden begrundelse" in page
    assert "Står stille" in page
    assert not ScoreMark.objects.exists()


def test_a_cpr_number_in_a_reason_is_refused_with_a_friendly_word(kombit, client_as):
    answer = client_as("member").post(CELL, {"score-O5-C1": "1", "reason-O5-C1": "Ring til 010180-1234"})
    assert answer.status_code == 422
    assert "CPR" in answer.content.decode()


def test_only_those_who_may_edit_settle(kombit, client_as):
    told = {"score-O5-C1": "-2", "reason-O5-C1": "Det skader"}
    assert client_as("member").post(f"{CELL}?settle", told).status_code == 403
    assert client_as("facilitator").post(f"{CELL}?settle", told).status_code == 302
    kombit.refresh_from_db()
    assert option(kombit).scores["C1"].score == -2


def test_a_settling_on_an_old_version_shows_what_was_typed_and_goes_through_the_second_time(kombit, client_as):
    client, told = client_as("facilitator"), {"score-O5-C1": "-2", "reason-O5-C1": "Det skader", "version-O5": "1"}
    first = {**option(kombit).scores, "C2": Score(score=-1, reason=Text(da="En andens"))}
    change_thing(
        case=kombit, key="O5", version=None, values={"scores": first}, meaning=True, by=person("owner"), at=NOON
    )

    met = client.post(f"{CELL}?settle", told)

    assert met.status_code == 409
    assert "Det skader" in met.content.decode()
    version = Item.objects.get(case=kombit, ref="O5").version
    assert client.post(f"{CELL}?settle", {**told, "version-O5": str(version)}).status_code == 302


def test_one_scenario_is_scored_for_all_options_on_one_page(kombit, client_as):
    address = "/cases/kombit/strategy/scenarios/C2/scores/"
    page = client_as("member").get(address).content.decode()
    assert page.count('type="radio"') == 5 * len(load(kombit).options)
    assert client_as("member").post(address, {"score-O9-C2": "2", "reason-O9-C2": "Nu går det"}).status_code == 302
    assert ScoreMark.objects.get().option.ref == "O9"
