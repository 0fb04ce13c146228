"""Opening, closing and reopening a phase."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.approval.after.operations import HANDED_OVER, approved_version
from fremsyn.audit.leaves import canonical
from fremsyn.audit.operations import record
from fremsyn.audit.personal import keep_personal
from fremsyn.cases.access import Visit
from fremsyn.cases.editing.operations import change_thing
from fremsyn.cases.editing.stored import lock, stored
from fremsyn.cases.kinds import APP_OF_SHEET, app_name
from fremsyn.cases.models import Case, Deliverable, PhaseState
from fremsyn.cases.phases import PHASES, is_open, states, take_step
from fremsyn.cases.plain import to_plain
from fremsyn.cases.remembered import changed
from fremsyn.chain.gates.conditions import conditions_of
from fremsyn.chain.operations import export_case
from fremsyn.conversation.schema import GateDecision
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text
from fremsyn.framing.handover.gates import Condition
from fremsyn.people.models import Person
from fremsyn.people.roles import Role
from fremsyn.plans import handover as plans_handover
from fremsyn.strategy import handover as strategy_handover

WITH_REASON = ("open", "reopen")


@transaction.atomic
def move_phase(
    *, case: Case, phase: str, step: str, why: str, anew: bool = False, by: Person, at: datetime
) -> PhaseState:
    """Open a phase, bring it to its gate, send it back, or open it again after it was closed.

    :param step: `open`, `bring`, `send_back` or `reopen`
    :param anew: that what comes of it is put to the body as a new decision, where the body has approved the phase
    :raises RuleBroken: when the phase stands otherwise, is opened early or again without a reason, or was approved by the
        body and isn't to be put to it anew
    """
    lock(case)
    if step in WITH_REASON and not why.strip():
        raise RuleBroken(_("Write why: those who ask later want to know."))
    approved = approved_version(case) if step == "reopen" and phase in HANDED_OVER else None
    if approved and not anew:
        raise RuleBroken(_("The board has approved this. Another change of it is a new decision: say that it is one."))
    if step == "bring":
        _refuse_what_is_missing(case, phase, by)
    changed(case)
    state = take_step(case, phase, step, why=why, by=by, at=at)
    said: dict[str, object] = {"why": keep_personal(why, about=by)} if why else {}
    if approved:
        said["new_decision_after"] = approved.number
    record("chain.phase_moved", case=case, by=by, at=at, phase=phase, step=step, state=state.value, **said)
    return state


@transaction.atomic
def close_phase(
    *, case: Case, phase: str, session: str, decision: Text, despite: str, by: Person, at: datetime
) -> Deliverable:
    """Close a phase in a session of the leadership, keep what it hands over as a version, and open the next.

    :param session: the reference of the session in which it is decided
    :param despite: why the phase is closed although something is thin
    :raises RuleBroken: when something is missing, an earlier phase isn't closed, thin points go unanswered, the session
        has passed a gate already, or the phase stands otherwise
    """
    lock(case)
    _refuse_unless_ready(case, phase, despite, by)
    held = stored(case, session)
    if held.item.kind != "session" or held.thing.gate is not None or held.thing.phase != phase:
        raise RuleBroken(_("%(session)s can't close this phase. Choose a session of it.") % {"session": session})
    changed(case)
    take_step(case, phase, "close", why=despite, by=by, at=at)
    passed = {"gate": GateDecision(phase=held.thing.phase, decision=decision)}
    change_thing(case=case, key=session, version=None, values=passed, meaning=False, by=by, at=at)
    content = canonical(handed_over(case, phase))
    deliverable = Deliverable.objects.create(
        case=case, phase=phase, number=Deliverable.objects.filter(case=case, phase=phase).count() + 1, content=content,
        sha256=hashlib.sha256(content.encode()).hexdigest(), session=held.item, despite=despite, by=by, at=at,
    )  # fmt: skip
    following = PHASES[PHASES.index(phase) + 1 :][:1]
    if following and states(case)[following[0]] == PhaseState.IDLE:
        take_step(case, following[0], "open", by=by, at=at)
    changed(case)
    if phase == "strategy":
        _hand_on_the_choice(case, by, at)
    told = {"version": deliverable.number, "sha256": deliverable.sha256, "session": session}
    record("chain.phase_closed", case=case, by=by, at=at, phase=phase, **told)
    return deliverable


def _hand_on_the_choice(case: Case, by: Person, at: datetime) -> None:
    """Let the plan carry out the strategy that was chosen, unless it names one and is closed."""
    chosen = strategy_handover.load(case).chosen
    if is_open(case, "plans", "plans") and plans_handover.load(case).strategy != chosen:
        change_thing(case=case, key="plans", version=None, values={"strategy": chosen}, meaning=True, by=by, at=at)


def _refuse_unless_ready(case: Case, phase: str, despite: str, by: Person) -> None:
    before = [each for each in PHASES[: PHASES.index(phase)] if states(case)[each] != PhaseState.CLOSED]
    if before:
        names = ", ".join(app_name(each) for each in before)
        raise RuleBroken(_("Close %(phases)s first: this phase rests on it.") % {"phases": names})
    asked = _refuse_what_is_missing(case, phase, by)
    if any(not each.done for each in asked) and not despite.strip():
        raise RuleBroken(_("Some points are thin. Write why the phase is closed all the same."))


def _refuse_what_is_missing(case: Case, phase: str, by: Person) -> tuple[Condition, ...]:
    asked = conditions_of(Visit(case, by, Role.OWNER), phase)
    missing = [each for each in asked if not each.done and not each.thin]
    if missing:
        raise RuleBroken(
            _("Something is missing still: %(what)s.") % {"what": "; ".join(str(each.text) for each in missing)}
        )
    return asked


def handed_over(case: Case, phase: str) -> dict[str, object]:
    """Return what a phase hands over, as plain values by sheet."""
    return {sheet: to_plain(content) for sheet, content in export_case(case).sheets() if APP_OF_SHEET[sheet] == phase}
