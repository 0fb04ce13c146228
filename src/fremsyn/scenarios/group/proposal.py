"""The group's matrix: what the judgements that may be seen come to by a rule, before anybody takes it over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from fremsyn.scenarios.group.rules import Rule, Table, combined
from fremsyn.scenarios.group.state import GroupPair, Key
from fremsyn.scenarios.handover import HandOver
from fremsyn.scenarios.schema import Section


@dataclass(frozen=True)
class Change:
    """What a section would be by the rule; `differs` says whether that is another than stands in the case."""

    section: GroupPair
    table: Table

    @property
    def differs(self) -> bool:
        """Return whether another judgement stands in the case, or none."""
        pair = self.section.pair
        return pair.section is None or tuple(values for _variant, values in pair.rows) != self.table


def proposed(sections: Iterable[GroupPair], rule: Rule) -> tuple[Change, ...]:
    """Return what each section that is not settled comes to by a rule; one that nobody has given is left out."""
    return tuple(Change(each, combined(each.tables, rule)) for each in sections if each.given and not each.settled)


def applied(handover: HandOver, changes: Iterable[Change]) -> HandOver:
    """Return what is handed over as it would be with those changes; everything else stands."""
    new: Mapping[Key, Section] = {
        (pair.source.key, pair.target.key): Section(
            source=pair.source.key,
            target=pair.target.key,
            reason=pair.reason,
            rows=dict(zip((each.key for each in pair.source.variants), change.table, strict=True)),
        )
        for change in changes
        for pair in (change.section.pair,)
    }
    rest = tuple(each for each in handover.cross_impact.sections if (each.source, each.target) not in new)
    return replace(handover, cross_impact=replace(handover.cross_impact, sections=(*rest, *new.values())))
