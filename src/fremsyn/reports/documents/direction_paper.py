"""The direction paper: values, the desirable scenario and what resists it, the vision, and the strategic agendas."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.access import Visit
from fremsyn.cases.shape import Text
from fremsyn.direction import pages, pictures, queries
from fremsyn.direction.gate import conditions
from fremsyn.direction.handover import load
from fremsyn.direction.queries import Change, State
from fremsyn.direction.schema import Direction
from fremsyn.figures.figure import Column
from fremsyn.framing.handover.gates import gate
from fremsyn.reports.blocks import Block, Bullets, Facts, Heading, Paragraph, Picture, Quote, Words
from fremsyn.reports.documents.pieces import (
    drawn,
    grid,
    heard,
    judged_scenarios,
    marks_of,
    named,
    ref_cell,
    rests_on,
    standing,
    strung,
    with_colon,
    with_grounds,
)
from fremsyn.web.templatetags.say import number, say_plain


def blocks(visit: Visit) -> tuple[Block, ...]:
    """Return the direction paper."""
    content, held = load(visit.case), queries.states(visit)
    return (
        *_wish(visit, content),
        *_values(visit, content),
        *_states(visit, held),
        *_resistance(visit, content, held),
        *_vision(visit, content),
        *_way(visit, content),
        *_agendas(visit),
        *judged_scenarios(visit),
        *heard(visit, "direction"),
        *standing(gate(visit.case, "direction", conditions(visit.case))),
        *_pulls(visit, held),
    )


def _wish(visit: Visit, content: Direction) -> tuple[Block, ...]:
    wished, vision = content.desirable, content.vision
    told: tuple[Block, ...] = (
        (
            Heading(wished.name, 1, wished.ref),
            Paragraph(wished.statement, "lead", marks_of(wished)),
            *rests_on(visit, (*wished.because, *wished.sources)),
            Paragraph(f"{pages.heading(visit)}."),
        )
        if wished
        else (Heading(_("The desirable scenario")), Paragraph(f"{pages.heading(visit)}."))
    )
    heard_of = (Quote(vision.text, _("The vision")), *rests_on(visit, vision.because)) if vision else ()
    return (*told, *heard_of)


def _values(visit: Visit, content: Direction) -> tuple[Block, ...]:
    rows = [(each.name, each.text, each.costs, strung(visit.shown(each.because))) for each in content.values.principles]
    heading = ngettext("%(n)d value, and what it costs", "%(n)d values, and what they cost", len(rows)) % {
        "n": len(rows)
    }
    heads = (_("Value"), _("What it means"), _("What it costs"), _("Rests on"))
    return Heading(heading), grid(heading, heads, rows, (2, 3, 2, 1)), *rests_on(visit, content.values.because)


def _states(visit: Visit, held: tuple[State, ...]) -> tuple[Block, ...]:
    found: list[Block] = [Heading(_("What we wish for, driver by driver"))]
    for group in queries.by_stance(visit, held):
        if not group.states:
            continue
        rows = [(say_plain(s.driver.title), ref_cell(s.entry), s.why, strung(s.grounds)) for s in group.states]
        heads = (_("Driver"), _("The state we wish for"), _("Why"), _("Rests on"))
        found += [
            Heading(group.stance.name, 2),
            Paragraph(group.stance.text),
            grid(say_plain(group.stance.name), heads, rows, (1.6, 2, 3, 1)),
        ]
    return tuple(found)


def _resistance(visit: Visit, content: Direction, held: tuple[State, ...]) -> tuple[Block, ...]:
    rows = [(_what(each), _resisted(each), number(each.total), _verdict(each)) for each in queries.changes(visit)]
    heads = (_("The wish"), _("Resisted in"), Column(_("In all"), "end"), _("What we said to it"))
    tried = _("What else we tried to wish for")
    tension = content.desirable.tension if content.desirable else None
    return (
        Heading(_("What resists the wish")),
        *((Paragraph(tension, "lead"),) if tension else ()),
        *((Heading(tried, 2), grid(tried, heads, rows, (2.4, 2, 0.6, 3))) if rows else ()),
        *drawn(pictures.balances(held), apart=True),
        *drawn(pictures.distances(visit), apart=True),
    )


def _what(change: Change) -> str:
    if change.chosen:
        return named(change.base)
    states = ", ".join(named(state) for state in change.states)
    return _("%(base)s with %(states)s") % {"base": named(change.base), "states": states}


def _resisted(change: Change) -> str:
    said = (_("%(driver)s by %(by)s") % {"driver": entry.ref, "by": number(by)} for entry, by in change.resists)
    return ", ".join(said) or _("nothing")


def _verdict(change: Change) -> Text | str:
    return change.verdict or _("Chosen")


def _vision(visit: Visit, content: Direction) -> tuple[Block, ...]:
    parts = (
        (_("What must be true"), content.must_be_true),
        (_("What we would regret if we got it"), content.regret_if_we_get_it),
    )
    found: list[Block] = []
    for heading, things in parts:
        if things:
            found.append(Heading(heading))
            found.append(Bullets(tuple(with_grounds(visit, each.text, each.because) for each in things)))
    return tuple(found)


def _way(visit: Visit, content: Direction) -> tuple[Block, ...]:
    steps = tuple((str(each.year), with_grounds(visit, each.text, each.because)) for each in content.backcast)
    ahead: list[Words | tuple[Words, Words]] = [
        (with_colon(each.name), with_grounds(visit, each.text, each.because)) for each in content.three_horizons
    ]
    back = (Heading(_("The way back from the horizon")), Facts(steps)) if steps else ()
    horizons = (Heading(_("Three horizons"), 2 if steps else 1), Bullets(tuple(ahead))) if ahead else ()
    return (*back, *horizons)


def _agendas(visit: Visit) -> tuple[Block, ...]:
    rows = queries.agendas(visit)
    heading = ngettext("%(n)d strategic agenda", "%(n)d strategic agendas", len(rows)) % {"n": len(rows)}
    found: list[Block] = [Heading(heading)]
    for row in rows:
        found += [
            Heading(row.agenda.name, 2, row.agenda.ref),
            Paragraph(
                row.agenda.aim, marks=(*(() if row.agenda.chosen else (_("not chosen"),)), *marks_of(row.agenda))
            ),
            Paragraph(
                _("Serves %(question)s. Rests on %(grounds)s. Options: %(options)s.")
                % {
                    "question": row.question.ref if row.question else "–",
                    "grounds": strung(row.grounds) or "–",
                    "options": strung(row.options) or "–",
                },
                "small",
            ),
        ]
    return (*found, *drawn(pictures.field(visit, rows), apart=True))


def _pulls(visit: Visit, held: tuple[State, ...]) -> tuple[Block, ...]:
    resisted = queries.resistances(visit, held)
    if not resisted:
        return ()
    found: list[Block] = [Heading(_("Annex · Who pulls which way"), annex=True)]
    for each in resisted:
        found += [Heading(each.state.entry.title, 2, each.state.entry.ref), Picture(pictures.pulls(each))]
    return tuple(found)
