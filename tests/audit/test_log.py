"""The log takes entries, keeps them and tells when one was touched."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from fremsyn.audit import triggers
from fremsyn.audit.leaves import canonical, stamp
from fremsyn.audit.models import Entry, Head
from fremsyn.audit.operations import record
from fremsyn.audit.tree import Tree
from fremsyn.audit.verification import verify
from fremsyn.people.operations import register_person

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
CASE = UUID(int=7)

pytestmark = pytest.mark.postgres


@pytest.fixture
def three(db) -> list[Entry]:
    karen = register_person(username="karen", name="Karen Holm", password=None, at=NOON)
    return [record("scenarios.axes_chosen", case=CASE, by=karen, at=NOON, x=number) for number in range(3)]


def test_an_entry_says_what_who_and_when_without_a_name(three):
    first = Entry.objects.get(sequence=1)

    assert (first.event, first.case, first.at, first.facts()) == ("scenarios.axes_chosen", str(CASE), NOON, {"x": 0})
    assert "karen" not in (first.data + first.actor).lower()
    assert UUID(first.actor)


def test_an_untouched_log_is_whole(three):
    verification = verify()

    assert (verification.rows, verification.ok, verification.first_wrong) == (3, True, None)


def test_an_empty_log_is_whole(db):
    verification = verify()
    assert (verification.rows, verification.ok, verification.root) == (0, True, hashlib.sha256().hexdigest())


def test_an_entry_cant_be_changed_or_deleted(three):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(sequence=2).update(event="other")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(sequence=2).delete()

    assert verify().ok


@pytest.mark.parametrize("field", ["event", "actor", "case", "data", "leaf_hash"])
def test_a_changed_field_is_found(three, field):
    triggers.remove(connection)
    Entry.objects.filter(sequence=2).update(**{field: "tampered"})

    verification = verify()
    assert (verification.ok, verification.first_wrong) == (False, 2)


@pytest.mark.parametrize("sequence", [1, 2, 3])
def test_a_missing_entry_is_found(three, sequence):
    triggers.remove(connection)
    Entry.objects.filter(sequence=sequence).delete()

    assert verify().first_wrong == sequence


def test_times_never_decrease(three):
    record("framing.question_written", case=None, by=None, at=NOON + timedelta(hours=1))
    late = record("framing.question_written", case=None, by=None, at=NOON)

    assert late.at == NOON + timedelta(hours=1)
    assert late.facts() == {"said_at": "2026-11-27T12:00:00.000000Z"}
    assert verify().ok


def test_an_operation_that_fails_leaves_no_entry(db):
    @transaction.atomic
    def fails() -> None:
        record("plans.begun", case=CASE, by=None, at=NOON)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()

    assert not Entry.objects.exists()
    assert verify().ok


def test_what_has_no_json_form_is_refused(db):
    with pytest.raises(TypeError, match="object"), transaction.atomic():
        record("plans.begun", case=CASE, by=None, at=NOON, what=object())

    assert not Head.objects.filter(size__gt=0).exists()


def test_canonical_text_is_one_for_one_meaning():
    value = {"b": Decimal("1.50"), "a": [NOON, NOON.date(), UUID(int=1), None, True, 1.0, ("æ",)]}

    assert canonical(value) == (
        '{"a":["2026-11-27T12:00:00.000000Z","2026-11-27","00000000-0000-0000-0000-000000000001",null,true,1,["æ"]],'
        '"b":"1.50"}'
    )


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        stamp(NOON.replace(tzinfo=None))


def whole_tree(leaves: list[bytes]) -> bytes:
    """The definition in RFC 6962, as it stands there."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + whole_tree(leaves[:split]) + whole_tree(leaves[split:])).digest()


@given(st.integers(1, 70))
def test_the_tree_that_grows_is_the_tree_by_definition(count):
    leaves = [hashlib.sha256(bytes([number])).digest() for number in range(count)]
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)

    assert tree.root() == whole_tree(leaves).hex()


def test_each_case_finds_its_own(db):
    mine = uuid4()
    record("cases.opened", case=mine, by=None, at=NOON)
    record("cases.opened", case=CASE, by=None, at=NOON)

    assert [entry.sequence for entry in Entry.objects.filter(case=str(mine))] == [1]


@pytest.mark.django_db(transaction=True)
def test_those_who_write_at_once_get_each_their_own_number():
    if connection.vendor != "postgresql":
        pytest.skip("the tests' SQLite lies in memory, where threads can't wait for each other")

    def write(_number: int) -> None:
        try:
            record("rounds.closed", case=CASE, by=None, at=NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(80)))

    assert [entry.sequence for entry in Entry.objects.all()] == list(range(1, 81))
    assert verify().ok
