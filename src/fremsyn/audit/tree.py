"""A Merkle tree over the log: its root, and short proofs that an entry is in it and that it has only grown.

:source: Laurie, Langley, Kasper (2013), Certificate Transparency, RFC 6962, section 2.1
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

EMPTY = hashlib.sha256().digest()


def parent(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """The root over leaves that come one at a time, holding only the right edge of the tree."""

    def __init__(self) -> None:
        self.size = 0
        self.edge: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Take one more leaf hash; two subtrees of the same size become one."""
        node, height = leaf, self.size
        while height & 1:
            node = hashlib.sha256(b"\x01" + self.edge.pop() + node).digest()
            height >>= 1
        self.edge.append(node)
        self.size += 1

    def digest(self) -> bytes:
        """Return the root, 32 bytes; of no leaves, the hash of nothing."""
        if not self.edge:
            return EMPTY
        *rest, node = self.edge
        for left in reversed(rest):
            node = parent(left, node)
        return node

    def root(self) -> str:
        """Return the root in hexadecimal."""
        return self.digest().hex()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes."""
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.digest()


def _split(size: int) -> int:
    """Return the largest power of two below `size` (at least 2)."""
    return 1 << (size - 1).bit_length() - 1


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Return the hashes that lead from leaf `index` (from 0) to the root over `leaves`.

    :raises IndexError: when there is no such leaf
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"there is no leaf {index} among {len(leaves)}")
    if len(leaves) == 1:
        return []
    k = _split(len(leaves))
    if index < k:
        return [*inclusion_proof(leaves[:k], index), root_of(leaves[k:])]
    return [*inclusion_proof(leaves[k:], index - k), root_of(leaves[:k])]


def included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Tell whether `proof` shows that `leaf` is number `index` (from 0) of the `size` leaves under `root`."""
    if not 0 <= index < size:
        return False
    node, at, last = leaf, index, size - 1
    for hash_ in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            node = parent(hash_, node)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            node = parent(node, hash_)
        at, last = at >> 1, last >> 1
    return last == 0 and node == root


def consistency_proof(leaves: Sequence[bytes], earlier: int) -> list[bytes]:
    """Return the hashes that show that the first `earlier` leaves are still the beginning of all of them.

    :raises IndexError: unless `earlier` is from 1 to the number of leaves
    """
    if not 1 <= earlier <= len(leaves):
        raise IndexError(f"{earlier} is not between 1 and {len(leaves)}")
    return _subproof(leaves, earlier, whole=True)


def _subproof(leaves: Sequence[bytes], earlier: int, *, whole: bool) -> list[bytes]:
    if earlier == len(leaves):
        return [] if whole else [root_of(leaves)]
    k = _split(len(leaves))
    if earlier <= k:
        return [*_subproof(leaves[:k], earlier, whole=whole), root_of(leaves[k:])]
    return [*_subproof(leaves[k:], earlier - k, whole=False), root_of(leaves[:k])]


def consistent(earlier: int, before: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Tell whether `proof` shows that the tree of `earlier` leaves under `before` grew into `size` under `root`."""
    if not 1 <= earlier <= size:
        return False
    if earlier == size:
        return not proof and before == root
    hashes = list(proof)
    if earlier & (earlier - 1) == 0:
        hashes.insert(0, before)
    if not hashes:
        return False
    at, last = earlier - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = hashes.pop(0)
    for hash_ in hashes:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = parent(hash_, old), parent(hash_, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = parent(new, hash_)
        at, last = at >> 1, last >> 1
    return last == 0 and old == before and new == root
