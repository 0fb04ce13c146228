"""Reading the whole log and holding it against its hashes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection, transaction

from fremsyn.audit.leaves import leaf
from fremsyn.audit.models import Checkpoint, Entry, Head
from fremsyn.audit.notes import NoteRefused, read_note
from fremsyn.audit.tree import Tree

CHUNK = 5000
READ = {
    "sqlite": 'SELECT sequence, CAST(at AS TEXT), actor, event, "case", data, leaf_hash FROM audit_entry ORDER BY 1',
    "postgresql": """SELECT sequence, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), actor, event,
        "case", data, leaf_hash FROM audit_entry ORDER BY 1""",
}


@dataclass(frozen=True)
class Verification:
    """What came of reading the whole log: `first_wrong` is the number of the first entry that does not hold.

    `checkpoints` were checked; `wrong_checkpoint` is the size of the first that the log no longer has as its beginning,
    or that its key has not signed.
    """

    rows: int
    ok: bool
    first_wrong: int | None
    root: str
    checkpoints: int = 0
    wrong_checkpoint: int | None = None
    leaves: list[bytes] = field(default_factory=list, repr=False, compare=False)


def verify(*, keep_leaves: bool = False) -> Verification:
    """Read every entry and say whether the log is whole: numbers, times and hashes, as many as were written, and with
    every signed head as its beginning.

    :param keep_leaves: hand on the leaf hashes that were computed, for proofs
    """
    with transaction.atomic():
        head = Head.objects.filter(pk=1).first()
        signed = list(Checkpoint.objects.order_by("size", "pk"))
        sizes, roots, kept_leaves = iter(sorted({each.size for each in signed})), {}, list[bytes]()
        tree, first_wrong, latest, next_signed = Tree(), 0, "", next(sizes, 0)
        for number, (sequence, at, actor, event, case, data, stated) in enumerate(rows(), 1):
            kept = leaf(sequence, at, actor, event, case, data)
            if not (sequence == number and at >= latest and kept.hex() == stated):
                first_wrong = first_wrong or number
            tree.add(kept)
            latest = at
            if keep_leaves:
                kept_leaves.append(kept)
            if number == next_signed:
                roots[number], next_signed = tree.root(), next(sizes, 0)
    if not first_wrong and tree.size != (head.size if head else 0):
        first_wrong = tree.size + 1
    wrong = next((each.size for each in signed if roots.get(each.size) != each.root or not _holds(each)), None)
    return Verification(
        rows=tree.size,
        ok=not first_wrong and wrong is None,
        first_wrong=first_wrong or None,
        root=tree.root(),
        checkpoints=len(signed),
        wrong_checkpoint=wrong,
        leaves=kept_leaves,
    )


def _holds(checkpoint: Checkpoint) -> bool:
    """Tell whether a checkpoint's note says what its row says and is signed with its key."""
    try:
        note = read_note(checkpoint.text, bytes.fromhex(checkpoint.public_key))
    except (NoteRefused, ValueError):
        return False
    return (note.size, note.root.hex()) == (checkpoint.size, checkpoint.root)


def rows() -> Iterator[tuple[int, str, str, str, str, str, str]]:
    """Yield every entry in order, its time as it was hashed.

    Straight from the database: making a model of each row takes ten times as long as hashing it.
    """
    with connection.cursor() as cursor:
        cursor.execute(READ[connection.vendor])
        while chunk := cursor.fetchmany(CHUNK):
            for sequence, at, actor, event, case, data, stated in chunk:
                yield sequence, _stamped(at), actor, event, case, data, stated


def leaves(size: int | None = None) -> list[bytes]:
    """Return the leaf hashes of the first `size` entries, of all where none is given."""
    hashes = Entry.objects.order_by("sequence").values_list("leaf_hash", flat=True)
    return [bytes.fromhex(each) for each in (hashes if size is None else hashes[:size])]


def _stamped(at: str) -> str:
    """Return a time in UTC as `stamp` writes it; SQLite leaves a fraction of zero out."""
    return f"{at[:10]}T{at[11:19]}.{at[20:]:0<6}Z"
