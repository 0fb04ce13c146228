"""What the gate of the strategy asks for, looked up in the phase itself."""

from django.utils.translation import gettext as _

from fremsyn.cases.models import Case
from fremsyn.direction import handover as direction_handover
from fremsyn.framing.handover.gates import Condition
from fremsyn.strategy import queries
from fremsyn.strategy.analysis import Priced
from fremsyn.strategy.handover import load
from fremsyn.strategy.schema import PossibleStrategy, Strategy
from fremsyn.web.templatetags.say import number, say_plain


def conditions(case: Case) -> tuple[Condition, ...]:
    """Return the conditions of the phase's gate and whether each is met."""
    return (*_tried(case), *_chosen(case), *_left_out(case))


def _tried(case: Case) -> tuple[Condition, ...]:
    strategy, worlds = load(case), queries.working(case)
    cells = [role.ref in world.roles for role in strategy.roles for world in worlds]
    scored = [world.ref in option.scores for option in strategy.options for world in worlds]
    covered = {option.agenda for option in strategy.options}
    agendas = [each.ref for each in direction_handover.load(case).agendas if each.chosen]
    return (
        Condition(_("The role question is answered"), strategy.role_answer is not None),
        Condition(
            _("%(count)d of %(all)d roles in scenarios are described") % {"count": sum(cells), "all": len(cells)},
            bool(cells) and all(cells),
        ),
        Condition(
            _("%(count)d of %(all)d scores of options in scenarios are given with a reason")
            % {"count": sum(scored), "all": len(scored)},
            bool(scored) and all(scored),
        ),
        Condition(
            _("%(count)d of %(all)d chosen agendas have an option")
            % {"count": len(covered & set(agendas)), "all": len(agendas)},
            bool(agendas) and covered >= set(agendas),
        ),
    )


def _chosen(case: Case) -> tuple[Condition, ...]:
    strategy, choice, found = load(case), queries.chosen(case), queries.best(case)
    if choice is None:
        return (Condition(_("A possible strategy is chosen"), False),)
    held = queries.priced(case).get(choice.ref)
    if found is None or held is None:
        return (Condition(_("%(name)s can be weighed") % {"name": say_plain(choice.name)}, False),)
    of_least = any(set(each.options) == set(held.options) for each in found.least_regret)
    of_mean = any(set(each.options) == set(held.options) for each in found.best_mean)
    why = strategy.deviation
    written = [
        (of_least and len(found.least_regret) == 1) or bool(why and why.from_minimax),
        of_mean or bool(why and why.from_best_mean),
    ]
    return (
        _frame(strategy, choice, held),
        Condition(_("The choice is explained where the sums alone would give another"), all(written)),
    )


def _frame(strategy: Strategy, choice: PossibleStrategy, held: Priced) -> Condition:
    name = say_plain(choice.name)
    if strategy.budget_mdkk is None:
        return Condition(_("%(name)s keeps a frame that has been set") % {"name": name}, False)
    told = _("%(name)s keeps the rules and the frame: at most %(cost)s of DKK %(budget)s million")
    figures = {"name": name, "cost": number(held.cost_high), "budget": number(strategy.budget_mdkk)}
    return Condition(told % figures, held.feasible)


def _left_out(case: Case) -> tuple[Condition, ...]:
    strategy, choice = load(case), queries.chosen(case)
    if choice is None:
        return (Condition(_("What we will not do is said"), bool(strategy.non_choices)),)
    left = {option.ref for option in strategy.options} - set(choice.options)
    said = {each.option for each in strategy.deselected}
    return (
        Condition(
            _("%(count)d of %(all)d options left out have a written reason")
            % {"count": len(left & said), "all": len(left)},
            left <= said,
        ),
        Condition(_("What we will not do is said"), bool(strategy.non_choices)),
    )
