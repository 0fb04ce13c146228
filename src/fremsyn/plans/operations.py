"""What people do with the plan: move an initiative, set budgets, read a signpost."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.audit.operations import record
from fremsyn.cases import file as case_file
from fremsyn.cases.editing.checks import Fault, NotKept
from fremsyn.cases.editing.operations import change_thing, mark_to_be_looked_at
from fremsyn.cases.editing.stored import lock, row_of, stored
from fremsyn.cases.models import Case
from fremsyn.cases.rights import Right
from fremsyn.cases.shape import Number
from fremsyn.cases.telling import people_with, tell
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person
from fremsyn.plans.handover import load
from fremsyn.plans.moving.schedule import Bounds, Move, Preview, preview
from fremsyn.plans.moving.words import in_words
from fremsyn.plans.quarters import quarter_number, quarter_of
from fremsyn.plans.reading.series import has_crossed, scale_of, with_reading
from fremsyn.plans.schema import Reading, Signpost
from fremsyn.web.templatetags.say import number

CROSSED = "plans.signpost_crossed"


def bounds(case: Case) -> Bounds:
    """Return the quarter that is running and the last one of the case's horizon."""
    return Bounds(now=quarter_of(case.as_of), last=case_file.load(case).horizon * 4 + 3)


def preview_move(case: Case, ref: str, start: str, end: str, *, with_followers: bool = True) -> Preview:
    """Return what moving an initiative would do; nothing is written.

    :raises RuleBroken: when there is no such initiative
    """
    plans = load(case)
    if ref not in {each.ref for each in plans.initiatives}:
        raise RuleBroken(_("There is no %(key)s in this case.") % {"key": ref})
    return preview(plans, ref, start, end, bounds(case), with_followers=with_followers)


@transaction.atomic
def move_initiative(
    *,
    case: Case,
    ref: str,
    start: str,
    end: str,
    with_followers: bool = True,
    shown: str | None = None,
    why: str = "",
    by: Person | None,
    at: datetime,
) -> tuple[Move, ...]:
    """Move an initiative to other quarters, with its milestones and money, and what waits for it: all or nothing.

    :param shown: the digest of the preview that was agreed to; None to do whatever it takes now
    :raises RuleBroken: when it can't be moved there, saying everything that stands in the way; or when something else
        would move than what was shown
    """
    lock(case)
    seen = preview_move(case, ref, start, end, with_followers=with_followers)
    if seen.hindrances:
        raise RuleBroken(" ".join(in_words(each) for each in seen.hindrances))
    if shown is not None and shown != seen.digest:
        raise RuleBroken(
            _("The plan has changed since this was shown. Look at what would move now, and say yes again.")
        )
    for move in seen.moves:
        values = {"start": move.now[0], "end": move.now[1], "budget": move.budget_now}
        change_thing(case=case, key=move.ref, version=None, values=values, meaning=True, why=why, by=by, at=at)
        for mark in move.milestones:
            change_thing(
                case=case, key=mark.ref, version=None, values={"at": mark.now}, meaning=True, why=why, by=by, at=at
            )
    if seen.moves:
        _forget_stated_sums(case, by, at)
        record(
            "plans.initiative_moved", case=case, by=by, at=at, key=ref,
            moved={each.ref: list(each.now) for each in seen.moves},
            milestones=sorted(mark.ref for each in seen.moves for mark in each.milestones),
        )  # fmt: skip
    return seen.moves


def _forget_stated_sums(case: Case, by: Person | None, at: datetime) -> None:
    """Leave out the sums that the file stated: they are computed, and the stated ones no longer hold."""
    budget = load(case).budget
    bare = replace(budget, by_year=None, total=None, not_released=None)
    change_thing(case=case, key="plans", version=None, values={"budget": bare}, meaning=False, by=by, at=at)


@transaction.atomic
def set_budgets(
    *,
    case: Case,
    budgets: Mapping[str, Mapping[int, Number]],
    versions: Mapping[str, int],
    why: str = "",
    by: Person | None,
    at: datetime,
) -> tuple[str, ...]:
    """Set what initiatives cost by year, in DKK million, all or none. It changes their meaning.

    :param budgets: by initiative, then by year; a year without an amount is left out
    :param versions: of the initiatives, as they were when this was written; one left out is not compared
    :returns: the initiatives that changed
    :raises Conflict: when somebody else has changed an initiative's budget since
    :raises NotKept: naming the amounts that are below 0
    """
    lock(case)
    faults = tuple(
        Fault((f"amount-{ref}-{year}",), _("An amount can't be below 0. Leave it out, or write what is released."))
        for ref, amounts in budgets.items()
        for year, amount in amounts.items()
        if amount < 0
    )
    if faults:
        raise NotKept(faults)
    stood = {each.ref: each.budget for each in load(case).initiatives}
    changes = {ref: dict(sorted(amounts.items())) for ref, amounts in budgets.items() if stood.get(ref) != amounts}
    for ref, amounts in changes.items():
        change_thing(
            case=case, key=ref, version=versions.get(ref), values={"budget": amounts}, meaning=True, why=why, by=by,
            at=at,
        )  # fmt: skip
    if changes:
        _forget_stated_sums(case, by, at)
        record("plans.budgets_set", case=case, by=by, at=at, initiatives=sorted(changes))
    return tuple(changes)


@transaction.atomic
def add_reading(*, case: Case, ref: str, reading: Reading, by: Person | None, at: datetime) -> tuple[str, ...]:
    """Add a reading of a signpost; a second one in the same quarter corrects the first. Earlier readings are kept.

    When the latest reading comes to stand on the other side of the threshold, what the signpost touches is marked to be
    looked at again, with the signpost as cause, and those who own the process and serve the board are told. Signposts are
    read for years after the plan is closed.

    :returns: the keys that were marked
    :raises NotKept: when the quarter is still to come, or the number is off the scale that the unit names
    :raises RuleBroken: when there is no such signpost
    """
    lock(case)
    if quarter_number(reading.at) > quarter_of(case.as_of):
        raise NotKept((Fault(("at",), _("That quarter is still to come. Choose one that has begun.")),))
    before = stored(case, ref).thing
    if not isinstance(before, Signpost):
        raise RuleBroken(_("%(ref)s is no signpost.") % {"ref": ref})
    scale = scale_of(before)
    if scale and not scale[0] <= reading.number <= scale[1]:
        ends = {"low": number(scale[0]), "high": number(scale[1])}
        raise NotKept((Fault(("number",), _("The scale goes from %(low)s to %(high)s.") % ends),))
    after = with_reading(before, reading)
    values = {"reading": after.reading, "earlier_readings": after.earlier_readings}
    change_thing(case=case, key=ref, version=None, values=values, meaning=False, although_closed=True, by=by, at=at)
    crossed = has_crossed(after) != has_crossed(before) and not (before.reading is None and not has_crossed(after))
    record("plans.reading_added", case=case, by=by, at=at, key=ref, quarter=reading.at, crossed=bool(crossed))
    if not crossed:
        return ()
    people = people_with(case, Right.SERVE, at)
    tell(case=case, people=people, event=CROSSED, about=f"{ref}@{reading.at}", item=row_of(case, ref), at=at)
    return mark_to_be_looked_at(case=case, cause=ref, keys=after.touches, by=by, at=at)
