"""What is joined, counted and said of the paper."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fremsyn.approval import analysis
from fremsyn.approval.queries import SHORTEST_RUN, decided, runs
from fremsyn.cases.directory import Entry
from fremsyn.chain.content import CaseContent
from fremsyn.core.text import Text


def entry(ref: str) -> Entry:
    return Entry(ref, ref, "initiative", "plans", Text(da=ref), f"/{ref}", unverified=False, look_again=False)


@given(st.lists(st.integers(1, 40), unique=True, max_size=20))
def test_runs_hold_every_reference_once_and_in_order(numbers: list[int]) -> None:
    found = runs([entry(f"I{number}") for number in numbers])
    spelt = []
    for run in found:
        first, last = int(run.first.ref[1:]), int((run.last or run.first).ref[1:])
        assert run.last is None or last - first + 1 >= SHORTEST_RUN
        spelt += range(first, last + 1)
    assert spelt == numbers


@pytest.mark.parametrize(
    ("refs", "shown"),
    [("C1 C2 C3", 3), ("C1 C2 C3 C4", 1), ("C1 C2 C3 D4", 4), ("D1.a D1.b D1.c D1.d", 4), ("A4 A5 A6 A7 I8", 2)],
)
def test_runs_join_four_or_more_of_a_kind(refs: str, shown: int) -> None:
    assert len(runs([entry(ref) for ref in refs.split()])) == shown


def test_more_than_half_is_counted_among_those_who_vote(kombit_content: CaseContent) -> None:
    body = kombit_content.approval.body
    mute = replace(body, members=tuple(replace(m, votes=m.id not in {"m1", "m2"}) for m in body.members))
    fixed = replace(body, quorum=replace(body.quorum, rule="number", number=6))
    assert (analysis.quorum(body), analysis.quorum(mute), analysis.quorum(fixed)) == (4, 3, 6)


def test_notice_is_counted_in_days(kombit_content: CaseContent) -> None:
    assert analysis.notice(kombit_content.approval) == analysis.Notice(given=14, asked=14)


def test_an_alternative_over_the_frame_is_told(kombit_content: CaseContent) -> None:
    content = kombit_content
    tight = replace(content.strategy, budget_mdkk=350)
    found = analysis.alternatives(content.approval, tight, content.scenarios.scenarios)
    assert [each.ref for each in found if not each.fits] == ["P2", "P5"]


def test_a_record_with_a_decision_in_it_is_decided(kombit_content: CaseContent) -> None:
    record = kombit_content.approval.decision_record
    assert not decided(record)
    assert decided(replace(record, decision_text=Text(da="Vedtaget")))
