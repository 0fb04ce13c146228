import pytest
from hypothesis import given
from hypothesis import strategies as st

from fremsyn.methods import schedule
from fremsyn.methods.errors import MethodError
from fremsyn.methods.schedule import Activity, Slack, Violation

# Quarters 0-11: rules (4) before both tests (2) and training (3); roll-out (3) waits for both.
PLAN = [
    Activity("roll-out", 8, 10, ("tests", "training")),
    Activity("tests", 4, 5, ("rules",)),
    Activity("training", 4, 6, ("rules",)),
    Activity("rules", 0, 3),
]


def test_the_hand_example():
    read = schedule.read_schedule(PLAN, horizon=11)
    assert read.critical_path == ("rules", "training", "roll-out")
    assert read.critical_quarters == 10
    assert read.violations == ()
    assert read.slack == {
        "roll-out": Slack(None, 1),
        "tests": Slack(2, 3),
        "training": Slack(1, 2),
        "rules": Slack(0, 2),
    }
    assert list(read.slack) == [activity.name for activity in PLAN]


def test_what_starts_too_early_is_said_by_how_much():
    early = [Activity("rules", 0, 3), Activity("tests", 3, 5, ("rules",))]
    read = schedule.read_schedule(early, horizon=5)
    assert read.violations == (Violation("tests", "rules", 1),)
    assert read.slack["rules"].to_following == -1
    assert read.slack["rules"].to_horizon == -1


def test_what_ends_after_the_horizon_has_slack_below_zero():
    assert schedule.read_schedule([Activity("late", 3, 6)], horizon=4).slack == {"late": Slack(None, -2)}


def test_a_loop_is_named():
    loop = [Activity("a", 0, 1, ("c",)), Activity("b", 2, 3, ("a",)), Activity("c", 4, 5, ("b",)), Activity("d", 0, 0)]
    with pytest.raises(MethodError, match="loop: ") as refused:
        schedule.read_schedule(loop, horizon=9)
    assert all(name in str(refused.value) for name in "abc")


@pytest.mark.parametrize(
    ("activities", "says"),
    [
        ([], "at least one activity"),
        ([Activity("a", 0, 1), Activity("a", 2, 3)], "a stands twice"),
        ([Activity("a", 2, 1)], "ends before it starts"),
        ([Activity("a", 0, 1, ("b",))], "waits for b"),
    ],
)
def test_a_plan_that_is_none_is_refused(activities, says):
    with pytest.raises(MethodError, match=says):
        schedule.read_schedule(activities, horizon=9)


@st.composite
def plans(draw):
    activities = []
    for i in range(draw(st.integers(1, 7))):
        start = draw(st.integers(0, 20))
        after = draw(st.sets(st.integers(0, i - 1), max_size=3)) if i else ()
        activities.append(Activity(str(i), start, start + draw(st.integers(0, 5)), tuple(map(str, sorted(after)))))
    return draw(st.permutations(activities))


def chains(activity, by_name):
    """Every chain that ends in the activity."""
    yield (activity,)
    for name in activity.after:
        for chain in chains(by_name[name], by_name):
            yield (*chain, activity)


def work(chain):
    return sum(a.end - a.start + 1 for a in chain)


@given(plans())
def test_no_chain_is_longer_than_the_critical_path(activities):
    by_name = {a.name: a for a in activities}
    read = schedule.read_schedule(activities, horizon=30)
    every = [chain for a in activities for chain in chains(a, by_name)]
    assert read.critical_quarters == max(map(work, every))
    assert read.critical_path in {tuple(a.name for a in chain) for chain in every}


@given(plans())
def test_slack_to_the_horizon_leaves_room_for_every_chain_that_follows(activities):
    by_name = {a.name: a for a in activities}
    read = schedule.read_schedule(activities, horizon=30)
    for activity in activities:
        following = [
            chain[chain.index(activity) + 1 :] for a in activities for chain in chains(a, by_name) if activity in chain
        ]
        assert read.slack[activity.name].to_horizon == 30 - max(map(work, following)) - activity.end


@given(plans())
def test_violations_are_the_slack_below_zero(activities):
    read = schedule.read_schedule(activities, horizon=30)
    late = {v.waits_for for v in read.violations}
    assert late == {name for name, s in read.slack.items() if s.to_following is not None and s.to_following < 0}
    assert all(v.quarters > 0 for v in read.violations)


@given(st.integers(1990, 2100), st.integers(1, 4))
def test_a_quarter_knows_its_year_and_its_next(year, number):
    at = schedule.quarter(year, number)
    assert schedule.year_of(at) == year
    following = (year + 1, 1) if number == 4 else (year, number + 1)
    assert schedule.quarter(*following) == at + 1


def test_a_fifth_quarter_is_refused():
    with pytest.raises(MethodError, match="quarter 5"):
        schedule.quarter(2027, 5)


def test_budgets_add_up_by_year_in_order():
    total = schedule.budget_by_year([{2028: 2, 2027: 1}, {2028: 3.5}, {}])
    assert total == {2027: 1, 2028: 5.5}
    assert list(total) == [2027, 2028]
    assert schedule.budget_by_year([]) == {}
    with pytest.raises(MethodError, match="amount for 2029"):
        schedule.budget_by_year([{2029: float("nan")}])
