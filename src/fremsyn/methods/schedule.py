"""Schedule: which activities decide the end, what the others can slip, and what each year costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from math import isfinite

from fremsyn.methods.errors import MethodError


@dataclass(frozen=True)
class Activity:
    """Something that takes whole quarters, first and last included; made with `quarter`.

    `after` names the activities that must have ended in an earlier quarter.
    """

    name: str
    start: int
    end: int
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Slack:
    """Whole quarters an activity can slip; below 0 is what it is late by.

    `to_following` until it meets the first activity that waits for it (None where nothing does), `to_horizon`
    until the plan as a whole would pass its horizon, everything that waits for it moved along.
    """

    to_following: int | None
    to_horizon: int


@dataclass(frozen=True)
class Violation:
    """`activity` starts `quarters` too early, as `waits_for` has not ended by then."""

    activity: str
    waits_for: str
    quarters: int


@dataclass(frozen=True)
class Schedule:
    """A plan read as it stands; nothing is moved.

    `critical_path` is the chain of activities, each waiting for the one before, with the most quarters of work
    (the first such chain where several are as long), and `critical_quarters` their number.
    """

    critical_path: tuple[str, ...]
    critical_quarters: int
    slack: Mapping[str, Slack]
    violations: tuple[Violation, ...]


def quarter(year: int, number: int) -> int:
    """Return a quarter as a whole number, so that the next quarter is 1 more.

    :param number: 1…4
    :raises MethodError: for another number

    >>> quarter(2028, 1) - quarter(2027, 4)
    1
    """
    if number not in (1, 2, 3, 4):
        raise MethodError(f"There is no quarter {number}; a year has the quarters 1 to 4.")
    return year * 4 + number - 1


def year_of(quarter: int) -> int:
    """Return the year of a quarter made with `quarter`."""
    return quarter // 4


def read_schedule(activities: Sequence[Activity], *, horizon: int) -> Schedule:
    """Find the critical path, the slack of every activity and what starts too early.

    :param activities: at least one, each with a name of its own
    :param horizon: the last quarter of the plan, made with `quarter`
    :raises MethodError: for a doubled or unknown name, an end before its start, or a loop, which it names
    :source: Kelley and Walker (1959), Critical-path planning and scheduling, Proceedings of the EJCC, 160-173
    """
    by_name = _by_name(activities)
    order = _in_order(by_name)
    path = _longest_chain(order)
    followers: dict[str, list[Activity]] = {name: [] for name in by_name}
    for activity in activities:
        for name in activity.after:
            followers[name].append(activity)
    slack = _slack(order, followers, horizon)
    return Schedule(
        critical_path=tuple(activity.name for activity in path),
        critical_quarters=sum(_length(activity) for activity in path),
        slack={activity.name: slack[activity.name] for activity in activities},
        violations=tuple(
            Violation(activity.name, name, by_name[name].end + 1 - activity.start)
            for activity in activities
            for name in activity.after
            if by_name[name].end >= activity.start
        ),
    )


def budget_by_year(budgets: Sequence[Mapping[int, float]]) -> dict[int, float]:
    """Add the activities' budgets year by year, in order of years.

    :param budgets: for each activity the amount of each year, any one unit
    :returns: the sum of each year that occurs, to nine decimals; whole amounts give whole sums
    :raises MethodError: for an amount that is no finite number

    >>> budget_by_year([{2028: 2, 2027: 1}, {2028: 3}])
    {2027: 1, 2028: 5}
    """
    total: dict[int, float] = {}
    for budget in budgets:
        for year, amount in budget.items():
            if not isfinite(amount):
                raise MethodError(f"The amount for {year} is no finite number; leave the year out or write 0.")
            total[year] = total.get(year, 0) + amount
    return {year: round(total[year], 9) for year in sorted(total)}


def _by_name(activities: Sequence[Activity]) -> dict[str, Activity]:
    if not activities:
        raise MethodError("A schedule needs at least one activity.")
    by_name = {activity.name: activity for activity in activities}
    if len(by_name) < len(activities):
        names = [activity.name for activity in activities]
        raise MethodError(f"{next(n for n in names if names.count(n) > 1)} stands twice; give each a name of its own.")
    for activity in activities:
        if activity.end < activity.start:
            raise MethodError(f"{activity.name} ends before it starts; swap the two or correct one.")
        for name in activity.after:
            if name not in by_name:
                raise MethodError(f"{activity.name} waits for {name}, which isn't in the plan; add it or let it go.")
    return by_name


def _in_order(by_name: Mapping[str, Activity]) -> list[Activity]:
    """Sort activities so that each stands after what it waits for."""
    sorter = TopologicalSorter({name: activity.after for name, activity in by_name.items()})
    try:
        return [by_name[name] for name in sorter.static_order()]
    except CycleError as error:
        loop = " → ".join(error.args[1])
        raise MethodError(f"The activities wait for each other in a loop: {loop}; let one of them go first.") from error


def _length(activity: Activity) -> int:
    return activity.end - activity.start + 1


def _longest_chain(order: Sequence[Activity]) -> list[Activity]:
    longest: dict[str, list[Activity]] = {}
    work: dict[str, int] = {}
    for activity in order:
        before = max(activity.after, key=lambda name: work[name], default=None)
        longest[activity.name] = [*(longest[before] if before else ()), activity]
        work[activity.name] = (work[before] if before else 0) + _length(activity)
    return longest[max(work, key=lambda name: work[name])]


def _slack(order: Sequence[Activity], followers: Mapping[str, Sequence[Activity]], horizon: int) -> dict[str, Slack]:
    latest_end: dict[str, int] = {}
    slack = {}
    for activity in reversed(order):
        after = followers[activity.name]
        latest_end[activity.name] = min((latest_end[f.name] - _length(f) for f in after), default=horizon)
        slack[activity.name] = Slack(
            to_following=min((f.start - 1 - activity.end for f in after), default=None),
            to_horizon=latest_end[activity.name] - activity.end,
        )
    return slack
