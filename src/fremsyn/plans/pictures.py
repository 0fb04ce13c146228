"""The plan in pictures: roadmap, dependencies, money by year, money by option."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.access import Visit
from fremsyn.cases.shape import Number
from fremsyn.core.amounts import total
from fremsyn.figures.bars import Bar, Lane, Moment, Part, Period, Scale, stacked, timeline
from fremsyn.figures.figure import Cell, Column, Figure, Finding, Row, Span, Table
from fremsyn.figures.graph import Edge, Node, graph
from fremsyn.methods.schedule import year_of
from fremsyn.plans.analysis import Overview, cost, overview
from fremsyn.plans.quarters import quarter_number, quarter_written
from fremsyn.plans.schema import Initiative
from fremsyn.plans.words import amount, cost_interval, quarters
from fremsyn.web.templatetags.say import listed, number, quarter, quarter_in_words, say_plain

ROOM = 1.7  # quarters after the last one, for the words of bars that end there


def title_of(visit: Visit, ref: str) -> str:
    """Return a thing's title in the page's language."""
    return say_plain(visit.entries[ref].title)


def url_of(visit: Visit, ref: str) -> str:
    """Return where a thing's page is."""
    return visit.entries[ref].url


def figure_of(visit: Visit, key: str) -> Figure:
    """Return a picture of the phase by its key.

    :raises Http404: when there is none
    """
    found = all_figures(visit).get(key)
    if found is None:
        raise Http404
    return found


def all_figures(visit: Visit) -> dict[str, Figure]:
    """Return the pictures of the phase by key, those for which there is something to draw."""
    drawn = {key: draw(visit) for key, draw in DRAWN.items()}
    return {key: figure for key, figure in drawn.items() if figure}


def roadmap(visit: Visit) -> Figure | None:
    """Draw the initiatives over quarters under their agendas, milestones as marks, the longest chain outlined."""
    seen = overview(visit.case)
    if not seen.plans.initiatives:
        return None
    lanes = []
    for agenda, initiatives in seen.by_agenda.items():
        for i, each in enumerate(initiatives):
            group = f"{agenda} {title_of(visit, agenda)}" if i == 0 else ""
            lanes.append(_lane(visit, each, group, strong=each.ref in seen.timetable.critical_path))
    low, high = year_of(seen.first) * 4, (year_of(seen.last) + 1) * 4
    finding = Finding(
        "roadmap",
        _busiest(seen),
        _roadmap_in_words(seen),
        subtitle=_("Quarters. A diamond is a milestone; the outlined bars are the longest chain of dependencies."),
    )
    scale = Scale(
        low,
        high + ROOM,
        ticks=(*((each, quarter(quarter_written(each))[4:]) for each in range(low, high)), (high, "")),
        above=tuple((year * 4, str(year)) for year in range(year_of(low), year_of(high))),
    )
    return timeline(finding, lanes, scale, _roadmap_table(visit, seen, finding.title))


def _lane(visit: Visit, each: Initiative, group: str, *, strong: bool) -> Lane:
    return Lane(
        say_plain(each.name),
        ref=each.ref,
        phase="plans",
        href=url_of(visit, each.ref),
        group=group,
        bars=(Bar(quarter_number(each.start), quarter_number(each.end) + 1, amount(cost(each)), strong=strong),),
        moments=tuple(Moment(quarter_number(mark.at) + 0.5) for mark in each.milestones),
    )


def _running(seen: Overview) -> dict[int, int]:
    return {
        at: sum(quarter_number(each.start) <= at <= quarter_number(each.end) for each in seen.plans.initiatives)
        for at in range(seen.first, seen.last + 1)
    }


def _busiest(seen: Overview) -> str:
    running = _running(seen)
    most = max(running, key=lambda at: running[at])
    return ngettext(
        "One initiative runs at most at a time, in %(quarter)s",
        "As many as %(count)d of %(all)d initiatives run at once, first in %(quarter)s",
        running[most],
    ) % {"count": running[most], "all": len(seen.plans.initiatives), "quarter": quarter_in_words(quarter_written(most))}


def _roadmap_in_words(seen: Overview) -> str:
    marks = [mark for each in seen.plans.initiatives for mark in each.milestones]
    return _(
        "Roadmap from %(first)s to %(last)s: %(initiatives)d initiatives under %(agendas)d strategic agendas, with"
        " %(milestones)d milestones. The table says when each begins and ends."
    ) % {
        "first": quarter_in_words(quarter_written(seen.first)),
        "last": quarter_in_words(quarter_written(seen.last)),
        "initiatives": len(seen.plans.initiatives),
        "agendas": len(seen.by_agenda),
        "milestones": len(marks),
    }


def _roadmap_table(visit: Visit, seen: Overview, caption: str) -> Table:
    heads = (
        Column(_("Initiative")),
        Column(_("Begins")),
        Column(_("Ends")),
        Column(_("DKK million"), "end"),
        Column(_("Milestones")),
    )
    rows = [
        Row(
            (
                Cell(say_plain(each.name), ref=each.ref, phase="plans", href=url_of(visit, each.ref)),
                Cell(quarter(each.start)),
                Cell(quarter(each.end)),
                Cell(cost(each)),
                Cell("; ".join(f"{m.ref} {quarter(m.at)} {say_plain(m.text)}" for m in each.milestones)),
            ),
            group=f"{agenda} {title_of(visit, agenda)}" if i == 0 else "",
        )
        for agenda, initiatives in seen.by_agenda.items()
        for i, each in enumerate(initiatives)
    ]
    return Table(caption, heads, tuple(rows))


def depths(seen: Overview) -> dict[str, int]:
    """Return how many initiatives, one after the other, each one waits for."""
    waits = {each.ref: each.depends_on for each in seen.plans.initiatives}
    found: dict[str, int] = {}

    def depth(ref: str) -> int:
        if ref not in found:
            found[ref] = max((depth(other) + 1 for other in waits[ref]), default=0)
        return found[ref]

    return {ref: depth(ref) for ref in waits}


def dependencies(visit: Visit) -> Figure | None:
    """Draw what waits for what, the longest chain emphasised; the table holds the slack."""
    seen = overview(visit.case)
    if not seen.plans.initiatives:
        return None
    path = seen.timetable.critical_path
    steps = set(pairwise(path))
    layer = depths(seen)
    nodes = [
        Node(each.ref, layer[each.ref], each.ref, say_plain(each.name), "plans", url_of(visit, each.ref),
             strong=each.ref in path)
        for each in seen.plans.initiatives
    ]  # fmt: skip
    edges = [
        Edge(other, each.ref, strong=(other, each.ref) in steps)
        for each in seen.plans.initiatives
        for other in each.depends_on
    ]
    heads = [_layer_heading(i) for i in range(max(layer.values(), default=0) + 1)]
    fixed = [ref for ref, slack in seen.timetable.slack.items() if slack.to_horizon <= 0]
    words = {"path": " → ".join(path), "quarters": quarters(seen.timetable.critical_quarters)}
    finding = Finding(
        "dependencies",
        _("%(path)s is the longest chain: %(quarters)s of work") % words,
        _("What waits for what among %(count)d initiatives. The longest chain is %(path)s with %(quarters)s of work.")
        % {**words, "count": len(nodes)},
        subtitle=ngettext(
            "%(refs)s can't slip by a quarter without the plan ending after %(end)s",
            "%(count)d initiatives can't slip by a quarter without the plan ending after %(end)s: %(refs)s",
            len(fixed),
        )
        % {"count": len(fixed), "refs": listed(fixed), "end": quarter_in_words(quarter_written(seen.last))},
    )
    drawn = graph(finding, nodes, edges, heads, table=_slack_table(visit, seen, finding.title), compact=False)
    return replace(drawn, wide=len(heads) > 3)


def _layer_heading(depth: int) -> str:
    return _("Waits for none") if depth == 0 else ngettext("After one", "After %(count)d in a row", depth) % {
        "count": depth
    }  # fmt: skip


def _slack_table(visit: Visit, seen: Overview, caption: str) -> Table:
    end = {"end": quarter_in_words(quarter_written(seen.last))}
    heads = (
        Column(_("Initiative")),
        Column(_("Waits for")),
        Column(_("to the next"), "end"),
        Column(_("to %(end)s") % end, "end"),
    )
    spans = (Span("", 2), Span(_("Slack, quarters"), 2))
    rows = []
    for each in seen.plans.initiatives:
        slack = seen.timetable.slack[each.ref]
        following = Cell("–", align="end")
        if slack.to_following is not None:
            following = Cell(slack.to_following)
        rows.append(
            Row(
                (
                    Cell(say_plain(each.name), ref=each.ref, phase="plans", href=url_of(visit, each.ref)),
                    Cell(", ".join(each.depends_on) or "–"),
                    following,
                    Cell(slack.to_horizon),
                ),
                marked=each.ref in seen.timetable.critical_path,
            )
        )
    return Table(caption, heads, tuple(rows), spans=spans)


def budget(visit: Visit) -> Figure | None:
    """Draw each year's money split by agenda."""
    seen = overview(visit.case)
    if not seen.money.by_year:
        return None
    agendas = list(seen.by_agenda)
    periods = [
        Period(str(year), tuple(_of_year(seen.by_agenda[agenda], year) for agenda in agendas), amount(total))
        for year, total in seen.money.by_year.items()
    ]
    parts = [Part(title_of(visit, ref), ref, "plans", url_of(visit, ref)) for ref in agendas]
    dearest = max(seen.money.by_year, key=lambda year: seen.money.by_year[year])
    said = {"year": dearest, "amount": amount(seen.money.by_year[dearest]), "total": amount(seen.money.total)}
    finding = Finding(
        "budget",
        _("%(year)d is the most expensive year: %(amount)s of %(total)s") % said,
        _("Budget by year and strategic agenda: %(years)s.")
        % {"years": ", ".join(f"{year} {amount(total)}" for year, total in seen.money.by_year.items())},
        subtitle=_("DKK million, the initiatives' budgets added up by year and strategic agenda"),
    )
    return stacked(finding, periods, parts, columns=(_("Strategic agenda"), _("In all")), width=640)


def _of_year(initiatives: tuple[Initiative, ...], year: int) -> Number:
    return total(each.budget.get(year, 0) for each in initiatives)


def released(visit: Visit) -> Figure | None:
    """Draw for each option of the strategy what is released and what is left of its high cost."""
    seen = overview(visit.case)
    if seen.chosen is None or not seen.funding.options:
        return None
    funds = seen.funding
    said = {
        "waiting": amount(funds.not_released),
        "high": amount(funds.cost_high),
        "strategy": seen.chosen.ref,
        "released": amount(funds.released),
    }
    finding = Finding(
        "released",
        _("%(waiting)s of the %(high)s that %(strategy)s may cost are not released") % said,
        _("What is released of each option's high cost. In all %(released)s of %(high)s.") % said,
        subtitle=_("DKK million: released (first) and left of the high cost (second), option by option"),
    )
    ordered = sorted(funds.options, key=lambda each: -each.cost_high)
    periods = [
        Period(
            each.ref,
            (each.released, each.not_released),
            _("%(released)s of %(high)s") % {"released": number(each.released), "high": number(each.cost_high)},
        )
        for each in ordered
    ]
    parts = [Part(_("Released"), phase="plans"), Part(_("Not released"), phase="plans", open=True)]
    return replace(stacked(finding, periods, parts, width=640), table=_released_table(visit, seen, finding.title))


def _released_table(visit: Visit, seen: Overview, caption: str) -> Table:
    heads = (
        Column(_("Option")),
        Column(_("Cost, low to high")),
        Column(_("Released"), "end"),
        Column(_("Not released"), "end"),
    )
    rows = [
        Row(
            (
                Cell(title_of(visit, each.ref), ref=each.ref, phase="strategy", href=url_of(visit, each.ref)),
                Cell(cost_interval(each.cost_low, each.cost_high)),
                Cell(each.released),
                Cell(each.not_released),
            )
        )
        for each in seen.funding.options
    ]
    funds = seen.funding
    total = (
        Cell(_("In all")),
        Cell(cost_interval(funds.cost_low, funds.cost_high)),
        Cell(funds.released),
        Cell(funds.not_released),
    )
    return Table(caption, heads, (*rows, Row(total, marked=True)))


DRAWN: Mapping[str, Callable[[Visit], Figure | None]] = {
    "roadmap": roadmap,
    "dependencies": dependencies,
    "budget": budget,
    "released": released,
}
