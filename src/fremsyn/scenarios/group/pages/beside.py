"""What is shown when judgements are held beside each other: a section, the disputed ones in order, the screen in the room."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.cases.editing.one_language import in_page_language, written
from fremsyn.cases.rights import Right
from fremsyn.conversation.handover.talk import phase_talk
from fremsyn.scenarios.group.dispute import Dispute, in_order
from fremsyn.scenarios.group.dots import dots
from fremsyn.scenarios.group.pages.trail import shared
from fremsyn.scenarios.group.rules import Rule, combined
from fremsyn.scenarios.group.sight import refuse_unless_seen, shown
from fremsyn.scenarios.group.state import Group, GroupPair, group_of, section_of
from fremsyn.scenarios.judging.forms import SectionForm
from fremsyn.scenarios.judging.grid import Pair
from fremsyn.scenarios.judging.pages import grid_of
from fremsyn.scenarios.schema import Section


def seen(visit: Visit, source: str, target: str) -> GroupPair:
    """Return a section whose judgements the visitor may see.

    :raises Http404: when it is handed out to nobody, or a driver is withdrawn
    :raises NotAllowed: when they may not be seen yet
    """
    section = section_of(visit.case, source, target)
    if section is None:
        raise Http404
    refuse_unless_seen(visit, section)
    return section


def section_page(visit: Visit, section: GroupPair, form: SectionForm | None = None, on: str = "") -> dict[str, Any]:
    """Return one section with what each gave, and the form by which the group's judgement is written.

    :param form: what was typed, where it was refused
    :param on: `screen` where one came from the screen in the room and goes on there
    """
    pair = section.pair
    dispute = None
    if visit.may(Right.LEAD) and section.disputed:
        found = group_of(visit.case)
        every = in_order(found.board.handover, shown(visit, found.sections.values()) or (section,))
        dispute = next((each for each in every if each.section.key == section.key), None)
    form = form or SectionForm(suggested(section), 0)
    return shared(visit, (pair.number, "")) | {
        "section": section,
        "pair": pair,
        "question": visit.entries.get(pair.target.question),
        "rows": spread_rows(section),
        "values": value_rows(section),
        "judges": judged_by(section, dispute),
        "dispute": dispute,
        "form": form,
        "grid": grid_of(suggested(section), form),
        "settles": visit.may(Right.EDIT) and bool(section.given) and not section.settled,
        "mine": section.seat_of(visit.person),
        "on": on,
    }  # fmt: skip


def suggested(section: GroupPair) -> Pair:
    """Return the pair as the group's judgement is suggested: the median, with the case's reason or else the judges'."""
    pair = section.pair
    if not section.given:
        return pair
    table = combined(section.tables, Rule())
    rows = dict(zip((each.key for each in pair.source.variants), table, strict=True))
    reason = pair.reason or written("\n".join(_reasons(section)), None)
    own = Section(source=pair.source.key, target=pair.target.key, reason=reason, rows=rows)
    return Pair(pair.source, pair.target, own)


def _reasons(section: GroupPair) -> list[str]:
    said = [each.reason for each in section.given if each.reason]
    return list(dict.fromkeys(in_page_language(each) or str(each) for each in said))


def spread_rows(section: GroupPair) -> list[dict[str, Any]]:
    """Return each state of the source with its cells: the spread, and where its dots lie."""
    pair, most = section.pair, max(1, _tallest(section))
    return [
        {
            "state": one,
            "cells": [
                {"other": other, "spread": spread, "dots": dots(spread, most)}
                for other, spread in zip(pair.target.variants, row, strict=True)
            ],
        }
        for one, row in zip(pair.source.variants, section.spreads, strict=False)
    ]


def _tallest(section: GroupPair) -> int:
    return max((spread.values.count(n) for row in section.spreads for spread in row for n in spread.values), default=1)


def value_rows(section: GroupPair) -> list[dict[str, Any]]:
    """Return each pair of states with what each judge gave it."""
    return [
        {"one": row["state"], "other": cell["other"], "spread": cell["spread"]}
        for row in spread_rows(section)
        for cell in row["cells"]
    ]


def judged_by(section: GroupPair, dispute: Dispute | None) -> list[dict[str, Any]]:
    """Return those who gave theirs with their reasons, and what comes and goes when theirs stands."""
    section = dispute.section if dispute else section  # both as they stood when the dispute was worked out
    moves: Sequence[tuple[int, int] | None] = [None] * len(section.given)
    if dispute and dispute.hangs:
        moves = dispute.hangs.by_judge
    return [
        {"seat": seat, "lacks": seat.lacks(section.pair), "moves": move}
        for seat, move in zip(section.given, moves, strict=True)
    ]


def disputes(visit: Visit, found: Group) -> tuple[Dispute, ...]:
    """Return the disputed sections that the visitor may see, in order of how much hangs on them."""
    return in_order(found.board.handover, shown(visit, found.sections.values()))


def disputed_page(visit: Visit) -> dict[str, Any]:
    """Return the disputed sections in order, and how many there are that can't be seen yet."""
    found = group_of(visit.case)
    visible = shown(visit, found.sections.values())
    every = disputes(visit, found)
    return shared(visit, (_("Disputed sections"), "")) | {
        "disputes": every,
        "agreed": sum(not each.settled and bool(each.given) and not each.apart for each in visible),
        "unseen": sum(each not in visible for each in found.sections.values()),
        "uncounted": any(each.hangs is None for each in every),
    }


def screen_page(visit: Visit, section: GroupPair) -> dict[str, Any]:
    """Return a section for the screen in the room, with the disputed ones before and after it."""
    every = disputes(visit, group_of(visit.case))
    at = next((i for i, each in enumerate(every) if each.section.key == section.key), -1)
    talk = [each for each in phase_talk(visit, "scenarios").sessions if each.minutes is None]
    return {
        "visit": visit,
        "section": section,
        "pair": section.pair,
        "rows": spread_rows(section),
        "judges": judged_by(section, every[at] if at >= 0 else None),
        "dispute": every[at] if at >= 0 else None,
        "number": at + 1,
        "all": len(every),
        "before": every[at - 1].section if at > 0 else None,
        "after": every[at + 1].section if at + 1 < len(every) else None,
        "session": talk[-1] if talk else None,
    }
