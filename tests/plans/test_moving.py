"""An initiative moves with what waits for it, or is told why not; money follows, milestones too."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from conftest import NOON
from fremsyn.audit.models import Entry
from fremsyn.cases.editing.checks import NotKept
from fremsyn.cases.editing.operations import change_thing
from fremsyn.cases.models import Case, Item, PhaseRecord, PhaseState
from fremsyn.cases.remembered import changed
from fremsyn.cases.shape import Mark, Text
from fremsyn.core.amounts import total
from fremsyn.core.errors import RuleBroken
from fremsyn.methods import schedule
from fremsyn.people.models import Person
from fremsyn.plans.analysis import timetable
from fremsyn.plans.handover import load
from fremsyn.plans.moving.schedule import Bounds, moved_budget, preview
from fremsyn.plans.operations import move_initiative, preview_move
from fremsyn.plans.quarters import quarter_number, quarter_written
from fremsyn.plans.schema import Budget, Initiative, Milestone, Plans

FIRST = quarter_number("2027K1")
BOUNDS = Bounds(now=FIRST, last=FIRST + 35)
MOVE = "/cases/kombit/plans/initiatives/I6/move/"


def initiative(at: int, start: int, length: int, after: tuple[str, ...] = ()) -> Initiative:
    first, last = quarter_written(FIRST + start), quarter_written(FIRST + start + length - 1)
    return Initiative(
        ref=f"I{at}", name=Text(da="Et tiltag"), option="O1", question="Q1", owner_role=Text(da="En rolle"),
        start=first, end=last, budget={(FIRST + start) // 4: 4}, depends_on=after,
        milestones=(Milestone(ref=f"M{at}", at=last, text=Text(da="Nået")),),
    )  # fmt: skip


def plan(*initiatives: Initiative) -> Plans:
    return Plans(
        schema="case/plans@2", status=Mark(), question="Q1", budget=Budget(unit=Text(da="mio. kr.")),
        initiatives=initiatives, signposts=(),
    )  # fmt: skip


@st.composite
def sound_plans(draw: st.DrawFn) -> Plans:
    """Plans in which nothing starts before what it waits for has ended."""
    made: list[Initiative] = []
    for at in range(1, draw(st.integers(2, 7)) + 1):
        after = draw(st.sets(st.sampled_from([each.ref for each in made]))) if made else set()
        ends = [quarter_number(each.end) - FIRST for each in made if each.ref in after]
        start = max(ends, default=-1) + 1 + draw(st.integers(0, 3))
        made.append(initiative(at, start, draw(st.integers(1, 4)), tuple(sorted(after))))
    return plan(*draw(st.permutations(made)))


def carried_out(plans: Plans, ref: str, start: int, end: int) -> Plans | None:
    """Return the plan after a move, None where something stands in the way."""
    seen = preview(plans, ref, quarter_written(FIRST + start), quarter_written(FIRST + end), BOUNDS)
    if seen.hindrances:
        return None
    moves = {each.ref: each for each in seen.moves}
    return replace(
        plans,
        initiatives=tuple(
            replace(each, start=moves[each.ref].now[0], end=moves[each.ref].now[1]) if each.ref in moves else each
            for each in plans.initiatives
        ),
    )


@given(sound_plans(), st.data())
def test_no_follower_ever_starts_before_what_it_waits_for_has_ended(plans: Plans, data: st.DataObject) -> None:
    ref = data.draw(st.sampled_from([each.ref for each in plans.initiatives]))
    start = data.draw(st.integers(0, 20))
    after = carried_out(plans, ref, start, start + data.draw(st.integers(0, 6)))
    assume(after is not None)
    assert after
    assert timetable(after).violations == ()


@given(sound_plans(), st.data())
def test_what_follows_keeps_its_length_and_moves_no_further_than_it_must(plans: Plans, data: st.DataObject) -> None:
    ref = data.draw(st.sampled_from([each.ref for each in plans.initiatives]))
    start = data.draw(st.integers(0, 20))
    seen = preview(plans, ref, quarter_written(FIRST + start), quarter_written(FIRST + start + 2), BOUNDS)
    spans = {each.ref: (quarter_number(each.start), quarter_number(each.end)) for each in plans.initiatives}
    now = spans | {each.ref: (quarter_number(each.now[0]), quarter_number(each.now[1])) for each in seen.moves}
    for each in plans.initiatives:
        if each.ref == ref or now[each.ref] == spans[each.ref]:
            continue
        assert now[each.ref][1] - now[each.ref][0] == spans[each.ref][1] - spans[each.ref][0]
        assert now[each.ref][0] == max(now[other][1] for other in each.depends_on) + 1


@given(
    st.dictionaries(st.integers(2027, 2031), st.integers(0, 400).map(lambda tenths: tenths / 10), max_size=4),
    st.integers(0, 12), st.integers(1, 12), st.integers(0, 16), st.integers(1, 16),
)  # fmt: skip
@settings(max_examples=200)
def test_money_that_moves_keeps_its_sum(budget, start, length, to, other) -> None:
    was, now = (FIRST + start, FIRST + start + length - 1), (FIRST + to, FIRST + to + other - 1)
    after = moved_budget(budget, was, now)
    assert total(after.values()) == pytest.approx(total(budget.values()))
    assert all(amount >= 0 for amount in after.values())
    if was != now:
        assert set(after) <= {at // 4 for at in range(now[0], now[1] + 1)}


def test_money_moved_by_a_whole_year_is_the_same_a_year_later() -> None:
    was = (quarter_number("2028K1"), quarter_number("2029K3"))
    assert moved_budget({2028: 20, 2029: 25}, was, (was[0] + 4, was[1] + 4)) == {2029: 20, 2030: 25}


def test_what_stands_in_the_way_is_said_for_the_initiative_and_for_what_follows_it() -> None:
    plans = plan(initiative(1, 0, 4), initiative(2, 4, 4, ("I1",)), initiative(3, 8, 26, ("I2",)))

    def codes(*move: str) -> set[tuple[str, str]]:
        return {(each.code, each.ref) for each in preview(plans, *move, BOUNDS).hindrances}

    assert codes("I1", "2028K1", "2027K1") == {("backwards", "I1")}
    assert codes("I1", "2026K4", "2027K4") == {("past", "I1")}
    assert codes("I2", "2027K4", "2028K4") == {("waits", "I2")}
    assert codes("I1", "2028K1", "2028K4") == {("horizon", "I3")}
    later = Bounds(now=FIRST + 1, last=FIRST + 60)
    assert {each.code for each in preview(plans, "I1", "2027K3", "2028K2", later).hindrances} == {"begun"}
    alone = preview(plans, "I1", "2027K1", "2028K1", BOUNDS, with_followers=False)
    assert [(each.code, each.other) for each in alone.hindrances] == [("follows", "I2")]


def test_milestones_move_along_and_the_last_one_stays_at_the_end() -> None:
    one = initiative(1, 0, 4)
    two = Milestone(ref="M9", at="2027K2", text=Text(da="På vej"))
    plans = plan(replace(one, milestones=(two, *one.milestones)))
    (move,) = preview(plans, "I1", "2028K1", "2029K2", BOUNDS).moves
    assert {each.ref: each.now for each in move.milestones} == {"M9": "2028K2", "M1": "2029K2"}


# --- in the case


@pytest.fixture
def opened(kombit: Case) -> Case:
    PhaseRecord.objects.filter(case=kombit).update(state=PhaseState.OPEN)
    changed(kombit)
    return kombit


@pytest.fixture
def owner(opened: Case) -> Person:
    return Person.objects.get(username="owner")


def spans(case: Case) -> dict[str, tuple[str, str]]:
    return {each.ref: (each.start, each.end) for each in load(case).initiatives}


@pytest.mark.django_db
def test_an_initiative_takes_its_followers_milestones_and_money_along(opened, owner):
    money = sum(sum(each.budget.values()) for each in load(opened).initiatives)
    moves = move_initiative(case=opened, ref="I6", start="2028K1", end="2029K1", by=owner, at=NOON)

    after = {each.ref: each for each in load(opened).initiatives}
    assert [each.ref for each in moves] == ["I6", "I7", "I8"]
    assert (after["I7"].start, after["I8"].end) == ("2029K2", "2032K1")
    assert [mark.at for mark in after["I6"].milestones] == ["2028K2", "2029K1"]
    assert sum(sum(each.budget.values()) for each in after.values()) == pytest.approx(money)
    assert load(opened).budget.by_year is None
    said = Entry.objects.latest("sequence")
    assert said.event == "plans.initiative_moved"
    assert '"I8"' in said.data
    assert Item.objects.get(case=opened, ref="I8").versions.count() == 2


@pytest.mark.django_db
def test_a_move_that_cannot_be_made_leaves_everything_where_it_was(opened, owner):
    before, entries = load(opened), Entry.objects.count()
    with pytest.raises(RuleBroken, match="2035"):
        move_initiative(case=opened, ref="I6", start="2034K1", end="2035K4", by=owner, at=NOON)
    with pytest.raises(RuleBroken, match="I7"):
        move_initiative(case=opened, ref="I6", start="2027K1", end="2028K1", with_followers=False, by=owner, at=NOON)
    opened.refresh_from_db()
    assert (load(opened), Entry.objects.count()) == (before, entries)


@pytest.mark.django_db
def test_what_was_shown_is_what_is_done_or_nothing(opened, owner):
    shown = preview_move(opened, "I6", "2028K1", "2028K4").digest
    change_thing(
        case=opened,
        key="I7",
        version=None,
        values={"start": "2029K1", "end": "2029K2"},
        meaning=True,
        by=owner,
        at=NOON,
    )
    stands = spans(opened)
    with pytest.raises(RuleBroken):
        move_initiative(case=opened, ref="I6", start="2028K1", end="2028K4", shown=shown, by=owner, at=NOON)
    opened.refresh_from_db()
    assert spans(opened) == stands


@pytest.mark.django_db
def test_the_plan_is_read_as_before_once_it_has_been_moved_and_moved_back(opened, owner):
    stood = spans(opened)
    for start, end in (("2028K1", "2028K4"), ("2027K1", "2027K4")):
        move_initiative(case=opened, ref="I6", start=start, end=end, by=owner, at=NOON)
    after = spans(opened)
    assert after["I6"] == stood["I6"]
    assert not timetable(load(opened)).violations
    assert isinstance(timetable(load(opened)), schedule.Schedule)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"depends_on": ("I8",)}, "depends_on"),
        ({"end": "2026K1"}, "end"),
        ({"budget": {2027: -3}}, "budget-0-value"),
        ({"budget": {27: 3}}, "budget-0-key"),
    ],
)
def test_what_an_initiative_cannot_be_is_said_at_its_field(opened, owner, values, field):
    with pytest.raises(NotKept) as refused:
        change_thing(case=opened, key="I6", version=None, values=values, meaning=True, by=owner, at=NOON)
    assert refused.value.faults[0].path == (field,)


@pytest.mark.django_db
def test_the_page_shows_what_would_move_and_does_it_when_told_to(opened, client_as):
    client = client_as("facilitator")
    told = {"start": "2028K1", "end": "2029K1", "with_followers": "on"}
    fragment = client.get(MOVE, told, headers={"HX-Request": "true"}).content.decode()
    assert "I6 flyttes, og 2 tiltag, der venter på det, flytter med" in fragment
    shown = client.post(MOVE, {**told, "act": "show"})
    assert shown.status_code == 200
    digest = preview_move(opened, "I6", "2028K1", "2029K1").digest
    assert digest in shown.content.decode()
    assert spans(opened)["I6"] == ("2027K1", "2027K4")
    assert client.post(MOVE, {**told, "act": "move", "shown": digest}).status_code == 302
    opened.refresh_from_db()
    assert spans(opened)["I6"] == ("2028K1", "2029K1")


@pytest.mark.django_db
def test_the_page_says_why_not_and_keeps_what_was_chosen(opened, client_as):
    answer = client_as("facilitator").post(
        MOVE, {"start": "2028K4", "end": "2028K1", "act": "move", "shown": "", "why": "Fordi"}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "ville slutte, før det begynder" in text
    assert 'value="2028K4" selected' in text
    assert "Fordi" in text
    assert client_as("member").get(MOVE).status_code == 403
