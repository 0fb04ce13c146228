"""The directory lists what a case holds in the order of its files."""

from __future__ import annotations

from fremsyn.cases.directory import directory
from fremsyn.cases.models import Case
from fremsyn.chain.content import CaseContent
from fremsyn.chain.run import natural


def listed(case: Case, kind: str) -> list[str]:
    return [each.ref for each in directory(case).entries.values() if each.kind == kind]


def test_things_within_things_stand_in_the_order_of_the_file(kombit: Case, kombit_content: CaseContent):
    plans, drivers = kombit_content.plans, kombit_content.scenarios.scenarios.drivers
    assert listed(kombit, "milestone") == [m.ref for each in plans.initiatives for m in each.milestones]
    assert listed(kombit, "variant") == [variant.ref for each in drivers for variant in each.variants]
    assert listed(kombit, "variant") == sorted(listed(kombit, "variant"), key=natural)
    assert listed(kombit, "trend") == [each.ref for each in kombit_content.scanning.scanning.trends]
