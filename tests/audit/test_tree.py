"""The tree's root, its proofs, and their refusal of everything else."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fremsyn.audit.leaves import canonical, leaf
from fremsyn.audit.tree import (
    Tree,
    consistency_proof,
    consistent,
    included,
    inclusion_proof,
    parent,
    root_of,
)

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)


def leaves(count: int) -> list[bytes]:
    return [hashlib.sha256(b"\x00" + str(number).encode()).digest() for number in range(count)]


def test_the_root_of_three_by_hand():
    a, b, c = leaves(3)

    assert root_of([a, b, c]) == parent(parent(a, b), c)
    assert root_of([]) == hashlib.sha256(b"").digest()


def test_the_published_roots():
    # The first leaves and roots of the test tree that Certificate Transparency implementations share.
    inputs = [b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43"]
    tree = Tree()
    roots = []
    for data in inputs:
        tree.add(hashlib.sha256(b"\x00" + data).digest())
        roots.append(tree.root())

    assert roots[0] == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert roots[1] == "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
    assert roots[2] == "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"


@given(st.integers(1, 70), st.data())
def test_an_entry_is_shown_to_be_there_and_no_other(count, data):
    every = leaves(count)
    index = data.draw(st.integers(0, count - 1))
    proof, root = inclusion_proof(every, index), root_of(every)

    assert included(every[index], index, count, proof, root)
    assert not included(hashlib.sha256(b"other").digest(), index, count, proof, root)
    assert not included(every[index], index, count, proof, hashlib.sha256(b"other").digest())
    assert not included(every[index], index, count, [*proof, root], root)
    if proof:
        assert not included(every[index], index, count, proof[:-1], root)
    if count > 1:
        assert not included(every[index], (index + 1) % count, count, proof, root)


@given(st.integers(1, 70), st.data())
def test_growth_is_shown_and_change_is_found(count, data):
    every = leaves(count)
    earlier = data.draw(st.integers(1, count))
    before, root = root_of(every[:earlier]), root_of(every)
    proof = consistency_proof(every, earlier)

    assert consistent(earlier, before, count, root, proof)
    changed = [hashlib.sha256(b"other").digest(), *every[1:]]
    assert not consistent(earlier, before, count, root_of(changed), consistency_proof(changed, earlier))
    assert not consistent(earlier, root_of(changed[:earlier]), count, root, proof)


def test_what_is_not_there_has_no_proof():
    with pytest.raises(IndexError):
        inclusion_proof(leaves(3), 3)
    with pytest.raises(IndexError):
        consistency_proof(leaves(3), 0)
    assert not included(leaves(1)[0], 1, 1, [], leaves(1)[0])
    assert not included(leaves(1)[0], 0, 1, [leaves(1)[0]], leaves(1)[0])
    assert not consistent(0, b"", 3, b"", [])
    assert not consistent(3, b"", 5, b"", [])


@given(TEXT, TEXT, TEXT, TEXT, st.integers(1, 2**53 - 1))
def test_a_row_is_hashed_as_canonical_json(actor, event, case, data, sequence):
    at = "2026-11-27T12:00:00.000000Z"
    row = {"actor": actor, "at": at, "case": case, "data": data, "event": event, "sequence": sequence}

    assert leaf(sequence, at, actor, event, case, data) == hashlib.sha256(b"\x00" + canonical(row).encode()).digest()
