"""What the pages of the gates show."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fremsyn.approval.after.operations import BY_THE_BOARD, HANDED_OVER, approved_version
from fremsyn.approval.models import SealedPack
from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.cases.kinds import app_name, natural
from fremsyn.cases.models import Deliverable, PhaseState, PhaseStep
from fremsyn.cases.pages import crumbs
from fremsyn.cases.phases import PHASES, gate_url, states, steps_from
from fremsyn.cases.shape import GROUNDS
from fremsyn.chain.gates.conditions import conditions_of
from fremsyn.conversation import handover as conversation_handover
from fremsyn.framing.handover.gates import standings
from fremsyn.reports.documents.versions import items_in


@dataclass(frozen=True)
class Change:
    """What is new, changed and gone in a version against the one before, by reference."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True)
class VersionShown:
    """A version that a phase handed over, and what changed since the one before it; None for the first."""

    row: Deliverable
    change: Change | None


def gate_page(visit: Visit, phase: str) -> dict[str, Any]:
    """Return what a phase's gate shows."""
    state, standing = states(visit.case)[phase], standings(visit.case)[phase]
    asked = conditions_of(visit, phase)
    steps = [each for each in steps_from(state) if visit.may(each.right)]
    return {
        "visit": visit,
        "phase": phase,
        "stays": gate_url(visit.case, phase),
        "heading": _("The gate of %(phase)s") % {"phase": app_name(phase)},
        "crumbs": crumbs(visit, phase, (_("The gate"), "")),
        "state": state,
        "standing": standing,
        "missing": [each for each in asked if not each.done and not each.thin],
        "thin": [each for each in asked if not each.done and each.thin],
        "met": [each for each in asked if each.done],
        "steps": {each.name: True for each in steps},
        "before": [app_name(each) for each in PHASES[: PHASES.index(phase)] if states(visit.case)[each] != "closed"],
        "sessions": sessions_for(visit, phase),
        "versions": versions_of(visit, phase),
        "taken": PhaseStep.objects.filter(case=visit.case, phase=phase).select_related("by").order_by("-at", "-pk"),
        "by_the_board": BY_THE_BOARD,
        "approved": approved_version(visit.case) if phase in HANDED_OVER else None,
        "resting": resting(visit, phase) if state == PhaseState.CLOSED else {},
        "packs": SealedPack.objects.filter(case=visit.case).count(),
    }


def sessions_for(visit: Visit, phase: str) -> list[Entry]:
    """Return the sessions of the leadership in which a phase can be closed: held by now, with no gate passed yet."""
    talk = conversation_handover.load(visit.case).conversation
    free = [
        each.ref
        for each in talk.sessions
        if each.phase == phase and each.circle == "leadership" and each.gate is None and each.held <= visit.case.as_of
    ]
    return list(visit.shown(free))


def resting(visit: Visit, phase: str) -> Mapping[str, tuple[Entry, ...]]:
    """Return what rests directly on a phase's things in the phases after it, by the phase's name."""
    found: dict[str, dict[str, Entry]] = {}
    own = [key for key, entry in visit.entries.items() if entry.app == phase]
    for key in own:
        for tie in visit.ties_to(key):
            user = visit.entries[tie.start]
            if tie.kind in GROUNDS and user.app != phase and user.ref:
                found.setdefault(user.app, {})[user.key] = user
    return {app_name(app): tuple(users.values()) for app, users in found.items()}


def versions_of(visit: Visit, phase: str) -> list[VersionShown]:
    """Return the versions that a phase handed over, the latest first."""
    rows = list(
        Deliverable.objects.filter(case=visit.case, phase=phase).select_related("by", "session").order_by("number")
    )
    shown = []
    for at, row in enumerate(rows):
        change = between(json.loads(rows[at - 1].content), json.loads(row.content)) if at else None
        shown.append(VersionShown(row, change))
    return shown[::-1]


def between(then: Any, now: Any) -> Change:
    """Return what changed from one version's content to another's, item by item."""
    before, after = dict(items_in(then)), dict(items_in(now))

    def ordered(refs: Iterator[str]) -> tuple[str, ...]:
        return tuple(sorted(refs, key=natural))

    return Change(
        new=ordered(ref for ref in after if ref not in before),
        changed=ordered(ref for ref in after if ref in before and before[ref] != after[ref]),
        gone=ordered(ref for ref in before if ref not in after),
    )
