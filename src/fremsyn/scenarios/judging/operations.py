"""What people do to the matrix: judge a section, take a judgement away, undo."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.cases.editing.operations import add_thing, change_thing, restore_thing, withdraw_thing
from fremsyn.cases.editing.stored import lock
from fremsyn.cases.models import Case
from fremsyn.cases.shape import Number, Text
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person
from fremsyn.scenarios import models
from fremsyn.scenarios.handover import load
from fremsyn.scenarios.handover.matrix import Row, place, stored_row
from fremsyn.scenarios.judging.alone import refuse_if_judged_alone
from fremsyn.scenarios.judging.history import NOTHING, Stand, row_of, stand_of, stands, way_back
from fremsyn.scenarios.schema import Driver, Expected, Section

STRONGEST = 3
Cells = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Meeting:
    """A judgement that two people gave: what it was, what the other gave, what this one gave."""

    source: str
    target: str
    theirs: Number
    mine: Number


class JudgedMeanwhile(RuleBroken):
    """Somebody else gave the same judgements, or wrote the reason, since the page was opened; nothing was written."""

    def __init__(self, version: int, cells: tuple[Meeting, ...], reason: Text | None) -> None:
        super().__init__(
            _("Somebody else has judged here while you had the page open. Both are shown: choose, and save again.")
        )
        self.version = version
        self.cells = cells
        self.reason = reason


@transaction.atomic
def judge(
    *,
    case: Case,
    source: str,
    target: str,
    cells: Cells,
    reason: Text | None = None,
    based_on: int | None = None,
    why: str = "",
    group: bool = False,
    by: Person | None,
    at: datetime,
) -> int:
    """Give judgements from one driver to another. A section that has none yet comes to be, with 0 where nothing is said.

    :param source: a driver's reference, as `target` is
    :param cells: −3 to 3 by the references of the two variants
    :param reason: the section's reason; None leaves it as it is
    :param based_on: the version that the person saw (0: not judged); None gives the judgements whatever stands there
    :param why: kept with the version; it is not the section's reason
    :param group: these are the group's, which settles the section
    :returns: the version that stands now
    :raises JudgedMeanwhile: when somebody else changed the same since `based_on`
    :raises RuleBroken: when a driver or variant isn't there, a number is none, or others judge the section alone
    """
    lock(case)
    refuse_unless_there(case, source, target, cells)
    if not group:
        refuse_if_judged_alone(case, source, target)
    row = row_of(case, source, target)
    now = _now(row)
    mine, said = dict(cells), reason
    if row and based_on is not None and based_on != row.item.version:
        mine, said = _apart(row, now, based_on, cells, reason)
    rows = {ref: stored_row(of_row(mine, ref), now.rows.get(ref, ())) for ref in variants_of(case, source)}
    rows = {**now.rows, **rows}
    if row is None:
        section = Section(source=source, target=target, reason=said, rows=rows)
        _forget_stated_figures(case, by, at)
        return add_thing(case=case, parent="cross_impact", slot="sections", thing=section, by=by, at=at).version
    if now.section is None:
        restore_thing(case=case, key=row.item.path, by=by, at=at)
        rows = {ref: stored_row(of_row(mine, ref)) for ref in rows}
    values = {"rows": rows} | ({} if said is None else {"reason": said})
    _forget_stated_figures(case, by, at)
    return change_thing(
        case=case, key=row.item.path, version=None, values=values, meaning=bool(mine), why=why, by=by, at=at
    ).version  # fmt: skip


@transaction.atomic
def take_away(*, case: Case, source: str, target: str, by: Person | None, at: datetime) -> int:
    """Say that a section is not judged after all. Its judgements stay in its history.

    :raises RuleBroken: when it isn't judged, or others judge it alone
    """
    lock(case)
    refuse_if_judged_alone(case, source, target)
    row = row_of(case, source, target)
    if row is None or row.item.withdrawn_at is not None:
        raise RuleBroken(_("Nothing is judged here, so there is nothing to take away."))
    _forget_stated_figures(case, by, at)
    return withdraw_thing(case=case, key=row.item.path, by=by, at=at).version


@transaction.atomic
def undo(*, case: Case, source: str, target: str, by: Person | None, at: datetime) -> int:
    """Go back to how a section stood before its last change; again, and it goes back one more.

    :raises RuleBroken: when nothing has been changed, or others judge it alone
    """
    lock(case)
    refuse_if_judged_alone(case, source, target)
    row = row_of(case, source, target)
    way = way_back(stands(row.item)) if row else ()
    if row is None or len(way) < 2:
        raise RuleBroken(_("There is nothing to undo here."))
    back = way[-2]
    if back.section is None:
        return withdraw_thing(case=case, key=row.item.path, by=by, at=at).version
    if row.item.withdrawn_at is not None:
        restore_thing(case=case, key=row.item.path, by=by, at=at)
    values = {"rows": back.rows, "reason": back.reason}
    return change_thing(case=case, key=row.item.path, version=None, values=values, meaning=True, by=by, at=at).version


def _now(row: models.Section | None) -> Stand:
    if row is None or row.item.withdrawn_at is not None:
        return NOTHING
    rows = {ref: tuple(numbers) for ref, numbers in row.rows.items()}
    reason = Text(**row.reason) if row.reason else None
    return Stand(row.item.version, Section(source=row.source, target=row.target, reason=reason, rows=rows), None, None)


def _drivers(case: Case) -> Mapping[str, Driver]:
    return {driver.ref: driver for driver in load(case).scenarios.drivers}


def variants_of(case: Case, driver: str) -> tuple[str, ...]:
    """Return the references of a driver's states that are in use."""
    return tuple(variant.ref for variant in _drivers(case)[driver].variants)


def refuse_unless_there(case: Case, source: str, target: str, cells: Cells) -> None:
    """Refuse judgements of what is not in the matrix, or that are none.

    :raises RuleBroken: saying which
    """
    drivers = _drivers(case)
    if source not in drivers or target not in drivers or source == target:
        raise RuleBroken(_("One of the two drivers has been withdrawn meanwhile. Choose another section."))
    rows, columns = variants_of(case, source), variants_of(case, target)
    for (one, other), number in cells.items():
        if one not in rows or other not in columns:
            raise RuleBroken(_("One of the states has been withdrawn meanwhile. Open the section again."))
        if not -STRONGEST <= number <= STRONGEST:
            raise RuleBroken(_("A judgement is a whole number from −3 to 3."))


def of_row(cells: Cells, ref: str) -> dict[str, Number]:
    """Return the judgements of one state of the source, by the states of the target."""
    return {other: number for (one, other), number in cells.items() if one == ref}


def number_at(rows: Mapping[str, Row], one: str, other: str) -> Number:
    """Return a judgement from stored rows; 0 where nothing is said."""
    row = rows.get(one, ())
    return row[place(other)] if place(other) < len(row) else 0


def _apart(
    row: models.Section, now: Stand, based_on: int, cells: Cells, reason: Text | None
) -> tuple[dict[tuple[str, str], int], Text | None]:
    """Return what this person changed, where the other changed something else."""
    base = stand_of(row.item, based_on) or NOTHING
    mine = {at: number for at, number in cells.items() if number != number_at(base.rows, *at)}
    meet = tuple(
        Meeting(*at, theirs, number)
        for at, number in mine.items()
        if (theirs := number_at(now.rows, *at)) not in (number, number_at(base.rows, *at))
    )
    said = reason if reason != base.reason else None
    both = said is not None and now.reason not in (base.reason, said)
    if meet or both:
        raise JudgedMeanwhile(row.item.version, meet, now.reason if both else None)
    return mine, said


def _forget_stated_figures(case: Case, by: Person | None, at: datetime) -> None:
    """What a file stated of its matrix is true of that matrix only."""
    stated = load(case).cross_impact.expected
    if stated is None:
        return
    rest = Expected(terms=stated.terms, succession=stated.succession)
    if stated != rest:
        values = {"expected": None if rest == Expected() else rest}
        change_thing(case=case, key="cross_impact", version=None, values=values, meaning=False, by=by, at=at)
