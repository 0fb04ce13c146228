"""Where each phase stands, and the gate that closes it."""

import datetime
from dataclasses import dataclass

from django.urls import reverse

from fremsyn.cases.models import Case
from fremsyn.cases.remembered import remembered
from fremsyn.conversation import handover as conversation_handover
from fremsyn.conversation.schema import Session
from fremsyn.core.text import Text
from fremsyn.framing.handover import load
from fremsyn.framing.schema import PhasePlan


@dataclass(frozen=True)
class Standing:
    """A phase on the day the case is shown: `state` is idle, open or closed; `closed_on` and `session` say by what."""

    plan: PhasePlan
    state: str
    closed_on: datetime.date | None
    session: Session | None


@remembered
def standings(case: Case) -> dict[str, Standing]:
    """Return where each phase stands: closed by a session that passed its gate, else open from its first day."""
    talk = conversation_handover.load(case).conversation
    passed = {each.gate.phase: each for each in talk.sessions if each.gate and each.held <= case.as_of}
    found: dict[str, Standing] = {}
    for plan in sorted(load(case).framing.process.phases, key=lambda each: each.order):
        session = passed.get(plan.id)
        state = "closed" if session else "open" if plan.begins <= case.as_of else "idle"
        found[plan.id] = Standing(plan, state, session.held if session else None, session)
    return found


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


def gate(case: Case, phase: str, conditions: tuple[Condition, ...]) -> Gate:
    """Return a phase's gate with the conditions that the phase itself has looked into."""
    standing = standings(case)[phase]
    passed = standing.session.gate if standing.session else None
    return Gate(
        heading=None,
        decides=standing.plan.gate,
        conditions=conditions,
        decision=passed.decision if passed else None,
        url=reverse("conversation:session", args=[case.slug, standing.session.ref]) if standing.session else "",
    )
