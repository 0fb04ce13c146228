"""What the gate of the strategy asks for, looked up in the phase itself."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.models import Case
from fremsyn.direction import handover as direction_handover
from fremsyn.framing.handover.every_gate import lacking, material, mended_at, shared
from fremsyn.framing.handover.gates import Condition
from fremsyn.strategy import queries
from fremsyn.strategy.analysis import Priced
from fremsyn.strategy.handover import load
from fremsyn.strategy.schema import PossibleStrategy, Strategy
from fremsyn.web.templatetags.say import number, say_plain

PHASE = "strategy"


def conditions(case: Case) -> tuple[Condition, ...]:
    """Return the conditions of the phase's gate, each met, thin or missing."""
    return (*_roles(case), *_options(case), *_chosen(case), *_left_out(case), *shared(case, PHASE))


def _roles(case: Case) -> Iterable[Condition]:
    strategy, worlds, url = load(case), queries.working(case), material(case, PHASE)
    yield Condition(_("The role question is answered"), strategy.role_answer is not None, url=url)
    if not strategy.roles or not worlds:
        return
    cells = {(role.ref, world.ref): role.ref in world.roles for role in strategy.roles for world in worlds}
    bare = [world for (_role, world), there in cells.items() if not there]
    yield Condition(
        _("%(count)d of %(all)d roles in scenarios are described") % {"count": sum(cells.values()), "all": len(cells)},
        bool(cells) and not bare,
        thin=True,
        url=mended_at(case, PHASE, bare),
    )


def _options(case: Case) -> Iterable[Condition]:
    options, worlds = load(case).options, queries.working(case)
    agendas = [each.ref for each in direction_handover.load(case).agendas if each.chosen]
    if not options or not worlds:
        text = _("Options to choose from, each with a score and a reason in every scenario")
        yield Condition(text, done=False, url=material(case, PHASE))
        return
    covered = {option.agenda for option in options} & set(agendas)
    yield Condition(
        _("%(count)d of %(all)d chosen agendas have an option") % {"count": len(covered), "all": len(agendas)},
        bool(agendas) and covered == set(agendas),
        url=mended_at(case, PHASE, [ref for ref in agendas if ref not in covered]),
    )
    scored = {(option.ref, world.ref): world.ref in option.scores for option in options for world in worlds}
    bare = [option for (option, _world), there in scored.items() if not there]
    yield Condition(
        _("%(count)d of %(all)d scores of options in scenarios are given with a reason")
        % {"count": sum(scored.values()), "all": len(scored)},
        bool(scored) and not bare,
        url=mended_at(case, PHASE, bare),
    )
    grounds = [each.ref for each in options if not each.because and not each.sources]
    yield lacking(case, PHASE, _("Every option says what it rests on"), len(options), grounds)
    unverified = [each.ref for each in options if each.unverified]
    yield lacking(case, PHASE, _("Every option rests on a checked source"), len(options), unverified)


def _chosen(case: Case) -> Iterable[Condition]:
    strategy, choice, found = load(case), queries.chosen(case), queries.best(case)
    url = material(case, PHASE)
    count = len(strategy.possible_strategies)
    if not count:
        yield Condition(_("Possible strategies to choose from"), done=False, url=url)
        return
    text = ngettext("%(count)d possible strategy to choose from", "%(count)d possible strategies to choose from", count)
    yield Condition(text % {"count": count}, count > 1, thin=True, url=url)
    if choice is None:
        yield Condition(_("A possible strategy is chosen"), done=False, url=url)
        return
    held = queries.priced(case).get(choice.ref)
    if found is None or held is None:
        text = _("%(name)s can be weighed") % {"name": say_plain(choice.name)}
        yield Condition(text, done=False, url=mended_at(case, PHASE, [choice.ref]))
        return
    of_least = any(set(each.options) == set(held.options) for each in found.least_regret)
    of_mean = any(set(each.options) == set(held.options) for each in found.best_mean)
    why = strategy.deviation
    written = [
        (of_least and len(found.least_regret) == 1) or bool(why and why.from_minimax),
        of_mean or bool(why and why.from_best_mean),
    ]
    yield _frame(case, strategy, choice, held)
    yield Condition(_("The choice is explained where the sums alone would give another"), all(written), url=url)


def _frame(case: Case, strategy: Strategy, choice: PossibleStrategy, held: Priced) -> Condition:
    name, url = say_plain(choice.name), mended_at(case, PHASE, [choice.ref])
    if strategy.budget_mdkk is None:
        told = _("%(name)s keeps a frame that has been set") % {"name": name}
        return Condition(told, done=False, url=material(case, PHASE))
    told = _("%(name)s keeps the rules and the frame: at most %(cost)s of DKK %(budget)s million")
    figures = {"name": name, "cost": number(held.cost_high), "budget": number(strategy.budget_mdkk)}
    return Condition(told % figures, held.feasible, url=url)


def _left_out(case: Case) -> Iterable[Condition]:
    strategy, choice = load(case), queries.chosen(case)
    if choice and len(choice.options) < len(strategy.options):
        left = [option.ref for option in strategy.options if option.ref not in choice.options]
        said = {each.option for each in strategy.deselected}
        bare = [ref for ref in left if ref not in said]
        yield Condition(
            _("%(count)d of %(all)d options left out have a written reason")
            % {"count": len(left) - len(bare), "all": len(left)},
            not bare,
            thin=len(bare) < len(left),
            url=mended_at(case, PHASE, bare),
        )
    url = material(case, PHASE)
    yield Condition(_("What we will not do is said"), bool(strategy.non_choices), thin=True, url=url)
