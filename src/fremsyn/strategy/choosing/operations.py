"""Choosing a strategy: the choice, why it isn't what the sums give, what is left out and what will not be done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.audit.operations import record
from fremsyn.cases.editing.checks import Fault, NotKept
from fremsyn.cases.editing.operations import (
    add_thing,
    change_thing,
    mark_to_be_looked_at,
    restore_thing,
    withdraw_thing,
)
from fremsyn.cases.editing.stored import lock
from fremsyn.cases.models import Case, Item
from fremsyn.cases.shape import Text
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person
from fremsyn.strategy import queries
from fremsyn.strategy.composing.trial import broken
from fremsyn.strategy.handover import load
from fremsyn.strategy.schema import Deselected, Deviation, PossibleStrategy, Reasoned, Strategy


@dataclass(frozen=True)
class Reasons:
    """What is written about a choice. None or empty is nothing written; what stood there is then taken away.

    :param left_out: by option
    :param not_done: what will not be done, to be added to what stands there
    """

    from_minimax: Text | None = None
    from_best_mean: Text | None = None
    because: tuple[str, ...] = ()
    left_out: Mapping[str, Text] = field(default_factory=dict)
    not_done: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Deviates:
    """Whether a portfolio differs from what the sums alone would give; False where nothing can be weighed."""

    from_minimax: bool
    from_best_mean: bool


def deviates(case: Case, options: tuple[str, ...]) -> Deviates:
    """Tell from which of the best portfolios a set of options differs. Of several of least regret, one must be preferred."""
    found = queries.best(case)
    if found is None:
        return Deviates(from_minimax=False, from_best_mean=False)
    wanted = set(options)
    least, mean = ([set(each.options) for each in ties] for ties in (found.least_regret, found.best_mean))
    return Deviates(from_minimax=least != [wanted], from_best_mean=wanted not in mean)


@dataclass(frozen=True)
class _Act:
    """Who does it and when, for every step of it."""

    case: Case
    by: Person | None
    at: datetime

    @property
    def given(self) -> dict[str, Any]:
        return {"case": self.case, "by": self.by, "at": self.at}


@transaction.atomic
def choose_strategy(
    *,
    case: Case,
    chosen: str,
    reasons: Reasons,
    version: int | None,
    meaning: bool = True,
    why: str = "",
    by: Person | None,
    at: datetime,
) -> Item:
    """Choose a possible strategy and keep every reason with it, all or nothing.

    Changed in meaning, what rests on the former choice is marked to be looked at again, and so is the plan.

    :param version: of the strategy, as it was when this was written; None to choose whatever stands there
    :raises Conflict: when somebody else has chosen meanwhile
    :raises NotKept: naming each reason that is missing, or the rules that the portfolio breaks
    """
    lock(case)
    content, act = load(case), _Act(case, by, at)
    wanted = next((each for each in content.possible_strategies if each.ref == chosen), None)
    if wanted is None:
        raise RuleBroken(_("%(key)s has been withdrawn meanwhile. Choose another, or bring it back.") % {"key": chosen})
    _refuse_unfounded(case, wanted, reasons)
    before = content.chosen
    item = change_thing(
        key="strategy", version=version, values={"chosen": chosen}, meaning=meaning, why=why, **act.given
    )
    for each in content.possible_strategies:
        if each.chosen != (each.ref == chosen):
            change_thing(
                key=each.ref, version=None, values={"chosen": each.ref == chosen},
                meaning=meaning and each.ref == before, why=why, **act.given,
            )  # fmt: skip
    _keep_deviation(act, content, reasons)
    _keep_left_out(act, content, wanted, reasons.left_out)
    for text in reasons.not_done:
        add_thing(parent="strategy", slot="non_choices", thing=Reasoned(text=text), **act.given)
    if meaning and before and before != chosen:
        mark_to_be_looked_at(cause=chosen, keys=["plans", "strategy/role_answer"], **act.given)
    record(
        "strategy.strategy_chosen", case=case, by=by, at=at, chosen=chosen, before=before or "", meaning=meaning,
        left_out=sorted(reasons.left_out), not_done=len(reasons.not_done),
    )  # fmt: skip
    return item


def _refuse_unfounded(case: Case, wanted: PossibleStrategy, reasons: Reasons) -> None:
    faults = []
    if broken(case, wanted.options):
        faults.append(Fault(("chosen",), _("It breaks the frame or a rule. Change its options first, or the frame.")))
    differs = deviates(case, wanted.options)
    if differs.from_minimax and not reasons.from_minimax:
        faults.append(Fault(("from_minimax",), _("Other portfolios lose as little or less. Write why it is this one.")))
    if differs.from_best_mean and not reasons.from_best_mean:
        faults.append(Fault(("from_best_mean",), _("Another has a higher mean value. Write why it is this one.")))
    inside = sorted(set(reasons.left_out) & set(wanted.options))
    faults += [Fault((f"left-{ref}",), _("%(ref)s is in the chosen portfolio.") % {"ref": ref}) for ref in inside]
    if faults:
        raise NotKept(tuple(faults))


def _keep_deviation(act: _Act, content: Strategy, reasons: Reasons) -> None:
    key = "strategy/deviation"
    thing = Deviation(from_minimax=reasons.from_minimax, from_best_mean=reasons.from_best_mean, because=reasons.because)
    values = vars(thing)
    written = reasons.from_minimax or reasons.from_best_mean
    if content.deviation is not None and not written:
        withdraw_thing(key=key, **act.given)
    elif content.deviation is not None:
        change_thing(key=key, version=None, values=values, meaning=True, **act.given)
    elif written and Item.objects.filter(case=act.case, path=key).exists():
        restore_thing(key=key, **act.given)
        change_thing(key=key, version=None, values=values, meaning=True, **act.given)
    elif written:
        add_thing(parent="strategy", slot="deviation", thing=thing, **act.given)


def _keep_left_out(act: _Act, content: Strategy, wanted: PossibleStrategy, written: Mapping[str, Text]) -> None:
    rows = Item.objects.filter(case=act.case, path__startswith="strategy/deselected/", withdrawn_at=None)
    paths = list(rows.order_by("position").values_list("path", flat=True))
    stood = {each.option: (path, each) for path, each in zip(paths, content.deselected, strict=True)}
    for ref, (path, each) in stood.items():
        if ref in wanted.options or ref not in written:
            withdraw_thing(key=path, **act.given)
        elif each.text != written[ref]:
            change_thing(key=path, version=None, values={"text": written[ref]}, meaning=True, **act.given)
    for ref, text in written.items():
        if ref not in stood:
            thing = Deselected(option=ref, text=text)
            add_thing(parent="strategy", slot="deselected", thing=thing, **act.given)
