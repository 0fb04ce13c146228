"""The plan of the process: phases and circles as bars over time."""

import datetime
from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.access import Visit
from fremsyn.cases.vocabulary import vocabularies
from fremsyn.figures.bars import Bar, Lane, Moment, Scale, timeline
from fremsyn.figures.figure import Cell, Column, Figure, Finding, Row, Table
from fremsyn.framing.handover import load
from fremsyn.framing.schema import CirclePlan, PhasePlan, Process
from fremsyn.web.templatetags.say import say_plain

WORDS_ROOM = 2  # months after the last day, so that the last bars' words have room


def process_plan(visit: Visit) -> Figure | None:
    """Draw each phase and what each circle takes part in; None where no phase is planned."""
    process = load(visit.case).framing.process
    if not process.phases:
        return None
    names = vocabularies(visit.case).get("stakeholders.circles", {})
    circles = {code: say_plain(name) for code, name in names.items()}
    phases = sorted(process.phases, key=lambda phase: phase.order)
    plans: list[PhasePlan | CirclePlan] = [*phases, *process.circles]
    days = [day for plan in plans for day in (plan.begins, plan.ends)]
    lanes = [lane for phase in phases for lane in _lanes(visit, phase, process.circles, circles)]
    return timeline(
        _finding(process, phases, min(days), max(days), circles),
        lanes,
        _months(min(days), max(days)),
        _table(phases, process.circles, circles),
        today=_number(visit.case.as_of),
        today_words=_("Shown %(date)s") % {"date": date_format(visit.case.as_of, "MONTH_DAY_FORMAT")},
    )


def _number(day: datetime.date) -> float:
    return float(day.toordinal())


def _lanes(visit: Visit, phase: PhasePlan, plans: Iterable[CirclePlan], circles: dict[str, str]) -> Iterable[Lane]:
    whole = Bar(_number(phase.begins), _number(phase.ends) + 1, say_plain(phase.output))
    session = visit.entries.get(phase.session or "")
    url = session.url if session else ""
    yield Lane(
        _("The whole phase"), phase=phase.id, href=url, group=f"{phase.order} {say_plain(phase.name)}", bars=(whole,)
    )
    for plan in plans:
        if plan.phase == phase.id:
            yield _circle_lane(plan, circles.get(plan.circle, plan.circle))


def _circle_lane(plan: CirclePlan, name: str) -> Lane:
    words = say_plain(plan.what)
    if plan.begins == plan.ends:
        return Lane(name, phase=plan.phase, moments=(Moment(_number(plan.begins) + 0.5, words),))
    return Lane(name, phase=plan.phase, bars=(Bar(_number(plan.begins), _number(plan.ends) + 1, words, open=True),))


def _months(first: datetime.date, last: datetime.date) -> Scale:
    """Return the scale from the first month to some months after the last, years above."""
    start = first.year * 12 + first.month - 1
    end = last.year * 12 + last.month - 1 + WORDS_ROOM
    starts = [datetime.date(month // 12, month % 12 + 1, 1) for month in range(start, end + 1)]
    ticks = tuple((_number(day), date_format(day, "M")) for day in starts[:-1])
    years = tuple((_number(day), str(day.year)) for i, day in enumerate(starts[:-1]) if i == 0 or day.month == 1)
    return Scale(_number(starts[0]), _number(starts[-1]), ticks, years)


def _finding(
    process: Process, phases: list[PhasePlan], first: datetime.date, last: datetime.date, circles: dict[str, str]
) -> Finding:
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    board = sum(plan.circle == "board" for plan in process.circles)
    title = _("%(phases)d phases in %(months)d months") % {"phases": len(phases), "months": months}
    said = ngettext("the board takes part %(times)d time", "the board takes part %(times)d times", board)
    title = f"{title}; {said % {'times': board}}" if board else title
    subtitle = _("Filled bars are phases, open bars are what a circle takes part in, diamonds are single days")
    alt = _("A plan from %(first)s to %(last)s with %(phases)d phases and %(circles)d circles.") % {
        "first": date_format(first, "DATE_FORMAT"), "last": date_format(last, "DATE_FORMAT"),
        "phases": len(phases), "circles": len(circles),
    }  # fmt: skip
    return Finding("process", title, alt, subtitle)


def _table(phases: list[PhasePlan], plans: tuple[CirclePlan, ...], circles: dict[str, str]) -> Table:
    columns = tuple(Column(words) for words in (_("Who"), _("From"), _("To"), _("What")))
    rows = []
    for phase in phases:
        group = f"{phase.order} {say_plain(phase.name)}"
        rows.append(_line(_("The whole phase"), phase, say_plain(phase.output), group))
        rows += [
            _line(circles.get(plan.circle, plan.circle), plan, say_plain(plan.what))
            for plan in plans
            if plan.phase == phase.id
        ]
    return Table(_("The plan of the process by phase and circle"), columns, tuple(rows))


def _line(who: str, plan: PhasePlan | CirclePlan, what: str, group: str = "") -> Row:
    dates = (Cell(date_format(day, "DATE_FORMAT")) for day in (plan.begins, plan.ends))
    return Row((Cell(who), *dates, Cell(what)), group=group, marked=bool(group))
