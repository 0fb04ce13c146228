"""What the pages of the strategy show: roles, options, possible strategies, the best of all and what is left out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry, anchor
from fremsyn.cases.models import Case
from fremsyn.cases.remembered import remembered
from fremsyn.cases.shape import Number, Text
from fremsyn.core.amounts import total
from fremsyn.direction import handover as direction_handover
from fremsyn.methods.errors import MethodError
from fremsyn.scenarios import handover as scenarios_handover
from fremsyn.scenarios.schema import RoleInScenario, Scenario
from fremsyn.strategy import analysis
from fremsyn.strategy.analysis import Portfolios, Priced, Tested
from fremsyn.strategy.handover import load
from fremsyn.strategy.schema import Option, PossibleStrategy, Role


@remembered
def tunnel(case: Case) -> Mapping[str, Tested]:
    """Return every option in the wind tunnel, by reference."""
    tested = analysis.wind_tunnel(load(case), scenarios_handover.load(case).scenarios)
    return {each.ref: each for each in tested}


@remembered
def best(case: Case) -> Portfolios | None:
    """Return what is known of all feasible portfolios and the best of them; None where there is nothing to weigh, or
    nothing that fits.
    """
    scenarios = scenarios_handover.load(case).scenarios
    try:
        return analysis.portfolios(load(case), direction_handover.load(case), scenarios)
    except MethodError:
        return None


@remembered
def priced(case: Case) -> Mapping[str, Priced]:
    """Return what each possible strategy costs, gives and regrets, by reference; nothing as long as none can be weighed."""
    scenarios = scenarios_handover.load(case).scenarios
    try:
        return analysis.priced_strategies(load(case), direction_handover.load(case), scenarios)
    except MethodError:
        return {}


@dataclass(frozen=True)
class Grounded:
    """A part of the strategy, what it rests on, the id under which it stands on the page, and its key."""

    thing: object
    grounds: tuple[Entry, ...]
    anchor: str
    key: str


def grounded(visit: Visit, path: str, things: Iterable[object]) -> tuple[Grounded, ...]:
    """Return the parts of a list with what they rest on."""
    return tuple(
        Grounded(thing, visit.shown(getattr(thing, "because", ())), anchor(key), key)
        for thing, key in zip(things, parts(visit, path), strict=True)
    )


def parts(visit: Visit, path: str) -> tuple[str, ...]:
    """Return the keys of a list's parts in order; one that was withdrawn leaves its number free."""
    start = f"{path}/"
    return tuple(key for key in visit.entries if key.startswith(start) and "/" not in key.removeprefix(start))


def alone(visit: Visit, path: str, thing: object) -> Grounded | None:
    """Return a single part with what it rests on; None where it is not written."""
    return None if thing is None else Grounded(thing, visit.shown(getattr(thing, "because", ())), anchor(path), path)


def chosen(case: Case) -> PossibleStrategy | None:
    """Return the strategy that was chosen, if one has been."""
    strategy = load(case)
    return next((each for each in strategy.possible_strategies if each.ref == strategy.chosen), None)


def working(case: Case) -> tuple[Scenario, ...]:
    """Return the scenarios that options are tried in."""
    return tuple(each for each in scenarios_handover.load(case).scenarios.scenarios if each.use == "working")


def unscored(case: Case) -> tuple[Scenario, ...]:
    """Return the scenarios of the working set in which some option lacks its score."""
    options = load(case).options
    return tuple(each for each in working(case) if any(each.ref not in option.scores for option in options))


@dataclass(frozen=True)
class RoleCell:
    """What the organisation would be, and stop being, with a role in a scenario; None where nobody has said."""

    scenario: Entry
    there: RoleInScenario | None


@dataclass(frozen=True)
class RoleRow:
    """A possible role in each scenario; `chosen` where the chosen strategy holds it."""

    role: Role
    entry: Entry
    cells: tuple[RoleCell, ...]
    chosen: bool
    strategies: tuple[Entry, ...]


def roles(visit: Visit) -> tuple[RoleRow, ...]:
    """Return the possible roles by scenario, those in reserve last."""
    strategy = load(visit.case)
    futures = scenarios_handover.load(visit.case).scenarios.scenarios
    held = chosen(visit.case)
    return tuple(
        RoleRow(
            role=role,
            entry=visit.entries[role.ref],
            cells=tuple(RoleCell(visit.entries[each.ref], each.roles.get(role.ref)) for each in futures),
            chosen=held is not None and role.ref == held.role,
            strategies=visit.shown(each.ref for each in strategy.possible_strategies if each.role == role.ref),
        )
        for role in strategy.roles
    )


@dataclass(frozen=True)
class OptionRow:
    """An option with its agenda, its figures in the wind tunnel and its rules; `core` is None where nothing is weighed."""

    option: Option
    entry: Entry
    agenda: Entry
    tested: Tested
    requires: tuple[Entry, ...]
    excludes: tuple[Entry, ...]
    chosen: bool
    core: float | None


def options(visit: Visit) -> tuple[OptionRow, ...]:
    """Return the options in order."""
    tested, choice, found = tunnel(visit.case), chosen(visit.case), best(visit.case)
    held, core = set(choice.options if choice else ()), found.core if found else {}
    return tuple(
        OptionRow(
            option=option,
            entry=visit.entries[option.ref],
            agenda=visit.entries[option.agenda],
            tested=tested[option.ref],
            requires=visit.shown(option.requires),
            excludes=visit.shown(option.excludes),
            chosen=option.ref in held,
            core=core.get(option.ref),
        )
        for option in load(visit.case).options
    )


@dataclass(frozen=True)
class Tie:
    """One of the best portfolios; `strategy` is the possible strategy that has the same options, if any."""

    label: str
    strategy: Entry | None
    priced: Priced


def ties(visit: Visit, found: Iterable[Priced]) -> tuple[Tie, ...]:
    """Return portfolios with the possible strategy that each is, or a letter where it is none."""
    named = {frozenset(each.options): each.ref for each in load(visit.case).possible_strategies}
    labelled: list[Tie] = []
    for each in found:
        entry = visit.entries.get(named.get(frozenset(each.options), ""))
        unnamed = sum(tie.strategy is None for tie in labelled)
        labelled.append(Tie(entry.ref if entry else chr(ord("a") + unnamed % 26), entry, each))
    return tuple(labelled)


def held_by(visit: Visit) -> tuple[tuple[OptionRow, ...], tuple[OptionRow, ...], tuple[OptionRow, ...]]:
    """Return the options that stand in all, in some and in none of the portfolios of least regret."""
    rows = options(visit)
    return (
        tuple(row for row in rows if (row.core or 0) >= 1),
        tuple(row for row in rows if 0 < (row.core or 0) < 1),
        tuple(row for row in rows if (row.core or 0) <= 0),
    )


@dataclass(frozen=True)
class Left:
    """An option that was left out: what it would have given, what it would take beyond the frame, and why."""

    row: OptionRow
    text: Text | None
    grounds: tuple[Entry, ...]
    anchor: str
    key: str
    mean: float
    beyond: Number


def deselected(visit: Visit) -> tuple[Left, ...]:
    """Return every option outside the chosen strategy, if one is; `text` is None where no reason is written."""
    strategy, choice = load(visit.case), chosen(visit.case)
    if choice is None:
        return ()
    high = {option.ref: option.cost_mdkk.high for option in strategy.options}
    cost = total(high[ref] for ref in choice.options)
    frame = total(high.values()) if strategy.budget_mdkk is None else strategy.budget_mdkk
    keys = parts(visit, "strategy/deselected")
    said = {each.option: (key, each) for key, each in zip(keys, strategy.deselected, strict=True)}
    left = []
    for row in options(visit):
        if row.chosen:
            continue
        key, written = said.get(row.option.ref, ("", None))
        left.append(
            Left(
                row=row,
                text=written.text if written else None,
                grounds=visit.shown(written.because) if written else (),
                anchor=anchor(key) if key else "",
                key=key,
                mean=sum(row.tested.value.values()) / max(1, len(row.tested.value)),
                beyond=max(0, total((cost, row.option.cost_mdkk.high, -frame))),
            )
        )
    return tuple(left)


@dataclass(frozen=True)
class Rule:
    """Two options that can't be had together, and why."""

    pair: tuple[Entry, ...]
    reason: Text
    anchor: str
    key: str


def exclusions(visit: Visit) -> tuple[Rule, ...]:
    """Return the written reasons for exclusions."""
    return tuple(
        Rule(visit.shown(each.pair), each.reason, anchor(key), key)
        for key, each in zip(
            parts(visit, "strategy/exclusion_reasons"), load(visit.case).exclusion_reasons, strict=True
        )
    )


@dataclass(frozen=True)
class StrategyRow:
    """A possible strategy with its role, its options and its computed figures, once they can be."""

    strategy: PossibleStrategy
    entry: Entry
    role: Entry
    options: tuple[Entry, ...]
    priced: Priced | None
    chosen: bool


@dataclass(frozen=True)
class WeighedRow(StrategyRow):
    """A possible strategy whose figures could be computed."""

    priced: Priced


def weighed(rows: Iterable[StrategyRow]) -> tuple[WeighedRow, ...]:
    """Return those of the possible strategies whose figures could be computed."""
    return tuple(WeighedRow(**vars(row)) for row in rows if row.priced)


def strategies(visit: Visit) -> tuple[StrategyRow, ...]:
    """Return the possible strategies in order."""
    strategy, prices = load(visit.case), priced(visit.case)
    return tuple(
        StrategyRow(
            strategy=each,
            entry=visit.entries[each.ref],
            role=visit.entries[each.role],
            options=visit.shown(each.options),
            priced=prices.get(each.ref),
            chosen=each.ref == strategy.chosen,
        )
        for each in strategy.possible_strategies
    )


@dataclass(frozen=True)
class ScoredIn:
    """An option in a scenario: its score and value, why, and the tone of its colour (-3..3)."""

    scenario: Entry
    score: int
    value: Number
    reason: Text
    tone: int


def scored(visit: Visit, row: OptionRow, step: float) -> tuple[ScoredIn, ...]:
    """Return an option's scores in the working scenarios; `step` is how much value is one tone."""
    return tuple(
        ScoredIn(
            scenario=visit.entries[world],
            score=row.option.scores[world].score,
            value=value,
            reason=row.option.scores[world].reason,
            tone=max(-3, min(3, round(value / step))),
        )
        for world, value in row.tested.value.items()
    )


def clashes(visit: Visit, ref: str) -> tuple[tuple[Entry, Rule | None], ...]:
    """Return what an option can't be had together with, and the written reason where there is one."""
    options = load(visit.case).options
    mine = next(each.excludes for each in options if each.ref == ref)
    others = dict.fromkeys((*mine, *(each.ref for each in options if ref in each.excludes)))
    rules = {frozenset(entry.ref for entry in rule.pair): rule for rule in exclusions(visit)}
    return tuple((entry, rules.get(frozenset((ref, entry.ref)))) for entry in visit.shown(others))
