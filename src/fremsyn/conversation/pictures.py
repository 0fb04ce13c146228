"""The conversation's figures: where circles differ, how each answered, what an insight rests on."""

from collections.abc import Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.conversation.answers import FAR, answers, lowest, shown
from fremsyn.conversation.handover import load
from fremsyn.conversation.queries import all_circles, conversation_of
from fremsyn.conversation.rounds.headline import headline, what_is_agreement
from fremsyn.conversation.schema import Statement
from fremsyn.conversation.wording import circle_name
from fremsyn.figures.bars import Series, Spread, dots, shares
from fremsyn.figures.figure import Cell, Column, Figure, Finding, Row, Span, Table
from fremsyn.figures.matrix import Side
from fremsyn.figures.points import Axis
from fremsyn.methods.opinions import Count, StatementResult
from fremsyn.web.templatetags.say import say_plain

MOST_DIFFERENT = 6
KINDS = {"leadership": 4, "organisation": 2, "wide": 1, "board": 3}


def hidden(at_least: int = 5) -> str:
    """Return the words that stand where a small group is hidden."""
    if at_least == 5:
        return _("hidden: fewer than five")
    return _("hidden: fewer than %(n)d") % {"n": at_least}


def few_shown(visit: Visit, codes: Sequence[str], at_least: int) -> str:
    """Say that too few circles are shown for anything to be said between them; `codes` are those that are."""
    names = ", ".join(circle_name(visit.case, code) for code in codes)
    if names:
        return _("Only %(circles)s is shown: of the rest fewer than %(n)d have answered") % {
            "circles": names, "n": at_least,
        }  # fmt: skip
    return _("No circle is shown: fewer than %(n)d of each have answered") % {"n": at_least}


def per_cent_axis() -> Axis:
    """Return the scale from nobody to everybody."""
    return Axis(_("Per cent who agree"), 0, 100, ((0, "0"), (25, "25"), (50, "50"), (75, "75"), (100, "100 %")))


def synthetic_note(visit: Visit, *rounds: str) -> str:
    """Return what must stand beside each result of synthetic votes; nothing where those of the rounds are real."""
    if not load(visit.case).is_synthetic(*rounds):
        return ""
    return _("Synthetic answers.") + " " + say_plain(conversation_of(visit).status.synthetic_note)


def address(visit: Visit, name: str, ref: str) -> str:
    """Return the address of an item of the conversation."""
    return reverse(f"conversation:{name}", args=[visit.case.slug, ref])


def texts(visit: Visit) -> dict[str, Statement]:
    """Return the statements by reference."""
    return {each.ref: each for each in conversation_of(visit).statements}


def differ(visit: Visit) -> Figure | None:
    """Return the picture of where the circles stand furthest apart."""
    found = answers(visit.case)
    widest = found.widest()[:MOST_DIFFERENT]
    if not widest:
        return None
    title = _("On %(far)d of %(all)d statements two circles are %(points)d points or more apart") % {
        "far": found.far(), "all": len(found.statements), "points": FAR,
    }  # fmt: skip
    subtitle = _("Per cent who agree, the %(n)d statements with the widest gap, the widest first") % {"n": len(widest)}
    return spread(visit, "differ", title, widest, subtitle)


def evidence(visit: Visit, ref: str) -> Figure | None:
    """Return the picture of the statements that an insight rests on."""
    insight = next(each for each in conversation_of(visit).insights if each.ref == ref)
    refs = tuple(dict.fromkeys(each.statement for each in insight.evidence))
    found = answers(visit.case)
    rows = [found.statements[each] for each in refs if each in found.statements]
    if not rows:
        return None
    widest, best = found.widest(refs), found.shared(refs)
    if widest and (widest[0].gap or 0) >= FAR:
        title = _("The circles are %(gap)d points apart on %(ref)s") % {
            "gap": widest[0].gap, "ref": widest[0].statement,
        }  # fmt: skip
    elif best and insight.shows == "fault_line":
        title = _(
            "Taken as a whole at least %(least)d per cent of every circle agree with %(ref)s;"
            " the split runs within the circles and can't be seen here"
        ) % {"least": lowest(best[0]), "ref": best[0].statement}
    elif best:
        title = _("At least %(least)d per cent of every circle agree with %(ref)s") % {
            "least": lowest(best[0]), "ref": best[0].statement,
        }  # fmt: skip
    else:
        title = hidden()
    subtitle = _("Per cent who agree, in every circle that was asked")
    return spread(visit, f"evidence-{ref.lower()}", title, rows, subtitle)


def spread(visit: Visit, key: str, title: str, results: Sequence[StatementResult], subtitle: str) -> Figure:
    """Draw statements as rows of dots, a mark for each circle."""
    asked = all_circles(visit)
    codes = told(asked, results)
    said = texts(visit)
    rows = []
    for result in results:
        counts = [result.by_circle.get(code) for code in codes]
        rows.append(
            Spread(
                text=say_plain(said[result.statement].text),
                values=tuple(count.agree_per_cent if count else None for count in counts),
                ref=result.statement,
                phase="talk",
                href=address(visit, "statement", result.statement),
                words="",
            )
        )
    alt = "; ".join(f"{row.ref}: {in_words(visit, result)}" for row, result in zip(rows, results, strict=True))
    series = [Series(circle_name(visit.case, code), KINDS.get(code, 3)) for code in codes]
    rounds = {said[result.statement].round for result in results}
    note = " ".join(filter(None, (silent(visit, asked, codes), synthetic_note(visit, *rounds))))
    finding = Finding(key, title, f"{title}. {alt}", subtitle, note)
    whole = dots(finding, rows, series, per_cent_axis(), column=_("Statement"), hidden=hidden())
    # the table beside the picture says what is only named in it
    bare = dots(finding, [replace(row, text="") for row in rows], series, per_cent_axis())
    lines = [_unasked(line, codes, result) for line, result in zip(whole.table.rows, results, strict=True)]
    many = [answered(code, results) for code in codes]
    first, *heads = whole.table.columns
    columns = (first, *(replace(head, note=n) for head, n in zip(heads, many, strict=True)))
    legend = tuple(replace(sign, text=_with(sign.text, n)) for sign, n in zip(bare.legend, many, strict=True))
    return replace(bare, legend=legend, table=replace(whole.table, columns=columns, rows=tuple(lines)))


def _unasked(line: Row, codes: Sequence[str], result: StatementResult) -> Row:
    """Set a dash where a circle was not asked: nothing is hidden there."""
    name, *cells = line.cells
    kept = (
        cell if code in result.by_circle else Cell(None, text="–", align="end")
        for code, cell in zip(codes, cells, strict=True)
    )
    return replace(line, cells=(name, *kept))


def told(codes: Sequence[str], results: Sequence[StatementResult]) -> list[str]:
    """Return the circles that some result shows; all of them where every one is hidden."""
    return [code for code in codes if any(each.by_circle.get(code) for each in results)] or list(codes)


def answered(code: str, results: Sequence[StatementResult]) -> str:
    """Say how many of a circle answered, from the fewest to the most; nothing where all of it is hidden."""
    many = [count.n for count in (each.by_circle.get(code) for each in results) if count]
    if not many:
        return ""
    least, most = min(many), max(many)
    return f"n = {least}" if least == most else f"n = {least}–{most}"


def _with(name: str, many: str) -> str:
    return f"{name}, {many}" if many else name


def silent(visit: Visit, asked: Sequence[str], told: Sequence[str]) -> str:
    """Say which circles are left out of a picture because every result of theirs is hidden."""
    names = ", ".join(circle_name(visit.case, code) for code in asked if code not in told)
    return _("Not shown: %(circles)s. Fewer than the limit answered, or none.") % {"circles": names} if names else ""


def in_words(visit: Visit, result: StatementResult) -> str:
    """Say a result: each circle that is shown and its per cent."""
    shares_ = shown(result)
    parts = [f"{circle_name(visit.case, code)} {shares_[code]} %" for code in all_circles(visit) if code in shares_]
    return ", ".join(parts) or hidden()


def results(visit: Visit, ref: str) -> Figure | None:
    """Return a round's results by statement and circle, the widest gap first."""
    asked = next(each for each in conversation_of(visit).rounds if each.ref == ref)
    found = answers(visit.case)
    if ref not in found.turnout:
        return None
    widest = found.widest(asked.statements)
    order = [each.statement for each in widest]
    order += [each for each in asked.statements if each not in order and each in found.statements]
    invited = [code for code in all_circles(visit) if code in asked.circles]
    codes = told(invited, [found.statements[each] for each in order])
    seen = [code for code in codes if any(found.statements[each].by_circle[code] for each in order)]
    title = headline(found, asked.statements) or few_shown(visit, seen, asked.min_group)
    alt = "; ".join(f"{each}: {in_words(visit, found.statements[each])}" for each in order)
    subtitle = _("From the left: agree, pass, disagree. The number is the per cent who agree; the widest gap first")
    outcomes = [found.statements[each] for each in order]
    many = [_with(circle_name(visit.case, code), answered(code, outcomes)) for code in codes]
    silence = silent(visit, invited, codes)
    limit = what_is_agreement(len(invited)) if found.shared(asked.statements) else ""
    note = " ".join(filter(None, (limit, "; ".join(many) + ".", silence, synthetic_note(visit, ref))))
    finding = Finding(f"results-{ref.lower()}", title, f"{title}. {alt}", subtitle, note)
    rows = [_side(visit, each) for each in order]
    columns = [Side(circle_name(visit.case, code)) for code in codes]
    counts = [[found.statements[each].by_circle[code] for code in codes] for each in order]
    table = _results_table(title, rows, columns, counts, outcomes, asked.min_group)
    values = [[_parts(count) for count in row] for row in counts]
    return shares(finding, rows, columns, values, table, hidden=hidden(asked.min_group))


def _side(visit: Visit, ref: str) -> Side:
    words = say_plain(texts(visit)[ref].text)
    return Side(words, ref=ref, phase="talk", href=address(visit, "statement", ref))


def _parts(count: Count | None) -> tuple[int, int, int] | None:
    return (count.agree, count.passed, count.disagree) if count else None


def _results_table(
    caption: str,
    rows: Sequence[Side],
    columns: Sequence[Side],
    counts: Sequence[Sequence[Count | None]],
    found: Sequence[StatementResult],
    at_least: int,
) -> Table:
    heads = [Column(_("Statement"))]
    for _column in columns:
        heads += [Column(_("agree"), "end"), Column(_("answers"), "end")]
    heads += [Column(_("agree"), "end"), Column(_("answers"), "end"), Column(_("Gap"), "end")]
    lines = []
    for row, circle_counts, result in zip(rows, counts, found, strict=True):
        cells = [Cell(row.text, ref=row.ref, phase=row.phase, href=row.href)]
        for count in (*circle_counts, result.total):
            cells += _counted(count, at_least)
        cells.append(Cell(result.gap, text="" if result.gap is not None else hidden(at_least), align="end"))
        lines.append(Row(tuple(cells)))
    spans = (Span("", 1), *(Span(column.text, 2) for column in columns), Span(_("All"), 2), Span("", 1))
    return Table(caption, tuple(heads), tuple(lines), spans=spans)


def _counted(count: Count | None, at_least: int) -> list[Cell]:
    if count is None:
        return [Cell(None, text=hidden(at_least), align="end"), Cell(None, text="–", align="end")]
    return [Cell(count.agree_per_cent, text=f"{count.agree_per_cent} %"), Cell(count.n)]


def result(visit: Visit, ref: str) -> Figure | None:
    """Return a statement's result, circle by circle."""
    said = texts(visit)[ref]
    found = answers(visit.case).statements.get(ref)
    if found is None:
        return None
    asked = next(each for each in conversation_of(visit).rounds if each.ref == said.round)
    codes = [code for code in all_circles(visit) if code in found.by_circle]
    title = _("Agree: %(circles)s") % {"circles": in_words(visit, found)} if shown(found) else hidden(asked.min_group)
    subtitle = _("From the left: agree, pass, disagree. The number is the per cent who agree")
    finding = Finding(f"result-{ref.lower()}", title, title, subtitle, synthetic_note(visit, said.round))
    names = [circle_name(visit.case, code) for code in codes]
    rows = [Side(_with(name, answered(code, [found])), phase="talk") for name, code in zip(names, codes, strict=True)]
    counts = [found.by_circle[code] for code in codes]
    lines = [_answered(name, count, asked.min_group) for name, count in zip(names, counts, strict=True)]
    lines.append(_answered(_("All"), found.total, asked.min_group))
    heads = (Column(_("Circle")), *(Column(words, "end") for words in _answer_words()))
    values = [[_parts(count)] for count in counts]
    table = Table(title, heads, tuple(lines))
    return shares(finding, rows, [Side("")], values, table, hidden=hidden(asked.min_group), width=640)


def _answer_words() -> tuple[str, ...]:
    return (_("agree"), _("disagree"), _("pass"), _("answers"), _("per cent agree"))


def _answered(name: str, count: Count | None, at_least: int) -> Row:
    if count is None:
        empty = (Cell(None, text="–", align="end") for _each in range(4))
        return Row((Cell(name), *empty, Cell(None, text=hidden(at_least), align="end")))
    numbers = (count.agree, count.disagree, count.passed, count.n)
    share = Cell(count.agree_per_cent, text=f"{count.agree_per_cent} %")
    return Row((Cell(name), *(Cell(number) for number in numbers), share))
