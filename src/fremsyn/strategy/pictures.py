"""The pictures of the strategy: the wind tunnel, the possible strategies side by side, the best of all, what is left."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.cases.shape import Number
from fremsyn.figures.bars import Interval, facets, intervals
from fremsyn.figures.figure import Cell, Column, Figure, Finding
from fremsyn.figures.matrix import Side, assembled, heat, toned
from fremsyn.figures.points import Axis
from fremsyn.strategy import queries
from fremsyn.strategy.handover import load
from fremsyn.strategy.queries import Left, OptionRow, StrategyRow, WeighedRow
from fremsyn.strategy.words import named, reading, tone
from fremsyn.web.templatetags.say import listed, number, say_plain, signed, span


def worlds(visit: Visit) -> tuple[Entry, ...]:
    """Return the working scenarios."""
    return tuple(visit.entries[each.ref] for each in queries.working(visit.case))


def heads(visit: Visit) -> list[Side]:
    """Return the working scenarios as the columns of a table."""
    return [Side(named(entry), href=entry.url, phase="scenarios") for entry in worlds(visit)]


def step(rows: Sequence[OptionRow]) -> float:
    """Return how much value is one tone, so that the strongest option takes the strongest."""
    return (max((abs(value) for row in rows for value in row.tested.value.values()), default=0) or 3) / 3


def wind_tunnel(visit: Visit, rows: Sequence[OptionRow]) -> Figure | None:
    """Draw every option's value in every working scenario, grouped by agenda; nothing where there are none."""
    if not rows or not worlds(visit):
        return None
    agendas = list(dict.fromkeys(row.agenda.ref for row in rows))
    rows = sorted(rows, key=lambda row: agendas.index(row.agenda.ref))
    sides, opened = [], ""
    for row in rows:
        group = named(row.agenda) if row.agenda.ref != opened else ""
        opened = row.agenda.ref
        cost = row.option.cost_mdkk
        extra = (
            Cell(row.tested.worst, text=signed(row.tested.worst)),
            Cell(span(cost.low, cost.high), align="end"),
            Cell(reading(row.tested.reading), tag=tone(row.tested.reading) or "plain"),
        )
        sides.append(
            Side(
                say_plain(row.option.name),
                ref=row.option.ref,
                phase="strategy",
                href=row.entry.url,
                group=group,
                marked=row.chosen,
                extra=extra,
            )
        )
    values = [_values(visit, row, step(rows)) for row in rows]
    extras = (_("Worst"), _("DKK million"), _("Read it as"))
    drawn = heat(_harm_found(visit, rows), sides, heads(visit), values, corner=_("Option"), extras=extras)
    columns = (*drawn.table.columns[:-1], Column(extras[-1]))
    return replace(drawn, table=replace(drawn.table, columns=columns))


def _values(visit: Visit, row: OptionRow, tone: float) -> list[Cell]:
    return [_value(row, world.ref, tone) for world in worlds(visit)]


def _value(row: OptionRow, world: str, tone: float) -> Cell:
    value = row.tested.value.get(world)
    if value is None:
        return toned(None)
    return toned(value, tone, text=signed(value), title=say_plain(row.option.scores[world].reason))


def _harm_found(visit: Visit, rows: Sequence[OptionRow]) -> Finding:
    harm = {each: sum(row.tested.value.get(each.ref, 0) < 0 for row in rows) for each in worlds(visit)}
    ranked = [(named(world), count) for world, count in sorted(harm.items(), key=lambda pair: -pair[1]) if count]
    if not ranked:
        title = _("No option harms in any of the scenarios")
    else:
        first = ngettext("%(count)d option harms in %(world)s", "%(count)d options harm in %(world)s", ranked[0][1]) % {
            "count": ranked[0][1],
            "world": ranked[0][0],
        }
        rest = [_("%(count)d in %(world)s") % {"count": count, "world": world} for world, count in ranked[1:]]
        title = ", ".join((first, *rest))
    counts = {code: sum(row.tested.reading == code for row in rows) for code in dict.fromkeys(_codes(rows))}
    told = ". ".join(f"{reading(code)}: {count}" for code, count in counts.items())
    return Finding(
        "wind_tunnel",
        title,
        f"{title}. {told}.",
        subtitle=_(
            "Value in each scenario = effect (1 to 5) × score (−2 to +2). Options in the chosen strategy are marked"
        ),
        note=told + ".",
    )


def _codes(rows: Sequence[OptionRow]) -> list[str]:
    order = ("helps_in_all", "harms_in_none", "depends", "helps_in_none", "unscored")
    return [code for code in order if any(row.tested.reading == code for row in rows)]


def values(visit: Visit, rows: Sequence[WeighedRow]) -> Figure | None:
    """Draw what each possible strategy is worth in each working scenario, side by side; nothing where there are none."""
    if not rows:
        return None
    across = worlds(visit)
    table = [[row.priced.value[world.ref] for world in across] for row in rows]
    most = {world.ref: max(row.priced.value[world.ref] for row in rows) for world in across}
    held = next((row for row in rows if row.chosen), None)
    leads = [world for world in across if held and held.priced.value[world.ref] == most[world.ref]]
    title = _("%(name)s gives as much as any other in %(count)d of %(all)d scenarios") % {
        "name": named(held.entry) if held else "",
        "count": len(leads),
        "all": len(across),
    }
    if held is None:
        title = _("What the possible strategies give in each scenario")
    behind = [_beaten(rows, world, most[world.ref]) for world in across if world not in leads]
    alt = "; ".join(
        f"{row.entry.ref}: " + ", ".join(f"{ref} {signed(value)}" for ref, value in row.priced.value.items())
        for row in rows
    )
    finding = Finding("values", title, alt, subtitle=_("The sum of the options' values"), note=" ".join(behind))
    drawn = facets(
        finding,
        [Side("", row.entry.ref, "strategy", row.entry.url, marked=row.chosen) for row in rows],
        [Side(say_plain(world.title), world.ref) for world in across],
        table,
        width=640,
    )
    top = (max((abs(value) for line in table for value in line), default=0) or 3) / 3
    cells = [[toned(value, top, text=signed(value)) for value in line] for line in table]
    whole = assembled(title, [_side(row) for row in rows], heads(visit), cells, _("Possible strategy"), (), "heat")
    return replace(drawn, table=whole)


def _beaten(rows: Sequence[WeighedRow], world: Entry, most: Number) -> str:
    ahead = [row.entry.ref for row in rows if row.priced.value[world.ref] == most]
    return _("In %(world)s %(ahead)s gives more: %(most)s.") % {
        "world": named(world),
        "ahead": listed(ahead),
        "most": signed(most),
    }


def _side(row: StrategyRow, extra: tuple[Cell, ...] = ()) -> Side:
    return Side(say_plain(row.strategy.name), row.entry.ref, "strategy", row.entry.url, marked=row.chosen, extra=extra)


def _costs_found(rows: Sequence[WeighedRow], frame: Number | None) -> str:
    held = next((row for row in rows if row.chosen), None)
    if held is None or frame is None:
        return _("What the possible strategies cost")
    dearest = max(rows, key=lambda row: row.priced.cost_high)
    told = {"name": named(held.entry), "high": number(held.priced.cost_high), "budget": number(frame)}
    if held is dearest:
        return _("… but %(name)s is also the dearest: up to %(high)s of the frame's DKK %(budget)s million") % told
    return _("%(name)s costs up to %(high)s of the frame's DKK %(budget)s million") % told


def _cost_axis(rows: Sequence[WeighedRow], frame: Number | None) -> Axis:
    most = max(row.priced.cost_high for row in rows)
    if frame is None:
        return Axis("", 0, most or 1, ((0, "0"), (most, number(most))) if most else ())
    below = ((0, "0"), (frame / 2, number(frame / 2))) if frame else ()
    return Axis("", 0, max(frame, most) or 1, (*below, (frame, _("frame %(sum)s") % {"sum": number(frame)})))


def costs(visit: Visit, rows: Sequence[WeighedRow]) -> Figure | None:
    """Draw what the possible strategies cost, from low to high, against the frame; nothing where there are none."""
    if not rows:
        return None
    frame = load(visit.case).budget_mdkk
    title = _costs_found(rows, frame)
    drawn = [
        Interval(
            "",
            row.priced.cost_low,
            row.priced.cost_high,
            row.entry.ref,
            "strategy",
            row.entry.url,
            number(row.priced.cost_low),
            number(row.priced.cost_high),
            row.chosen,
        )
        for row in rows
    ]
    axis = _cost_axis(rows, frame)
    alt = "; ".join(f"{row.entry.ref} {span(row.priced.cost_low, row.priced.cost_high)}" for row in rows)
    finding = Finding(
        "costs", title, alt, subtitle=_("Low and high estimate in all, DKK million; the high end is what counts")
    )
    figure = intervals(finding, drawn, axis, columns=(_("Possible strategy"), _("Low"), _("High")))
    named_rows = tuple(
        replace(line, cells=(replace(line.cells[0], value=say_plain(row.strategy.name)), *line.cells[1:]))
        for line, row in zip(figure.table.rows, rows, strict=True)
    )
    return replace(figure, table=replace(figure.table, rows=named_rows))


def _regrets_found(rows: Sequence[WeighedRow]) -> str:
    ranked = sorted(rows, key=lambda row: (not row.chosen, row.priced.max_regret))
    held, others = ranked[0], ranked[1:]
    title = _("%(name)s loses at most %(most)s") % {
        "name": named(held.entry),
        "most": number(held.priced.max_regret),
    }
    if not others:
        return title
    return _("%(found)s; the nearest of the others, %(other)s, at most %(most)s") % {
        "found": title,
        "other": others[0].entry.ref,
        "most": number(others[0].priced.max_regret),
    }


def regrets(visit: Visit, rows: Sequence[WeighedRow]) -> Figure | None:
    """Set what each possible strategy would regret in each working scenario; nothing where there are none."""
    if not rows:
        return None
    title = _regrets_found(rows)
    tone = max(1.0, *(row.priced.max_regret for row in rows)) / 3
    cells = [[lost(value, tone) for value in row.priced.regret.values()] for row in rows]
    sides = [
        _side(
            row,
            (
                Cell(row.priced.max_regret),
                Cell(row.priced.mean_value, text=number(row.priced.mean_value)),
                Cell(span(row.priced.cost_low, row.priced.cost_high), align="end"),
                Cell(_("yes") if row.priced.feasible else _("no")),
            ),
        )
        for row in rows
    ]
    extras = (_("Greatest regret"), _("Mean value"), _("DKK million"), _("Keeps frame and rules"))
    finding = Finding(
        "regrets",
        title,
        "; ".join(f"{row.entry.ref} {number(row.priced.max_regret)}" for row in rows),
        subtitle=_("Regret: how much less than the best portfolio that fits could give in that scenario"),
        note=_("Equal weight on the scenarios is a rule for sums and no probability."),
    )
    return heat(finding, sides, heads(visit), cells, corner=_("Possible strategy"), extras=extras)


def lost(value: Number, tone: float) -> Cell:
    """Make a cell of regret: the more is lost, the stronger the colour of harm."""
    return replace(toned(-value, tone), value=value, text=number(value))


def left_out(visit: Visit, rows: Sequence[Left]) -> Figure:
    """Set what each deselected option would have given in each working scenario."""
    tone = step(queries.options(visit))
    dearest = max(rows, key=lambda each: each.mean)
    title = _("What we let go of that would have given most is %(option)s: %(given)s") % {
        "option": named(dearest.row.entry),
        "given": given(dearest.row.tested.value),
    }
    sides = [
        Side(
            say_plain(each.row.option.name),
            each.row.option.ref,
            "strategy",
            each.row.entry.url,
            extra=(
                Cell(span(each.row.option.cost_mdkk.low, each.row.option.cost_mdkk.high), align="end"),
                Cell(each.beyond, text=number(each.beyond) if each.beyond else _("fits")),
            ),
        )
        for each in rows
    ]
    finding = Finding(
        "left_out",
        title,
        "; ".join(f"{each.row.option.ref} {_told(each.row.tested.value)}" for each in rows),
        subtitle=_(
            "Value that each would have given in each scenario, and how far it would take the choice beyond the frame"
        ),
    )
    extras = (_("DKK million"), _("Beyond the frame"))
    cells = [_values(visit, each.row, tone) for each in rows]
    return heat(finding, sides, heads(visit), cells, corner=_("Option"), extras=extras)


def _told(given: Mapping[str, Number]) -> str:
    return ", ".join(f"{ref} {signed(value)}" for ref, value in given.items())


def made_of(visit: Visit, row: WeighedRow) -> Figure:
    """Set what each option gives a possible strategy in each working scenario, with the sum and what is lost."""
    inside = [each for each in queries.options(visit) if each.option.ref in row.strategy.options]
    tone, found = step(queries.options(visit)), queries.best(visit.case)
    top = found.best_value if found else {}
    title = _("%(name)s gives %(given)s") % {
        "name": named(row.entry),
        "given": given(row.priced.value),
    }
    sides = [
        Side(
            say_plain(each.option.name),
            each.option.ref,
            "strategy",
            each.entry.url,
            extra=(Cell(span(each.option.cost_mdkk.low, each.option.cost_mdkk.high), align="end"),),
        )
        for each in inside
    ]
    cells = [_values(visit, each, tone) for each in inside]
    worst = max(1.0, row.priced.max_regret) / 3
    sums = (
        (_("In all"), [Cell(value, text=signed(value), align="end") for value in row.priced.value.values()]),
        (_("The best that fits could give"), [Cell(v, text=signed(v), align="end") for v in top.values()]),
        (_("Regret"), [lost(value, worst) for value in row.priced.regret.values()]),
    )
    price = Cell(span(row.priced.cost_low, row.priced.cost_high), align="end")
    for at, (words, line) in enumerate(sums):
        sides.append(Side(words, group="" if at else _("The sum"), extra=(Cell("") if at else price,)))
        cells.append(line)
    finding = Finding("made_of", title, _told(row.priced.value), subtitle=_("Value of each option in each scenario"))
    return heat(finding, sides, heads(visit), cells, corner=_("Option"), extras=(_("DKK million"),))


def given(value: Mapping[str, Number]) -> str:
    """Say what something gives in each scenario: +10 in C1 and −5 in C2."""
    return listed([_("%(value)s in %(world)s") % {"value": signed(each), "world": ref} for ref, each in value.items()])
