"""What the gate of the phase asks for, and whether it is there."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.file import load as case_file
from fremsyn.cases.models import Case
from fremsyn.framing.handover import load
from fremsyn.framing.handover.gates import Condition
from fremsyn.framing.schema import Framing
from fremsyn.framing.words import listed

TAKING_PART = ("leadership", "organisation", "wide")


def conditions(case: Case) -> tuple[Condition, ...]:
    """Return the gate's conditions, looked into one by one."""
    frame, stakeholders = load(case).framing, load(case).stakeholders.stakeholders
    return (
        *_questions(frame),
        *_assumptions(frame),
        _baseline(frame),
        _history(case, frame),
        _checked(
            _("Every stakeholder rests on a checked source"),
            len(stakeholders),
            [each.ref for each in stakeholders if each.unverified],
        ),
        _circles(frame),
    )


def _checked(met: str, total: int, lacking: list[str]) -> Condition:
    """Say that all are in order, or how many of them are not, and which where they are few."""
    if not lacking:
        return Condition(met, done=True)
    count = _("%(lacking)d of %(total)d do not") % {"lacking": len(lacking), "total": total}
    which = f": {listed(lacking)}" if len(lacking) <= 4 else ""
    return Condition(f"{met} ({count}{which})", done=False)


def _questions(frame: Framing) -> Iterable[Condition]:
    subs = [each for each in frame.questions if each.kind == "sub"]
    text = ngettext(
        "One focal question with %(count)d question under it",
        "One focal question with %(count)d questions under it",
        len(subs),
    )
    yield Condition(text % {"count": len(subs)}, done=bool(subs) and len(frame.questions) == len(subs) + 1)
    unsourced = [each.ref for each in frame.questions if not each.sources]
    yield _checked(_("Every question rests on a source"), len(frame.questions), unsourced)
    count = len(frame.success_criteria)
    text = ngettext(
        "%(count)d success criterion with a measure and a number",
        "%(count)d success criteria, each with a measure and a number",
        count,
    )
    yield Condition(text % {"count": count}, done=count > 0)


def _assumptions(frame: Framing) -> Iterable[Condition]:
    total = len(frame.assumptions)
    unwatched = [each.ref for each in frame.assumptions if not each.watched_by]
    yield _checked(_("Every assumption says when it breaks and is watched by a signpost"), total, unwatched)
    unverified = [each.ref for each in frame.assumptions if each.unverified]
    yield _checked(_("Every assumption rests on a checked source"), total, unverified)


def _baseline(frame: Framing) -> Condition:
    base = frame.baseline
    facts = (*base.mandate, *base.products, *base.finances, *base.dependencies)
    unsourced = [str(number) for number, fact in enumerate(facts, 1) if not fact.sources]
    return _checked(_("Every fact of the role today has its source"), len(facts), unsourced)


def _history(case: Case, frame: Framing) -> Condition:
    file = case_file(case)
    years = [event.year for event in frame.history.events] if frame.history else []
    back = file.base_year - min(years) if years else 0
    ahead = file.horizon - file.base_year
    text = _("We look back at least as far as ahead: %(back)d years back, %(ahead)d ahead")
    return Condition(text % {"back": back, "ahead": ahead}, done=back >= ahead)


def _circles(frame: Framing) -> Condition:
    planned = {(each.phase, each.circle) for each in frame.process.circles}
    wanted = [(phase.id, circle) for phase in frame.process.phases for circle in TAKING_PART]
    lacking = [pair for pair in wanted if pair not in planned]
    if lacking:
        text = _("All three circles take part in every phase (%(lacking)d of %(total)d places in the plan are empty)")
        return Condition(text % {"lacking": len(lacking), "total": len(wanted)}, done=False)
    return Condition(_("All three circles take part in every phase"), done=True)
