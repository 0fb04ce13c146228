"""A round's further pictures: the leadership beside the others, ratings, and what is important to whom."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.conversation.answers import answers, in_order
from fremsyn.conversation.pictures import KINDS, address, few_shown, hidden, spread, synthetic_note, texts
from fremsyn.conversation.queries import conversation_of
from fremsyn.conversation.ratings import HIGHEST, LOWEST, Rated, RatingResult, Weight, important, ratings
from fremsyn.conversation.schema import Round
from fremsyn.conversation.wording import circle_name
from fremsyn.figures.bars import Series, Spread, dots
from fremsyn.figures.figure import Cell, Column, Figure, Finding, Row, Table
from fremsyn.figures.points import Axis
from fremsyn.methods.opinions import StatementResult
from fremsyn.web.templatetags.say import say_plain

LEADERSHIP = "leadership"
MOST = 8


def round_of(visit: Visit, ref: str) -> Round:
    """Return a round of the case."""
    return next(each for each in conversation_of(visit).rounds if each.ref == ref)


def apart(result: StatementResult) -> int | None:
    """Return how many points the leadership is from the circle that is furthest from it; None where either is hidden."""
    own = result.by_circle.get(LEADERSHIP)
    others = [count for circle, count in result.by_circle.items() if circle != LEADERSHIP and count]
    if own is None or not others:
        return None
    return max(abs(own.agree_per_cent - each.agree_per_cent) for each in others)


def leadership(visit: Visit, ref: str) -> Figure | None:
    """Return the picture of where the leadership sees it differently from the circles, the furthest apart first."""
    found = answers(visit.case).statements
    results = [found[each] for each in round_of(visit, ref).statements if each in found]
    known = [(apart(each), each) for each in results]
    order = sorted(((gap, each) for gap, each in known if gap), key=lambda pair: -pair[0])[:MOST]
    if not order:
        return None
    gap, first = order[0]
    title = _("The leadership is furthest from the others on %(ref)s, by %(gap)d points") % {
        "ref": first.statement, "gap": gap,
    }  # fmt: skip
    subtitle = _("Per cent who agree, the statements on which the leadership is furthest from another circle")
    return spread(visit, f"leadership-{ref.lower()}", title, [each for _gap, each in order], subtitle)


def rated(visit: Visit, ref: str) -> Figure | None:
    """Return the picture of a round's ratings: the middle rating of each circle, with every rating in the table."""
    asked, found = round_of(visit, ref), ratings(visit.case)
    if asked.kind != "rating" or ref not in found.turnout or not asked.statements:
        return None
    results = sorted((found.statements[each] for each in asked.statements), key=lambda each: -(each.gap or 0))
    circles = in_order(visit.case, asked)
    seen = [code for code in circles if any(each.by_circle[code] for each in results)]
    title = _title(results) or few_shown(visit, seen, asked.min_group)
    subtitle = _("The middle rating of each circle, from 1 to 7; the widest gap first")
    said = texts(visit)
    rows = [_row(visit, result, circles, say_plain(said[result.statement].text)) for result in results]
    finding = Finding(f"ratings-{ref.lower()}", title, f"{title}. {subtitle}.", subtitle, _ends(asked, visit))
    series = [Series(circle_name(visit.case, code), KINDS.get(code, 3)) for code in circles]
    words = _("Rating")
    axis = Axis(words, LOWEST, HIGHEST, tuple((n, str(n)) for n in range(LOWEST, HIGHEST + 1)))
    drawn = dots(finding, rows, series, axis, hidden=hidden(asked.min_group))
    return replace(drawn, table=_table(visit, asked, title, results, circles))


def _title(results: Sequence[RatingResult]) -> str:
    widest = results[0]
    if widest.gap:
        return _("The circles are furthest apart on %(ref)s: %(gap)s between their middle ratings") % {
            "ref": widest.statement, "gap": _number(widest.gap),
        }  # fmt: skip
    whole = [each for each in results if each.total]
    if not whole:
        return ""
    best = max(whole, key=lambda each: each.total.median if each.total else 0)
    return _("%(ref)s is rated highest") % {"ref": best.statement}


def _number(value: float) -> str:
    return number_format(int(value) if value == int(value) else value)


def _ends(asked: Round, visit: Visit) -> str:
    """Say what 1 and 7 mean."""
    low, high = (say_plain(each) if each else "" for each in (asked.lowest, asked.highest))
    meaning = _("1: %(low)s. 7: %(high)s.") % {"low": low, "high": high} if low and high else ""
    return " ".join(filter(None, (meaning, synthetic_note(visit, asked.ref))))


def _row(visit: Visit, result: RatingResult, circles: Sequence[str], text: str) -> Spread:
    shown = (result.by_circle.get(code) for code in circles)
    return Spread(
        text=text,
        values=tuple(each.median if each else None for each in shown),
        ref=result.statement,
        phase="talk",
        href=address(visit, "statement", result.statement),
    )


def _table(visit: Visit, asked: Round, title: str, results: Sequence[RatingResult], circles: Sequence[str]) -> Table:
    heads = (
        Column(_("Statement")),
        Column(_("Circle")),
        Column(_("middle"), "end"),
        Column(_("ratings"), "end"),
        *(Column(str(n), "end") for n in range(LOWEST, HIGHEST + 1)),
    )
    said, lines = texts(visit), []
    for result in results:
        text = say_plain(said[result.statement].text)
        name = Cell(text, ref=result.statement, phase="talk", href=address(visit, "statement", result.statement))
        lines += [
            Row((name, Cell(circle_name(visit.case, code)), *_counted(result.by_circle.get(code), asked.min_group)))
            for code in circles
        ]
    return Table(title, heads, tuple(lines))


def _counted(rated_: Rated | None, at_least: int) -> tuple[Cell, ...]:
    if rated_ is None:
        dashes = (Cell(None, text="–", align="end") for _n in range(HIGHEST + 1))
        return (Cell(None, text=hidden(at_least), align="end"), *dashes)
    return (
        Cell(rated_.median, text=_number(rated_.median)),
        Cell(rated_.n),
        *(Cell(count) for count in rated_.counts),
    )


def weighed(visit: Visit, ref: str) -> Figure | None:
    """Return the picture of what is important to whom: the share of each circle that marked a statement."""
    asked = round_of(visit, ref)
    found = important(visit.case, asked)
    circles = in_order(visit.case, asked)
    order = sorted(found, key=lambda each: -_most(found[each]))[:MOST]
    if not order or not _most(found[order[0]]):
        return None
    title = _("%(ref)s is what most marked as important to them") % {"ref": order[0]}
    subtitle = _("Per cent of those who answered a statement, in each circle")
    finding = Finding(f"important-{ref.lower()}", title, f"{title}. {subtitle}.", subtitle, synthetic_note(visit, ref))
    said = texts(visit)
    rows = [
        Spread(
            text=say_plain(said[each].text),
            values=tuple(weight.per_cent if weight else None for weight in (found[each][code] for code in circles)),
            ref=each,
            phase="talk",
            href=address(visit, "statement", each),
        )
        for each in order
    ]
    series = [Series(circle_name(visit.case, code), KINDS.get(code, 3)) for code in circles]
    axis = Axis(_("Per cent"), 0, 100, ((0, "0"), (25, "25"), (50, "50"), (75, "75"), (100, "100 %")))
    return dots(finding, rows, series, axis, column=_("Statement"), hidden=hidden(asked.min_group))


def _most(weights: Mapping[str, Weight | None]) -> int:
    return max((weight.per_cent for weight in weights.values() if weight), default=0)
