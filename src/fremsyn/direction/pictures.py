"""The pictures of the direction: what resists the wish, how far it is from the scenarios, where the agendas lie."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.direction.handover import load
from fremsyn.direction.queries import AgendaRow, Resistance, State, wish_of
from fremsyn.figures.bars import Interval, Series, Spread, dots, intervals
from fremsyn.figures.figure import Cell, Column, Figure, Finding, Row, Table
from fremsyn.figures.matrix import Side, heat, signed, toned
from fremsyn.figures.points import Axis, Corner, Point, Weighed, triangle
from fremsyn.framing import handover as framing_handover
from fremsyn.scenarios.handover.judgements import StateBalance
from fremsyn.web.templatetags.say import number, say_plain


def named(entry: Entry) -> str:
    """Return an entry as it is named in the words of a figure."""
    return f"{entry.ref} {say_plain(entry.title)}"


Balanced = tuple[State, StateBalance]


def balances(held: Sequence[State]) -> Figure | None:
    """Draw each wished state's balance against its strongest rival, the most resisted first; nothing without any."""
    weighed = [(state, state.balance) for state in held if state.balance]
    if not weighed:
        return None
    ordered = sorted(weighed, key=lambda pair: pair[1].margin)
    rows = [
        Spread(
            say_plain(state.entry.title),
            (balance.balance, balance.best_balance),
            ref=state.entry.ref,
            phase="scenarios",
            href=state.entry.url,
            words=_against(balance),
            marked=bool(balance.resistance),
        )
        for state, balance in ordered
    ]
    spread = [value for row in rows for value in row.values if value is not None]
    axis = _axis(min(spread, default=0), max(spread, default=1))
    series = [Series(_("The state we wish for"), 0), Series(_("Its strongest rival"), 0, open=True)]
    drawn = dots(_resistance_found(ordered), rows, series, axis, width=700)
    return replace(drawn, table=_balance_table(drawn.title, ordered))


def _against(balance: StateBalance) -> str:
    if balance.resistance:
        return _("%(by)s against") % {"by": number(balance.resistance)}
    return signed(balance.margin)


def _axis(low: float, high: float) -> Axis:
    first, last = int(low // 2) * 2, int(-(-high // 2)) * 2
    ticks = tuple((float(at), signed(at)) for at in range(first, last + 1, 2))
    return Axis("", first, max(last, first + 1), ticks)


def _resistance_found(ordered: Sequence[Balanced]) -> Finding:
    resisted = [state for state, balance in ordered if balance.resistance]
    if not resisted:
        title = _("Nothing resists: every state we wish for is the strongest of its driver")
    else:
        title = ngettext(
            "%(count)d of the %(all)d states meets resistance: %(most)s has %(by)s against it",
            "%(count)d of the %(all)d states meet resistance; %(most)s has most, %(by)s against it",
            len(resisted),
        ) % {
            "count": len(resisted),
            "all": len(ordered),
            "most": named(resisted[0].entry),
            "by": number(resisted[0].resistance),
        }
    told = "; ".join(
        _("%(state)s %(balance)s against %(rival)s")
        % {
            "state": state.entry.ref,
            "balance": signed(balance.balance),
            "rival": signed(balance.best_balance),
        }
        for state, balance in ordered
    )
    return Finding(
        "balances",
        title,
        _("Balance of each wished state against its strongest rival. %(told)s.") % {"told": told},
        subtitle=_(
            "Filled: what the other states give the state we wish for. Outline: what they give its strongest rival. "
            "The number is the lead, or how much stands against it"
        ),
    )


def _balance_table(caption: str, ordered: Sequence[Balanced]) -> Table:
    heads = (
        Column(_("State")),
        Column(_("Our stance")),
        Column(_("Balance"), "end"),
        Column(_("Strongest rival")),
        Column(_("Its balance"), "end"),
        Column(_("Resistance"), "end"),
    )
    return Table(
        caption,
        heads,
        tuple(
            Row(
                (
                    Cell(say_plain(s.entry.title), ref=s.entry.ref, phase="scenarios", href=s.entry.url),
                    Cell(say_plain(s.stance.name)),
                    Cell(balance.balance, text=signed(balance.balance)),
                    Cell(say_plain(s.rival.title), ref=s.rival.ref, phase="scenarios", href=s.rival.url)
                    if s.rival
                    else Cell(),
                    Cell(balance.best_balance, text=signed(balance.best_balance)),
                    Cell(balance.resistance),
                ),
                marked=bool(balance.resistance),
            )
            for s, balance in ordered
        ),
    )


def distances(visit: Visit) -> Figure | None:
    """Draw in how many drivers the desirable scenario differs from each consistent one, the nearest first.

    None where there is nothing to compare.
    """
    found, desirable = wish_of(visit.case), load(visit.case).desirable
    if found is None or desirable is None or not found.distance:
        return None
    far = sorted(found.distance.items(), key=lambda pair: pair[1])
    drivers = len(desirable.variants)
    rows = [
        Interval(
            say_plain(visit.entries[ref].title),
            0,
            count,
            ref=ref,
            phase="scenarios",
            href=visit.entries[ref].url,
            high_words=_("%(count)d of %(all)d") % {"count": count, "all": drivers},
            marked=count == far[0][1],
        )
        for ref, count in far
        if ref in visit.entries
    ]
    wished = named(visit.entries[desirable.ref])
    apart = far[0][1]
    title = ngettext(
        "%(wished)s differs from the nearest consistent scenario, %(near)s, in one driver",
        "%(wished)s differs from the nearest consistent scenario, %(near)s, in %(count)d drivers",
        apart,
    ) % {"wished": wished, "near": named(visit.entries[far[0][0]]), "count": apart}
    alt = "; ".join(f"{named(visit.entries[ref])}: {count}" for ref, count in far)
    axis = Axis("", 0, max(drivers, 1), ((0, "0"), (drivers / 2, number(drivers / 2)), (drivers, str(drivers))))
    finding = Finding(
        "distances", title, alt, subtitle=_("In how many of the drivers the two are not in the same state")
    )
    columns = (_("Scenario"), "", _("Different drivers"))
    drawn = intervals(finding, rows, axis, columns=columns, width=640)
    lean = tuple(replace(row, cells=(row.cells[0], Cell(row.cells[2].value))) for row in drawn.table.rows)
    heads = (drawn.table.columns[0], drawn.table.columns[2])
    return replace(drawn, table=replace(drawn.table, columns=heads, rows=lean))


def pulls(resistance: Resistance) -> Figure:
    """Set what each driver's state gives the wished state and its rival side by side."""
    state, rival = resistance.state, resistance.state.rival
    against = [pull for pull in resistance.pulls if pull.given.difference < 0]
    title = ngettext(
        "%(count)d state pulls from %(state)s towards %(rival)s",
        "%(count)d states pull from %(state)s towards %(rival)s",
        len(against),
    ) % {"count": len(against), "state": state.entry.ref, "rival": rival.ref if rival else ""}
    rows = [
        Side(
            say_plain(pull.state.title),
            ref=pull.state.ref,
            phase="scenarios",
            href=pull.state.url,
            extra=(Cell(say_plain(pull.reason)),),
        )
        for pull in resistance.pulls
    ]
    columns = [
        Side(_("Gives %(state)s") % {"state": named(state.entry)}),
        Side(_("Gives %(state)s") % {"state": named(rival) if rival else ""}),
        Side(_("Difference")),
    ]
    values = [
        [_untoned(pull.given.to_chosen), _untoned(pull.given.to_rival), toned(pull.given.difference)]
        for pull in resistance.pulls
    ]
    alt = "; ".join(f"{pull.state.ref} {signed(pull.given.difference)}" for pull in resistance.pulls)
    total = sum(pull.given.difference for pull in resistance.pulls)
    note = _("In all %(total)s: so much stands against %(state)s.") % {
        "total": signed(total),
        "state": named(state.entry),
    }
    finding = Finding(f"pulls-{state.driver.ref.lower()}", title, alt, note=note)
    corner, extras = _("State in the desirable scenario"), (_("The reason for the judgement"),)
    drawn = heat(finding, rows, columns, values, corner=corner, extras=extras)
    heads = (*drawn.table.columns[:-1], Column(extras[0]))
    return replace(drawn, table=replace(drawn.table, columns=heads))


def _untoned(value: float) -> Cell:
    return Cell(value, text=signed(value), align="end")


def field(visit: Visit, rows: Sequence[AgendaRow], strong: str = "") -> Figure | None:
    """Place the agendas in the field between its three corners; nothing where there are none."""
    if not rows:
        return None
    names = [say_plain(each.name) for each in framing_handover.load(visit.case).framing.input_fields]
    top, left, right = [*names, "", "", ""][:3]
    points = [
        Weighed(
            Point(
                0,
                0,
                row.agenda.ref,
                say_plain(row.agenda.name),
                row.entry.url,
                "direction",
                size=4,
                open=not row.agenda.chosen,
                strong=row.agenda.ref == strong,
            ),
            (row.agenda.place.megatrend, row.agenda.place.municipal, row.agenda.place.role),
        )
        for row in rows
    ]
    title = _weighing(rows, points, strong, (top, left, right))
    alt = "; ".join(
        f"{row.agenda.ref} {say_plain(row.agenda.name)}: " + ", ".join(number(weight) for weight in point.weights)
        for row, point in zip(rows, points, strict=True)
    )
    finding = Finding("field", title, alt, subtitle=_("Each agenda lies nearest to what weighs most in it"))
    return triangle(
        finding, points, (Corner(top), Corner(left), Corner(right)), columns=(_("Strategic agenda"), top, left, right)
    )


def _weighing(rows: Sequence[AgendaRow], points: Sequence[Weighed], strong: str, corners: tuple[str, str, str]) -> str:
    counted = [point for point in points if point.point.ref == strong] or points
    weights = [sum(point.weights[at] for point in counted) / max(1, len(counted)) for at in range(3)]
    most = max(range(3), key=lambda at: weights[at])
    told = {"corner": corners[most], "share": number(round(100 * weights[most]))}
    if strong:
        title = next(say_plain(row.agenda.name) for row in rows if row.agenda.ref == strong)
        return _("%(agenda)s weighs most towards %(corner)s: %(share)s per cent") % {"agenda": title, **told}
    return _("The agendas weigh most towards %(corner)s: %(share)s per cent on average") % told
