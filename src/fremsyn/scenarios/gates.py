"""What the phase's gate asks for, looked into in its own content."""

from django.utils.translation import gettext as _

from fremsyn.framing.handover.gates import Condition
from fremsyn.scenarios.queries import Ground
from fremsyn.scenarios.words import listed
from fremsyn.web.templatetags.say import number

FEWEST, MOST = 2, 5


def conditions(base: Ground) -> tuple[Condition, ...]:
    """Return the conditions of the phase's gate, each done or missing."""
    return (_grounded(base), _states(base), _judged(base), _found(base), _consistent(base), _told(base))


def _condition(wanted: str, missing: list[str]) -> Condition:
    if missing:
        return Condition(_("%(wanted)s. Missing: %(missing)s") % {"wanted": wanted, "missing": listed(missing)}, False)
    return Condition(wanted, True)


def _grounded(base: Ground) -> Condition:
    missing = [each.ref for each in base.drivers if not each.because and not each.sources]
    return _condition(_("Every driver rests on trends or sources"), missing or _drivers(base))


def _drivers(base: Ground) -> list[str]:
    return [] if base.drivers else [_("drivers")]


def _states(base: Ground) -> Condition:
    missing = [each.ref for each in base.drivers if not FEWEST <= len(each.variants) <= MOST]
    return _condition(_("Every driver has two to five states"), missing or _drivers(base))


def _judged(base: Ground) -> Condition:
    missing = [each.anchor for each in base.sections if each.strength and each.reason is None]
    wanted = _("Each of the %(n)d judged sections has its reason") % {"n": len(base.sections)}
    return _condition(wanted, missing or ([] if base.sections else [_("judgements")]))


def _found(base: Ground) -> Condition:
    told = {"n": len(base.space.found), "all": number(base.space.configurations)}
    if base.space.complete:
        done = bool(base.space.found)
        return Condition(_("All consistent scenarios are found: %(n)d of %(all)s combinations") % told, done)
    return Condition(_("All consistent scenarios are found; so far %(n)d of %(all)s combinations") % told, False)


def _consistent(base: Ground) -> Condition:
    missing = [each.ref for each in base.working if frozenset(each.variants) not in base.number]
    wanted = _("Every scenario in the working set is consistent: %(names)s") % {
        "names": listed([each.ref for each in base.working])
    }
    return _condition(wanted, missing or _working(base))


def _working(base: Ground) -> list[str]:
    return [] if base.working else [_("a working set")]


def _told(base: Ground) -> Condition:
    stories = base.handover.stories
    missing = [
        each.ref
        for each in base.working
        if each.story is None or not any(stories.get(path or "") for path in (each.story.da, each.story.en))
    ]
    return _condition(_("Every scenario in the working set has its story"), missing or _working(base))
