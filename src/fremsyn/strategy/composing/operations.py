"""Keeping a portfolio that was put together by hand."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.audit.operations import record
from fremsyn.cases.editing.operations import add_thing, change_thing
from fremsyn.cases.editing.stored import lock
from fremsyn.cases.models import Case, Item
from fremsyn.cases.shape import Text
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person
from fremsyn.strategy.handover import load
from fremsyn.strategy.schema import PossibleStrategy

# What a file may state of a portfolio: it no longer holds when the options are others.
STATED: Mapping[str, Any] = dict.fromkeys(("cost_mdkk", "value", "regret", "max_regret", "mean_value"))


@transaction.atomic
def save_portfolio(
    *, case: Case, name: Text, text: Text, role: str, options: tuple[str, ...], by: Person | None, at: datetime
) -> Item:
    """Keep a portfolio as a possible strategy of its own. It may break the frame or a rule; its page says so.

    :raises RuleBroken: without options, or where the role or an option is gone
    """
    lock(case)
    _refuse_empty(options)
    thing = PossibleStrategy(
        ref="", name=name, role=role, question=load(case).question, text=text, options=_in_order(case, options)
    )
    item = add_thing(case=case, parent="strategy", slot="possible_strategies", thing=thing, by=by, at=at)
    record("strategy.portfolio_saved", case=case, by=by, at=at, key=item.ref, options=list(thing.options))
    return item


@transaction.atomic
def change_portfolio(
    *,
    case: Case,
    key: str,
    version: int | None,
    role: str,
    options: tuple[str, ...],
    why: str = "",
    by: Person | None,
    at: datetime,
) -> Item:
    """Give a possible strategy another portfolio; other options are a change of meaning.

    :raises Conflict: when somebody else has changed its options or role since
    :raises RuleBroken: without options, or where the role or an option is gone
    """
    lock(case)
    _refuse_empty(options)
    values = {"role": role, "options": _in_order(case, options), **STATED}
    item = change_thing(case=case, key=key, version=version, values=values, meaning=True, why=why, by=by, at=at)
    record("strategy.portfolio_changed", case=case, by=by, at=at, key=key, options=list(values["options"]))
    return item


def _refuse_empty(options: tuple[str, ...]) -> None:
    if not options:
        raise RuleBroken(_("Tick at least one option."))


def _in_order(case: Case, options: tuple[str, ...]) -> tuple[str, ...]:
    """Return options in the case's order, those that are gone last, so that they are refused by name."""
    order = [option.ref for option in load(case).options]
    return (*(ref for ref in order if ref in options), *(ref for ref in options if ref not in order))
