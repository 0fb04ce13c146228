"""Signed heads: what is signed holds, what was changed since is found, and one head leads to the next."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from conftest import NOON
from fremsyn.approval import verify as alone
from fremsyn.audit import triggers
from fremsyn.audit.checkpoints import growth_proof, sign_checkpoint
from fremsyn.audit.keys import SealKey, demonstration_key
from fremsyn.audit.leaves import leaf_hash
from fremsyn.audit.models import Checkpoint, Entry, Head
from fremsyn.audit.notes import Note, NoteRefused, origin_of, read_note, written
from fremsyn.audit.operations import record
from fremsyn.audit.tree import consistent
from fremsyn.audit.verification import verify
from fremsyn.core.errors import RuleBroken

KEY = demonstration_key()
OTHER = SealKey(Ed25519PrivateKey.from_private_bytes(b"\x01" * 32))


def grow(count: int) -> None:
    for number in range(count):
        record("plans.begun", case=None, by=None, at=NOON, x=number)


def signed_head(count: int, key: SealKey = KEY) -> Checkpoint:
    grow(count)
    return sign_checkpoint(key=key, by=None, at=NOON).checkpoint


@pytest.mark.postgres
def test_a_head_is_signed_in_the_published_form(db):
    made = signed_head(3)

    origin, size, root, blank, line, end = made.text.split("\n")
    assert (origin, size, blank, end) == (origin_of(KEY), "3", "", "")
    assert base64.b64decode(root).hex() == made.root == verify().root
    assert line.startswith(f"— {origin} ")
    assert read_note(made.text, KEY.public) == Note(origin, 3, bytes.fromhex(made.root))
    assert alone.checkpoint_in(made.text.encode(), KEY.public) == (3, made.root)


@pytest.mark.postgres
def test_the_same_head_is_signed_once_with_each_key(db):
    first = signed_head(2)

    assert signed_head(0) == first
    assert signed_head(0, OTHER) != first
    assert signed_head(1).size == 3
    came = verify()
    assert (came.ok, came.checkpoints, came.wrong_checkpoint) == (True, 3, None)


def test_an_empty_log_and_a_changed_one_are_not_signed(db):
    with pytest.raises(RuleBroken):
        sign_checkpoint(key=KEY, by=None, at=NOON)
    grow(3)
    triggers.remove(connection)
    Entry.objects.filter(sequence=2).update(event="other")
    with pytest.raises(RuleBroken):
        sign_checkpoint(key=KEY, by=None, at=NOON)
    assert not Checkpoint.objects.exists()


@pytest.mark.postgres
def test_a_log_that_was_written_anew_is_found_by_its_head(db):
    signed_head(4)
    grow(1)
    triggers.remove(connection)
    changed = Entry.objects.get(sequence=2)
    Entry.objects.filter(sequence=2).update(
        data="{}", leaf_hash=leaf_hash(2, changed.at, changed.actor, changed.event, changed.case, "{}")
    )

    came = verify()
    assert (came.ok, came.first_wrong, came.wrong_checkpoint) == (False, None, 4)


def test_a_log_that_was_cut_with_its_count_is_found_by_its_head(db):
    signed_head(4)
    triggers.remove(connection)
    Entry.objects.filter(sequence=4).delete()
    Head.objects.update(size=3)

    assert verify().wrong_checkpoint == 4


@pytest.mark.parametrize("field", ["root", "text", "public_key"])
def test_a_changed_checkpoint_is_found(db, field):
    made = signed_head(2)
    Checkpoint.objects.filter(pk=made.pk).update(**{field: "00" * 32})

    assert verify().wrong_checkpoint == 2


def test_one_head_leads_to_the_next_and_to_no_other(db):
    earlier, later = signed_head(3), signed_head(4)

    proof = growth_proof(earlier, later)
    assert consistent(3, bytes.fromhex(earlier.root), 7, bytes.fromhex(later.root), proof)
    assert growth_proof(later, later) == []
    with pytest.raises(RuleBroken):
        growth_proof(later, earlier)
    earlier.root = "00" * 32
    with pytest.raises(RuleBroken):
        growth_proof(earlier, later)


def test_signing_says_by_whom_and_when_and_adds_no_entry(db):
    later = NOON + timedelta(hours=1)
    grow(1)
    made = sign_checkpoint(key=KEY, by=None, at=later).checkpoint

    assert (made.at, made.actor, Entry.objects.count()) == (later, "", 1)


@given(st.integers(1, 10**15), st.binary(min_size=32, max_size=32))
def test_what_is_written_is_read_by_both_readers(size, root):
    note = Note(origin_of(KEY), size, root)
    text = written(note, KEY)

    assert read_note(text, KEY.public) == note
    assert alone.checkpoint_in(text.encode(), KEY.public) == (size, root.hex())
    with pytest.raises(NoteRefused):
        read_note(text, OTHER.public)


GOOD = written(Note(origin_of(KEY), 12, bytes(range(32))), KEY)


@given(st.integers(0, len(GOOD) - 1), st.characters(codec="utf-8"))
def test_a_changed_letter_is_refused_by_both_readers(at, letter):
    text = GOOD[:at] + letter + GOOD[at + 1 :]
    if text == GOOD:
        return
    with pytest.raises(NoteRefused):
        read_note(text, KEY.public)
    with pytest.raises(ValueError, match=r"\w"):
        alone.checkpoint_in(text.encode(), KEY.public)


@given(
    st.one_of(
        st.text(), st.lists(st.sampled_from(["", "a", "1", "—", "— a", "AAAA", GOOD]), max_size=12).map("\n".join)
    )
)
def test_whatever_it_reads_it_refuses_in_its_own_words(text):
    if text == GOOD:
        return
    with pytest.raises(NoteRefused):
        read_note(text.removesuffix(GOOD), KEY.public)


def test_witnesses_may_sign_below(db):
    line = base64.b64encode(b"abcd" + bytes(64)).decode()
    assert read_note(f"{GOOD}— witness.example {line}\n", KEY.public).size == 12
    with pytest.raises(NoteRefused):
        read_note(GOOD + f"— w {line}\n" * 16, KEY.public)
