"""Why a scenario hangs together: each driver's state against its best alternative."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, floor

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.access import Visit
from fremsyn.figures.bars.ranges import Series, Spread, dots
from fremsyn.figures.figure import Cell, Column, Figure, Finding, Row, Table
from fremsyn.figures.matrix import signed
from fremsyn.figures.points.mark import Axis
from fremsyn.scenarios.handover.judgements import StateBalance, Weighed
from fremsyn.scenarios.queries import Ground
from fremsyn.scenarios.words import said


def balances_of(visit: Visit, base: Ground, variants: Sequence[str], key: str) -> Figure:
    """Draw the balance of each driver's state beside that of its best alternative."""
    weighed = base.handover.judgements.weigh(variants)
    finding = Finding(
        key=key,
        title=verdict(weighed),
        subtitle=_("Filled: the balance of the state. Outlined: the best alternative. The number is the lead"),
        alt=_("For each driver the balance of its state against that of the best alternative. %(verdict)s.")
        % {"verdict": verdict(weighed)},
    )
    tight = least(weighed)
    rows = [
        Spread(
            f"{each.driver} {said(base.variant[each.variant].name)}",
            (each.best_balance if each.best_alternative else None, each.balance),
            phase="scenarios",
            href=visit.entries[each.driver].url,
            words=signed(each.margin) if each.best_alternative else "",
            marked=each.best_alternative is not None and each.margin <= tight,
        )
        for each in weighed.states
    ]
    series = (Series(_("Best alternative"), 0, open=True), Series(_("The state"), 0))
    drawn = dots(finding, rows, series, _axis(weighed), width=720.0)
    return replace(drawn, table=_table(visit, base, weighed, finding.title))


def least(weighed: Weighed) -> float:
    """Return the smallest lead of a state over its best alternative."""
    return min((each.margin for each in weighed.states if each.best_alternative), default=0)


def weakest(weighed: Weighed) -> tuple[StateBalance, ...]:
    """Return the states that lead by least."""
    tight = least(weighed)
    return tuple(each for each in weighed.states if each.best_alternative and each.margin == tight)


def verdict(weighed: Weighed) -> str:
    """Say whether the states hold, and by how little the weakest do."""
    total, tight, at_least = len(weighed.states), len(weakest(weighed)), least(weighed)
    told = {"all": total, "n": tight, "lead": signed(at_least).lstrip("+")}
    if not weighed.consistent:
        return ngettext(
            "%(n)d of %(all)d states is pulled away by the others",
            "%(n)d of %(all)d states are pulled away by the others",
            len(weighed.resists),
        ) % (told | {"n": len(weighed.resists)})
    if at_least == 0:
        return (
            ngettext(
                "All %(all)d states hold, but in %(n)d driver another state is just as strong",
                "All %(all)d states hold, but in %(n)d drivers another state is just as strong",
                tight,
            )
            % told
        )
    return (
        ngettext(
            "All %(all)d states are the strongest choice; %(n)d leads by only %(lead)s",
            "All %(all)d states are the strongest choice; %(n)d lead by only %(lead)s",
            tight,
        )
        % told
    )


def _axis(weighed: Weighed) -> Axis:
    values = [value for each in weighed.states for value in (each.balance, each.best_balance)]
    low, high = 2 * floor(min(values) / 2), 2 * ceil(max(values) / 2)
    step = 2 if high - low <= 24 else 2 * ceil((high - low) / 24)
    ticks = tuple((value, signed(value)) for value in range(low, high + 1, step))
    return Axis(_("Balance"), low, max(high, low + 1), ticks)


def _table(visit: Visit, base: Ground, weighed: Weighed, caption: str) -> Table:
    heads = (
        Column(_("State")),
        Column(_("Balance"), "end"),
        Column(_("Best alternative")),
        Column(_("Its balance"), "end"),
        Column(_("Lead"), "end"),
    )
    tight = least(weighed)
    rows = []
    for each in weighed.states:
        rival = said(base.variant[each.best_alternative].name) if each.best_alternative else _("none")
        page = visit.entries[each.variant].url
        rows.append(
            Row(
                (
                    Cell(said(base.variant[each.variant].name), ref=each.variant, phase="scenarios", href=page),
                    Cell(each.balance, text=signed(each.balance)),
                    Cell(rival),
                    Cell(each.best_balance, text=signed(each.best_balance)),
                    Cell(each.margin, text=signed(each.margin)),
                ),
                marked=each.best_alternative is not None and each.margin <= tight,
            )
        )
    return Table(caption, heads, tuple(rows))
