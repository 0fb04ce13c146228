"""Judging the matrix: what a judgement does, what undo leads back to, and what two people see when they meet."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import NOON
from fremsyn.audit.models import Entry
from fremsyn.cases.editing.operations import withdraw_thing
from fremsyn.cases.models import Case, PhaseRecord, PhaseState
from fremsyn.cases.remembered import changed
from fremsyn.cases.shape import Text
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person
from fremsyn.scenarios.handover import load
from fremsyn.scenarios.judging.futures import futures, moved, with_section
from fremsyn.scenarios.judging.grid import board, reading
from fremsyn.scenarios.judging.operations import JudgedMeanwhile, judge, take_away, undo

HERE = "/cases/kombit/scenarios/matrix/judge/D9/D3/"
OPEN = "/cases/kombit/scenarios/matrix/judge/D1/D5/"
WORK = {"by": None, "at": NOON}


@pytest.fixture
def kombit(kombit: Case) -> Case:
    """The demonstration case with its phases open, so that it can be worked on."""
    PhaseRecord.objects.filter(case=kombit).update(state=PhaseState.OPEN)
    changed(kombit)
    return kombit


def pair_of(case, source="D9", target="D3"):
    return board(case).pairs[source, target]


def typed(page: str) -> dict[str, str]:
    """Return what a form holds as it is sent by a browser without a script."""
    names = set(re.findall(r'name="(D[^"]+)"', page))
    checked = {name: re.search(rf'name="{name}" value="([^"]+)" checked', page)[1] for name in names}
    reason = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", page, re.DOTALL)[1]
    return {**checked, "reason": reason, "version": re.search(r'name="version" value="(\d+)"', page)[1]}


def test_a_judgement_is_kept_and_the_log_has_it(kombit):
    version = judge(case=kombit, source="D9", target="D3", cells={("D9.a", "D3.b"): 3}, **WORK)
    assert version == 2
    assert pair_of(kombit).rows[0][1] == (-1, 3, 1)
    assert Entry.objects.filter(event="cases.thing_changed").exists()


def test_a_section_that_nobody_judged_comes_to_be_with_zeros(kombit):
    assert pair_of(kombit, "D1", "D5").state == "open"
    judge(case=kombit, source="D1", target="D5", cells={("D1.a", "D5.b"): -2}, reason=Text(da="Fordi"), **WORK)
    pair = pair_of(kombit, "D1", "D5")
    assert pair.rows[0][1] == (0, -2, 0)
    assert pair.rows[1][1] == (0, 0, 0)
    assert pair.reason == Text(da="Fordi")


def test_no_direct_effect_is_an_answer_of_its_own(kombit):
    judge(case=kombit, source="D1", target="D5", cells={}, reason=Text(da="Ingen vej"), **WORK)
    assert pair_of(kombit, "D1", "D5").state == "none"
    take_away(case=kombit, source="D1", target="D5", **WORK)
    assert pair_of(kombit, "D1", "D5").state == "open"


@pytest.mark.parametrize(
    ("cells", "target"), [({("D9.a", "D3.b"): 4}, "D3"), ({("D9.a", "D3.x"): 1}, "D3"), ({}, "D9"), ({}, "D99")]
)
def test_what_is_no_judgement_is_refused_and_nothing_is_written(kombit, cells, target):
    before = load(kombit)
    with pytest.raises(RuleBroken):
        judge(case=kombit, source="D9", target=target, cells=cells, **WORK)
    assert load(kombit).cross_impact == before.cross_impact


def test_undo_leads_back_judgement_by_judgement(kombit):
    first = pair_of(kombit).rows
    for number in (3, 2, 1):
        judge(case=kombit, source="D9", target="D3", cells={("D9.a", "D3.b"): number}, **WORK)
    for left in (2, 3, 0):
        undo(case=kombit, source="D9", target="D3", **WORK)
        assert pair_of(kombit).rows[0][1][1] == left
    assert pair_of(kombit).rows == first
    with pytest.raises(RuleBroken):
        undo(case=kombit, source="D9", target="D3", **WORK)


def test_undo_leads_back_to_where_nothing_was_judged_and_what_is_judged_again_is_there(kombit):
    judge(case=kombit, source="D1", target="D5", cells={("D1.a", "D5.b"): -2}, **WORK)
    undo(case=kombit, source="D1", target="D5", **WORK)
    assert pair_of(kombit, "D1", "D5").state == "open"
    judge(case=kombit, source="D1", target="D5", cells={("D1.b", "D5.a"): 1}, **WORK)
    assert [values for _variant, values in pair_of(kombit, "D1", "D5").rows] == [(0, 0, 0), (1, 0, 0), (0, 0, 0)]


def test_take_away_is_undone_too(kombit):
    first = pair_of(kombit).rows
    take_away(case=kombit, source="D9", target="D3", **WORK)
    assert pair_of(kombit).state == "open"
    undo(case=kombit, source="D9", target="D3", **WORK)
    assert pair_of(kombit).rows == first


def test_what_a_file_stated_of_its_matrix_is_forgotten_when_the_matrix_changes(kombit):
    assert load(kombit).cross_impact.expected.consistent_count == 14
    judge(case=kombit, source="D9", target="D3", cells={("D9.a", "D3.b"): 3}, **WORK)
    stated = load(kombit).cross_impact.expected
    assert stated.consistent_count is None
    assert stated.succession is not None


def test_two_who_judge_different_states_both_have_their_way(kombit):
    judge(case=kombit, source="D9", target="D3", cells={("D9.a", "D3.b"): 3}, based_on=1, **WORK)
    judge(case=kombit, source="D9", target="D3", cells={("D9.a", "D3.b"): 0, ("D9.c", "D3.a"): 1}, based_on=1, **WORK)
    rows = pair_of(kombit).rows
    assert (rows[0][1][1], rows[2][1][0]) == (3, 1)


def test_two_who_judge_the_same_are_shown_both_and_nothing_is_lost(kombit):
    judge(case=kombit, source="D9", target="D3", cells={("D9.a", "D3.b"): 3}, based_on=1, **WORK)
    with pytest.raises(JudgedMeanwhile) as met:
        judge(case=kombit, source="D9", target="D3", cells={("D9.a", "D3.b"): -3}, based_on=1, **WORK)
    assert [(each.theirs, each.mine) for each in met.value.cells] == [(3, -3)]
    assert pair_of(kombit).rows[0][1][1] == 3


def test_what_came_and_went_is_exact(kombit):
    former = load(kombit)
    judge(case=kombit, source="D9", target="D3", cells={("D9.a", "D3.c"): 3, ("D9.a", "D3.b"): -3}, **WORK)
    now = load(kombit)
    found = moved(now, former.judgements)
    before, after = futures(former.judgements).listed, futures(now.judgements).listed
    assert len(before) == 14
    assert len(found.came) == len(after - before)
    assert len(found.went) == len(before - after)
    assert found.went
    for each in found.named:
        assert each.holds == (tuple(sorted(each.scenario.variants)) in {tuple(sorted(one)) for one in after})
        assert bool(each.resists) != each.holds


def test_a_matrix_that_nobody_judged_is_counted_and_not_listed(kombit):
    judged = load(kombit).judgements
    for section in judged.cross_impact.sections:
        judged = with_section(judged, section.source, section.target, None)
    nothing = futures(judged)
    assert (nothing.total, nothing.exact, nothing.listed) == (4_251_528, True, None)


def test_the_judgements_are_said_in_words(kombit):
    sentences = reading(pair_of(kombit))
    assert sentences[0] == (
        "Hvis »Høj tillid« gælder, fremmer det lidt »Agentisk sagsbehandling« og hæmmer det lidt »Spredte piloter«; "
        "det har ingen direkte virkning på »Bred assistent-AI«."
    )


def test_the_page_saves_without_a_script_and_says_what_it_did(kombit, client_as):
    client = client_as("member")
    form = typed(client.get(HERE).content.decode())
    assert form["D9.a:D3.a"] == "-1"
    answer = client.post(HERE, {**form, "D9.a:D3.c": "+3", "D9.a:D3.b": "-3", "act": "stay"}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[0][0] == f"{HERE}?saved=2#answer"
    assert "hænger sammen" in page
    assert "gik ud" in page
    assert "Fortryd" in page
    back = client.post(HERE, {**typed(page), "act": "undo"}, follow=True).content.decode()
    assert typed(back)["D9.a:D3.c"] == "+1"


def test_save_and_next_goes_to_the_next_section(kombit, client_as):
    client = client_as("owner")
    form = typed(client.get(HERE).content.decode())
    assert client.post(HERE, {**form, "act": "next"})["Location"].endswith("/D9/D4/")


def test_a_refused_form_keeps_what_was_typed(kombit, client_as):
    client = client_as("owner")
    form = typed(client.get(HERE).content.decode())
    answer = client.post(HERE, {**form, "D9.a:D3.b": "+2", "reason": "x" * 5000, "act": "stay"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert typed(page)["D9.a:D3.b"] == "+2"
    assert "x" * 5000 in page
    assert pair_of(kombit).rows[0][1][1] == 0


def test_the_second_of_two_editors_sees_both_and_can_save_again(kombit, client_as):
    one, other = client_as("owner"), client_as("member")
    form = typed(one.get(HERE).content.decode())
    other.post(HERE, {**form, "D9.a:D3.b": "+2", "act": "stay"})
    met = one.post(HERE, {**form, "D9.a:D3.b": "-2", "act": "stay"})
    assert met.status_code == 422
    assert "To har vurderet det samme" in met.content.decode()
    assert one.post(HERE, {**typed(met.content.decode()), "act": "stay"}).status_code == 302
    assert pair_of(kombit).rows[0][1][1] == -2


def test_one_cell_is_saved_at_once_and_the_answer_is_a_fragment(kombit, client_as):
    client = client_as("member")
    sent = {"act": "cell", "cell": "D9.a:D3.c", "value": "-3", "was": "1"}
    page = client.post(HERE, sent, headers={"X-Fragment": "1"}).content.decode()
    assert "<html" not in page
    assert 'id="answer"' in page
    assert "Sum −4" in page
    one, other = pair_of(kombit).source.variants[0].name, pair_of(kombit).target.variants[2].name
    assert f"{one} → {other}: +1 → −3" in page.split('id="history"')[1]
    assert pair_of(kombit).rows[0][1][2] == -3
    assert client.post(HERE, {**sent, "value": "9"}, headers={"X-Fragment": "1"}).status_code == 422


def test_what_is_told_counts_from_when_the_section_was_opened_and_all_of_it_follows(kombit, client_as):
    client, fragment = client_as("member"), {"X-Fragment": "1"}
    opened = client.get(OPEN).content.decode()
    since = re.search(r'name="since" value="(\d+)"', opened)[1]
    assert "75 af 182 sektioner er vurderet" in opened
    for value in ("-3", "0"):
        sent = {"act": "cell", "cell": "D1.a:D5.b", "value": value, "since": since}
        page = client.post(OPEN, sent, headers=fragment).content.decode()
        assert ("De samme som da du åbnede sektionen." in page) is (value == "0")
        told = page.split('id="told">')[1].split("</p>")[0]
        assert "76 af 182 sektioner er vurderet" in told
        assert 'id="clear"' in page

    page = client.post(OPEN, {"act": "undo", "since": since}, headers=fragment).content.decode()

    assert '<input data-is="D1.a:D5.b" value="-3">' in page
    assert pair_of(kombit, "D1", "D5").strength == 3
    page = client.post(OPEN, {"act": "undo", "since": since}, headers=fragment).content.decode()
    assert "75 af 182 sektioner er vurderet" in page.split('id="told">')[1].split("</p>")[0]
    assert client.post(OPEN, {"act": "undo", "since": since}, headers=fragment).status_code == 422


def test_one_who_overwrites_another_unseen_is_told(kombit, client_as):
    judge(case=kombit, source="D9", target="D3", cells={("D9.a", "D3.c"): -2}, **WORK)
    sent = {"act": "cell", "cell": "D9.a:D3.c", "value": "3", "was": "1"}
    page = client_as("member").post(HERE, sent, headers={"X-Fragment": "1"}).content.decode()
    assert "En anden havde vurderet dette til −2" in page


def test_the_reason_is_kept_in_the_language_of_the_page_and_the_other_stays(kombit, client_as):
    english = pair_of(kombit).reason.en
    sent = {"act": "reason", "reason": "Tillid åbner døre."}
    client_as("owner").post(HERE, sent, headers={"X-Fragment": "1"})
    assert pair_of(kombit).reason == Text(da="Tillid åbner døre.", en=english)


def test_no_direct_effect_has_its_own_button(kombit, client_as):
    client = client_as("owner")
    form = typed(client.get(OPEN).content.decode())
    client.post(OPEN, {**form, "act": "none", "reason": "Ingen vej"})
    assert "ingen direkte virkning" in client.get(OPEN).content.decode()


def test_a_section_of_a_withdrawn_state_says_so(kombit, client_as):
    client = client_as("owner")
    form = typed(client.get(HERE.replace("D9", "D1")).content.decode())
    withdraw_thing(case=kombit, key="D1.a", **WORK)
    sent = {"act": "cell", "cell": "D1.a:D3.c", "value": "2"}
    answer = client.post(HERE.replace("D9", "D1"), sent, headers={"X-Fragment": "1"})
    assert answer.status_code == 422
    assert "taget ud" in answer.content.decode()
    assert form


def test_the_overview_shows_what_is_judged_and_what_is_thin(kombit, client_as):
    judge(case=kombit, source="D1", target="D5", cells={("D1.a", "D5.b"): -2}, **WORK)
    page = client_as("leadership").get("/cases/kombit/scenarios/matrix/judge/").content.decode()
    assert "76 af 182 sektioner er vurderet" in page
    assert "uden begrundelse; en enkelt vurdering" in page


@pytest.mark.parametrize(("role", "status"), [("member", 200), ("leadership", 200), ("board", 403), ("observer", 403)])
def test_those_who_may_judge_may(kombit, client_as, role, status):
    assert client_as(role).get(HERE).status_code == status


def test_a_judgement_is_answered_with_few_queries(kombit, client_as):
    client = client_as("owner")
    sent = {"act": "cell", "cell": "D9.a:D3.c", "value": "-3"}
    client.post(HERE, sent, headers={"X-Fragment": "1"})
    with CaptureQueriesContext(connection) as asked:
        client.post(HERE, {**sent, "value": "2"}, headers={"X-Fragment": "1"})
    assert len(asked) <= 45


def test_a_person_s_name_stands_at_what_they_judged(kombit, client_as):
    by = Person.objects.get(username="member")
    judge(case=kombit, source="D9", target="D3", cells={("D9.a", "D3.c"): -2}, by=by, at=NOON + timedelta(hours=1))
    assert f"Sidst ændret af {by.name}" in client_as("owner").get(HERE).content.decode()


def test_whoever_may_read_sees_what_is_judged_without_a_way_to_judge(kombit, client_as):
    page = client_as("observer").get("/cases/kombit/scenarios/matrix/judge/").content.decode()
    assert "75 af 182 sektioner er vurderet" in page
    assert "/judge/D1/" not in page
