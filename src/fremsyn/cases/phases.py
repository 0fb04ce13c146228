"""Where the phases of a case stand, and the one table of what leads from one state to the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.cases.kinds import app_name
from fremsyn.cases.models import Case, PhaseRecord, PhaseState, PhaseStep
from fremsyn.cases.remembered import remembered
from fremsyn.cases.rights import Right
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person
from fremsyn.people.roles import Role

PHASES = ("framing", "scanning", "scenarios", "direction", "strategy", "plans")
AT_WORK = frozenset({PhaseState.OPEN, PhaseState.GATE, PhaseState.REOPENED})
# A scan, the circle of those concerned and the conversation never end: these are written in every phase, whatever its state.
ALWAYS = frozenset({"signal", "source", "stakeholder"})
# Asked what the body has decided; named, not imported: the board lies above.
DECIDED = "fremsyn.approval.after.standing.decided_keys"


@dataclass(frozen=True)
class Transition:
    """A step that a phase can take: its name, from which states, to which, and the right it takes."""

    name: str
    start: frozenset[PhaseState]
    end: PhaseState
    right: Right


TRANSITIONS = (
    Transition("open", frozenset({PhaseState.IDLE}), PhaseState.OPEN, Right.LEAD),
    Transition("bring", frozenset({PhaseState.OPEN, PhaseState.REOPENED}), PhaseState.GATE, Right.LEAD),
    Transition("send_back", frozenset({PhaseState.GATE}), PhaseState.OPEN, Right.CLOSE),
    Transition("close", frozenset({PhaseState.OPEN, PhaseState.GATE, PhaseState.REOPENED}), PhaseState.CLOSED, Right.CLOSE),
    Transition("reopen", frozenset({PhaseState.CLOSED}), PhaseState.REOPENED, Right.CLOSE),
)  # fmt: skip


@remembered
def states(case: Case) -> Mapping[str, PhaseState]:
    """Return where each phase stands; one that nothing is known of is not opened."""
    kept = dict(PhaseRecord.objects.filter(case=case).values_list("phase", "state"))
    return {phase: PhaseState(kept.get(phase, PhaseState.IDLE)) for phase in PHASES}


def steps_from(state: PhaseState) -> tuple[Transition, ...]:
    """Return the steps that a phase in this state can take."""
    return tuple(each for each in TRANSITIONS if state in each.start)


def take_step(case: Case, phase: str, name: str, *, why: str = "", by: Person | None, at: datetime) -> PhaseState:
    """Take a phase to its next state. The caller holds the case's lock and writes the log.

    :raises RuleBroken: when no step of that name leads on from where the phase stands
    """
    record, _made = PhaseRecord.objects.get_or_create(
        case=case, phase=phase, defaults={"state": PhaseState.IDLE, "since": case.created_at}
    )
    step = next((each for each in steps_from(PhaseState(record.state)) if each.name == name), None)
    if step is None:
        raise RuleBroken(
            _("%(phase)s stands as “%(state)s”, so this can't be done. Somebody else may have been quicker.")
            % {"phase": app_name(phase), "state": record.get_state_display()}
        )
    record.state, record.since = step.end, at
    record.save(update_fields=["state", "since"])
    PhaseStep.objects.create(case=case, phase=phase, name=name, why=why, by=by, at=at)
    return step.end


@remembered
def delegated(case: Case) -> frozenset[str]:
    """Return the kinds of thing that may be changed although their phase is closed."""
    kept = PhaseRecord.objects.filter(case=case).values_list("delegated", flat=True)
    return frozenset(kind for kinds in kept for kind in kinds)


def is_decided(case: Case, key: str) -> bool:
    """Tell whether a part of the board's paper stands as the body decided it."""
    return bool(key) and key in import_string(DECIDED)(case)


def is_open(case: Case, app: str, kind: str, key: str = "") -> bool:
    """Tell whether things of a kind may be written now; of the board's paper also whether this one may (`key`)."""
    if app == "approval":
        return not is_decided(case, key)
    return app not in PHASES or kind in ALWAYS or states(case)[app] in AT_WORK or kind in delegated(case)


def may_change(visit: Visit, app: str, kind: str, key: str = "") -> bool:
    """Tell whether somebody may change things of a kind, or this one, now: editors, and top management what was left to it."""
    left = visit.role == Role.LEADERSHIP and kind in delegated(visit.case)
    return left or (visit.may(Right.EDIT) and is_open(visit.case, app, kind, key))


def why_shut(case: Case, app: str, kind: str, key: str = "") -> str:
    """Say why things of a kind, or this one, can't be written now and what to do; empty where they can."""
    if is_open(case, app, kind, key):
        return ""
    if app == "approval":
        return _(
            "The board has decided on this, so it stands. Another change is a new decision: it begins when the process owner"
            " opens direction, strategy or plans again at its gate."
        )
    if states(case)[app] == PhaseState.CLOSED:
        said = _("%(phase)s is closed. The process owner can open it again at its gate; then it can be changed.")
    else:
        said = _("%(phase)s is not opened yet. It opens when the phase before it is closed, or earlier at its gate.")
    return said % {"phase": app_name(app)}


def refuse_unless_open(case: Case, app: str, kind: str, key: str = "") -> None:
    """Refuse a change in a phase that isn't open, and of what the body has decided.

    :raises RuleBroken: saying what to do
    """
    if shut := why_shut(case, app, kind, key):
        raise RuleBroken(shut)


def gate_url(case: Case, phase: str) -> str:
    """Return the address of a phase's gate; for the board's paper that of the strategy, where a new decision begins."""
    return reverse("chain:gate", args=[case.slug, "strategy" if phase == "approval" else phase])
