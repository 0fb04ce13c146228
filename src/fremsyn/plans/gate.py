"""What the gate of the plans asks for, looked up in the phase itself."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.models import Case
from fremsyn.framing import handover as framing_handover
from fremsyn.framing.handover.every_gate import material, mended_at, shared
from fremsyn.framing.handover.gates import Condition
from fremsyn.plans.analysis import Overview, overview
from fremsyn.plans.words import amount
from fremsyn.web.templatetags.say import listed

PHASE = "plans"


def conditions(case: Case) -> tuple[Condition, ...]:
    """Return the conditions of the phase's gate, each met, thin or missing."""
    seen = overview(case)
    return (
        *_initiatives(case, seen),
        *_of_the_plan(case, seen),
        *_signposts(case, seen),
        *_read(case, seen),
        *shared(case, PHASE),
    )


def _but(
    case: Case, wanted: str, told: str, refs: tuple[str, ...], *, there: bool = True, thin: bool = False
) -> Condition:
    text = wanted + (told % {"refs": listed(refs)} if refs else "")
    return Condition(text, there and not refs, thin, mended_at(case, PHASE, refs))


def _initiatives(case: Case, seen: Overview) -> Iterable[Condition]:
    options = seen.chosen.options if seen.chosen else ()
    if not options:
        text = _("The strategy that the plan is to carry out is chosen")
        yield Condition(text, done=False, url=material(case, "strategy"))
        return
    wanted = _("Each of the strategy's %(count)d options has an initiative") % {"count": len(options)}
    yield _but(case, wanted, _(", but %(refs)s has none"), seen.coverage.without_initiative)
    wanted = _("No initiative belongs to an option that was not chosen")
    yield _but(case, wanted, _(", but %(refs)s does"), seen.coverage.astray)


def _of_the_plan(case: Case, seen: Overview) -> Iterable[Condition]:
    initiatives = seen.plans.initiatives
    if not initiatives:
        yield Condition(_("At least one initiative"), done=False, url=material(case, PHASE))
        return
    early = tuple(each.activity for each in seen.timetable.violations)
    wanted = _("No initiative begins before what it waits for has ended")
    yield _but(case, wanted, _(", but %(refs)s does"), early)
    yield Condition(
        _("The money fits: %(released)s released of at most %(high)s")
        % {"released": amount(seen.funding.released), "high": amount(seen.funding.cost_high)},
        seen.funding.not_released >= 0,
        url=material(case, PHASE),
    )
    bare = [each.ref for each in initiatives if not (each.indicator and each.milestones)]
    yield Condition(
        _("%(done)d of %(all)d initiatives have an owner, an indicator and a milestone")
        % {"done": len(initiatives) - len(bare), "all": len(initiatives)},
        not bare,
        thin=len(bare) < len(initiatives),
        url=mended_at(case, PHASE, bare),
    )


def _signposts(case: Case, seen: Overview) -> Iterable[Condition]:
    count = len(seen.plans.signposts)
    text = ngettext("%(count)d signpost to steer by", "%(count)d signposts to steer by", count) % {"count": count}
    yield Condition(text if count else _("At least one signpost to steer by"), count > 0, url=material(case, PHASE))
    if not count:
        return
    wanted = _("A signpost touches each of the strategy's options")
    told = _(", but none touches %(refs)s")
    yield _but(case, wanted, told, seen.coverage.unwatched, there=seen.chosen is not None, thin=True)
    assumptions = framing_handover.load(case).framing.assumptions
    loose = tuple(each.ref for each in assumptions if not each.watched_by)
    wanted = _("A signpost watches each assumption of the framing")
    yield _but(case, wanted, _(", but none watches %(refs)s"), loose, there=bool(assumptions), thin=True)


def _read(case: Case, seen: Overview) -> Iterable[Condition]:
    signposts = seen.plans.signposts
    if not signposts:
        return
    unverified = [each.ref for each in signposts if each.unverified]
    unread = [each.ref for each in signposts if not each.reading]
    for words, left in (
        (_("%(done)d of %(all)d signposts rest on a verified source"), unverified),
        (_("%(done)d of %(all)d signposts have been read"), unread),
    ):
        yield Condition(
            words % {"done": len(signposts) - len(left), "all": len(signposts)},
            not left,
            thin=True,
            url=mended_at(case, PHASE, left),
        )
