"""The plan's money by year, its longest chain and slack, what it releases, and what it leaves uncovered or unwatched."""

from collections.abc import Mapping
from dataclasses import dataclass

from fremsyn.cases.models import Case
from fremsyn.cases.remembered import remembered
from fremsyn.cases.shape import Number
from fremsyn.core.amounts import total
from fremsyn.direction import handover as direction_handover
from fremsyn.direction.schema import Direction
from fremsyn.methods import schedule
from fremsyn.plans.handover import load
from fremsyn.plans.quarters import quarter_number
from fremsyn.plans.schema import Initiative, Plans
from fremsyn.strategy import handover as strategy_handover
from fremsyn.strategy.schema import PossibleStrategy, Strategy


@dataclass(frozen=True)
class Money:
    """DKK million: released by year and in all."""

    by_year: Mapping[int, Number]
    total: Number


@dataclass(frozen=True)
class OptionMoney:
    """DKK million for an option: its cost from low to high, and what its initiatives release."""

    ref: str
    cost_low: Number
    cost_high: Number
    released: Number

    @property
    def not_released(self) -> Number:
        return max(0, total((self.cost_high, -self.released)))


@dataclass(frozen=True)
class Funding:
    """DKK million: the cost of the plan's strategy from low to high, what the plan releases, what is left of the high."""

    cost_low: Number
    cost_high: Number
    released: Number
    options: tuple[OptionMoney, ...]

    @property
    def not_released(self) -> Number:
        return total((self.cost_high, -self.released))


@dataclass(frozen=True)
class Coverage:
    """Options of the strategy without an initiative, initiatives of other options, options that no signpost touches."""

    without_initiative: tuple[str, ...]
    astray: tuple[str, ...]
    unwatched: tuple[str, ...]


@dataclass(frozen=True)
class Overview:
    """The plan beside the strategy it carries out, if one is chosen, and all that is computed of it; agendas that hold
    initiatives.
    """

    plans: Plans
    strategy: Strategy
    direction: Direction
    chosen: PossibleStrategy | None
    money: Money
    timetable: schedule.Schedule
    funding: Funding
    coverage: Coverage
    by_agenda: Mapping[str, tuple[Initiative, ...]]

    @property
    def first(self) -> int:
        """Return the first quarter of the plan."""
        return min((quarter_number(each.start) for each in self.plans.initiatives), default=0)

    @property
    def last(self) -> int:
        """Return the last quarter of the plan."""
        return max((quarter_number(each.end) for each in self.plans.initiatives), default=0)


def cost(initiative: Initiative) -> Number:
    """Return what an initiative costs over all years, DKK million."""
    return total(initiative.budget.values())


def money(plans: Plans) -> Money:
    """Return the sum of the initiatives' budgets, year by year."""
    by_year = {
        year: int(sum_) if float(sum_).is_integer() else sum_
        for year, sum_ in schedule.budget_by_year([each.budget for each in plans.initiatives]).items()
    }
    return Money(by_year, total(by_year.values()))


@dataclass(frozen=True)
class FramedYear:
    """A year's sum beside its frame, DKK million. `left` is below 0 where the sum is beyond the frame."""

    year: int
    sum: Number
    frame: Number
    left: Number


def framed(plans: Plans, by_year: Mapping[int, Number]) -> tuple[FramedYear, ...]:
    """Return the years that have a frame of their own, with what stands in them."""
    return tuple(
        FramedYear(year, by_year.get(year, 0), frame, total((frame, -by_year.get(year, 0))))
        for year, frame in sorted((plans.budget.frame or {}).items())
    )


def timetable(plans: Plans) -> schedule.Schedule:
    """Return the critical path, the slack and what begins too early.

    :raises fremsyn.methods.errors.MethodError: when initiatives wait for each other in a ring
    """
    if not plans.initiatives:
        return schedule.Schedule((), 0, {}, ())
    there = {each.ref for each in plans.initiatives}
    activities = [
        schedule.Activity(
            each.ref,
            quarter_number(each.start),
            quarter_number(each.end),
            tuple(ref for ref in each.depends_on if ref in there),
        )
        for each in plans.initiatives
    ]
    return schedule.read_schedule(activities, horizon=max((activity.end for activity in activities), default=0))


def funding(plans: Plans, strategy: Strategy, chosen: PossibleStrategy | None) -> Funding:
    """Return what the plan releases of what its strategy may cost, in all and option by option."""
    options = tuple(
        OptionMoney(
            ref=option.ref,
            cost_low=option.cost_mdkk.low,
            cost_high=option.cost_mdkk.high,
            released=total(cost(each) for each in plans.initiatives if each.option == option.ref),
        )
        for option in strategy.options
        if chosen and option.ref in chosen.options
    )
    return Funding(
        cost_low=total(each.cost_low for each in options),
        cost_high=total(each.cost_high for each in options),
        released=money(plans).total,
        options=options,
    )


def coverage(plans: Plans, chosen: PossibleStrategy | None) -> Coverage:
    """Return where the plan and its strategy don't meet."""
    options = chosen.options if chosen else ()
    carried = {each.option for each in plans.initiatives}
    touched = {ref for each in plans.signposts for ref in each.touches}
    return Coverage(
        without_initiative=tuple(ref for ref in options if ref not in carried),
        astray=tuple(each.ref for each in plans.initiatives if each.option not in options),
        unwatched=tuple(ref for ref in options if ref not in touched),
    )


def by_agenda(plans: Plans, strategy: Strategy, direction: Direction) -> dict[str, tuple[Initiative, ...]]:
    """Return the initiatives under their agendas, both in the case's order, each list by when it begins."""
    agenda_of = {option.ref: option.agenda for option in strategy.options}
    found = {
        agenda.ref: tuple(
            sorted(
                (each for each in plans.initiatives if agenda_of[each.option] == agenda.ref),
                key=lambda each: quarter_number(each.start),
            )
        )
        for agenda in direction.agendas
    }
    return {agenda: initiatives for agenda, initiatives in found.items() if initiatives}


@remembered
def overview(case: Case) -> Overview:
    """Return the plan of a case with all that is computed of it."""
    plans, strategy, direction = load(case), strategy_handover.load(case), direction_handover.load(case)
    chosen = next((each for each in strategy.possible_strategies if each.ref == plans.strategy), None)
    return Overview(
        plans=plans,
        strategy=strategy,
        direction=direction,
        chosen=chosen,
        money=money(plans),
        timetable=timetable(plans),
        funding=funding(plans, strategy, chosen),
        coverage=coverage(plans, chosen),
        by_agenda=by_agenda(plans, strategy, direction),
    )
