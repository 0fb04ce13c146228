"""Where each phase stands, and the gate that closes it."""

import datetime
from dataclasses import dataclass

from django.urls import reverse

from fremsyn.cases.models import Case, PhaseState
from fremsyn.cases.phases import gate_url, states
from fremsyn.cases.remembered import remembered
from fremsyn.conversation import handover as conversation_handover
from fremsyn.conversation.schema import Session
from fremsyn.core.text import Text
from fremsyn.framing.handover import load
from fremsyn.framing.schema import PhasePlan


@dataclass(frozen=True)
class Standing:
    """A phase on the day the case is shown: its state; `closed_on` and `session` say when and by what it was closed."""

    plan: PhasePlan
    state: PhaseState
    closed_on: datetime.date | None
    session: Session | None


@remembered
def standings(case: Case) -> dict[str, Standing]:
    """Return where each phase of the plan stands."""
    passed, known = _passed(case), states(case)
    found: dict[str, Standing] = {}
    for plan in sorted(load(case).framing.process.phases, key=lambda each: each.order):
        state = known[plan.id]
        session = passed.get(plan.id) if state == PhaseState.CLOSED else None
        found[plan.id] = Standing(plan, state, session.held if session else None, session)
    return found


def _passed(case: Case) -> dict[str, Session]:
    talk = conversation_handover.load(case).conversation
    return {each.gate.phase: each for each in talk.sessions if each.gate and each.held <= case.as_of}


def states_by_plan(case: Case) -> dict[str, PhaseState]:
    """Return where each phase stands by its files: closed by a session that passed its gate, else open from its first day."""
    passed = _passed(case)
    return {
        plan.id: PhaseState.CLOSED
        if plan.id in passed
        else PhaseState.OPEN
        if plan.begins <= case.as_of
        else PhaseState.IDLE
        for plan in load(case).framing.process.phases
    }


@dataclass(frozen=True)
class Condition:
    """Something the gate asks for, and whether it is there.

    What is not done keeps the phase from being closed; what is `thin` only warns. `url` is where it is mended.
    """

    text: Text | str
    done: bool
    thin: bool = False
    url: str = ""


@dataclass(frozen=True)
class Gate:
    """A phase's gate as it is shown: who decides, what must be in place, what was decided."""

    heading: Text | None
    decides: Text
    conditions: tuple[Condition, ...]
    decision: Text | None
    url: str
    state: PhaseState
    page: str


def gate(case: Case, phase: str, conditions: tuple[Condition, ...]) -> Gate:
    """Return a phase's gate with the conditions that the phase itself has looked into, what is missing first."""
    standing = standings(case)[phase]
    passed = standing.session.gate if standing.session else None
    return Gate(
        heading=None,
        decides=standing.plan.gate,
        conditions=tuple(sorted(conditions, key=lambda each: (each.done, each.thin))),
        decision=passed.decision if passed else None,
        url=reverse("conversation:session", args=[case.slug, standing.session.ref]) if standing.session else "",
        state=standing.state,
        page=gate_url(case, phase),
    )
