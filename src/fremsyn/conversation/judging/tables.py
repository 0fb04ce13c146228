"""The tables beside the pictures of judged scenarios: every answer, counted, and in words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.conversation.answers import in_order
from fremsyn.conversation.judging.results import Judged, JudgedScenario, Judgement
from fremsyn.conversation.judging.scales import DONT_KNOW, SCALES, STEPS, between
from fremsyn.conversation.pictures import address, hidden
from fremsyn.conversation.schema import ASPECTS
from fremsyn.conversation.wording import circle_name
from fremsyn.figures.figure import Cell, Column, Row, Table
from fremsyn.web.templatetags.say import say_plain

Asked = tuple[JudgedScenario, Judged]


def name_of(scenario: JudgedScenario) -> str:
    """Return a scenario's reference and what it was called when it was told."""
    return f"{scenario.ref} {say_plain(scenario.title)}"


def field_table(visit: Visit, caption: str, found: Sequence[JudgedScenario]) -> Table:
    """Return a row for each scenario and circle: its middle answer to each question, in words."""
    heads = (
        Column(_("Scenario")),
        Column(_("Circle")),
        *(Column(str(SCALES[aspect].name)) for aspect in ASPECTS),
    )
    at_least = hidden(found[0].round.min_group)
    lines = []
    for each in found:
        href = visit.entries[each.ref].url if each.ref in visit.entries else ""
        name = Cell(say_plain(each.title), ref=each.ref, phase="scenarios", href=href)
        for code in in_order(visit.case, each.round):
            cells = (_middle(each.aspects[aspect], code, at_least) for aspect in ASPECTS if aspect in each.aspects)
            lines.append(Row((name, Cell(circle_name(visit.case, code)), *cells)))
    return Table(caption, heads, tuple(lines))


def _middle(judged: Judged, code: str, at_least: str) -> Cell:
    found = judged.by_circle.get(code)
    return Cell(between(judged.aspect, found.spread.middle) if found else at_least)


def answers_table(visit: Visit, caption: str, asked: Sequence[Asked], at_least: str) -> Table:
    """Return a row for each question and circle, and for all of them: middle, middle half, every step, and not knowing."""
    heads = (
        Column(_("Question")),
        Column(_("Circle")),
        Column(_("middle")),
        Column(_("middle half")),
        *(Column(str(step), "end") for step in range(1, STEPS + 1)),
        Column(_("chose a step"), "end"),
        Column(str(DONT_KNOW), "end"),
    )
    lines = []
    for told, each in asked:
        words = f"{say_plain(told.title)}: {SCALES[each.aspect].name}"
        name = Cell(words, ref=told.ref, phase="talk", href=address(visit, "statement", each.statement))
        by_circle = [
            (circle_name(visit.case, code), each.by_circle.get(code)) for code in in_order(visit.case, told.round)
        ]
        everyone = [(_("All"), each.total)] if len(by_circle) > 1 else []
        lines += [Row((name, Cell(who), *_counted(each, found, at_least))) for who, found in by_circle + everyone]
    return Table(caption, heads, tuple(lines))


def _counted(judged: Judged, found: Judgement | None, at_least: str) -> tuple[Cell, ...]:
    if found is None:
        return (Cell(at_least), *(Cell(None, text="–", align="end") for _step in range(STEPS + 3)))
    return (
        Cell(between(judged.aspect, found.spread.middle)),
        Cell(between(judged.aspect, found.spread.half)),
        *(Cell(count) for count in found.counts),
        Cell(found.n),
        Cell(found.unsure),
    )
