"""Personal values: the log knows them by a salted hash, and they can be erased without touching it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from conftest import NOON
from fremsyn.audit.checkpoints import sign_checkpoint
from fremsyn.audit.keys import demonstration_key
from fremsyn.audit.models import Entry, PersonalValue
from fremsyn.audit.operations import record
from fremsyn.audit.personal import erase_personal, keep_personal, personal_value
from fremsyn.audit.verification import verify
from fremsyn.people.models import Person
from fremsyn.people.operations import register_person

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def karen() -> Person:
    return register_person(username="karen", name="Karen Holm", password=None, at=NOON)


def told(person: Person) -> Entry:
    held = keep_personal("Karen Holm", about=person)
    return record("approval.attended", case=None, by=person, at=NOON, name=held)


def test_the_log_holds_no_name_and_the_value_is_found_again(karen):
    entry = told(karen)

    assert "Karen" not in entry.data
    assert personal_value(str(entry.facts()["name"])) == "Karen Holm"


def test_the_same_name_twice_can_not_be_told_to_be_the_same(karen):
    assert told(karen).facts()["name"] != told(karen).facts()["name"]


def test_erasing_leaves_the_tree_as_it_was(karen):
    entry = told(karen)
    told(karen)
    head = sign_checkpoint(key=demonstration_key(), by=None, at=NOON).checkpoint
    assert erase_personal(about=karen, by=None, at=NOON) == 2

    assert personal_value(str(entry.facts()["name"])) is None
    assert not PersonalValue.objects.filter(value="Karen Holm").exists()
    came = verify()
    assert (came.ok, came.rows, came.checkpoints) == (True, 3, 1)
    assert Entry.objects.get(sequence=1).leaf_hash == entry.leaf_hash
    assert head.size == 2
    assert erase_personal(about=karen, by=None, at=NOON) == 0


def test_others_keep_theirs(karen):
    other = keep_personal("Ole", about=None)
    erase_personal(about=karen, by=None, at=NOON)

    assert personal_value(other) == "Ole"


def test_a_value_that_was_changed_is_not_believed(karen):
    held = str(told(karen).facts()["name"])
    PersonalValue.objects.filter(commitment=held).update(value="Ole")

    assert personal_value(held) is None
    assert personal_value("0" * 64) is None


def test_half_erased_is_refused(karen):
    held = str(told(karen).facts()["name"])
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonalValue.objects.filter(commitment=held).update(salt=None)
