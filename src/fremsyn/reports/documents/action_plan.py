"""The action plan: what is done, by whom, when and for how much, and the signposts that tell which future comes."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.access import Visit
from fremsyn.figures.figure import Column
from fremsyn.plans import pictures, queries
from fremsyn.plans.analysis import framed, overview
from fremsyn.plans.queries import InitiativeRow, SignpostRow
from fremsyn.plans.words import amount
from fremsyn.reports.blocks import Block, Bullets, Facts, Heading, Paragraph
from fremsyn.reports.documents.pieces import (
    drawn,
    grid,
    heard,
    marks_of,
    named,
    ref_cell,
    rests_on,
    standing,
    strung,
)
from fremsyn.web.templatetags.say import number, quarter, say_plain, signed


def blocks(visit: Visit) -> tuple[Block, ...]:
    """Return the action plan."""
    return (
        *_plan(visit),
        *_money(visit),
        *_owners(visit),
        *_signposts(visit),
        *_unwatched(visit),
        *heard(visit, "plans"),
        *standing(queries.phase_gate(visit)),
        *_initiatives(visit),
        *_readings(visit),
    )


def _plan(visit: Visit) -> tuple[Block, ...]:
    plans = overview(visit.case).plans
    staffing = (Paragraph(plans.notes.staffing),) if plans.notes and plans.notes.staffing else ()
    rows = [
        (
            ref_cell(row.entry, row.thing),
            row.thing.owner_role,
            f"{quarter(row.thing.start)}–{quarter(row.thing.end)}",
            number(row.cost),
        )
        for row in queries.initiative_rows(visit)
    ]
    heads = (_("Initiative"), _("Owner"), _("When"), Column(_("DKK million"), "end"))
    heading = queries.heading(visit)
    return (
        Heading(heading),
        grid(heading, heads, rows, (3.4, 2, 1.4, 0.9)),
        *staffing,
    )


def _money(visit: Visit) -> tuple[Block, ...]:
    seen = overview(visit.case)
    heading = _("%(released)s released of at most %(high)s") % {
        "released": amount(seen.funding.released),
        "high": amount(seen.funding.cost_high),
    }
    why = (Paragraph(seen.plans.budget.why),) if seen.plans.budget.why else ()
    return (
        Heading(heading),
        *why,
        *_framed(visit),
        *drawn(pictures.budget(visit)),
        *drawn(pictures.released(visit), apart=True),
        Heading(_("What waits for what")),
        *drawn(pictures.dependencies(visit), apart=True),
        *drawn(pictures.roadmap(visit), wide=True, apart=True),
    )


def _framed(visit: Visit) -> tuple[Block, ...]:
    seen = overview(visit.case)
    rows = [
        (str(each.year), number(each.sum), number(each.frame), signed(each.left))
        for each in framed(seen.plans, seen.money.by_year)
    ]
    if not rows:
        return ()
    heads = (_("Year"), Column(_("Sum"), "end"), Column(_("Frame"), "end"), Column(_("Left"), "end"))
    return (grid(_("Each year's sum beside its frame, DKK million"), heads, rows),)


def _owners(visit: Visit) -> tuple[Block, ...]:
    rows = [
        (row.role, strung(row.initiatives) or "–", number(row.cost), strung(row.signposts) or "–")
        for row in queries.owners(visit)
    ]
    heading = ngettext("%(n)d role answers for it", "%(n)d roles answer for it", len(rows)) % {"n": len(rows)}
    heads = (_("Role"), _("Initiatives"), Column(_("DKK million"), "end"), _("Signposts"))
    return Heading(heading), grid(heading, heads, rows, (2.4, 2, 0.9, 2))


def _signposts(visit: Visit) -> tuple[Block, ...]:
    rows = queries.signpost_rows(visit)
    unread = sum(not row.thing.reading for row in rows)
    heading = ngettext(
        "%(n)d signpost tells which future is coming", "%(n)d signposts tell which future is coming", len(rows)
    ) % {"n": len(rows)}
    said = ngettext("%(n)d of them has not been read yet.", "%(n)d of them have not been read yet.", unread)
    lines = [(ref_cell(row.entry, row.thing), row.threshold, _speaks(row), strung(row.touches)) for row in rows]
    heads = (_("Signpost"), _("It trips"), _("Speaks"), _("Touches"))
    return (
        Heading(heading),
        *((Paragraph(said % {"n": unread}),) if unread else ()),
        grid(heading, heads, lines, (2.6, 2, 2.6, 1.3)),
    )


def _speaks(row: SignpostRow) -> str:
    words = _("for %(state)s") if row.thing.speaks == "for" else _("against %(state)s")
    return words % {"state": named(row.variant)}


def _unwatched(visit: Visit) -> tuple[Block, ...]:
    left = visit.shown(overview(visit.case).coverage.unwatched)
    if not left:
        return ()
    heading = ngettext(
        "No signpost watches %(n)d of the chosen options", "No signpost watches %(n)d of the chosen options", len(left)
    )
    return Heading(heading % {"n": len(left)}, 2), Bullets(tuple(named(entry) for entry in left))


def _initiatives(visit: Visit) -> tuple[Block, ...]:
    found: list[Block] = [Heading(_("Annex 1 · The initiatives"), annex=True)]
    for row in queries.initiative_rows(visit):
        found += _initiative(visit, row)
    return tuple(found)


def _initiative(visit: Visit, row: InitiativeRow) -> list[Block]:
    thing = row.thing
    years = ", ".join(f"{year}: {number(sum_)}" for year, sum_ in thing.budget.items())
    waits = ((_("Waits for"), "; ".join(map(named, row.waits_for))),) if row.waits_for else ()
    indicator = ((_("Indicator"), thing.indicator),) if thing.indicator else ()
    facts = (
        (_("Carries out"), named(row.option)),
        (_("Owner"), thing.owner_role),
        (_("When"), f"{quarter(thing.start)}–{quarter(thing.end)}"),
        (_("DKK million"), f"{number(row.cost)} ({years})"),
        *waits,
        (_("Can slip"), row.slack_words),
        *indicator,
    )
    marks = tuple((f"{mark.ref} {quarter(mark.at)}:", mark.text) for mark in thing.milestones)
    tags = marks_of(thing)
    return [
        Heading(thing.name, 2, thing.ref),
        *((Paragraph("", marks=tags),) if tags else ()),
        Facts(facts),
        *((Bullets(marks),) if marks else ()),
        *rests_on(visit, (*thing.because, *thing.sources)),
    ]


def _readings(visit: Visit) -> tuple[Block, ...]:
    heading = _("Annex 2 · How the signposts are read")
    rows = [
        (
            ref_cell(row.entry, row.thing),
            row.thing.owner_role,
            row.thing.frequency,
            row.thing.read_from,
            _reading(row),
            strung(visit.shown((*row.thing.because, *row.thing.sources))),
        )
        for row in queries.signpost_rows(visit)
    ]
    heads = (_("Signpost"), _("Owner"), _("How often"), _("Read from"), _("Last reading"), _("Rests on"))
    return Heading(heading, annex=True), grid(heading, heads, rows, (2.2, 1.5, 1.2, 1.8, 1.3, 1.2))


def _reading(row: SignpostRow) -> str:
    reading = row.thing.reading
    if reading is None:
        return _("not read yet")
    words = f"{number(reading.number)} {say_plain(row.thing.unit)}, {quarter(reading.at)}"
    return f"{words}. {say_plain(reading.note)}" if reading.note else words
