"""What the gate of the direction asks for, looked up in the phase itself."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases import file as case_file
from fremsyn.cases.models import Case
from fremsyn.direction.analysis import Wish
from fremsyn.direction.handover import load
from fremsyn.direction.queries import wish_of
from fremsyn.direction.schema import DesirableScenario
from fremsyn.framing.handover.every_gate import lacking, material, mended_at, shared
from fremsyn.framing.handover.gates import Condition
from fremsyn.scenarios import handover as scenarios_handover
from fremsyn.web.templatetags.say import number

PHASE = "direction"


def conditions(case: Case) -> tuple[Condition, ...]:
    """Return the conditions of the phase's gate, each met, thin or missing."""
    return (_values(case), *_wish(case), *_way(case), *_agendas(case), *shared(case, PHASE))


def _values(case: Case) -> Condition:
    principles = load(case).values.principles
    bare = [f"direction/values/{each.id}" for each in principles if not str(each.costs)]
    if not principles:
        return Condition(
            _("The values that we judge by are written"), done=False, url=material(case, PHASE, "part-values")
        )
    text = _("%(count)d of %(all)d values say what they cost")
    filled = {"count": len(principles) - len(bare), "all": len(principles)}
    return Condition(text % filled, not bare, thin=True, url=mended_at(case, PHASE, bare))


def _wish(case: Case) -> Iterable[Condition]:
    drivers = [each.ref for each in scenarios_handover.load(case).scenarios.drivers]
    desirable, url = load(case).desirable, material(case, PHASE, "wish")
    wished, tried = (desirable.variants, desirable.tried) if desirable else ((), ())
    if not wished or not drivers:
        yield Condition(_("The desirable scenario is composed, a state for each driver"), done=False, url=url)
        return
    held = {each.variant.split(".")[0] for each in wished}
    yield Condition(
        _("%(count)d of %(all)d drivers have a wished state, with a stance and a reason")
        % {"count": len(wished), "all": len(drivers)},
        bool(drivers) and held >= set(drivers),
        url=mended_at(case, PHASE, [desirable.ref] if desirable else []),
    )
    yield _tension(desirable, wish_of(case), mended_at(case, PHASE, [desirable.ref] if desirable else []))
    yield Condition(
        ngettext(
            "%(count)d other wish was tried and declined with a reason",
            "%(count)d other wishes were tried and declined with a reason",
            len(tried),
        )
        % {"count": len(tried)},
        bool(tried),
        thin=True,
        url=url,
    )


def _tension(desirable: DesirableScenario | None, found: Wish | None, url: str) -> Condition:
    if desirable is None or found is None:
        return Condition(_("What resists the wish is computed, and the tension is put into words"), False, url=url)
    resists = ", ".join(f"{ref}: {number(by)}" for ref, by in found.weighed.resists.items()) or _("nothing")
    said = _("What resists is computed (%(resists)s), and the tension is put into words")
    return Condition(said % {"resists": resists}, desirable.tension is not None or not found.weighed.resists, url=url)


def _way(case: Case) -> Iterable[Condition]:
    direction, horizon, url = load(case), case_file.load(case).horizon, material(case, PHASE, "part-vision")
    yield Condition(_("The vision is written"), direction.vision is not None, url=url)
    yield Condition(
        _("What must be true, and what we would regret if we got it, is written"),
        bool(direction.must_be_true and direction.regret_if_we_get_it),
        thin=True,
        url=url,
    )
    yield Condition(
        _("The backcast begins at the horizon, %(year)d") % {"year": horizon},
        any(step.year == horizon for step in direction.backcast),
        thin=True,
        url=material(case, PHASE, "backcast"),
    )


def _agendas(case: Case) -> Iterable[Condition]:
    agendas = load(case).agendas
    chosen = [each for each in agendas if each.chosen]
    text = ngettext("%(count)d agenda is chosen", "%(count)d agendas are chosen", len(chosen)) % {"count": len(chosen)}
    none = _("At least one strategic agenda is chosen")
    yield Condition(text if chosen else none, bool(chosen), url=material(case, PHASE, "agendas"))
    if chosen:
        bare = [each.ref for each in chosen if not each.because]
        yield lacking(case, PHASE, _("Every chosen agenda says what it rests on"), len(chosen), bare)
        unverified = [each.ref for each in chosen if each.unverified]
        yield lacking(case, PHASE, _("Every chosen agenda rests on a checked source"), len(chosen), unverified)
