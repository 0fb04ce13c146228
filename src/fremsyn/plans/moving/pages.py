"""What the page shows on which an initiative is moved: what would move, what stands in the way, and a picture of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.cases.pages import crumbs
from fremsyn.cases.shape import Number
from fremsyn.figures.bars import Bar, Lane, Moment, Scale, timeline
from fremsyn.figures.figure import Cell, Column, Figure, Finding, Row, Table
from fremsyn.methods.schedule import year_of
from fremsyn.plans.handover import load
from fremsyn.plans.moving.forms import MoveForm
from fremsyn.plans.moving.schedule import Bounds, Move, Preview
from fremsyn.plans.moving.words import in_words
from fremsyn.plans.quarters import quarter_number, quarter_written
from fremsyn.plans.schema import Initiative
from fremsyn.web.templatetags.say import number, quarter, quarter_in_words, say_plain

ROOM = 1.7


@dataclass(frozen=True)
class Moving:
    """An initiative that would move, as a row of the table."""

    entry: Entry
    move: Move

    @property
    def money(self) -> tuple[str, str]:
        """Say its money by year, before and after."""
        return _money(self.move.budget_was), _money(self.move.budget_now)


def _money(by_year: Mapping[int, Number]) -> str:
    return " · ".join(f"{year}: {number(amount)}" for year, amount in sorted(by_year.items())) or "–"


def outcome(visit: Visit, seen: Preview, ref: str, bounds: Bounds) -> dict[str, Any]:
    """Return the part of the page that answers to the quarters chosen."""
    return {
        "visit": visit,
        "seen": seen,
        "finding": finding(seen, ref),
        "hindrances": [in_words(each) for each in seen.hindrances],
        "rows": [Moving(visit.entries[each.ref], each) for each in seen.moves],
        "figure": figure(visit, seen, ref, bounds),
    }


def finding(seen: Preview, ref: str) -> str:
    """Say what would happen."""
    if seen.hindrances:
        return ngettext(
            "%(ref)s can't be moved there: one thing stands in the way",
            "%(ref)s can't be moved there: %(count)d things stand in the way",
            len(seen.hindrances),
        ) % {"ref": ref, "count": len(seen.hindrances)}
    if not seen.moves:
        return _("Nothing would move")
    others = len(seen.moves) - 1
    if not others:
        return _("%(ref)s moves, and nothing else does") % {"ref": ref}
    return ngettext(
        "%(ref)s moves, and one initiative that waits for it moves along",
        "%(ref)s moves, and %(count)d initiatives that wait for it move along",
        others,
    ) % {"ref": ref, "count": others}


def _around(initiatives: Iterable[Initiative], ref: str, moved: set[str]) -> list[Initiative]:
    """Return the initiative, what it waits for, and what waits for it, in the case's order."""
    known = {each.ref: each for each in initiatives}
    near = {ref, *known[ref].depends_on, *moved}
    near |= {each.ref for each in known.values() if set(each.depends_on) & {ref, *moved}}
    return [each for each in known.values() if each.ref in near]


def figure(visit: Visit, seen: Preview, ref: str, bounds: Bounds) -> Figure:
    """Draw what would move: outlined as it was, filled as it would be."""
    moves = {each.ref: each for each in seen.moves}
    around = _around(load(visit.case).initiatives, ref, set(moves))
    lanes = [_lane(visit, each, moves.get(each.ref)) for each in around]
    edges = [at for lane in lanes for bar in lane.bars for at in (bar.start, bar.end - 1)]
    low, high = year_of(int(min(edges))) * 4, (year_of(int(max(edges))) + 1) * 4
    told = Finding(
        "move",
        finding(seen, ref),
        _("What would move, over quarters. The table says from when to when."),
        subtitle=_("Quarters. Outlined as it was, filled as it would be; a diamond is a milestone."),
    )
    scale = Scale(
        low,
        high + ROOM,
        ticks=(*((at, quarter(quarter_written(at))[4:]) for at in range(low, high)), (high, "")),
        above=tuple((year * 4, str(year)) for year in range(year_of(low), year_of(high))),
    )
    today = bounds.now if low <= bounds.now < high else None
    return timeline(told, lanes, scale, _table(around, moves, told.title), today=today, today_words=_("now"))


def _lane(visit: Visit, each: Initiative, move: Move | None) -> Lane:
    was = Bar(quarter_number(each.start), quarter_number(each.end) + 1, open=True)
    marks = {mark.ref: mark.at for mark in each.milestones}
    bars: tuple[Bar, ...] = (was,)
    if move:
        now = Bar(quarter_number(move.now[0]), quarter_number(move.now[1]) + 1, strong=True)
        bars = (was, now)
        marks |= {shift.ref: shift.now for shift in move.milestones}
    return Lane(
        say_plain(each.name),
        ref=each.ref,
        phase="plans",
        href=visit.entries[each.ref].url,
        bars=bars,
        moments=tuple(Moment(quarter_number(at) + 0.5) for at in marks.values()),
    )


def _table(around: Iterable[Initiative], moves: Mapping[str, Move], caption: str) -> Table:
    heads = (Column(_("Initiative")), Column(_("Was")), Column(_("Becomes")))
    rows = []
    for each in around:
        move = moves.get(each.ref)
        now = move.now if move else (each.start, each.end)
        cells = (f"{quarter(each.start)}–{quarter(each.end)}", f"{quarter(now[0])}–{quarter(now[1])}")
        rows.append(Row((Cell(say_plain(each.name), ref=each.ref, phase="plans"), *(Cell(words) for words in cells))))
    return Table(caption, heads, tuple(rows))


def page(visit: Visit, ref: str, form: MoveForm, seen: Preview, bounds: Bounds) -> dict[str, Any]:
    """Return what the page holds."""
    entry = visit.entries[ref]
    initiative = next(each for each in load(visit.case).initiatives if each.ref == ref)
    return {
        "phase": "plans",
        "crumbs": crumbs(visit, "plans", (f"{ref} {say_plain(entry.title)}", entry.url), (_("Move"), "")),
        "heading": _("Move %(what)s") % {"what": say_plain(entry.title)},
        "item": entry,
        "form": form,
        "stands": (quarter_in_words(initiative.start), quarter_in_words(initiative.end)),
        "waits_for": visit.shown(initiative.depends_on),
        "followed_by": visit.shown(each.ref for each in load(visit.case).initiatives if ref in each.depends_on),
        **outcome(visit, seen, ref, bounds),
    }
