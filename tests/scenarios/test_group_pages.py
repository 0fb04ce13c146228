"""The pages of judging in a group: who may see what, at every address, and what their forms do."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import NOON
from fremsyn.cases.models import Case, PhaseRecord, PhaseState
from fremsyn.cases.remembered import changed
from fremsyn.cases.shape import Text
from fremsyn.people.models import Person
from fremsyn.scenarios.group.handing import hand_out
from fremsyn.scenarios.group.own import keep_own
from fremsyn.scenarios.group.settling import Decision, open_section, settle_sections
from fremsyn.scenarios.group.state import section_of
from fremsyn.scenarios.judging.grid import board
from scenarios.test_judging import typed

AT = "/cases/kombit/scenarios/matrix/"
OWN, LIST, WORK = f"{AT}judge/mine/D9/D3/", f"{AT}judge/mine/", f"{AT}group/"
BESIDE, SCREEN = f"{AT}group/sections/D9/D3/", f"{AT}group/screen/D9/D3/"
DISPUTED, MATRIX = f"{AT}group/disputed/", f"{AT}group/matrix/"
SECRET = "Hemmelig begrundelse om rørlægning"
KEYS = [("D9", "D3"), ("D1", "D5")]


@pytest.fixture
def handed(kombit: Case) -> Case:
    """The demonstration case, open, with two sections handed out to a member, the leadership and the facilitator."""
    PhaseRecord.objects.filter(case=kombit).update(state=PhaseState.OPEN)
    changed(kombit)
    people = Person.objects.filter(username__in=["member", "leadership", "facilitator"])
    hand_out(case=kombit, people=[each.pk for each in people], sections=KEYS, by=None, at=NOON)
    return kombit


def gives(case, name, number, reason=SECRET, key=KEYS[0]):
    of = {"case": case, "source": key[0], "target": key[1], "by": Person.objects.get(username=name), "at": NOON}
    keep_own(cells={(f"{key[0]}.a", f"{key[1]}.c"): number}, reason=Text(da=reason), give=True, **of)


def holds(client, address):
    """Return whether what was given can be had from an address."""
    answer = client.get(address, follow=True)
    return SECRET in answer.content.decode() or "Median +3" in answer.content.decode()


def everywhere(client, *others):
    """Return the group's addresses, and others, from which what somebody else gave can be had."""
    return {each for each in (OWN, LIST, WORK, BESIDE, SCREEN, DISPUTED, MATRIX, *others) if holds(client, each)}


def test_whoever_has_not_given_theirs_gets_nobody_else_s_from_any_address(handed, client_as):
    gives(handed, "leadership", 3)
    around = [
        "/cases/kombit/search/?q=rørlægning",
        f"{AT}judge/D9/D3/",
        AT,
        "/cases/kombit/scenarios/figures/matrix.csv",
    ]
    assert everywhere(client_as("member"), *around) == set()
    for role in ("member", "facilitator"):
        client = client_as(role)
        assert everywhere(client) == set(), role
        assert client.get(BESIDE).status_code == 403
        assert client.post(BESIDE).status_code == 403
        assert client.get(SCREEN).status_code == 403
        assert "Giv først din egen vurdering" in client_as("member").get(BESIDE).content.decode()


def test_opening_helps_nobody_who_has_not_given_theirs(handed, client_as):
    gives(handed, "leadership", 3)
    open_section(case=handed, source="D9", target="D3", by=None, at=NOON)
    assert not any(
        holds(client_as(role), each) for role in ("member", "facilitator") for each in (OWN, BESIDE, DISPUTED)
    )
    assert holds(client_as("owner"), BESIDE)  # who leads and isn't asked


def test_those_who_gave_see_those_who_gave_and_who_leads_waits_for_all(handed, client_as):
    gives(handed, "leadership", 3)
    gives(handed, "member", 2, "Min egen grund")
    assert holds(client_as("member"), BESIDE)
    assert not any(holds(client_as("member"), each) for each in (OWN, LIST))
    assert not any(holds(client_as("owner"), each) for each in (WORK, DISPUTED, MATRIX))
    assert client_as("owner").get(BESIDE).status_code == 403
    gives(handed, "facilitator", 3, "Jeg leder.")
    assert all(holds(client_as("owner"), each) for each in (BESIDE, SCREEN))
    for role in ("board", "observer", "administrator", "stakeholder"):
        assert client_as(role).get(BESIDE).status_code == 403


def test_when_it_is_settled_all_who_judge_see_it_and_others_never(handed, client_as):
    for name, number in (("member", 3), ("leadership", 3), ("facilitator", -1)):
        gives(handed, name, number)
    client = client_as("owner")
    page = client.get(BESIDE).content.decode()
    form = typed(page) | {"mark": re.search(r'name="mark" value="(\w+)"', page)[1], "act": "settle"}
    assert form["D9.a:D3.c"] == "+3"
    refused = client.post(BESIDE, form | {"reason": " ", "D9.a:D3.c": "-2"})
    assert refused.status_code == 422
    assert typed(refused.content.decode())["D9.a:D3.c"] == "-2"
    assert client.post(BESIDE, form | {"reason": "Efter samtalen.", "D9.a:D3.c": "+1"}).status_code == 302
    pair = board(Case.objects.get(pk=handed.pk)).pairs[KEYS[0]]
    assert (pair.rows[0][1][2], pair.reason.da) == (1, "Efter samtalen.")
    assert section_of(handed, *KEYS[0]).kept.rule == "talk"
    assert holds(client_as("member"), BESIDE)
    assert client_as("observer").get(BESIDE).status_code == 403
    assert client.post(BESIDE, form | {"reason": "Igen"}).status_code == 422
    assert client.post(BESIDE, {"act": "again"}).status_code == 302
    assert not section_of(handed, *KEYS[0]).settled


def test_a_judge_judges_without_a_script_and_goes_on_to_the_next(handed, client_as):
    client = client_as("member")
    assert "Du har givet 0 af 2" in client.get(LIST).content.decode()
    form = typed(client.get(OWN).content.decode())
    assert (set(form.values()), form["reason"]) == ({"0", ""}, "")
    refused = client.post(OWN, {**form, "D9.a:D3.a": "+2", "act": "give"})
    assert refused.status_code == 422
    assert typed(refused.content.decode())["D9.a:D3.a"] == "+2"
    kept = client.post(OWN, {**form, "D9.a:D3.a": "+2", "act": "stay"}, follow=True).content.decode()
    assert typed(kept)["D9.a:D3.a"] == "+2"
    assert not section_of(handed, *KEYS[0]).given
    given = client.post(OWN, {**typed(kept), "reason": "Fordi.", "act": "give"})
    assert given["Location"] == OWN.replace("D9/D3", "D1/D5")
    last = given["Location"]
    assert (
        client.post(last, {**typed(client.get(last).content.decode()), "reason": "-", "act": "none"})["Location"]
        == LIST
    )
    assert "Du har givet 2 af 2" in client.get(LIST).content.decode()


def test_one_cell_is_kept_at_once_and_undone(handed, client_as):
    client, fragment = client_as("member"), {"X-Fragment": "1"}
    sent = {"act": "cell", "cell": "D9.a:D3.c", "value": "-3"}
    page = client.post(OWN, sent, headers=fragment).content.decode()
    assert "<html" not in page
    assert '<input data-is="D9.a:D3.c" value="-3">' in page
    assert "hæmmer det stærkt" in page
    assert "fremtider" not in page  # who judges alone is not told what it does to the result
    for wrong in ({"value": "-4"}, {"cell": "D9.a:D3.z"}, {"cell": ""}, {"value": "x"}):
        assert client.post(OWN, sent | wrong, headers=fragment).status_code == 422
    client.post(OWN, {"act": "reason", "reason": "Kort vej"}, headers=fragment)
    client.post(OWN, {"act": "undo"}, headers=fragment)
    page = client.post(OWN, {"act": "undo"}, headers=fragment).content.decode()
    assert '<input data-is="D9.a:D3.c" value="0">' in page


def test_what_is_typed_while_the_section_is_settled_stays_on_the_page(handed, client_as):
    client = client_as("member")
    form = typed(client.get(OWN).content.decode())
    gives(handed, "leadership", 3)
    open_section(case=handed, source="D9", target="D3", by=None, at=NOON)
    owner = client_as("owner")
    page = owner.get(BESIDE).content.decode()
    mark = re.search(r'name="mark" value="(\w+)"', page)[1]
    owner.post(BESIDE, {**typed(page), "mark": mark, "reason": "Haster", "act": "settle"})
    met = client.post(OWN, {**form, "D9.a:D3.a": "+2", "reason": "Min egen", "act": "give"})
    assert met.status_code == 422
    page = met.content.decode()
    assert "er blevet afgjort imens" in page
    assert (typed(page)["D9.a:D3.a"], typed(page)["reason"]) == ("+2", "Min egen")


def test_an_outcome_written_on_what_has_changed_since_is_shown_again(handed, client_as):
    for name in ("member", "leadership", "facilitator"):
        gives(handed, name, 3)
    client = client_as("owner")
    page = client.get(BESIDE).content.decode()
    form = typed(page) | {"mark": re.search(r'name="mark" value="(\w+)"', page)[1], "act": "settle"}
    gives(handed, "member", -3)
    met = client.post(BESIDE, form | {"reason": "Efter samtalen", "D9.a:D3.c": "+2"})
    assert met.status_code == 422
    assert "mens du havde siden åben" in met.content.decode()
    assert typed(met.content.decode())["D9.a:D3.c"] == "+2"
    assert not section_of(handed, *KEYS[0]).settled


def test_sections_are_handed_out_by_driver_and_taken_back(handed, client_as):
    client, owner = client_as("owner"), str(Person.objects.get(username="owner").pk)
    chosen = {"person": [owner], "acts": ["D2"], "acted": ["D4"], "one": "D9", "other": "D3", "act": "out"}
    page = client.post(WORK, chosen, follow=True).content.decode()
    assert "26 sektioner er delt ud" in page  # 13 from D2, 13 to D4, one of them both, and one more
    assert (
        client.post(WORK, {**chosen, "act": "back"}, follow=True)
        .content.decode()
        .count("26 sektioner er taget tilbage")
    )
    for wrong in (
        {"person": []},
        {"person": ["x"]},
        {"acts": ["D99"]},
        {"one": "D9", "other": ""},
        {"one": "D9", "other": "D9"},
    ):
        refused = client.post(WORK, {**chosen, **wrong})
        assert refused.status_code == 422
        assert 'value="D2" checked' in refused.content.decode() or "acts" in wrong
    gives(handed, "member", 3)
    assert "Åbnet" in client.post(WORK, {"act": "open", "section": "D9-D3"}, follow=True).content.decode()
    assert client.post(WORK, {"act": "open", "section": "x"}).status_code == 422


def test_the_group_s_matrix_is_seen_by_both_rules_and_taken_over_in_part(handed, client_as):
    for name, number in (("member", 3), ("leadership", 3), ("facilitator", -1)):
        for key in KEYS:
            gives(handed, name, number, key=key)
    client = client_as("owner")
    page = client.get(MATRIX).content.decode()
    assert "Som sagen står nu" in page
    assert client.get(MATRIX, {"rule": "agreement", "share": "100"}).status_code == 200
    assert client.get(MATRIX, {"rule": "agreement", "share": "50"}).status_code == 422
    marks = dict(re.findall(r'name="(mark-[^"]+)" value="(\w+)"', page))
    form = {**marks, "rule": "median", "share": "67", "section": ["D9-D3"], "told": ["D9-D3", "D1-D5"]}
    refused = client.post(MATRIX, {**form, "why": ""})
    assert refused.status_code == 422
    assert 'value="D1-D5" checked' not in refused.content.decode()
    assert client.post(MATRIX, {**form, "section": [], "why": "Median"}).status_code == 422
    assert client.post(MATRIX, {**form, "why": "Median"}).status_code == 302
    now = board(Case.objects.get(pk=handed.pk)).pairs
    assert now[KEYS[0]].rows[0][1][2] == 3
    assert now[KEYS[1]].section is None
    assert client.post(MATRIX, {**form, "why": "Median"}).status_code == 422  # another was quicker


def test_the_pages_ask_the_database_little(handed, client_as):
    for name, number in (("member", 3), ("leadership", 3), ("facilitator", -1)):
        gives(handed, name, number)
    for role, address in (*(("owner", each) for each in (WORK, BESIDE, SCREEN, DISPUTED, MATRIX)), ("member", OWN), ("member", LIST)):  # fmt: skip
        client = client_as(role)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200, address
        assert len(asked) <= 30, address


DIRECT = f"{AT}judge/D9/D3/"
SENT = {"act": "cell", "cell": "D9.a:D3.c", "value": "3"}


def test_a_section_that_is_handed_out_is_marked_and_judged_directly_by_nobody(handed, client_as):
    before = board(handed).pairs["D9", "D3"].section
    for role in ("owner", "member"):
        client = client_as(role)
        page = client.get(DIRECT).content.decode()
        assert "Delt ud, så hver vurderer for sig" in page
        assert 'name="act" value="stay"' not in page
        answer = client.post(DIRECT, SENT, headers={"X-Fragment": "1"})
        assert answer.status_code == 422
        assert "delt ud, så hver vurderer for sig" in answer.content.decode()
        for act in ("stay", "none", "undo", "clear"):
            sent = dict(re.findall(r'name="(D9[^"]+)" value="([^"]+)" checked', page))
            answer = client.post(DIRECT, {**sent, "act": act, "reason": "Alligevel", "version": "1"})
            assert answer.status_code == 422, act
            assert "taget tilbage fra alle" in answer.content.decode()
    handed.refresh_from_db()
    assert board(handed).pairs["D9", "D3"].section == before
    page = client_as("observer").get(f"{AT}judge/").content.decode()
    assert page.count("delt ud, så hver vurderer for sig") == 1 + len(KEYS)


def test_taken_back_from_all_or_settled_it_is_judged_directly_again(handed, client_as):
    lead, member = client_as("facilitator"), client_as("member")
    assert "Tag den tilbage" not in member.get(DIRECT).content.decode()
    page = lead.get(DIRECT).content.decode()
    assert "Tag den tilbage fra de 3, der har fået den" in page
    people = re.findall(r'name="person" value="([^"]+)"', page)
    lead.post(WORK, {"act": "back", "person": people[:2], "one": "D9", "other": "D3"})
    assert "Tag den tilbage fra den ene, der har fået den" in lead.get(DIRECT).content.decode()
    lead.post(WORK, {"act": "back", "person": people[2:], "one": "D9", "other": "D3"})
    assert "Tag den tilbage" not in lead.get(DIRECT).content.decode()
    assert member.post(DIRECT, SENT, headers={"X-Fragment": "1"}).status_code == 200

    other = f"{AT}judge/D1/D5/"
    sent = {"act": "cell", "cell": "D1.a:D5.c", "value": "3"}
    for name in ("member", "leadership", "facilitator"):
        gives(handed, name, 2, key=KEYS[1])
    assert member.post(other, sent, headers={"X-Fragment": "1"}).status_code == 422
    section = section_of(handed, "D1", "D5")
    decision = Decision(section.key, section.tables[0], None)
    settle_sections(case=handed, decisions=[decision], why="Vi blev enige", by=None, at=NOON)
    assert member.post(other, sent, headers={"X-Fragment": "1"}).status_code == 200


def test_the_first_page_after_a_change_of_the_group_s_takes_few_queries(handed, client_as):
    def asked(client, address):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    lead, member = client_as("facilitator"), client_as("member")
    for client, addresses in ((member, (OWN, LIST)), (lead, (WORK, DISPUTED, MATRIX, DIRECT))):
        for address in addresses:
            client.get(address)
    for name, number in (("leadership", 3), ("member", -1), ("facilitator", 2)):
        gives(handed, name, number)
    after = {each: asked(member, each) for each in (OWN, LIST)}
    after |= {each: asked(lead, each) for each in (WORK, DISPUTED, MATRIX, BESIDE, SCREEN, DIRECT)}
    assert max(after.values()) <= 15, after
