"""The picture of the best portfolios: every tie, and which options stand in all, some or none of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.figures.figure import Cell, Figure, Finding
from fremsyn.figures.matrix import Side, heat
from fremsyn.strategy import queries
from fremsyn.strategy.analysis import Portfolios, Priced
from fremsyn.strategy.queries import OptionRow
from fremsyn.web.templatetags.say import listed, number, say_plain


@dataclass(frozen=True)
class Column:
    """A portfolio as a column: its name, what it is best at, and its figures."""

    name: str
    href: str
    best_at: str
    priced: Priced


def columns(visit: Visit, found: Portfolios) -> tuple[Column, ...]:
    """Return every tie of least regret, then every tie of highest mean; one that is both stands once."""
    least, mean = ({each.options for each in ties} for ties in (found.least_regret, found.best_mean))
    every = (*found.least_regret, *(each for each in found.best_mean if each.options not in least))
    return tuple(
        Column(
            name=tie.label,
            href=tie.strategy.url if tie.strategy else "",
            best_at=listed(
                [
                    *([_("least regret")] if tie.priced.options in least else []),
                    *([_("highest mean")] if tie.priced.options in mean else []),
                ]
            ),
            priced=tie.priced,
        )
        for tie in queries.ties(visit, every)
    )


def ties(visit: Visit) -> Figure | None:
    """Set the options against the best portfolios, with each option's core index; nothing where none is weighed."""
    found = queries.best(visit.case)
    if found is None:
        return None
    stand = columns(visit, found)
    everywhere, somewhere, nowhere = queries.held_by(visit)
    named = (
        (_("In all of least regret"), everywhere),
        (_("In some of them"), somewhere),
        (_("In none of them"), nowhere),
    )
    sides, cells = [], []
    for group, rows in named:
        for at, row in enumerate(rows):
            sides.append(_side(row, group if at == 0 else ""))
            cells.append([_stands(row.option.ref in column.priced.options) for column in stand])
    for side, line in _figures(stand):
        sides.append(side)
        cells.append(line)
    heads = [Side(each.name, href=each.href, note=each.best_at) for each in stand]
    finding = Finding(
        "ties",
        _title(len(everywhere), len(somewhere), len(nowhere)),
        "; ".join(f"{each.name}: {', '.join(each.priced.options)}" for each in stand),
        subtitle=_(
            "Every portfolio that reaches the best; none of them is called the optimal one. "
            "Core index: the share of those of least regret that hold the option"
        ),
        note=_("Equal weight on the scenarios is a rule for sums and no probability."),
    )
    return heat(finding, sides, heads, cells, corner=_("Option"), extras=(_("Core index"),))


def _title(everywhere: int, somewhere: int, nowhere: int) -> str:
    return _("%(all)d options stand in every portfolio of least regret, %(some)d in some, %(none)d in none") % {
        "all": everywhere,
        "some": somewhere,
        "none": nowhere,
    }


def _side(row: OptionRow, group: str) -> Side:
    core = Cell(row.core, text=number(row.core or 0))
    return Side(
        say_plain(row.option.name),
        row.option.ref,
        "strategy",
        row.entry.url,
        group=group,
        marked=row.chosen,
        extra=(core,),
    )


def _stands(inside: bool) -> Cell:
    return Cell(int(inside), text="●" if inside else "–", tone=2 if inside else 0)


def _figures(stand: Sequence[Column]) -> list[tuple[Side, list[Cell]]]:
    def line(name: str, values: Sequence[float], group: str = "") -> tuple[Side, list[Cell]]:
        return Side(name, group=group, extra=(Cell(""),)), [Cell(value, text=number(value), tone=0) for value in values]

    return [
        line(_("Greatest regret"), [each.priced.max_regret for each in stand], _("The portfolios")),
        line(_("Mean value"), [each.priced.mean_value for each in stand]),
        line(_("Cost at the high end, DKK million"), [each.priced.cost_high for each in stand]),
    ]
