"""What people do to the working set: take a whole one with a reason, put one in or take it out with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.audit.operations import record
from fremsyn.audit.personal import keep_personal
from fremsyn.cases.editing.operations import change_thing
from fremsyn.cases.editing.stored import lock
from fremsyn.cases.models import Case, Item
from fremsyn.cases.phases import refuse_unless_open
from fremsyn.cases.shape import Text
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person
from fremsyn.scenarios.editing.operations import take_scenario
from fremsyn.scenarios.handover import load
from fremsyn.scenarios.handover.judgements import Judgements

FEWEST, MOST = 2, 10
Use = Literal["working", "reserve"]


@dataclass(frozen=True)
class Chosen:
    """A scenario that shall be in the working set: a state of every driver, and what to call it where it has no name."""

    variants: tuple[str, ...]
    name: Text | None = None


@transaction.atomic
def take_set(
    *, case: Case, chosen: Sequence[Chosen], why: str, by: Person | None, at: datetime
) -> tuple[str, ...]:  # fmt: skip
    """Let these scenarios be the working set. What was in it and isn't chosen is put in reserve, and nothing is lost.

    :param why: kept in the history of each scenario that comes or goes
    :returns: the references of the set, in the order given
    :raises RuleBroken: when there are too few or too many, one is there twice or isn't consistent any more, a new one has
        no name, there is no reason, or the phase is closed; then nothing has changed
    """
    lock(case)
    refuse_unless_open(case, "scenarios", "scenario")
    reason = _reason(why)
    handover = load(case)
    _refuse_set(handover.judgements, chosen)
    there = {frozenset(each.variants): each for each in handover.scenarios.scenarios}
    refs = []
    for each in chosen:
        known = there.get(frozenset(each.variants))
        ref = known.ref if known else _added(case, each, by, at)
        _moved(case, ref, "working", reason, by, at)
        refs.append(ref)
    for scenario in handover.scenarios.scenarios:
        if scenario.use == "working" and scenario.ref not in refs:
            _moved(case, scenario.ref, "reserve", reason, by, at)
    record("scenarios.set_chosen", case=case, by=by, at=at, keys=refs, why=keep_personal(reason, about=by))
    return tuple(refs)


@transaction.atomic
def use_scenario(*, case: Case, ref: str, use: Use, why: str, by: Person | None, at: datetime) -> Item:
    """Take a named scenario into the working set, or put it in reserve.

    :raises RuleBroken: when there is no such scenario, no reason, or the phase is closed
    """
    lock(case)
    refuse_unless_open(case, "scenarios", "scenario")
    if ref not in {each.ref for each in load(case).scenarios.scenarios}:
        raise RuleBroken(_("There is no %(ref)s in this case.") % {"ref": ref})
    return _moved(case, ref, use, _reason(why), by, at)


def _reason(why: str) -> str:
    if not why.strip():
        raise RuleBroken(_("Write why: those who read the scenarios later will ask."))
    return why.strip()


def _refuse_set(judged: Judgements, chosen: Sequence[Chosen]) -> None:
    if not FEWEST <= len(chosen) <= MOST:
        raise RuleBroken(
            _("A working set has from %(fewest)d to %(most)d scenarios.") % {"fewest": FEWEST, "most": MOST}
        )
    if len({frozenset(each.variants) for each in chosen}) < len(chosen):
        raise RuleBroken(_("The same scenario is chosen twice."))
    if not all(judged.holds(each.variants) and judged.weigh(each.variants).consistent for each in chosen):
        raise RuleBroken(_("A judgement, driver or state has changed meanwhile. Ask for a proposal again."))


def _added(case: Case, each: Chosen, by: Person | None, at: datetime) -> str:
    if not each.name:
        raise RuleBroken(_("Give each new scenario a name."))
    texts = {"name": each.name}
    # In reserve to begin with, so that the reason is kept with the step into the set.
    return take_scenario(case=case, variants=each.variants, texts=texts, use="reserve", by=by, at=at).ref


def _moved(case: Case, ref: str, use: Use, why: str, by: Person | None, at: datetime) -> Item:
    return change_thing(case=case, key=ref, version=None, values={"use": use}, meaning=True, why=why, by=by, at=at)
