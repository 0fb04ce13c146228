"""Preparing a round: what it asks, and its statements."""

import dataclasses
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.audit.operations import record
from fremsyn.cases.editing.operations import add_thing, add_things, change_thing
from fremsyn.cases.models import Case, Item
from fremsyn.cases.remembered import changed
from fremsyn.conversation.handover import load
from fremsyn.conversation.models import Round
from fremsyn.conversation.running import RoundState, state_of
from fremsyn.conversation.schema import Round as AskedRound
from fremsyn.conversation.schema import Statement
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person

MOST_STATEMENTS = 200


@transaction.atomic
def prepare_round(
    *, case: Case, round_: AskedRound, statements: Sequence[Statement], by: Person | None, at: datetime
) -> Item:
    """Add a round with new statements of its own, all or nothing. It takes no answers before it is opened.

    :param statements: in the order in which they are asked; which round they name doesn't matter
    :raises RuleBroken: when the round or a statement can't stand in the case, or there are more than 200
    """
    changed(case)
    item = add_thing(case=case, parent="conversation", slot="rounds", thing=round_, by=by, at=at)
    if statements:
        add_statements(case=case, ref=item.ref, statements=statements, by=by, at=at)
    record("conversation.round_prepared", case=case, by=by, at=at, round=item.ref, statements=len(statements))
    return item


@transaction.atomic
def add_statements(
    *, case: Case, ref: str, statements: Sequence[Statement], by: Person | None, at: datetime
) -> tuple[Item, ...]:
    """Add statements to a round, after those that it has. Who has answered it gets them as a next step.

    :raises RuleBroken: when the round has closed, or would ask more than 200
    """
    changed(case)
    row = Round.objects.select_related("item__case", "run").get(item__case=case, item__ref=ref)
    if state_of(row, at) == RoundState.CLOSED:
        raise RuleBroken(_("The round has closed. Ask further statements in a new round."))
    asked = next(each for each in load(case).conversation.rounds if each.ref == ref)
    if len(asked.statements) + len(statements) > MOST_STATEMENTS:
        raise RuleBroken(_("A round has at most %(n)d statements. Ask the rest in another.") % {"n": MOST_STATEMENTS})
    things = [dataclasses.replace(each, ref="", round=ref) for each in statements]
    items = add_things(case=case, parent="conversation", slot="statements", things=things, by=by, at=at)
    values = {"statements": (*asked.statements, *(item.ref for item in items))}
    change_thing(case=case, key=ref, version=None, values=values, meaning=False, why="", by=by, at=at)
    return items
