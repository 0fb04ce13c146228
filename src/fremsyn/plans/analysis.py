"""The plan's money by year, its longest chain and the slack of each initiative."""

from collections.abc import Mapping
from dataclasses import dataclass

from fremsyn.cases.shape import Number
from fremsyn.methods import schedule
from fremsyn.plans.schema import Plans


@dataclass(frozen=True)
class Money:
    """DKK million: released by year and in all."""

    by_year: Mapping[int, Number]
    total: Number


def quarter_number(written: str) -> int:
    """Return a quarter such as 2027K1 as a number that can be counted with."""
    return schedule.quarter(int(written[:4]), int(written[5]))


def money(plans: Plans) -> Money:
    """Return the sum of the initiatives' budgets, year by year."""
    by_year = {
        year: int(sum_) if float(sum_).is_integer() else sum_
        for year, sum_ in schedule.budget_by_year([each.budget for each in plans.initiatives]).items()
    }
    return Money(by_year, sum(by_year.values()))


def timetable(plans: Plans) -> schedule.Schedule:
    """Return the critical path, the slack and what begins too early.

    :raises fremsyn.methods.errors.MethodError: when initiatives wait for each other in a ring
    """
    activities = [
        schedule.Activity(each.ref, quarter_number(each.start), quarter_number(each.end), each.depends_on)
        for each in plans.initiatives
    ]
    return schedule.read_schedule(activities, horizon=max((activity.end for activity in activities), default=0))
