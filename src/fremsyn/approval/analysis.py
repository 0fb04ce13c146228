"""What can be computed of the paper: its money, its alternatives, the quorum and the notice."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fremsyn.approval import counting
from fremsyn.approval.schema import Approval, Body, Meeting
from fremsyn.cases.shape import Number
from fremsyn.core.amounts import total
from fremsyn.direction.schema import Direction
from fremsyn.methods.schedule import budget_by_year
from fremsyn.plans.schema import Initiative, Plans
from fremsyn.scenarios.schema import Scenarios
from fremsyn.strategy.schema import Option, PossibleStrategy, Strategy


@dataclass(frozen=True)
class AgendaMoney:
    """An agenda's initiatives and what they cost, DKK million by year in the order of the years."""

    agenda: str
    initiatives: int
    by_year: tuple[Number, ...]

    @property
    def total(self) -> Number:
        return total(self.by_year)


@dataclass(frozen=True)
class Money:
    """DKK million: the frame, the cost of the chosen strategy from low to high, what the plan releases year by year.

    `frame` is None as long as none is set.
    """

    frame: Number | None
    cost_low: Number
    cost_high: Number
    by_year: Mapping[int, Number]
    agendas: tuple[AgendaMoney, ...]

    @property
    def released(self) -> Number:
        return total(self.by_year.values())

    @property
    def initiatives(self) -> int:
        return sum(row.initiatives for row in self.agendas)

    @property
    def not_released(self) -> Number:
        return total((self.cost_high, -self.released))


@dataclass(frozen=True)
class Alternative:
    """A possible strategy: cost in DKK million, its value in each working scenario (0 where unscored) and their mean."""

    ref: str
    role: str
    cost_low: Number
    cost_high: Number
    value: tuple[Number, ...]
    chosen: bool
    fits: bool

    @property
    def mean(self) -> Number:
        return sum(self.value) / len(self.value) if self.value else 0


@dataclass(frozen=True)
class Notice:
    """Days from sending the paper to the meeting, and the days that the body asks for."""

    given: int
    asked: int


def cost(initiatives: tuple[Initiative, ...]) -> Number:
    """Return what initiatives cost over all years, DKK million."""
    return total(amount for each in initiatives for amount in each.budget.values())


def money(plans: Plans, strategy: Strategy, direction: Direction) -> Money:
    """Return the paper's money from the options' costs and the initiatives' budgets."""
    chosen = next((each.options for each in strategy.possible_strategies if each.ref == plans.strategy), ())
    options = [option for option in strategy.options if option.ref in chosen]
    years = budget_by_year([each.budget for each in plans.initiatives])
    agenda_of = {option.ref: option.agenda for option in strategy.options}
    rows = []
    for agenda in direction.agendas:
        held = [each for each in plans.initiatives if agenda_of[each.option] == agenda.ref]
        if held:
            rows.append(
                AgendaMoney(
                    agenda.ref, len(held), tuple(total(each.budget.get(year, 0) for each in held) for year in years)
                )
            )
    return Money(
        frame=strategy.budget_mdkk,
        cost_low=total(option.cost_mdkk.low for option in options),
        cost_high=total(option.cost_mdkk.high for option in options),
        by_year=years,
        agendas=tuple(rows),
    )


def working_set(scenarios: Scenarios) -> tuple[str, ...]:
    """Return the scenarios that the alternatives are tried in."""
    return tuple(each.ref for each in scenarios.scenarios if each.use == "working")


def alternatives(approval: Approval, strategy: Strategy, scenarios: Scenarios) -> tuple[Alternative, ...]:
    """Return the strategies the paper names as alternatives and the one that is chosen, in the case's order."""
    return compared({*(approval.paper.alternatives if approval.paper else ()), strategy.chosen}, strategy, scenarios)


def compared(refs: Collection[str | None], strategy: Strategy, scenarios: Scenarios) -> tuple[Alternative, ...]:
    """Return those possible strategies side by side, in the case's order."""
    return tuple(
        _alternative(each, strategy, working_set(scenarios))
        for each in strategy.possible_strategies
        if each.ref in refs
    )


def _alternative(each: PossibleStrategy, strategy: Strategy, worlds: tuple[str, ...]) -> Alternative:
    options = [option for option in strategy.options if option.ref in each.options]
    high = total(option.cost_mdkk.high for option in options)
    return Alternative(
        ref=each.ref,
        role=each.role,
        cost_low=total(option.cost_mdkk.low for option in options),
        cost_high=high,
        value=tuple(sum(_value(option, world) for option in options) for world in worlds),
        chosen=each.ref == strategy.chosen,
        fits=strategy.budget_mdkk is None or high <= strategy.budget_mdkk,
    )


def _value(option: Option, world: str) -> Number:
    return option.effect * option.scores[world].score if world in option.scores else 0


def voting(body: Body) -> int:
    """Return how many members vote."""
    return sum(member.votes for member in body.members)


def quorum(body: Body) -> int:
    """Return how many voting members must take part when nobody is disqualified."""
    return counting.quorum(body, barred=(), taking_part=()).needed


def meeting_of(approval: Approval) -> Meeting | None:
    """Return the meeting that the paper is put to; None where there is no paper, or no such meeting."""
    wanted = approval.paper.meeting if approval.paper else None
    return next((each for each in approval.meetings if each.id == wanted), None)


def notice(approval: Approval) -> Notice | None:
    """Return the notice that the paper was sent with; None as long as it is not sent, or has no meeting or body."""
    meeting = meeting_of(approval)
    if approval.paper is None or approval.paper.sent is None or approval.body is None or meeting is None:
        return None
    return Notice((meeting.date - approval.paper.sent).days, approval.body.notice_days)
