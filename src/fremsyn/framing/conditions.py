"""What the gate of the phase asks for, and whether it is there."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.file import load as case_file
from fremsyn.cases.models import Case
from fremsyn.framing.handover import load
from fremsyn.framing.handover.every_gate import lacking, material, mended_at, shared
from fremsyn.framing.handover.gates import Condition
from fremsyn.framing.schema import Framing

TAKING_PART = ("leadership", "organisation", "wide")


def conditions(case: Case) -> tuple[Condition, ...]:
    """Return the gate's conditions, looked into one by one."""
    frame = load(case).framing
    return (
        *_questions(case, frame),
        *_scope(case, frame),
        *_assumptions(case, frame),
        *_baseline(case, frame),
        _history(case, frame),
        *_stakeholders(case),
        _circles(case, frame),
        *shared(case, "framing"),
    )


def _questions(case: Case, frame: Framing) -> Iterable[Condition]:
    subs = [each for each in frame.questions if each.kind == "sub"]
    url = material(case, "framing", "questions-asked")
    if subs:
        text = ngettext(
            "One focal question with %(count)d question under it",
            "One focal question with %(count)d questions under it",
            len(subs),
        ) % {"count": len(subs)}
    else:
        text = _("One focal question with questions under it")
    yield Condition(text, done=bool(subs) and len(frame.questions) == len(subs) + 1, url=url)
    unsourced = [each.ref for each in frame.questions if not each.sources]
    yield lacking(case, "framing", _("Every question rests on a source"), len(frame.questions), unsourced)
    count = len(frame.success_criteria)
    text = ngettext(
        "%(count)d success criterion with a measure and a number",
        "%(count)d success criteria, each with a measure and a number",
        count,
    ) % {"count": count}
    none = _("At least one success criterion with a measure and a number")
    yield Condition(text if count else none, done=count > 0, url=material(case, "framing", "criteria"))


def _scope(case: Case, frame: Framing) -> Iterable[Condition]:
    url = material(case, "framing", "scope")
    said = bool(frame.scope.inside and frame.scope.outside)
    yield Condition(_("It is said what the case is about, and what it leaves alone"), said, url=url)
    themes = len(frame.scan_themes)
    text = ngettext("%(count)d theme to scan by", "%(count)d themes to scan by", themes)
    yield Condition(text % {"count": themes}, themes > 0, url=url)


def _assumptions(case: Case, frame: Framing) -> Iterable[Condition]:
    total = len(frame.assumptions)
    if not total:
        yield Condition(
            _("What we take for granted is written down"), done=False, url=material(case, "framing", "assumptions")
        )
        return
    unwatched = [each.ref for each in frame.assumptions if not each.watched_by]
    met = _("Every assumption says when it breaks and is watched by a signpost")
    yield lacking(case, "framing", met, total, unwatched)
    unverified = [each.ref for each in frame.assumptions if each.unverified]
    yield lacking(case, "framing", _("Every assumption rests on a checked source"), total, unverified)


def _baseline(case: Case, frame: Framing) -> Iterable[Condition]:
    base = frame.baseline
    parts = ("mandate", "products", "finances", "dependencies")
    facts = {f"framing/baseline/{part}/{at}": fact for part in parts for at, fact in enumerate(getattr(base, part), 1)}
    if not facts:
        text = _("The role today is described: mandate, products, finances, what it depends on")
        yield Condition(text, done=False, url=material(case, "framing", "part-baseline"))
        return
    unsourced = [path for path, fact in facts.items() if not fact.sources]
    met = _("Every fact of the role today has its source")
    count = _("%(lacking)d of %(total)d not yet") % {"lacking": len(unsourced), "total": len(facts)}
    url = mended_at(case, "framing", unsourced)
    yield Condition(f"{met} ({count})" if unsourced else met, not unsourced, thin=True, url=url)


def _history(case: Case, frame: Framing) -> Condition:
    file = case_file(case)
    years = [event.year for event in frame.history.events] if frame.history else []
    back = file.base_year - min(years) if years else 0
    ahead = file.horizon - file.base_year
    text = _("We look back at least as far as ahead: %(back)d years back, %(ahead)d ahead")
    url = material(case, "framing", "part-history")
    return Condition(text % {"back": back, "ahead": ahead}, done=back >= ahead, thin=True, url=url)


def _stakeholders(case: Case) -> Iterable[Condition]:
    stakeholders = load(case).stakeholders.stakeholders
    if not stakeholders:
        url = reverse("framing:stakeholders", args=[case.slug])
        yield Condition(_("Those who are concerned are on the map"), done=False, url=url)
        return
    unverified = [each.ref for each in stakeholders if each.unverified]
    met = _("Every stakeholder rests on a checked source")
    yield lacking(case, "framing", met, len(stakeholders), unverified)
    silent = [each.ref for each in stakeholders if not each.responsible]
    met = _("Every stakeholder has somebody who keeps in touch with them")
    yield lacking(case, "framing", met, len(stakeholders), silent)


def _circles(case: Case, frame: Framing) -> Condition:
    planned = {(each.phase, each.circle) for each in frame.process.circles}
    wanted = [(phase.id, circle) for phase in frame.process.phases for circle in TAKING_PART]
    empty = [pair for pair in wanted if pair not in planned]
    url = reverse("framing:framing", args=[case.slug]) + "#part-process"
    if empty:
        text = _("All three circles take part in every phase (%(lacking)d of %(total)d places in the plan are empty)")
        filled = {"lacking": len(empty), "total": len(wanted)}
        return Condition(text % filled, done=False, thin=True, url=url)
    return Condition(_("All three circles take part in every phase"), done=True, thin=True, url=url)
