"""What the circles said of the scenarios, in pictures: where each lies, how the answers divide, where the leadership differs."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.conversation.answers import in_order
from fremsyn.conversation.judging.headline import most_wished
from fremsyn.conversation.judging.results import Judged, JudgedScenario, judged
from fremsyn.conversation.judging.scales import NO_PROBABILITY, SCALES, STEPS, between
from fremsyn.conversation.judging.tables import Asked, answers_table, field_table, name_of
from fremsyn.conversation.judging.verdict import has_hidden, leaning, verdict
from fremsyn.conversation.pictures import KINDS, address, hidden, synthetic_note
from fremsyn.conversation.wording import circle_name
from fremsyn.figures.bars import Series, Spread, dots, shares
from fremsyn.figures.figure import Figure, Finding, Sign
from fremsyn.figures.matrix import Side
from fremsyn.figures.points import Axis, Point, scatter
from fremsyn.web.templatetags.say import say_plain

MOST = 8
# Preparedness is told by the form of a mark: the colours follow the form.
FORMS = {"high": 1, "even": 2, "low": 3}
TICKS = tuple((float(step), str(step)) for step in range(1, STEPS + 1))


def field(visit: Visit, ref: str) -> Figure | None:
    """Return the picture of how desirable and how plausible each circle finds each scenario, and how prepared we are."""
    found = judged(visit.case).get(ref, ())
    if not found:
        return None
    points = [point for each in found for point in _points(visit, each)]
    title = _headline(found).rstrip(".") or hidden(found[0].round.min_group)
    told = " ".join(f"{name_of(each)}: {words}" for each in found if (words := verdict(each)))
    subtitle = _(
        "The middle answer of each circle. The number in a mark is the scenario's, its form how prepared we are"
    )
    beside = _("Marks that coincide are set beside each other; the table has the exact answers.")
    finding = Finding(f"judged-{ref.lower()}", title, f"{title}. {told}", subtitle, f"{beside} {_note(visit, ref)}")
    x = Axis(f"{SCALES['plausible'].name}, 1–{STEPS}", 0.6, STEPS + 0.4, TICKS)
    y = Axis(f"{SCALES['desirable'].name}, 1–{STEPS}", 0.6, STEPS + 0.4, TICKS)
    corners = (
        _("desirable, hard to imagine"), _("desirable and plausible"), _("unwished, hard to imagine"),
        _("unwished and plausible"),
    )  # fmt: skip
    legend = (
        Sign("●", _("we are prepared")), Sign("■", _("only partly prepared")), Sign("▲", _("not prepared")),
        Sign("○", _("not known")),
    )  # fmt: skip
    return scatter(finding, points, x, y, table=field_table(visit, title, found), corners=corners, legend=legend)


def _points(visit: Visit, scenario: JudgedScenario) -> list[Point]:
    desirable, plausible = (scenario.aspects.get(aspect) for aspect in ("desirable", "plausible"))
    if desirable is None or plausible is None:
        return []
    prepared = scenario.aspects.get("prepared")
    return [
        Point(
            x=plausible.shown[code].place,
            y=each.place,
            ref=scenario.ref,
            label=circle_name(visit.case, code),
            href=visit.entries[scenario.ref].url if scenario.ref in visit.entries else "",
            phase="scenarios",
            kind=FORMS[known.leaning] if (known := prepared.shown.get(code) if prepared else None) else 0,
            open=known is None,
        )
        for code, each in desirable.shown.items()
        if code in plausible.shown
    ]


def _headline(found: Sequence[JudgedScenario]) -> str:
    """Say what was said of the scenario that asks most of us: plausible, and we are least prepared; of the first else."""
    weight = {"high": 2, "even": 1}
    unready = {"low": 2, "even": 1}

    def asks(each: JudgedScenario) -> int:
        aspects = each.aspects
        return weight.get(leaning(aspects.get("plausible")), 0) * unready.get(leaning(aspects.get("prepared")), 0)

    told = [each for each in found if verdict(each)]
    if not told:
        return ""
    first = max(told, key=asks)
    return f"{name_of(first)}: {verdict(first)}"


def _note(visit: Visit, ref: str) -> str:
    return " ".join(filter(None, (str(NO_PROBABILITY), synthetic_note(visit, ref))))


def divided(visit: Visit, ref: str) -> Figure | None:
    """Return the picture of how the answers divide in each circle, scenario by scenario and question by question."""
    found = judged(visit.case).get(ref, ())
    if not found:
        return None
    circles = {code: circle_name(visit.case, code) for code in in_order(visit.case, found[0].round)}
    title = most_wished(found, circles) or hidden(found[0].round.min_group)
    return _divided(visit, f"divided-{ref.lower()}", title, [(s, a) for s in found for a in s.aspects.values()])


def scenario(visit: Visit, told: JudgedScenario) -> Figure:
    """Return the picture of how a scenario was judged."""
    title = verdict(told).rstrip(".") or hidden(told.round.min_group)
    return _divided(visit, f"judged-{told.ref.lower()}", title, [(told, each) for each in told.aspects.values()])


def statement(visit: Visit, ref: str) -> Figure | None:
    """Return the picture of how one question of a scenario was answered; None where the statement asks none."""
    asked = ((told, each) for found in judged(visit.case).values() for told in found for each in told.aspects.values())
    pair = next((pair for pair in asked if pair[1].statement == ref), None)
    if pair is None:
        return None
    title = _said(visit, pair[1]) or hidden(pair[0].round.min_group)
    return _divided(visit, f"result-{ref.lower()}", title, [pair])


def _divided(visit: Visit, key: str, title: str, asked: Sequence[Asked]) -> Figure:
    round_ = asked[0][0].round
    codes = in_order(visit.case, round_)
    subtitle = _(
        "From the left: the two upper steps, the one in the middle, the two lower. The number is the per cent who chose the two upper ones"
    )
    steps = "; ".join(_steps(aspect) for aspect in SCALES if aspect in {each.aspect for _told, each in asked})
    note = f"{steps}. {_note(visit, round_.ref)}"
    rows = [
        Side(
            f"{SCALES[each.aspect].name}", ref=told.ref, phase="talk", href=address(visit, "statement", each.statement)
        )
        for told, each in asked
    ]
    columns = [Side(circle_name(visit.case, code)) for code in codes]
    values = [[one.parts if (one := each.by_circle.get(code)) else None for code in codes] for _told, each in asked]
    finding = Finding(key, title, f"{title}. {subtitle}.", subtitle, note)
    at_least = hidden(round_.min_group)
    return shares(finding, rows, columns, values, answers_table(visit, title, asked, at_least), hidden=at_least)


def _steps(aspect: str) -> str:
    scale = next(scale for code, scale in SCALES.items() if code == aspect)
    return f"{scale.name}: " + ", ".join(f"{at} {words}" for at, words in enumerate(scale.steps, start=1))


def apart(visit: Visit, ref: str) -> Figure | None:
    """Return the picture of where the leadership judges otherwise than the circles, the furthest apart first."""
    found = judged(visit.case).get(ref, ())
    order = sorted(((told, each) for told in found for each in told.aspects.values()), key=lambda pair: -pair[1].apart)
    order = [pair for pair in order if pair[1].apart][:MOST]
    if not order:
        return None
    codes = [code for code in in_order(visit.case, found[0].round) if any(code in each.shown for _told, each in order)]
    words = _("The leadership is furthest from the others on %(scenario)s: %(question)s")
    if any(has_hidden(told) for told in found):
        words = _("Of what is shown, the leadership is furthest from another circle on %(scenario)s: %(question)s")
    title = words % {"scenario": name_of(order[0][0]), "question": SCALES[order[0][1].aspect].question}
    subtitle = _("The middle answer of each circle, from 1 to 5: where the leadership is furthest from another")
    alt = "; ".join(f"{name_of(told)}, {SCALES[each.aspect].name}: {_said(visit, each)}" for told, each in order)
    rows = [
        Spread(
            text=f"{say_plain(told.title)}: {SCALES[each.aspect].name}",
            values=tuple(one.place if (one := each.shown.get(code)) else None for code in codes),
            ref=told.ref,
            phase="talk",
            href=address(visit, "statement", each.statement),
        )
        for told, each in order
    ]
    series = [Series(circle_name(visit.case, code), KINDS.get(code, 3)) for code in codes]
    finding = Finding(f"apart-{ref.lower()}", title, f"{title}. {alt}", subtitle, _note(visit, ref))
    drawn = dots(finding, rows, series, Axis(subtitle, 1, STEPS, TICKS))
    return replace(drawn, table=answers_table(visit, title, order, hidden(found[0].round.min_group)))


def _said(visit: Visit, each: Judged) -> str:
    return ", ".join(
        f"{circle_name(visit.case, code)} {between(each.aspect, one.spread.middle)}" for code, one in each.shown.items()
    )
