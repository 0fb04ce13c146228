"""What the pages of the direction show: the wish state by state, what resists it, what was declined, what follows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry, anchor
from fremsyn.cases.models import Case
from fremsyn.cases.remembered import remembered
from fremsyn.cases.shape import LinkKind, Number, Text
from fremsyn.direction.analysis import Wish, wish
from fremsyn.direction.handover import load
from fremsyn.direction.schema import Agenda, DesirableState, Stance, Tried
from fremsyn.scenarios import handover as scenarios_handover
from fremsyn.scenarios.handover.judgements import Contribution, StateBalance


@remembered
def wish_of(case: Case) -> Wish | None:
    """Return what the judgements say of the desirable scenario; None as long as it is not whole."""
    return wish(load(case).desirable, scenarios_handover.load(case))


@dataclass(frozen=True)
class Grounded:
    """A part of the direction, what it rests on, the id under which it stands on the page, and its key where it has one."""

    thing: object
    grounds: tuple[Entry, ...]
    anchor: str
    key: str


def grounded(visit: Visit, sheet_path: str, things: Iterable[object]) -> tuple[Grounded, ...]:
    """Return parts of a list with what they rest on, numbered or by id as their paths are."""
    parts = tuple(things)
    paths = [f"{sheet_path}/{getattr(thing, 'id', '') or at}" for at, thing in enumerate(parts, 1)]
    stored = [
        key for key in visit.entries if key.rpartition("/")[0] == sheet_path
    ]  # numbers have gaps after a withdrawal
    keys = stored if len(stored) == len(parts) else [""] * len(parts)
    return tuple(
        Grounded(thing, visit.shown(getattr(thing, "because", ())), anchor(path), key)
        for thing, path, key in zip(parts, paths, keys, strict=True)
    )


@dataclass(frozen=True)
class State:
    """A state of the desirable scenario: what it is, our stance, and how the other states pull at it.

    `balance` is None as long as the scenario is not whole.
    """

    entry: Entry
    driver: Entry
    stance: Stance
    why: Text | None
    grounds: tuple[Entry, ...]
    balance: StateBalance | None
    rival: Entry | None

    @property
    def resistance(self) -> Number:
        """Return how much stands against the state; 0 where nothing does, or it is not known yet."""
        return self.balance.resistance if self.balance else 0


@dataclass(frozen=True)
class StanceGroup:
    """The states towards which we take one stance."""

    stance: Stance
    states: tuple[State, ...]


def states(visit: Visit) -> tuple[State, ...]:
    """Return the states of the desirable scenario in the order of the drivers."""
    content, found = load(visit.case), wish_of(visit.case)
    stances = {each.id: each for each in content.stances}
    balances = {each.variant: each for each in found.weighed.states} if found else {}
    wished = content.desirable.variants if content.desirable else ()
    return tuple(_state(visit, each, stances[each.stance], balances.get(each.variant)) for each in wished)


def _state(visit: Visit, wished: DesirableState, stance: Stance, balance: StateBalance | None) -> State:
    rival = visit.shown([balance.best_alternative or ""]) if balance else ()
    return State(
        entry=visit.entries[wished.variant],
        driver=visit.entries[wished.variant.partition(".")[0]],
        stance=stance,
        why=wished.why,
        grounds=visit.shown(wished.because),
        balance=balance,
        rival=rival[0] if rival else None,
    )


def by_stance(visit: Visit, held: Sequence[State]) -> tuple[StanceGroup, ...]:
    """Return the states under the stance we take to them, the stances in the case's own order."""
    return tuple(
        StanceGroup(stance, tuple(state for state in held if state.stance.id == stance.id))
        for stance in load(visit.case).stances
    )


@dataclass(frozen=True)
class Change:
    """A change that was tried on a scenario: by how much which drivers would resist, and why it was declined."""

    base: Entry
    states: tuple[Entry, ...]
    resists: tuple[tuple[Entry, Number], ...]
    total: Number
    verdict: Text | None
    chosen: bool = False


def changes(visit: Visit) -> tuple[Change, ...]:
    """Return the desirable scenario and what was tried beside it, with the computed resistance of each."""
    desirable, told = load(visit.case).desirable, wish_of(visit.case)
    if desirable is None or told is None:
        return ()
    held = Change(
        base=visit.entries[desirable.ref],
        states=(),
        resists=_resisting(visit, told.weighed.resists),
        total=sum(told.weighed.resists.values()),
        verdict=None,
        chosen=True,
    )
    tried = (_change(visit, each, dict(found)) for each, found in zip(desirable.tried, told.tried, strict=True))
    return (held, *tried)


def _change(visit: Visit, tried: Tried, resists: dict[str, Number]) -> Change:
    return Change(
        base=visit.entries[tried.base],
        states=visit.shown(tried.change),
        resists=_resisting(visit, resists),
        total=sum(resists.values()),
        verdict=tried.verdict,
    )


def _resisting(visit: Visit, resists: dict[str, Number]) -> tuple[tuple[Entry, Number], ...]:
    ranked = sorted(resists.items(), key=lambda pair: -pair[1])
    return tuple((visit.entries[ref], by) for ref, by in ranked if ref in visit.entries)


@dataclass(frozen=True)
class Pull:
    """What one driver's state gives to a wished state and to the state that would win without our effort."""

    driver: Entry
    state: Entry
    given: Contribution
    reason: Text | None


@dataclass(frozen=True)
class Resistance:
    """A wished state that meets resistance, and who pulls which way, the strongest against it first."""

    state: State
    pulls: tuple[Pull, ...]


def resistances(visit: Visit, held: Sequence[State]) -> tuple[Resistance, ...]:
    """Return every wished state that is resisted with what pulls at it, the most resisted first."""
    judged = scenarios_handover.load(visit.case).judgements
    if wish_of(visit.case) is None:
        return ()
    keys = {driver.ref: driver.key for driver in judged.drivers}
    reasons = {(each.source, each.target): each.reason for each in judged.cross_impact.sections}
    wished = tuple(state.entry.ref for state in held)
    resisted = sorted((s for s in held if s.resistance), key=lambda s: -s.resistance)
    return tuple(
        Resistance(
            state,
            tuple(
                Pull(
                    visit.entries[each.driver],
                    visit.entries[each.variant],
                    each,
                    reasons.get((keys[each.driver], keys[state.driver.ref])),
                )
                for each in sorted(judged.explain(wished, state.driver.ref), key=lambda c: c.difference)
            ),
        )
        for state in resisted
    )


@dataclass(frozen=True)
class AgendaRow:
    """An agenda, the question it serves, what it rests on, and the options that have been proposed for it."""

    agenda: Agenda
    entry: Entry
    question: Entry | None
    grounds: tuple[Entry, ...]
    options: tuple[Entry, ...]


def agendas(visit: Visit) -> tuple[AgendaRow, ...]:
    """Return the strategic agendas in order."""
    return tuple(agenda_row(visit, each) for each in load(visit.case).agendas)


def agenda_row(visit: Visit, agenda: Agenda) -> AgendaRow:
    """Return an agenda with what it rests on and what is proposed for it."""
    made = [tie.start for tie in visit.ties_to(agenda.ref) if tie.kind == LinkKind.PART]
    question = visit.shown([agenda.question])
    return AgendaRow(
        agenda=agenda,
        entry=visit.entries[agenda.ref],
        question=question[0] if question else None,
        grounds=visit.shown(agenda.because),
        options=tuple(each for each in visit.shown(made) if each.kind == "option"),
    )


def wishing_for(visit: Visit, ref: str) -> tuple[State, ...]:
    """Return the wished states that rest on an item, such as an agenda."""
    return tuple(state for state in states(visit) if ref in {each.ref for each in state.grounds})
