"""What moving an initiative does to the plan, worked out before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass

from fremsyn.cases.shape import Number
from fremsyn.plans.quarters import quarter_number, quarter_written
from fremsyn.plans.schema import Initiative, Plans

DECIMALS = 1


@dataclass(frozen=True)
class Shift:
    """A milestone that moves: from one quarter to another, as they are written."""

    ref: str
    was: str
    now: str


@dataclass(frozen=True)
class Move:
    """An initiative that moves, with its milestones and its money by year (DKK million)."""

    ref: str
    was: tuple[str, str]
    now: tuple[str, str]
    milestones: tuple[Shift, ...]
    budget_was: Mapping[int, Number]
    budget_now: Mapping[int, Number]


@dataclass(frozen=True)
class Hindrance:
    """Why an initiative can't be moved there. `code` says which rule, `ref` which initiative, `other` and `quarter` the rest.

    `backwards`: it would end before it starts · `begun`: its start is over · `past`: it would start in a quarter that is
    over · `waits`: `other` ends in `quarter` · `horizon`: it would end after `quarter` · `milestone`: `other`, due in
    `quarter`, is over and stays · `follows`: `other` waits for it and starts in `quarter`
    """

    code: str
    ref: str
    other: str = ""
    quarter: str = ""


@dataclass(frozen=True)
class Preview:
    """What would move, the initiative itself first, and what stands in the way; it can be done when nothing does."""

    moves: tuple[Move, ...]
    hindrances: tuple[Hindrance, ...]

    @property
    def digest(self) -> str:
        """Return what would be done as a short text, to be compared with what was shown."""
        return ";".join(f"{each.ref}:{'-'.join(each.was)}:{'-'.join(each.now)}" for each in self.moves)


@dataclass(frozen=True)
class Bounds:
    """The quarter that is running and the last one of the case's horizon, as numbers."""

    now: int
    last: int


Span = tuple[int, int]  # first and last quarter, as numbers


def preview(plans: Plans, ref: str, start: str, end: str, bounds: Bounds, *, with_followers: bool = True) -> Preview:
    """Return what moves when an initiative takes other quarters.

    What waits for it moves only as far as it must, and keeps its length.

    :param start: the first quarter, such as 2027K1; :param end: the last one
    :raises KeyError: when the plan has no such initiative
    """
    known = {each.ref: each for each in plans.initiatives}
    wanted = (quarter_number(start), quarter_number(end))
    if wanted[1] < wanted[0]:
        return Preview((), (Hindrance("backwards", ref),))
    spans = {each.ref: span(each) for each in plans.initiatives}
    moved = dict(spans) | {ref: wanted}
    pushed = _push(known, moved, ref) if with_followers else ()
    hindrances = [*_own(known[ref], spans[ref], wanted, moved, bounds)]
    if not with_followers:
        hindrances += [
            Hindrance("follows", ref, other.ref, quarter_written(spans[other.ref][0]))
            for other in plans.initiatives
            if ref in other.depends_on and spans[other.ref][0] <= wanted[1]
        ]
    for other in pushed:
        hindrances += _of_follower(known[other], spans[other], moved[other], bounds)
    changed = [each for each in (ref, *pushed) if moved[each] != spans[each]]
    moves = tuple(_move(known[each], spans[each], moved[each], bounds.now) for each in changed)
    for move in moves:
        hindrances += _milestones_over(known[move.ref], move, bounds.now)
    return Preview(moves, tuple(hindrances))


def span(initiative: Initiative) -> Span:
    """Return an initiative's first and last quarter as numbers."""
    return quarter_number(initiative.start), quarter_number(initiative.end)


def _push(known: Mapping[str, Initiative], moved: dict[str, Span], ref: str) -> tuple[str, ...]:
    """Move what waits for an initiative, and what waits for that, as far as it must; return those that moved, in order."""
    order: list[str] = []
    waiting = [ref]
    steps = 0
    while waiting and steps <= len(known) ** 2:  # in a ring nothing would ever be late enough
        steps += 1
        before = waiting.pop(0)
        for other in known.values():
            first, last = moved[other.ref]
            if before in other.depends_on and first <= moved[before][1]:
                by = moved[before][1] + 1 - first
                moved[other.ref] = (first + by, last + by)
                waiting.append(other.ref)
                if other.ref not in order:
                    order.append(other.ref)
    return tuple(each for each in order if each != ref)


def _own(one: Initiative, was: Span, now: Span, moved: Mapping[str, Span], bounds: Bounds) -> list[Hindrance]:
    found = []
    if now[0] != was[0] and was[0] < bounds.now:
        found.append(Hindrance("begun", one.ref, quarter=quarter_written(was[0])))
    elif now[0] != was[0] and now[0] < bounds.now:
        found.append(Hindrance("past", one.ref, quarter=quarter_written(bounds.now)))
    found += [
        Hindrance("waits", one.ref, other, quarter_written(moved[other][1]))
        for other in one.depends_on
        if other in moved and moved[other][1] >= now[0]
    ]
    if now[1] > bounds.last:
        found.append(Hindrance("horizon", one.ref, quarter=quarter_written(bounds.last)))
    return found


def _of_follower(one: Initiative, was: Span, now: Span, bounds: Bounds) -> list[Hindrance]:
    found = []
    if was[0] < bounds.now:
        found.append(Hindrance("begun", one.ref, quarter=quarter_written(was[0])))
    if now[1] > bounds.last:
        found.append(Hindrance("horizon", one.ref, quarter=quarter_written(bounds.last)))
    return found


def _milestones_over(one: Initiative, move: Move, now: int) -> list[Hindrance]:
    """Return the milestones that are over and would fall outside the initiative."""
    first, last = (quarter_number(each) for each in move.now)
    return [
        Hindrance("milestone", one.ref, mark.ref, mark.at)
        for mark in one.milestones
        if quarter_number(mark.at) < now and not first <= quarter_number(mark.at) <= last
    ]


def _move(one: Initiative, was: Span, now: Span, running: int) -> Move:
    shifts = [
        Shift(mark.ref, mark.at, quarter_written(_milestone(quarter_number(mark.at), was, now)))
        for mark in one.milestones
        if quarter_number(mark.at) >= running
    ]
    return Move(
        ref=one.ref,
        was=(one.start, one.end),
        now=(quarter_written(now[0]), quarter_written(now[1])),
        milestones=tuple(shift for shift in shifts if shift.was != shift.now),
        budget_was=one.budget,
        budget_now=moved_budget(one.budget, was, now),
    )


def _milestone(at: int, was: Span, now: Span) -> int:
    """Return where a milestone comes to stand: at the end where it stood at the end, else as far from the start as before."""
    if at >= was[1]:
        return now[1]
    return min(at - was[0] + now[0], now[1])


def moved_budget(budget: Mapping[int, Number], was: Span, now: Span) -> dict[int, Number]:
    """Return the money by year when its initiative takes other quarters; the sum stays the same.

    A year's amount is spread evenly over the quarters that the initiative had in it; the quarters then move, or are
    stretched, with the initiative. Rounded to a tenth of a million, the sum kept.
    """
    if was == now or not budget:
        return dict(budget)
    quarters = _by_quarter(budget, was)
    before, after = was[1] - was[0] + 1, now[1] - now[0] + 1
    gathered: dict[int, float] = {}
    for step in range(after):
        low, high = step * before / after, (step + 1) * before / after
        gathered[(now[0] + step) // 4] = gathered.get((now[0] + step) // 4, 0.0) + _between(quarters, low, high)
    return _rounded(gathered, sum(budget.values()))


def _by_quarter(budget: Mapping[int, Number], was: Span) -> list[float]:
    """Spread each year's amount over the initiative's quarters in it; a year outside goes to the nearest quarter."""
    quarters = [0.0] * (was[1] - was[0] + 1)
    for year, amount in budget.items():
        inside = [at - was[0] for at in range(year * 4, year * 4 + 4) if was[0] <= at <= was[1]]
        inside = inside or [0 if year * 4 < was[0] else len(quarters) - 1]
        for at in inside:
            quarters[at] += amount / len(inside)
    return quarters


def _between(quarters: list[float], low: float, high: float) -> float:
    return sum(amount * max(0.0, min(high, at + 1) - max(low, at)) for at, amount in enumerate(quarters))


def _rounded(by_year: Mapping[int, float], total: Number) -> dict[int, Number]:
    """Round what has gathered up year by year, so that nothing is lost on the way."""
    kept: dict[int, Number] = {}
    run, told = 0.0, 0.0
    years = sorted(by_year)
    for year in years:
        run += by_year[year]
        upto = round(float(total), 9) if year == years[-1] else round(run, DECIMALS)
        amount = round(upto - told, 9)
        told = upto
        kept[year] = int(amount) if float(amount).is_integer() else amount
    return {year: amount for year, amount in kept.items() if amount}
