"""Judging in a group: handed out, judged alone, shown only to those who may see, settled for the case all or nothing."""

from __future__ import annotations

import pytest

from conftest import NOON
from fremsyn.audit.models import Entry
from fremsyn.cases.editing.operations import restore_thing, withdraw_thing
from fremsyn.cases.models import Case, Item, ItemVersion, Membership, PhaseRecord, PhaseState
from fremsyn.cases.people.operations import remove_member
from fremsyn.cases.remembered import changed
from fremsyn.cases.shape import Text
from fremsyn.chain.operations import remove_case
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person
from fremsyn.scenarios.group.handing import hand_out, take_back
from fremsyn.scenarios.group.own import keep_own, own_stands, undo_own
from fremsyn.scenarios.group.proposal import proposed
from fremsyn.scenarios.group.rules import MEDIAN, Rule
from fremsyn.scenarios.group.settling import Decision, open_section, settle_sections, unsettle_section
from fremsyn.scenarios.group.state import group_of, section_of
from fremsyn.scenarios.handover import load
from fremsyn.scenarios.judging.grid import board
from fremsyn.scenarios.judging.operations import undo
from fremsyn.scenarios.models import GroupSection, JudgeTask, OwnJudgement

KEY = ("D9", "D3")
OTHER = ("D1", "D5")  # not judged in the case
WHY = Text(da="Fordi vejen er kort.")


@pytest.fixture
def kombit(kombit: Case) -> Case:
    """The demonstration case with its phases open, so that it can be worked on."""
    PhaseRecord.objects.filter(case=kombit).update(state=PhaseState.OPEN)
    changed(kombit)
    return kombit


def person(name):
    return Person.objects.get(username=name)


def asked(case, *names, keys=(KEY,)):
    """Hand sections out to those people."""
    return hand_out(case=case, people=[person(each).pk for each in names], sections=keys, by=person("owner"), at=NOON)


def gives(case, name, number, key=KEY, *, give=True, reason=WHY):
    """Let somebody judge the first cell of a section."""
    cells = {(f"{key[0]}.a", f"{key[1]}.a"): number}
    of = {"case": case, "source": key[0], "target": key[1], "by": person(name), "at": NOON}
    return keep_own(cells=cells, reason=reason, give=give, **of)


def section(case, key=KEY):
    return section_of(case, *key)


def decided(case, *keys, mark=True):
    found = group_of(case).sections
    return [
        Decision(each.section.key, each.table, None, each.section.mark if mark else None)
        for each in proposed([found[key] for key in keys], Rule(MEDIAN))
    ]


def settled(case, *keys, why="Medianen af tre.", **options):
    return settle_sections(case=case, decisions=decided(case, *keys), why=why, by=person("owner"), at=NOON, **options)


# --- handing out and taking back


def test_sections_are_handed_out_once_to_several(kombit):
    assert asked(kombit, "member", "leadership", keys=[KEY, OTHER]).new == 4
    assert asked(kombit, "member", "owner").new == 1
    assert [each.name for each in section(kombit).seats] == ["Member", "Leadership", "Owner"]
    assert Entry.objects.filter(event="scenarios.sections_handed_out").count() == 2


@pytest.mark.parametrize(
    ("names", "keys"), [([], [KEY]), (["member"], []), (["board"], [KEY]), (["member"], [("D9", "D9")])]
)
def test_what_can_t_be_handed_out_is_refused_and_nothing_is(kombit, names, keys):
    with pytest.raises(RuleBroken):
        asked(kombit, *names, keys=keys)
    assert not JudgeTask.objects.exists()


def test_nothing_is_lost_by_taking_back_and_what_was_given_counts_again_when_it_is_handed_out_anew(kombit):
    asked(kombit, "member", "leadership")
    gives(kombit, "member", 2)
    of = {"case": kombit, "sections": [KEY], "by": None, "at": NOON}
    gone = take_back(people=[person("member").pk], **of)
    assert (gone.gone, gone.given) == (1, 1)
    assert not section(kombit).given
    with pytest.raises(RuleBroken, match="ikke længere"):
        gives(kombit, "member", 1)
    asked(kombit, "member")
    assert section(kombit).tables[0][0][0] == 2


def test_a_judge_who_is_taken_out_of_the_case_is_not_waited_for_and_what_they_gave_counts(kombit):
    asked(kombit, "member", "leadership", "facilitator")
    gives(kombit, "member", 2)
    gives(kombit, "facilitator", 1)
    assert not section(kombit).ready
    for name in ("member", "leadership"):
        remove_member(case=kombit, person=person(name).pk, by=person("owner"), at=NOON)
    found = section(kombit)
    assert found.ready
    assert [table[0][0] for table in found.tables] == [2, 1]


def test_a_person_who_is_erased_leaves_a_judgement_without_a_name(kombit):
    asked(kombit, "member")
    gives(kombit, "member", 2)
    who = person("member")
    Membership.objects.filter(person=who).delete()
    who.delete()
    assert [each.name for each in section(kombit).given] == ["En vurderer, som ikke længere er kendt"]


def test_a_case_that_is_removed_takes_the_group_s_work_with_it(kombit):
    asked(kombit, "member")
    gives(kombit, "member", 2)
    settled(kombit, KEY)
    remove_case(case=kombit, by=None, at=NOON)
    assert not any(model.objects.exists() for model in (JudgeTask, OwnJudgement, GroupSection))


# --- judging alone


def test_what_is_judged_alone_is_kept_version_by_version_and_moves_nothing_in_the_case(kombit):
    asked(kombit, "member")
    before = load(kombit).cross_impact
    assert [gives(kombit, "member", number, give=False, reason=None) for number in (1, 2, 2)] == [1, 2, 2]
    assert gives(kombit, "member", -1) == 3
    assert [(each.rows["D9.a"][0], each.given) for each in OwnJudgement.objects.order_by("number")] == [
        (1, False),
        (2, False),
        (-1, True),
    ]
    assert load(kombit).cross_impact == before
    assert "rows" not in Entry.objects.filter(event="scenarios.own_judgement_kept").last().facts()


def test_undo_leads_back_to_the_empty_grid(kombit):
    asked(kombit, "member")
    for number in (1, 2):
        gives(kombit, "member", number, give=False, reason=None)
    of = {"case": kombit, "source": "D9", "target": "D3", "by": person("member"), "at": NOON}
    for left in (1, 0):
        undo_own(**of)
        assert section(kombit).seats[0].table(section(kombit).pair)[0][0] == left
    with pytest.raises(RuleBroken):
        undo_own(**of)


@pytest.mark.parametrize("reason", [None, Text(), Text(da="  "), Text(da="Spørg 010190-1234")])
def test_a_judgement_is_not_given_without_a_fit_reason(kombit, reason):
    asked(kombit, "member")
    with pytest.raises(RuleBroken):
        gives(kombit, "member", 1, reason=reason)
    assert not section(kombit).given
    assert not OwnJudgement.objects.exists()


@pytest.mark.parametrize("cells", [{("D9.a", "D3.a"): -4}, {("D9.a", "D3.z"): 1}, {("D8.a", "D3.a"): 1}])
def test_what_is_no_judgement_is_refused(kombit, cells):
    asked(kombit, "member")
    with pytest.raises(RuleBroken):
        keep_own(case=kombit, source="D9", target="D3", cells=cells, by=person("member"), at=NOON)
    assert not OwnJudgement.objects.exists()


def test_nobody_judges_what_is_not_handed_out_to_them(kombit):
    asked(kombit, "member")
    with pytest.raises(RuleBroken):
        gives(kombit, "leadership", 1)


def test_what_is_given_keeps_its_reason_whatever_is_undone(kombit):
    asked(kombit, "member")
    gives(kombit, "member", 1)
    with pytest.raises(RuleBroken):
        undo_own(case=kombit, source="D9", target="D3", by=person("member"), at=NOON)
    with pytest.raises(RuleBroken):
        gives(kombit, "member", 1, give=False, reason=Text())
    assert section(kombit).given


def test_a_section_that_is_settled_takes_no_more_and_what_was_saved_stays(kombit):
    asked(kombit, "member", "leadership")
    gives(kombit, "member", 2)
    gives(kombit, "leadership", 1, give=False)
    open_section(case=kombit, source="D9", target="D3", by=None, at=NOON)
    settled(kombit, KEY)
    for name in ("member", "leadership"):
        with pytest.raises(RuleBroken, match="afgjort"):
            gives(kombit, name, 3)
    assert [each.task.rows["D9.a"][0] for each in section(kombit).seats] == [2, 1]
    unsettle_section(case=kombit, source="D9", target="D3", by=None, at=NOON)
    gives(kombit, "leadership", 3)
    assert len(own_stands(section(kombit).seats[1].task)) == 3


def test_a_driver_that_is_withdrawn_takes_its_sections_along_and_brings_them_back(kombit):
    asked(kombit, "member", keys=[OTHER])
    gives(kombit, "member", 2, OTHER)
    driver = Item.objects.filter(case=kombit, ref="D1")
    driver.update(withdrawn_at=NOON)  # in this case others stand in the way of the operation
    changed(kombit)
    assert section(kombit, OTHER) is None
    with pytest.raises(RuleBroken):
        gives(kombit, "member", 1, OTHER)
    driver.update(withdrawn_at=None)
    changed(kombit)
    assert section(kombit, OTHER).tables[0][0][0] == 2


def test_a_state_that_is_withdrawn_is_left_out_and_comes_back_with_what_was_judged(kombit):
    asked(kombit, "member", keys=[OTHER])
    gives(kombit, "member", 2, OTHER)
    withdraw_thing(case=kombit, key="D1.a", by=None, at=NOON)
    assert section(kombit, OTHER).tables == (((0, 0, 0), (0, 0, 0)),)
    restore_thing(case=kombit, key="D1.a", by=None, at=NOON)
    assert section(kombit, OTHER).tables[0][0][0] == 2


# --- settled for the case


def test_the_group_s_judgement_goes_into_the_case_with_its_history_and_can_be_undone(kombit):
    asked(kombit, "member", "leadership", "owner", keys=[KEY, OTHER])
    for name, number in (("member", 3), ("leadership", 2), ("owner", -1)):
        gives(kombit, name, number)
        gives(kombit, name, number, OTHER)
    before = board(kombit).pairs[KEY]
    assert settled(kombit, KEY, OTHER, rule=MEDIAN) == 2
    pairs = board(kombit).pairs
    assert pairs[KEY].rows[0][1] == (2, 0, 0)
    assert pairs[KEY].reason == before.reason  # a reason that stands is kept
    assert pairs[OTHER].reason == Text(da="Medianen af tre.")
    assert pairs[OTHER].rows[0][1] == (2, 0, 0)
    version = ItemVersion.objects.filter(item__kind="section").latest("pk")
    assert ItemVersion.objects.filter(why="Medianen af tre.").exists()
    assert version.by == person("owner")
    assert {each.rule for each in GroupSection.objects.all()} == {"median"}
    undo(case=kombit, source="D9", target="D3", by=None, at=NOON)
    assert board(kombit).pairs[KEY].rows == before.rows


def test_all_are_settled_or_none(kombit):
    asked(kombit, "member", keys=[KEY, OTHER])
    for key in (KEY, OTHER):
        gives(kombit, "member", 3, key)
    decisions = decided(kombit, KEY, OTHER)
    before = load(kombit).cross_impact
    gives(kombit, "member", 1, OTHER)
    told = {"case": kombit, "by": None, "at": NOON}
    with pytest.raises(RuleBroken, match="D1 → D5"):
        settle_sections(decisions=decisions, why="Median", **told)
    wrong = [*decided(kombit, KEY), Decision(OTHER, ((4, 0, 0),) * 3, None)]
    with pytest.raises(RuleBroken):
        settle_sections(decisions=wrong, why="Median", **told)
    with pytest.raises(RuleBroken):
        settle_sections(decisions=[Decision(KEY, ((1, 0),), None)], why="Median", **told)
    for decisions, why in ((decided(kombit, KEY), " "), ((), "Median")):
        with pytest.raises(RuleBroken):
            settle_sections(decisions=decisions, why=why, **told)
    assert load(kombit).cross_impact == before
    assert not GroupSection.objects.exists()


def test_the_second_of_two_who_settle_is_told_and_the_first_stands(kombit):
    asked(kombit, "member")
    gives(kombit, "member", 3)
    decisions = decided(kombit, KEY, mark=False)
    settled(kombit, KEY)
    with pytest.raises(RuleBroken, match="allerede afgjort"):
        settle_sections(case=kombit, decisions=decisions, why="Igen", by=None, at=NOON)
    assert GroupSection.objects.get().why == "Medianen af tre."
    assert asked(kombit, "leadership").settled == 1


def test_opening_takes_a_judgement_and_is_done_once(kombit):
    asked(kombit, "member", "leadership")
    of = {"case": kombit, "source": "D9", "target": "D3", "by": None, "at": NOON}
    with pytest.raises(RuleBroken):
        open_section(**of)
    gives(kombit, "member", 3)
    open_section(**of)
    assert section(kombit).state == "ready"
    with pytest.raises(RuleBroken):
        open_section(**of)
    with pytest.raises(RuleBroken):
        unsettle_section(**of)


def test_nothing_is_written_in_a_phase_that_is_closed(kombit):
    asked(kombit, "member")
    PhaseRecord.objects.filter(case=kombit).update(state=PhaseState.CLOSED)
    changed(kombit)
    with pytest.raises(RuleBroken):
        gives(kombit, "member", 1)
    with pytest.raises(RuleBroken):
        asked(kombit, "leadership")
