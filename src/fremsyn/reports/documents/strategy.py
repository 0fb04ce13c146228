"""The strategy: the role, the choice and its reasons, what is let go of, and every figure behind it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.figures.figure import Column
from fremsyn.framing.handover.gates import gate
from fremsyn.reports.blocks import Block, Bullets, Facts, Heading, Paragraph, Picture, Quote
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
    with_grounds,
)
from fremsyn.strategy import best, pages, pictures, queries
from fremsyn.strategy.gate import conditions
from fremsyn.strategy.handover import load
from fremsyn.strategy.queries import OptionRow, StrategyRow
from fremsyn.strategy.schema import Reasoned, Strategy
from fremsyn.web.templatetags.say import number, say_plain, signed, span


def blocks(visit: Visit) -> tuple[Block, ...]:
    """Return the strategy."""
    content = load(visit.case)
    return (
        *_answer(visit, content),
        *_choice(visit, content),
        *_figures(visit, content),
        *_left(visit, content),
        *heard(visit, "strategy"),
        *standing(gate(visit.case, "strategy", conditions(visit.case))),
        *_roles(visit),
        *_tunnel(visit),
        *_options(visit),
    )


def _paragraph(visit: Visit, heading: str, thing: Reasoned | None) -> tuple[Block, ...]:
    if thing is None:
        return ()
    return Heading(heading, 2), Paragraph(thing.text), *rests_on(visit, thing.because)


def _answer(visit: Visit, content: Strategy) -> tuple[Block, ...]:
    answer = content.role_answer
    actions = tuple(with_grounds(visit, each.text, each.because) for each in content.coherent_actions)
    return (
        Heading(_("The role we take")),
        *((Quote(answer.text, _("Answer to the focal question")), *rests_on(visit, answer.because)) if answer else ()),
        *_paragraph(visit, _("What the matter is"), content.diagnosis),
        *_paragraph(visit, _("What we go by"), content.guiding_policy),
        *((Heading(_("What we do"), 2), Bullets(actions)) if actions else ()),
    )


def _choice(visit: Visit, content: Strategy) -> tuple[Block, ...]:
    row = next((each for each in queries.strategies(visit) if each.chosen), None)
    if row is None:
        return (Heading(_("The choice")),)
    rows = [
        (
            ref_cell(each.entry, each.option),
            ref_cell(each.agenda),
            f"{each.option.period.begins}–{each.option.period.ends}",
            span(each.option.cost_mdkk.low, each.option.cost_mdkk.high),
            signed(each.tested.worst),
        )
        for each in queries.options(visit)
        if each.chosen
    ]
    end = [Column(words, "end") for words in (_("DKK million"), _("Worst value"))]
    caption = ngettext("%(n)d option is chosen", "%(n)d options are chosen", len(rows)) % {"n": len(rows)}
    return (
        Heading(row.strategy.name, 1, row.strategy.ref),
        Paragraph(row.strategy.text, "lead", marks_of(row.strategy)),
        *rests_on(visit, (*row.strategy.because, *row.strategy.sources)),
        _sums(row, content),
        Heading(caption, 2),
        grid(caption, (_("Option"), _("Strategic agenda"), _("Years"), *end), rows, (3, 2.4, 1, 0.9, 0.9)),
    )


def _sums(row: StrategyRow, content: Strategy) -> Facts:
    priced = row.priced
    if priced is None:
        return Facts(((_("Role"), named(row.role)),))
    cost = {"cost": span(priced.cost_low, priced.cost_high)}
    said = _("DKK %(cost)s million; no frame is set") % cost
    if content.budget_mdkk is not None:
        said = _("DKK %(cost)s million; the frame is %(frame)s") % {**cost, "frame": number(content.budget_mdkk)}
    return Facts(
        (
            (_("Role"), named(row.role)),
            (_("Cost"), said),
            (_("Value"), ", ".join(f"{ref} {signed(value)}" for ref, value in priced.value.items())),
            (_("Greatest regret"), number(priced.max_regret)),
            (_("Mean value"), number(priced.mean_value)),
        )
    )


def _figures(visit: Visit, content: Strategy) -> tuple[Block, ...]:
    rows = queries.weighed(queries.strategies(visit))
    deviation = content.deviation
    reasons = (
        (_("From least regret"), deviation.from_minimax if deviation else None),
        (_("From the highest mean"), deviation.from_best_mean if deviation else None),
    )
    told = tuple((name, text) for name, text in reasons if text)
    why = (Heading(_("Why we do not just follow the sums"), 2), Facts(told)) if told else ()
    return (
        Heading(pages.heading(visit)),
        *((Paragraph(content.value_rule, "small"),) if content.value_rule else ()),
        *drawn(pictures.values(visit, rows)),
        *drawn(pictures.regrets(visit, rows)),
        *drawn(pictures.costs(visit, rows), apart=True),
        *drawn(best.ties(visit)),
        *why,
        *(rests_on(visit, deviation.because) if deviation and told else ()),
    )


def _left(visit: Visit, content: Strategy) -> tuple[Block, ...]:
    left = queries.deselected(visit)
    if not left and not content.non_choices:
        return ()
    heading = ngettext("What we let go of: %(n)d option", "What we let go of: %(n)d options", len(left)) % {
        "n": len(left)
    }
    reasons = tuple(
        (f"{named(each.row.entry)}.", with_grounds(visit, each.text or _("No reason is written."), _keys(each.grounds)))
        for each in left
    )
    declined = tuple(with_grounds(visit, each.text, each.because) for each in content.non_choices)
    return (
        Heading(heading),
        *((Bullets(reasons), Picture(pictures.left_out(visit, left))) if left else ()),
        *((Heading(_("What we will not do"), 2), Bullets(declined)) if declined else ()),
    )


def _keys(entries: tuple[Entry, ...]) -> tuple[str, ...]:
    return tuple(entry.key for entry in entries)


def _roles(visit: Visit) -> tuple[Block, ...]:
    found: list[Block] = [Heading(_("Annex 1 · The possible roles in the scenarios"), annex=True)]
    for row in queries.roles(visit):
        rows = [(ref_cell(c.scenario), c.there.be, c.there.stop) for c in row.cells if c.there]
        marks = (*((_("chosen"),) if row.chosen else ()), *marks_of(row.role))
        found += [
            Heading(row.role.name, 2, row.role.ref),
            Paragraph(row.role.text, marks=marks),
            grid(
                say_plain(row.role.name),
                (_("Scenario"), _("What we would be"), _("What we would stop being")),
                rows,
                (1.4, 2, 2),
            ),
            *rests_on(visit, (*row.role.because, *row.role.sources)),
        ]
    return tuple(found)


def _tunnel(visit: Visit) -> tuple[Block, ...]:
    heading = _("Annex 2 · Every option in every scenario")
    return Heading(heading, annex=True), *drawn(pictures.wind_tunnel(visit, queries.options(visit)))


def _options(visit: Visit) -> tuple[Block, ...]:
    found: list[Block] = [
        Heading(_("Annex 3 · The options and their judgements"), annex=True),
        _scales(visit),
    ]
    for row in queries.options(visit):
        found += _option(visit, row)
    clashes = tuple((f"{strung(rule.pair)}:", rule.reason) for rule in queries.exclusions(visit))
    return (*found, *((Heading(_("What can't be had together"), 2), Bullets(clashes)) if clashes else ()))


def _scales(visit: Visit) -> Facts:
    scales = load(visit.case).scales
    return Facts(
        (
            (_("Effect"), scales.effect),
            (_("Score"), scales.score),
            (_("Effort"), scales.effort),
            (_("Risk"), scales.risk),
            (_("Cost"), scales.cost),
        )
    )


def _option(visit: Visit, row: OptionRow) -> list[Block]:
    option = row.option
    rules = (
        *((_("requires %(refs)s") % {"refs": strung(row.requires)},) if row.requires else ()),
        *((_("excludes %(refs)s") % {"refs": strung(row.excludes)},) if row.excludes else ()),
    )
    facts = _("Effect %(effect)d, effort %(effort)d, risk %(risk)d; DKK %(cost)s million; %(first)d–%(last)d") % {
        "effect": option.effect,
        "effort": option.effort,
        "risk": option.risk,
        "cost": span(option.cost_mdkk.low, option.cost_mdkk.high),
        "first": option.period.begins,
        "last": option.period.ends,
    }
    scores = tuple(
        (f"{each.scenario.ref} {signed(each.score)}:", each.reason)
        for each in queries.scored(visit, row, pictures.step([row]))
    )
    return [
        Heading(option.name, 2, option.ref),
        Paragraph(option.description, marks=(*((_("chosen"),) if row.chosen else ()), *marks_of(option))),
        Paragraph("; ".join((facts, *rules)) + ".", "small"),
        Bullets(scores),
        *rests_on(visit, (*option.because, *option.sources)),
    ]
