"""What the page of the group's matrix holds: what it comes to by each rule, and what is taken over."""

from typing import Any

from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.scenarios.group.forms import RuleForm, TakeOverForm
from fremsyn.scenarios.group.pages.trail import shared
from fremsyn.scenarios.group.proposal import applied, proposed
from fremsyn.scenarios.group.rules import AGREEMENT, MEDIAN, Rule
from fremsyn.scenarios.group.sight import shown
from fremsyn.scenarios.group.state import group_of
from fremsyn.scenarios.judging.futures import futures, moved


def matrix_page(
    visit: Visit, rules: RuleForm, form: TakeOverForm, left_out: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Return the group's matrix by both rules beside what stands, and the sections by the one that is chosen.

    :param form: why it is taken over, with what was typed where it was refused
    :param left_out: the sections that were not ticked, by their pair's number
    """
    found = group_of(visit.case)
    handover = found.board.handover
    seen = shown(visit, found.sections.values())
    rule = rules.chosen
    by_rule = [
        {"rule": each, "chosen": each.name == rule.name, "moved": moved(applied(handover, changes), handover.judgements),
         "differ": sum(change.differs for change in changes)}
        for each in (Rule(MEDIAN, rule.share), Rule(AGREEMENT, rule.share))
        for changes in (proposed(seen, each),)
    ]  # fmt: skip
    changes = proposed(seen, rule)
    return shared(visit, (_("The group's matrix"), "")) | {
        "rules": rules,
        "rule": rule,
        "form": form,
        "by_rule": by_rule,
        "moved": next(each["moved"] for each in by_rule if each["chosen"]),
        "now": futures(handover.judgements),
        "changes": [
            {"change": each, "ticked": each.section.pair.number not in left_out, "rows": changed_rows(each)}
            for each in changes
        ],
        "unseen": sum(each not in seen for each in found.sections.values()),
        "settled": sum(each.settled for each in seen),
    }  # fmt: skip


def changed_rows(change: Any) -> list[dict[str, Any]]:
    """Return the judgements that would be others: from what to what."""
    pair = change.section.pair
    return [
        {"one": one, "other": other, "was": was, "now": now}
        for (one, stands), row in zip(pair.rows, change.table, strict=True)
        for other, was, now in zip(pair.target.variants, stands, row, strict=True)
        if was != now
    ]
