"""Keeping the approved version, and saying what management may change of it."""

import hashlib
from datetime import datetime
from typing import Any

import rfc8785
from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.approval.models import Approved, Delegation, MeetingRun, PointKind, PointState
from fremsyn.audit.operations import record
from fremsyn.cases.editing.stored import lock
from fremsyn.cases.models import Case, Deliverable, PhaseRecord
from fremsyn.cases.phases import AT_WORK, delegated, states, take_step
from fremsyn.cases.plain import to_plain
from fremsyn.cases.remembered import changed
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text
from fremsyn.direction import handover as direction_handover
from fremsyn.people.models import Person
from fremsyn.plans import handover as plans_handover
from fremsyn.strategy import handover as strategy_handover

HANDED_OVER = {"direction": direction_handover.load, "strategy": strategy_handover.load, "plans": plans_handover.load}
# Why a phase was closed by what the body approved; the gate's page says it in the page's language.
BY_THE_BOARD = "Approved by the board."
# What a body may leave to management, and the phase it stands in. The direction and the strategy are the body's own.
DELEGABLE = {"initiative": "plans", "milestone": "plans", "signpost": "plans"}
# Readings go on for years and change nothing that was approved.
READINGS = ("reading", "earlier_readings")


def hashes_now(case: Case) -> dict[str, str]:
    """Return the SHA-256 of what the phases that a body approves hand over as they stand, by phase, readings left out."""
    found = {}
    for phase, load in HANDED_OVER.items():
        plain = to_plain(load(case))
        for signpost in plain.get("signposts", ()):
            for name in READINGS:
                signpost.pop(name, None)
        found[phase] = hashlib.sha256(rfc8785.dumps(plain)).hexdigest()
    return found


def approved_version(case: Case) -> Approved | None:
    """Return the version that holds: the latest that the body approved; None where it has approved none."""
    return Approved.objects.filter(case=case).select_related("run", "pack").order_by("-number").first()


@transaction.atomic
def keep_approved(*, run: MeetingRun, by: Person | None, at: datetime) -> Approved | None:
    """Keep what a meeting has approved, when it is closed. Nothing is kept where it adopted none of the paper's points.

    The phases that were approved are closed, if they weren't, so that nobody changes them. Delegations end: they were given
    for the version before.
    """
    adopted = run.points.filter(kind=PointKind.DECISION, state=PointState.ADOPTED, item__isnull=False)
    refs = list(adopted.order_by("position").values_list("item__ref", flat=True))
    case = run.case
    lock(case)
    changed(case)  # the documents say what came of the points, adopted or not
    if not refs:
        return None
    sent = run.material.select_related("pack").defer("pack__content").order_by("sent_at", "pk").last()
    number = Approved.objects.filter(case=case).count() + 1
    content = {"points": refs, "phases": hashes_now(case)}
    kept = Approved.objects.create(
        case=case, run=run, number=number, content=content, pack=sent.pack if sent else None, at=at
    )
    _close(case, by, at)
    if delegated(case):
        Delegation.objects.filter(approved__case=case, ended_at=None).update(ended_at=at)
        _let_change(case)
    record("approval.version_approved", case=case, by=by, at=at, meeting=run.meeting, version=number, **content)
    return kept


@transaction.atomic
def delegate(*, case: Case, kind: str, text: Text, by: Person, at: datetime) -> Delegation:
    """Write down that management may change things of a kind although the body approved them.

    :param text: the words of the delegation, as the body gave it
    :raises RuleBroken: when nothing is approved, the kind is the body's own, or it is delegated already
    """
    lock(case)
    approved = _approved(case)
    if kind not in DELEGABLE:
        raise RuleBroken(_("This is the board's own. Another change of it is a new decision."))
    if kind in delegated(case):
        raise RuleBroken(_("This is left to management already."))
    if not (text.da or text.en):
        raise RuleBroken(_("Write the words of the delegation, as the board gave it."))
    words = {code: said for code in ("da", "en") if (said := getattr(text, code))}
    kept = Delegation.objects.create(approved=approved, kind=kind, text=words, given_at=at, given_by=by)
    _let_change(case)
    record("approval.delegated", case=case, by=by, at=at, kind=kind, version=approved.number, text=words)
    return kept


@transaction.atomic
def end_delegation(*, case: Case, kind: str, by: Person, at: datetime) -> None:
    """Take a delegation back.

    :raises RuleBroken: when there is none of that kind
    """
    lock(case)
    held = Delegation.objects.filter(approved__case=case, kind=kind, ended_at=None)
    if not held.update(ended_at=at):
        raise RuleBroken(_("This is not left to management."))
    _let_change(case)
    record("approval.delegation_ended", case=case, by=by, at=at, kind=kind)


def _close(case: Case, by: Person | None, at: datetime) -> None:
    """Close the phases that were approved, each with a version of what it hands over."""
    changed(case)
    for phase, load in HANDED_OVER.items():
        if states(case)[phase] in AT_WORK:
            take_step(case, phase, "close", why=BY_THE_BOARD, by=by, at=at)
            content = rfc8785.dumps({phase: to_plain(load(case))})
            Deliverable.objects.create(
                case=case, phase=phase, number=Deliverable.objects.filter(case=case, phase=phase).count() + 1,
                content=content.decode(), sha256=hashlib.sha256(content).hexdigest(), by=by, at=at,
            )  # fmt: skip
    changed(case)


def _approved(case: Case) -> Approved:
    approved = approved_version(case)
    if approved is None:
        raise RuleBroken(_("The board has approved nothing yet."))
    return approved


def _let_change(case: Case) -> None:
    """Let the phases know what may be changed in them although they are closed."""
    changed(case)
    kinds = set(Delegation.objects.filter(approved__case=case, ended_at=None).values_list("kind", flat=True))
    for phase in set(DELEGABLE.values()):
        own: list[Any] = sorted(kind for kind in kinds if DELEGABLE[kind] == phase)
        PhaseRecord.objects.filter(case=case, phase=phase).update(delegated=own)
