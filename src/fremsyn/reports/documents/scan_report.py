"""The scan report: what is changing, what speaks against it, where the scan is thin, and all of its material."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.access import Visit
from fremsyn.cases.kinds import how_many
from fremsyn.figures.figure import Cell, Column
from fremsyn.reports.blocks import Block, Bullets, Heading, Paragraph, Picture
from fremsyn.reports.documents.pieces import grid, heard, marked, named, ref_cell, standing, strung
from fremsyn.scanning import context, gaps, pictures, queries, register
from fremsyn.scanning.handover import load
from fremsyn.scanning.queries import Overview, TrendLine
from fremsyn.web.templatetags.say import say_plain


def blocks(visit: Visit) -> tuple[Block, ...]:
    """Return the scan report."""
    seen = queries.overview(visit)
    return (
        Heading(context.heading(seen)),
        *_pressing(visit, seen),
        *_open(seen),
        *_against(visit, seen),
        *_field(visit),
        *_unseen(visit),
        *_handed_on(seen),
        *heard(visit, "scanning"),
        *standing(gaps.gate_of(visit)),
        *_trends(visit),
        *_signals(visit),
        *_sources(visit),
    )


def _told(line: TrendLine) -> tuple[str, str]:
    return f"{marked(named(line.entry), line.trend)}.", say_plain(line.trend.description)


def _pressing(visit: Visit, seen: Overview) -> tuple[Block, ...]:
    counts = _("%(trends)s resting on %(signals)s and %(sources)s.") % {
        "trends": how_many("trend", seen.trends),
        "signals": how_many("signal", seen.signals),
        "sources": how_many("source", seen.sources),
    }
    told = (
        (Paragraph(_("These hit hard, and soon:")), Bullets(tuple(map(_told, seen.pressing)))) if seen.pressing else ()
    )
    return Paragraph(counts, "lead"), Picture(pictures.radar(visit), apart=True), *told


def _open(seen: Overview) -> tuple[Block, ...]:
    if not seen.open:
        return ()
    heading = ngettext(
        "%(n)d trend means much and is uncertain: scenarios live on it",
        "%(n)d trends mean much and are uncertain: scenarios live on them",
        len(seen.open),
    )
    return Heading(heading % {"n": len(seen.open)}), Bullets(tuple(map(_told, seen.open)))


def _against(visit: Visit, seen: Overview) -> tuple[Block, ...]:
    if not seen.contested:
        return ()
    signals = {line.signal.ref: line.signal for line in queries.signal_lines(visit)}
    heading = ngettext(
        "Signals speak against %(n)d of the trends", "Signals speak against %(n)d of the trends", len(seen.contested)
    ) % {"n": len(seen.contested)}
    rows = [
        (
            ref_cell(visit.entries[trend.ref]),
            "; ".join(f"{ref} {say_plain(signals[ref].title)}" for ref in trend.signals.supporting),
            "; ".join(f"{ref} {say_plain(signals[ref].title)}" for ref in trend.signals.against),
        )
        for trend in seen.contested
    ]
    cards = tuple((f"{card.ref} {say_plain(card.title)}:", card.so_what) for card in seen.wild_cards)
    wild = (Heading(_("Wild cards"), 2), Bullets(cards)) if cards else ()
    return Heading(heading), grid(heading, (_("Trend"), _("For"), _("Against")), rows, (2, 2, 2)), *wild


def _field(visit: Visit) -> tuple[Block, ...]:
    return (
        Heading(_("Where in the field the trends lie")),
        Picture(pictures.field(visit), apart=True),
        Picture(pictures.covered(visit)),
    )


def _unseen(visit: Visit) -> tuple[Block, ...]:
    coverage = load(visit.case).scanning.coverage
    says = (Paragraph(coverage.says),) if coverage else ()
    return Heading(_("What we have not seen")), Bullets(tuple(gaps.gaps(visit))), *says


def _handed_on(seen: Overview) -> tuple[Block, ...]:
    heading = _("%(n)d of %(all)d trends go on to %(drivers)d drivers") % {
        "n": len(seen.handed_on),
        "all": seen.trends,
        "drivers": len(seen.drivers),
    }
    return (
        Heading(heading),
        Paragraph(seen.output),
        Paragraph(_("Trends: %(refs)s") % {"refs": strung(seen.handed_on)}),
        Bullets(tuple(named(driver) for driver in seen.drivers)),
    )


def _trends(visit: Visit) -> tuple[Block, ...]:
    content = load(visit.case).scanning
    lines = {line.trend.ref: line for line in queries.trend_lines(visit, content.trends)}
    found: list[Block] = [
        Heading(_("Annex 1 · All trends"), annex=True),
        Paragraph(_("Signals against are set with a minus."), "small"),
    ]
    heads = (_("Trend"), _("What it is"), _("Signals"))
    for theme in content.themes:
        held = [lines[trend.ref] for trend in content.trends if trend.theme == theme.id]
        if held:
            rows = [_trend(line) for line in held]
            found += [Heading(theme.name, 2), grid(say_plain(theme.name), heads, rows, (2.2, 5, 1.1))]
    return tuple(found)


def _trend(line: TrendLine) -> tuple[Cell | str, ...]:
    trend = line.trend
    signals = ", ".join((*trend.signals.supporting, *(f"−{ref}" for ref in trend.signals.against)))
    return ref_cell(line.entry, trend), say_plain(trend.description), signals


def _signals(visit: Visit) -> tuple[Block, ...]:
    heading = _("Annex 2 · All signals")
    rows = [
        (
            ref_cell(line.entry, line.signal),
            line.signal.what_changes,
            line.signal.so_what,
            strung(line.supports) + (f" −{strung(line.opposes)}" if line.opposes else ""),
        )
        for line in queries.signal_lines(visit)
    ]
    heads = (_("Signal"), _("What changes"), _("So what"), _("Speaks to"))
    return Heading(heading, annex=True), grid(heading, heads, rows, (2, 3, 3, 1))


def _sources(visit: Visit) -> tuple[Block, ...]:
    heading = _("Annex 3 · Sources")
    note = load(visit.case).sources.note
    rows = [
        (ref_cell(line.entry), line.kind, line.date, line.site, line.source.supports, line.through)
        for line in register.register(visit)
    ]
    heads = (
        _("Source"),
        _("Kind"),
        _("Date"),
        _("Published at"),
        _("What we take from it"),
        Column(_("Used by"), "end"),
    )
    return (
        Heading(heading, annex=True),
        *((Paragraph(note, "small"),) if note else ()),
        grid(heading, heads, rows, (2.6, 1.1, 1.1, 1.6, 2.4, 0.8)),
    )
