"""The board's paper: what is recommended, point by point, and all that a board must know to decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.approval import analysis, queries
from fremsyn.approval.after.outcomes import Outcome, outcomes
from fremsyn.approval.paper.closing import ECONOMY, HEAD, REST, holds, said, seen
from fremsyn.approval.paper.readiness import readiness
from fremsyn.approval.paper.readings import Change, since_first_reading
from fremsyn.approval.queries import PointRow
from fremsyn.approval.schema import Meeting, Paper
from fremsyn.approval.words import access, money_found
from fremsyn.cases.access import Visit
from fremsyn.conversation.handover import load as load_conversation
from fremsyn.figures.figure import Cell, Column
from fremsyn.reports.blocks import (
    Block,
    Bullets,
    Callout,
    Facts,
    Heading,
    Paragraph,
    Picture,
    Point,
    Points,
    Words,
)
from fremsyn.reports.documents.board_decision import decision
from fremsyn.reports.documents.pieces import (
    Value,
    day,
    grid,
    insight_lines,
    marks_of,
    named,
    ref_cell,
    rests_on,
    strung,
)
from fremsyn.strategy import pictures as strategy_pictures
from fremsyn.strategy import queries as strategy_queries
from fremsyn.web.clock import write_clock
from fremsyn.web.templatetags.say import number, say_plain, signed, span

AGREED = ("agreement",)


def title(visit: Visit) -> str:
    """Return what the paper is called; nothing as long as there is none."""
    paper = seen(visit).paper
    return say_plain(paper.title) if paper else ""


def front(visit: Visit) -> tuple[Block, ...]:
    """Return the paper's header: body, meeting, item, access, author and presenter; as far as they are known."""
    approval = seen(visit)
    paper, meeting = approval.paper, analysis.meeting_of(approval)
    body = ((_("Body"), approval.body.name),) if approval.body else ()
    if paper is None:
        return (Facts((*body, (_("Paper"), _("It has not been written yet.")))),)
    lines: tuple[tuple[Words, Words | None], ...] = (
        *body,
        (_("Meeting"), _when(meeting) if meeting else None),
        (_("Item"), _item(paper, meeting)),
        (_("Access"), access(paper.access)),
        (_("Prepared by"), paper.prepared_by_role),
        (_("Presented by"), paper.presented_by_role),
        (_("Sent"), day(paper.sent) if paper.sent else None),
        (_("Paper number"), paper.id),
    )
    return (Facts(tuple((name, said) for name, said in lines if said)),)


def _when(meeting: Meeting) -> str:
    times = {"date": day(meeting.date), "begins": write_clock(meeting.begins), "ends": write_clock(meeting.ends)}
    return _("%(date)s, %(begins)s–%(ends)s") % times


def _item(paper: Paper, meeting: Meeting | None) -> str:
    """Return the item on the agenda, what kind it is and which reading, as far as they are known."""
    number = f"{paper.agenda_item}." if paper.agenda_item else ""
    reading = _("reading %(reading)d") % {"reading": meeting.reading} if meeting else ""
    return " ".join(filter(None, (number, ", ".join(filter(None, (say_plain(paper.type), reading))))))


def blocks(visit: Visit) -> tuple[Block, ...]:
    """Return the board's paper."""
    added: Mapping[str, Callable[[Visit], tuple[Block, ...]]] = {
        "alternatives": _alternatives,
        "involvement": _involvement,
        "economy": lambda each: (*_money(each), *_risks(each)),
        "next": _meetings,
    }
    paper = seen(visit).paper
    if paper is None:
        return (*_unwritten(), *_readiness(visit))
    if "approval/paper" in visit.withheld:
        return _all_lacking(paper)
    sections = paper.sections
    found = [*_lacking(visit), *_since(visit), *_points(visit)]
    for each in sections:
        shut = said(each.closed) if each.closed and holds(each.closed, visit.case.as_of) else ""
        if shut and visit.withheld:
            found += [Heading(each.name), Paragraph(shut, "small")]
            continue
        found += [
            Heading(each.name),
            Paragraph(each.text, marks=(shut,) if shut else ()),
            *rests_on(visit, each.because),
        ]
        found += added[each.id](visit) if each.id in added else ()
    if REST in visit.withheld:
        return (*found, *decision(visit))
    held = {each.id for each in sections}
    for name, write in added.items():
        found += _alone(write(visit)) if name not in held else ()
    return (*found, *_readiness(visit), *_annexes(visit), *decision(visit))


def _all_lacking(paper: Paper) -> tuple[Block, ...]:
    """Return what the public edition of a paper lacks that is closed as a whole."""
    whole = _("The whole paper: its points, sections and annexes, the money and the risks")
    lines = tuple(f"{whole}. {said(each.closed)}" for each in paper.sections if each.closed)
    return Heading(_("What this public edition lacks")), Bullets(lines)


def _lacking(visit: Visit) -> tuple[Block, ...]:
    """Return what a public edition lacks: how much is closed and why, and nothing of what it is."""
    paper, on = seen(visit).paper, visit.case.as_of
    if not visit.withheld or paper is None:
        return ()
    lines = [f"{_('Point %(point)s') % {'point': number}}. {why}" for number, _point, why in queries.shut_points(visit)]
    rest, section = _("The paper's sections and annexes, the money and the risks"), _("A section")
    lines += [
        f"{rest if each.id == HEAD else section}. {said(each.closed)}"
        for each in paper.sections
        if each.closed and holds(each.closed, on)
    ]
    if ECONOMY in visit.withheld and REST not in visit.withheld:
        lines += [_("The figures of the economy and the risks, closed with that section")]
    lines += [
        f"{_('Annex %(n)s') % {'n': each.n}}. {said(each.closed)}"
        for each in paper.annexes
        if each.closed and holds(each.closed, on)
    ]
    return Heading(_("What this public edition lacks")), Bullets(tuple(lines))


def _unwritten() -> tuple[Block, ...]:
    words = _("The paper gathers what the six phases hand over: points to be voted on, each with what it rests on.")
    return Heading(_("Recommendation")), Paragraph(_("Nothing is recommended yet.")), Paragraph(words, "small")


def _alone(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return what belongs under a section as a section of its own, where the paper has no words for it."""
    return tuple(
        replace(each, level=1) if i == 0 and isinstance(each, Heading) else each for i, each in enumerate(blocks)
    )


def _since(visit: Visit) -> tuple[Block, ...]:
    """Return what has changed since the first reading: what went out and what came in, in words."""
    since = since_first_reading(visit)
    if since is None:
        return ()
    if not since.all:
        return Heading(_("Changes since the first reading")), Paragraph(_("Nothing has changed."))
    lines = tuple((f"{_named(each)} {each.said}.", _out_and_in(each)) for each in since.all)
    return Heading(_("Changes since the first reading")), Bullets(lines)


def _named(change: Change) -> str:
    ref = change.key if "/" not in change.key else ""
    return f"{ref} {change.title}".strip()


def _out_and_in(change: Change) -> str:
    said = []
    for words in change.words:
        gone, come = (
            " … ".join(each.words for each in words.pieces if each.kind == kind) for kind in ("deleted", "inserted")
        )
        said += [_("Out: “%(words)s”.") % {"words": gone}] if gone else []
        said += [_("In: “%(words)s”.") % {"words": come}] if come else []
    return " ".join(said)


def _points(visit: Visit) -> tuple[Block, ...]:
    came = outcomes(visit)
    open_points = {
        row.number: Point(row.thing.text, row.thing.ref, _note(row, came.get(row.thing.ref)))
        for row in queries.points(visit)
    }
    shut = {number: Point(why, point.ref, "") for number, point, why in queries.shut_points(visit)}
    return (
        Heading(_("Recommendation")),
        Paragraph(_("It is recommended to the board,")),
        Points(tuple(point for _number, point in sorted((open_points | shut).items()))),
        Paragraph(_("Each point is voted on by itself. Disagreement is entered in the minutes."), "small"),
    )


def _note(row: PointRow, came: Outcome | None) -> str:
    grounds = ", ".join(f"{run.first.ref}–{run.last.ref}" if run.last else run.first.ref for run in row.grounds)
    said = [came.said.rstrip(".")] if came else []
    rests = _("Rests on %(refs)s") if came else _("rests on %(refs)s")
    said += [rests % {"refs": grounds}] if grounds else []
    if row.why.way:
        way = " → ".join(entry.ref for entry in row.why.way if entry.ref)
        count = ngettext("%(n)d source in all", "%(n)d sources in all", len(row.why.sources))
        said.append(_("Why: %(way)s (%(sources)s)") % {"way": way, "sources": count % {"n": len(row.why.sources)}})
    return ". ".join((*said, *marks_of(row.thing)))


def _alternatives(visit: Visit) -> tuple[Block, ...]:
    shown = queries.alternatives(visit)
    rows: list[list[Value]] = [
        [
            ref_cell(entry),
            ref_cell(role),
            span(found.cost_low, found.cost_high),
            *(Cell(value, text=signed(value)) for value in found.value),
            number(found.mean),
        ]
        for entry, role, found in shown["alternatives"]
    ]
    heads: list[str | Column] = [
        _("Possible strategy"),
        _("Role"),
        Column(_("DKK million"), "end"),
        *(Column(world.ref, "end") for world in shown["worlds"]),
        Column(_("Mean"), "end"),
    ]
    caption = str(shown["alternatives_heading"])
    worlds = "; ".join(named(world) for world in shown["worlds"])
    note = _(
        "The value of the options added up, in each scenario: %(worlds)s. Equal weight is a rule for sums and no probability."
    )
    return (
        Heading(caption, 2),
        grid(caption, heads, rows, (2.2, 2.0, 0.9, *([0.5] * len(shown["worlds"])), 1)),
        Paragraph(note % {"worlds": worlds}, "small"),
        *_deselected(visit),
    )


def _deselected(visit: Visit) -> tuple[Block, ...]:
    left = strategy_queries.deselected(visit)
    if not left:
        return ()
    reasons = tuple((f"{named(each.row.entry)}.", each.text or _("No reason is written.")) for each in left)
    return (
        Heading(_("What was deselected, and what it would have given"), 2),
        Bullets(reasons),
        Picture(strategy_pictures.left_out(visit, left)),
    )


def _involvement(visit: Visit) -> tuple[Block, ...]:
    learnt = load_conversation(visit.case).conversation.insights
    sides = (
        (_("Where there is agreement"), [each for each in learnt if each.shows in AGREED]),
        (_("Where there is disagreement, and what surprised"), [each for each in learnt if each.shows not in AGREED]),
    )
    found: list[Block] = []
    for heading, things in sides:
        if things:
            found += [Heading(heading, 2), insight_lines(visit, things)]
    return tuple(found)


def _money(visit: Visit) -> tuple[Block, ...]:
    approval_money = queries.money(visit)
    money = approval_money["money"]
    rows: list[tuple[Value, ...]] = [
        (ref_cell(entry), row.initiatives, *map(number, row.by_year), number(row.total))
        for entry, row in approval_money["money_rows"]
    ]
    rows.append((_("In all"), money.initiatives, *map(number, money.by_year.values()), number(money.released)))
    heads: list[str | Column] = [
        _("Strategic agenda"),
        Column(_("Initiatives"), "end"),
        *(Column(str(year), "end") for year in money.by_year),
        Column(_("In all"), "end"),
    ]
    caption = money_found(money)
    return Heading(caption, 2), grid(caption, heads, rows, (4, 1, *([0.8] * len(money.by_year)), 0.8))


def _risks(visit: Visit) -> tuple[Block, ...]:
    paper = seen(visit).paper
    risks = paper.risks if paper else ()
    if not risks:
        return ()
    heading = ngettext(
        "%(n)d risk, with its owner and answer", "%(n)d risks, each with its owner and answer", len(risks)
    ) % {"n": len(risks)}
    rows = [(each.text, each.answer, each.owner_role, strung(visit.shown(each.because))) for each in risks]
    return (
        Heading(_("Risks")),
        grid(heading, (_("Risk"), _("What is done about it"), _("Owner"), _("Rests on")), rows, (3, 3, 1.6, 1.2)),
    )


def _meetings(visit: Visit) -> tuple[Block, ...]:
    lines = []
    for row in queries.meetings(visit):
        thing = row.thing
        on = _("%(title)s, %(date)s:") % {"title": say_plain(thing.title), "date": day(thing.date)}
        lines.append((on, thing.outcome or thing.method or thing.kind or ""))
    return Heading(_("The meetings"), 2), Bullets(tuple(lines))


def _readiness(visit: Visit) -> tuple[Block, ...]:
    rows = queries.points(visit)
    unverified = dict.fromkeys(entry for row in rows for entry in row.why.unverified)
    gate = readiness(visit, rows)
    missing = tuple(each.text for each in gate["conditions"] if not each.done)
    refs = strung(tuple(unverified))
    bare = (
        Callout(_("Unverified."), _("Under the points, these rest on no checked source: %(refs)s.") % {"refs": refs}),
    )
    return (
        Heading(_("What the paper does not yet have")),
        *((Bullets(missing),) if missing else (Paragraph(_("Nothing is missing.")),)),
        *(bare if refs else ()),
    )


def _annexes(visit: Visit) -> tuple[Block, ...]:
    paper = seen(visit).paper
    annexes = paper.annexes if paper else ()
    if not annexes:
        return ()
    day = visit.case.as_of
    lines = tuple(
        (
            f"{each.n}",
            _closed_annex(visit, each.name, said(each.closed))
            if each.closed and holds(each.closed, day)
            else each.name,
        )
        for each in annexes
    )
    return Heading(_("Annexes")), Facts(lines)


def _closed_annex(visit: Visit, name: Words, why: str) -> str:
    return why if visit.withheld else f"{say_plain(name)}. {why}"
