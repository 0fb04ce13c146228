"""Answers about a case are kept while it stays the same, and what was rolled back is never found again."""

import threading

import pytest
from django.db import transaction

from conftest import NOON
from fremsyn.approval import handover as approval
from fremsyn.cases.access import Visit
from fremsyn.cases.directory import directory
from fremsyn.cases.editing.operations import change_thing
from fremsyn.cases.models import Case, Item, Person
from fremsyn.cases.remembered import changed, made_of, remembered
from fremsyn.core.text import Text
from fremsyn.scanning import handover as scanning
from fremsyn.scanning.schema import Signal

asked = []


@remembered
def title_of_t1(case: Case) -> str:
    asked.append(case.pk)
    return str(Item.objects.get(case=case, ref="T1").title["da"])


def retitle(case: Case, title: str) -> None:
    changed(case)
    Item.objects.filter(case=case, ref="T1").update(title={"da": title})


def test_an_answer_is_computed_once_and_anew_when_the_case_has_changed(kombit):
    title_of_t1(kombit)
    before = len(asked)
    assert title_of_t1(Case.objects.get(pk=kombit.pk)) == title_of_t1(kombit)
    assert len(asked) == before

    retitle(kombit, "Nyt navn")

    assert title_of_t1(Case.objects.get(pk=kombit.pk)) == "Nyt navn"


def test_what_was_rolled_back_is_not_remembered(kombit):
    before = title_of_t1(kombit)
    with transaction.atomic():
        retitle(kombit, "Fortrudt")
        assert title_of_t1(kombit) == "Fortrudt"
        transaction.set_rollback(True)

    assert title_of_t1(Case.objects.get(pk=kombit.pk)) == before
    retitle(Case.objects.get(pk=kombit.pk), "Vedtaget")
    assert title_of_t1(Case.objects.get(pk=kombit.pk)) == "Vedtaget"


def test_a_change_makes_only_its_own_file_anew(kombit):
    def told(title: Text) -> tuple[object, tuple[Signal, ...]]:
        values = {"title": title}
        change_thing(case=kombit, key="S1", version=None, values=values, meaning=False, why="", by=None, at=NOON)
        case = Case.objects.get(pk=kombit.pk)
        return approval.load(case), scanning.load(case).scanning.signals

    board, signals = told(Text(da="Nyt navn", en="New name"))
    same_board, others = told(Text(da="Et andet navn", en="Another name"))

    assert same_board is board
    assert (signals[0].title.da, others[0].title.da) == ("Nyt navn", "Et andet navn")
    assert signals[1:] == others[1:]


@pytest.mark.parametrize(("before", "after", "again"), [
    ({"a": 1, "b": 2}, {"a": 1, "b": 2}, False),
    ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
    ([1], [1.0], True),
    ([1], [True], True),
    ("\ud800", "\ud801", True),
])  # fmt: skip
def test_what_is_made_of_the_same_is_made_once(kombit, before, after, again):
    first = made_of(kombit, "thing", before, object)
    assert (made_of(kombit, "thing", after, object) is not first) == again
    assert made_of(kombit, "other", after, object) is not first


def test_two_readers_of_a_case_never_wait_for_each_other_for_ever(kombit):
    """While an answer is computed, another reader waits for it with a visit's property half read."""
    directory(kombit)
    waiting, computing = (Visit(kombit, Person(), "facilitator") for _ in range(2))
    for each in (waiting, computing):
        assert each.closed | each.withheld == frozenset()
    other = threading.Thread(target=lambda: waiting.entries, daemon=True)

    @remembered
    def slow_answer(case: Case) -> int:
        other.start()
        other.join(0.2)
        return len(computing.entries)

    first = threading.Thread(target=slow_answer, args=(kombit,), daemon=True)
    first.start()
    for each in (first, other):
        each.join(5)
        assert not each.is_alive()
    assert waiting.entries == computing.entries
