"""What the phase's gate asks for, looked into in its own content."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.models import Case
from fremsyn.framing.handover.every_gate import lacking, material, mended_at, shared
from fremsyn.framing.handover.gates import Condition
from fremsyn.scenarios.queries import Ground, ground
from fremsyn.web.templatetags.say import listed, number

FEWEST, MOST = 2, 5
FEWEST_DRIVERS = 2
FEWEST_SCENARIOS = 2
PHASE = "scenarios"


def conditions(case: Case) -> tuple[Condition, ...]:
    """Return the conditions of the phase's gate, each met, thin or missing."""
    base = ground(case)
    return (
        *_drivers(case, base),
        *_judged(case, base),
        *_found(case, base),
        *_set(case, base),
        *_told(case, base),
        *shared(case, PHASE),
    )


def _condition(case: Case, wanted: str, refs: Sequence[str], *, there: bool = True, thin: bool = False) -> Condition:
    url = mended_at(case, PHASE, refs)
    if refs:
        wanted = _("%(wanted)s. Missing: %(missing)s") % {"wanted": wanted, "missing": listed(refs)}
    return Condition(wanted, there and not refs, thin, url)


def _drivers(case: Case, base: Ground) -> Iterable[Condition]:
    drivers, count = base.drivers, len(base.drivers)
    text = ngettext("%(count)d driver of at least %(fewest)d", "%(count)d drivers of at least %(fewest)d", count)
    filled = {"count": count, "fewest": FEWEST_DRIVERS}
    yield Condition(text % filled, count >= FEWEST_DRIVERS, url=material(case, PHASE))
    if not drivers:
        return
    missing = [each.ref for each in drivers if not each.because and not each.sources]
    yield _condition(case, _("Every driver rests on trends or sources"), missing, thin=True)
    missing = [each.ref for each in drivers if not FEWEST <= len(each.variants) <= MOST]
    yield _condition(case, _("Every driver has two to five states"), missing)
    untested = [
        each.ref
        for each in drivers
        if not (each.variants_tested and each.variants_tested.exclusive and each.variants_tested.exhaustive)
    ]
    met = _("Every driver's states have been held against: do they exclude each other, do they cover all?")
    yield lacking(case, PHASE, met, count, untested)
    unverified = [each.ref for each in drivers if each.unverified]
    yield lacking(case, PHASE, _("Every driver rests on a checked source"), count, unverified)


def _judged(case: Case, base: Ground) -> Iterable[Condition]:
    url = reverse("scenarios:matrix", args=[case.slug])
    if not base.sections:
        yield Condition(_("It is judged how the drivers act on each other"), done=False, url=url)
        return
    missing = [each for each in base.sections if each.strength and each.reason is None]
    wanted = _("Each of the %(n)d judged sections has its reason") % {"n": len(base.sections)}
    if missing:
        wanted = _("%(wanted)s. Missing: %(missing)s") % {
            "wanted": wanted,
            "missing": listed([each.anchor for each in missing]),
        }
        url = f"{url}#{missing[0].anchor}"
    yield Condition(wanted, not missing, thin=True, url=url)


def _found(case: Case, base: Ground) -> Iterable[Condition]:
    if not base.space.configurations:
        return
    told = {"n": len(base.space.found), "all": number(base.space.configurations)}
    url = reverse("scenarios:matrix", args=[case.slug])
    if base.space.complete:
        done = bool(base.space.found)
        yield Condition(_("All consistent scenarios are found: %(n)d of %(all)s combinations") % told, done, url=url)
        return
    text = _("All consistent scenarios are found; so far %(n)d of %(all)s combinations") % told
    yield Condition(text, done=False, thin=True, url=url)


def _set(case: Case, base: Ground) -> Iterable[Condition]:
    refs = [each.ref for each in base.working]
    if not refs:
        yield Condition(_("A working set of scenarios is chosen"), done=False, url=material(case, PHASE))
        return
    missing = [each.ref for each in base.working if frozenset(each.variants) not in base.number]
    wanted = _("Every scenario in the working set is consistent: %(names)s") % {"names": listed(refs)}
    yield _condition(case, wanted, missing)
    text = _("At least %(fewest)d scenarios, so that there is something to compare") % {"fewest": FEWEST_SCENARIOS}
    yield Condition(text, len(refs) >= FEWEST_SCENARIOS, thin=True, url=material(case, PHASE))


def _told(case: Case, base: Ground) -> Iterable[Condition]:
    if not base.working:
        return
    stories = base.handover.stories
    missing = [
        each.ref
        for each in base.working
        if each.story is None or not any(stories.get(path or "") for path in (each.story.da, each.story.en))
    ]
    yield _condition(case, _("Every scenario in the working set has its story"), missing)
    drivers = {each.ref for each in base.drivers}
    unread = []
    for each in base.working:
        seen = each.story_shows
        ticked = {*seen.shown, *seen.implied, *seen.left_out} if seen else set()
        unread += [each.ref] * (not drivers <= ticked)
    met = _("Somebody has read every story for what it shows of each driver")
    yield lacking(case, PHASE, met, len(base.working), unread)
