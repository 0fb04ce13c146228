"""What several documents are made of: grounds, tables, what was heard, what a gate asks for."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fremsyn.approval.queries import runs
from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.conversation.answers import answers
from fremsyn.conversation.handover import load as load_conversation
from fremsyn.conversation.handover.judged import NO_PROBABILITY, said
from fremsyn.conversation.handover.talk import phase_talk
from fremsyn.conversation.schema import Insight, Session
from fremsyn.conversation.wording import SHOWS, circle_name
from fremsyn.core.text import LANGUAGES, Text
from fremsyn.figures.figure import Cell, Column, Figure, Row, Table
from fremsyn.framing.handover.gates import Gate
from fremsyn.reports.blocks import Block, Bullets, Callout, Facts, Grid, Heading, Paragraph, Picture, Points, Words
from fremsyn.web.templatetags.say import say_plain

Value = Words | Cell | int | float | None


def day(date: datetime.date) -> str:
    """Return a date as it is written in the language in use: 27. november 2026, 27 November 2026."""
    return date_format(date, "DATE_FORMAT")


def named(entry: Entry) -> str:
    """Return an entry as it is named in prose: reference and title."""
    return f"{entry.ref} {say_plain(entry.title)}".strip()


def strung(entries: Sequence[Entry]) -> str:
    """Return the references of entries in one line; those that follow each other as first–last."""
    items = [entry for entry in entries if entry.ref]
    return ", ".join(f"{run.first.ref}–{run.last.ref}" if run.last else run.first.ref for run in runs(items))


def rests_on(visit: Visit, keys: Iterable[str]) -> tuple[Block, ...]:
    """Return the line that says what something rests on; nothing where it rests on nothing that may be seen."""
    refs = strung(visit.shown(dict.fromkeys(keys)))
    return (Paragraph(_("Rests on %(refs)s") % {"refs": refs}, "small"),) if refs else ()


def with_grounds(visit: Visit, words: Words, keys: Iterable[str]) -> Words:
    """Return words with what they rest on in brackets behind them."""
    refs = strung(visit.shown(dict.fromkeys(keys)))
    if not refs:
        return words
    if isinstance(words, str):
        return f"{words} ({refs})"
    written = {code: getattr(words, code) for code in LANGUAGES}
    return Text(**{code: f"{said} ({refs})" if said else said for code, said in written.items()})


def marks_of(thing: object) -> tuple[str, ...]:
    """Return the marks that a thing carries of its own."""
    return (_("unverified"),) if getattr(thing, "unverified", False) else ()


def marked(words: Words, thing: object) -> str:
    """Return words for a table's cell, with the thing's mark behind them."""
    return " ".join((say_plain(words), *(f"[{mark}]" for mark in marks_of(thing))))


def cell(value: Value) -> Cell:
    """Return a value as a table's cell; an entry of the case is given with `ref_cell`."""
    if isinstance(value, Cell):
        return value
    return Cell(say_plain(value)) if isinstance(value, Text) else Cell(value)


def ref_cell(entry: Entry, thing: object = None) -> Cell:
    """Return an entry as a table's cell: its reference, its title, its mark, and where its page is."""
    return Cell(marked(entry.title, thing or entry), ref=entry.ref, phase=entry.phase, href=entry.url)


def grid(
    caption: str,
    heads: Sequence[str | Column],
    rows: Iterable[Sequence[Value]],
    widths: tuple[float, ...] = (),
    wide: bool = False,
) -> Grid:
    """Return a table with these headings and rows."""
    columns = tuple(head if isinstance(head, Column) else Column(head) for head in heads)
    lines = tuple(Row(tuple(cell(value) for value in row)) for row in rows)
    return Grid(Table(caption, columns, lines), wide, widths)


def drawn(figure: Figure | None, *, wide: bool = False, apart: bool = False, beside: bool = False) -> tuple[Block, ...]:
    """Return a picture; nothing where there was nothing to draw."""
    return (Picture(figure, wide, apart, beside),) if figure else ()


def without_column(table: Table, at: int) -> Table:
    """Return a table without a column: one that only leads to other pages."""
    rows = tuple(replace(row, cells=row.cells[:at] + row.cells[at + 1 :]) for row in table.rows)
    return replace(table, columns=table.columns[:at] + table.columns[at + 1 :], rows=rows)


def heard(visit: Visit, phase: str) -> tuple[Block, ...]:
    """Return what came of the phase's conversation: the leadership's four fields, and what was learnt."""
    talk = phase_talk(visit, phase)
    held = [each for each in talk.sessions if each.ref in visit.entries and each.minutes]
    learnt = [each for each in talk.insights if each.ref in visit.entries]
    if not held and not learnt:
        return ()
    return (
        Heading(_("What the conversation gave")),
        *(block for each in held for block in session(visit, each)),
        *insights(visit, learnt),
    )


def judged_scenarios(visit: Visit) -> tuple[Block, ...]:
    """Return what the circles said of each scenario in the latest round that asked of it; nothing where none is shown."""
    rows = [
        (
            ref_cell(each.entry) if each.entry else say_plain(each.scenario.title),
            f"{each.verdict} {_('Synthetic answers.')}" if each.synthetic else each.verdict,
            f"{each.round.ref}, {day(each.scenario.round.closes)}",
        )
        for each in said(visit).values()
    ]
    if not rows:
        return ()
    heading = _("What the circles said of the scenarios")
    heads = (_("Scenario"), _("What the circles said"), _("Judged in"))
    return (
        Heading(heading),
        Callout(_("No probability."), str(NO_PROBABILITY)),
        grid(heading, heads, rows, (1.4, 3, 1)),
    )


def session(visit: Visit, held: Session) -> tuple[Block, ...]:
    """Return what came of a session, in its four fields."""
    said = vars(held.minutes) if held.minutes else {}
    fields = load_conversation(visit.case).conversation.minutes_fields
    on = _("%(circle)s, %(date)s") % {
        "circle": circle_name(visit.case, held.circle),
        "date": day(held.held),
    }
    return (
        Heading(held.title, 2, held.ref),
        Paragraph(on, "small"),
        Bullets(tuple((with_colon(field.name), said[field.id]) for field in fields if said.get(field.id))),
    )


def with_colon(words: Text) -> Text:
    """Return a name as the lead of what follows it."""
    return Text(
        **{code: f"{getattr(words, code)}:" if getattr(words, code) else getattr(words, code) for code in LANGUAGES}
    )


def insights(visit: Visit, learnt: Sequence[Insight]) -> tuple[Block, ...]:
    """Return what was learnt under its heading; nothing where nothing was."""
    return (Heading(_("What we learnt"), 2), insight_lines(visit, learnt)) if learnt else ()


def insight_lines(visit: Visit, learnt: Sequence[Insight]) -> Bullets:
    """Return insights as a list, each with how it shows the circles, its mark and its computed figures."""
    return Bullets(
        tuple((f"{marked(f'{each.ref} {say_plain(each.title)}', each)}.", _learnt(visit, each)) for each in learnt)
    )


def _learnt(visit: Visit, each: Insight) -> str:
    return " ".join(filter(None, (f"{SHOWS[each.shows]}.", say_plain(each.text), evidence(visit, each))))


def evidence(visit: Visit, learnt: Insight) -> str:
    """Return the computed figures that an insight rests on; a circle too small to be shown is said to be."""
    results = answers(visit.case).statements
    said = []
    for each in learnt.evidence:
        result = results.get(each.statement)
        count = result.by_circle.get(each.circle) if result else None
        circle = circle_name(visit.case, each.circle)
        share = _("%(n)d per cent") % {"n": count.agree_per_cent} if count else _("too few to be shown")
        said.append(f"{each.statement} {circle.lower()}: {share}")
    return _("Agree: %(shares)s.") % {"shares": "; ".join(said)} if said else ""


def standing(gate: Gate) -> tuple[Block, ...]:
    """Return what was decided at the phase's gate, and what it asks for that is missing or thin."""
    missing = tuple(each.text for each in gate.conditions if not each.done and not each.thin)
    thin = tuple(each.text for each in gate.conditions if not each.done and each.thin)
    done = tuple(each.text for each in gate.conditions if each.done)
    decision = [Paragraph(gate.decision, "lead")] if gate.decision else [Paragraph(_("The gate has not been passed."))]
    return (
        Heading(_("What was decided, and what is missing")),
        *decision,
        *((Heading(_("Missing"), 2), Bullets(missing)) if missing else ()),
        *((Heading(_("Thin"), 2), Bullets(thin)) if thin else ()),
        *((Heading(_("In place"), 2), Bullets(done)) if done else ()),
    )


def filled(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks of a document without those that hold nothing; a heading under which nothing is left says so."""
    kept = [block for block in blocks if not _is_empty(block)]
    found: list[Block] = []
    for at, block in enumerate(kept):
        found.append(block)
        following = kept[at + 1] if at + 1 < len(kept) else None
        if isinstance(block, Heading) and _ends_at(block, following):
            found.append(Paragraph(_("Nothing has been written here yet."), "small"))
    return tuple(found)


def _is_empty(block: Block) -> bool:
    match block:
        case Bullets(entries=entries):
            return not entries
        case Facts(pairs=pairs):
            return not pairs
        case Points(points=points):
            return not points
        case Grid(table=table):
            return not table.rows
    return False


def _ends_at(heading: Heading, following: Block | None) -> bool:
    """Tell whether nothing stands under a heading: what follows is another of its level or above, or nothing."""
    return following is None or (isinstance(following, Heading) and following.level <= heading.level)
