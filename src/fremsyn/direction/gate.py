"""What the gate of the direction asks for, looked up in the phase itself."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases import file as case_file
from fremsyn.cases.models import Case
from fremsyn.direction.analysis import Wish
from fremsyn.direction.handover import load
from fremsyn.direction.queries import wish_of
from fremsyn.direction.schema import DesirableScenario
from fremsyn.framing.handover.gates import Condition
from fremsyn.scenarios import handover as scenarios_handover
from fremsyn.web.templatetags.say import number


def conditions(case: Case) -> tuple[Condition, ...]:
    """Return the conditions of the phase's gate and whether each is met."""
    return (*_wish(case), *_way(case))


def _wish(case: Case) -> tuple[Condition, ...]:
    direction, found = load(case), wish_of(case)
    drivers = len(scenarios_handover.load(case).scenarios.drivers)
    desirable = direction.desirable
    wished, tried = (desirable.variants, desirable.tried) if desirable else ((), ())
    costs = [each for each in direction.values.principles if str(each.costs)]
    return (
        Condition(
            _("%(count)d of %(all)d values say what they cost")
            % {"count": len(costs), "all": len(direction.values.principles)},
            bool(costs) and len(costs) == len(direction.values.principles),
        ),
        Condition(
            _("%(count)d of %(all)d drivers have a wished state, with a stance and a reason")
            % {"count": len(wished), "all": drivers},
            bool(wished) and len(wished) == drivers,
        ),
        _tension(desirable, found),
        Condition(
            ngettext(
                "%(count)d other wish was tried and declined with a reason",
                "%(count)d other wishes were tried and declined with a reason",
                len(tried),
            )
            % {"count": len(tried)},
            bool(tried),
        ),
    )


def _tension(desirable: DesirableScenario | None, found: Wish | None) -> Condition:
    if desirable is None or found is None:
        return Condition(_("What resists the wish is computed, and the tension is put into words"), False)
    resists = ", ".join(f"{ref}: {number(by)}" for ref, by in found.weighed.resists.items()) or _("nothing")
    said = _("What resists is computed (%(resists)s), and the tension is put into words")
    return Condition(said % {"resists": resists}, desirable.tension is not None)


def _way(case: Case) -> tuple[Condition, ...]:
    direction, horizon = load(case), case_file.load(case).horizon
    chosen = [each for each in direction.agendas if each.chosen]
    return (
        Condition(
            _("What must be true, and what we would regret if we got it, is written"),
            bool(direction.must_be_true and direction.regret_if_we_get_it),
        ),
        Condition(
            _("The backcast begins at the horizon, %(year)d") % {"year": horizon},
            any(step.year == horizon for step in direction.backcast),
        ),
        Condition(
            ngettext("%(count)d agenda is chosen", "%(count)d agendas are chosen", len(chosen))
            % {"count": len(chosen)},
            bool(chosen),
        ),
    )
