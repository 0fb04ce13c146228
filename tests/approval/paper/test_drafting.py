"""A draft answers the question, computes its sums, rests on what it names, and touches nothing that a person wrote."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from approval.paper.conftest import WHERE
from conftest import NOON
from fremsyn.approval.handover import load
from fremsyn.approval.paper.drafting.draft import draft_of
from fremsyn.approval.paper.must import MOST_LINES, lines
from fremsyn.approval.paper.operations import draft_paper
from fremsyn.approval.paper.readiness import dispatch
from fremsyn.approval.schema import Paper
from fremsyn.audit.models import Entry
from fremsyn.cases.editing.operations import add_thing, change_thing, withdraw_thing
from fremsyn.cases.models import Case, Item
from fremsyn.cases.trace import chain_of
from fremsyn.chain.beginning import Beginning
from fremsyn.chain.operations import create_case
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text
from fremsyn.people.models import Person

pytestmark = pytest.mark.django_db
REFERENCE = re.compile(r"\b([CLPNAOIX]\d+)\b")
THEMES = 6


@pytest.mark.parametrize("which", ["unwritten", "skole"])
def test_a_draft_is_a_whole_paper_in_both_languages(which, request):
    case = request.getfixturevalue(which)

    draft_paper(case=case, by=None, at=NOON)

    paper = load(case).paper
    assert paper
    assert [each.ref for each in paper.points] == [f"B{n}" for n in range(1, THEMES + 1)]
    for thing in (*paper.points, *paper.sections):
        assert thing.text.da
        assert thing.text.en
    assert [each.id for each in paper.sections] == [
        "summary", "background", "assessment", "alternatives", "involvement", "economy", "legal", "communication", "next",
    ]  # fmt: skip
    summary = paper.sections[0]
    assert 0 < lines(summary.text) <= MOST_LINES
    assert paper.risks
    assert paper.annexes
    assert Entry.objects.filter(event="approval.paper_drafted").count() == 1
    grounded = chain_of(case).grounded
    assert all(each.ref in grounded for each in paper.points)


def test_the_first_point_answers_the_question_in_three_sentences_with_the_role(unwritten):
    draft_paper(case=unwritten, by=None, at=NOON)
    first = load(unwritten).paper.points[0]
    said = first.text.da.partition("besvares sådan: ")[2]
    assert len(re.split(r"(?<=\.)\s+(?=[A-ZÆØÅ])", said)) == 3
    assert "KOMBITs rolle i det?" in first.text.da
    assert "(L4)" in said
    assert {"L4", "P5", "C0"} <= set(first.because)


def test_each_line_rests_on_what_it_names(skole):
    draft_paper(case=skole, by=None, at=NOON)
    paper = load(skole).paper
    for thing in (*paper.points[:3], *paper.sections[:1], paper.sections[4]):
        named = set(REFERENCE.findall(thing.text.en))
        assert named <= set(thing.because), thing


def test_the_sums_of_a_draft_are_computed(unwritten):
    draft_paper(case=unwritten, by=None, at=NOON)
    paper = load(unwritten).paper
    money = next(each for each in paper.points if "I1" in each.because)
    assert "208 mio. kr. i 2027–2030" in money.text.da
    assert "147" in money.text.en


def test_agreement_and_disagreement_both_stand_in_it(skole):
    draft_paper(case=skole, by=None, at=NOON)
    told = next(each for each in load(skole).paper.sections if each.id == "involvement")
    assert "Enighed: " in told.text.da
    assert "Uenighed: Bussen deler os (N2)." in told.text.da


def test_what_a_person_wrote_or_took_out_is_left_as_it_is(unwritten):
    draft_paper(case=unwritten, by=None, at=NOON)
    told = {"case": unwritten, "by": None, "at": NOON}
    mine = {"text": Text(da="Mine ord", en="My words")}
    change_thing(key=f"{WHERE}/sections/summary", version=None, values=mine, meaning=False, **told)
    withdraw_thing(key=f"{WHERE}/sections/legal", **told)
    withdraw_thing(key="B6", **told)
    Item.objects.filter(case=unwritten, path=f"{WHERE}/sections/next").update(path=f"{WHERE}/sections/afterwards")
    without_next = draft_of(unwritten)

    assert [each.id for each in without_next.sections] == ["next"]
    assert without_next.points == ()
    draft_paper(**told)

    sections = {each.id: each.text.da for each in load(unwritten).paper.sections}
    assert sections["summary"] == "Mine ord"
    assert "legal" not in sections
    assert len(load(unwritten).paper.points) == THEMES - 1
    with pytest.raises(RuleBroken, match="alt"):
        draft_paper(**told)


def test_a_point_on_a_theme_is_not_drafted_again(skole):
    draft_paper(case=skole, by=None, at=NOON)
    before = load(skole).paper
    assert draft_of(skole).kept
    assert load(skole).paper == before


def test_nothing_is_drafted_where_the_question_has_no_answer(kombit: Case):
    told = Beginning(
        title=Text(da="Ny"),
        organisation=Text(da="Os"),
        focal_question=Text(da="Hvad nu?"),
        base_year=2026,
        horizon=2035,
        starts=NOON.date(),
        languages=("da",),
    )
    case = create_case(told=told, slug="ny", by=Person.objects.get(username="owner"), at=NOON)
    before = Item.objects.count()

    with pytest.raises(RuleBroken) as refused:
        draft_paper(case=case, by=None, at=NOON)

    assert "et ønskeligt scenarie i retningen" in str(refused.value)
    assert "en valgt strategi" in str(refused.value)
    assert "fokusspørgsmålet" not in str(refused.value)
    assert Item.objects.count() == before


def test_a_drafted_paper_says_what_it_lacks_before_it_is_sent(unwritten):
    draft_paper(case=unwritten, by=None, at=NOON)
    lacking = [each.text for each in dispatch(load(unwritten)) if not each.done]
    assert len(lacking) == 1  # no item on the agenda is named
    values = {"agenda_item": 4}
    change_thing(case=unwritten, key=WHERE, version=None, values=values, meaning=False, by=None, at=NOON)
    assert all(each.done for each in dispatch(load(unwritten)))


def test_the_secretary_drafts_it_in_the_browser(unwritten: Case, client_as: Callable[[str], Client]):
    client = client_as("facilitator")
    page = client.get(f"/cases/{unwritten.slug}/board/").content.decode()
    assert f'href="/cases/{unwritten.slug}/board/draft/"' in page
    preview = client.get(f"/cases/{unwritten.slug}/board/draft/").content.decode()
    assert "Dette bliver lagt til sagen" in preview
    assert load(unwritten).paper is None

    answer = client.post(f"/cases/{unwritten.slug}/board/draft/", follow=True)

    assert "Udkastet er lagt ind: 6 punkter, 9 afsnit" in answer.content.decode()
    assert client.get(f"/cases/{unwritten.slug}/documents/board_paper/").status_code == 200


def test_a_paper_that_is_only_begun_shows_everywhere(unwritten: Case, client_as: Callable[[str], Client]):
    begun = Paper(id="BI-1", title=Text(da="Et udkast"))
    add_thing(case=unwritten, parent="approval", slot="paper", thing=begun, by=None, at=NOON)
    client = client_as("facilitator")
    for address in ("board/", "documents/board_paper/", "", "board/draft/"):
        assert client.get(f"/cases/{unwritten.slug}/{address}").status_code == 200
