"""Writing the log and holding it against its hashes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from fremsyn.audit.leaves import Tree, canonical, leaf_hash
from fremsyn.audit.models import Entry, Head
from fremsyn.people.models import Person


@dataclass(frozen=True)
class Verification:
    """What came of reading the whole log: `first_wrong` is the number of the first entry that does not hold."""

    rows: int
    ok: bool
    first_wrong: int | None
    root: str


@transaction.atomic(savepoint=False)
def record(event: str, *, case: models.Model | UUID | None, by: Person | None, at: datetime, **data: object) -> Entry:
    """Add one entry, in the transaction of what it tells about; writers wait for each other until that is over.

    Times never decrease: where `at` is before the latest entry's time, the entry takes the latter and keeps the
    given one in its data as `said_at`.

    :param event: noun and participle, such as "scenarios.axes_chosen"
    :param data: text, numbers, ids, times, lists, mappings; nothing that names a person
    :raises TypeError: for data that has no JSON form
    """
    head, _created = Head.objects.select_for_update().get_or_create(pk=1)
    if head.latest_at and at < head.latest_at:
        data["said_at"], at = at, head.latest_at
    head.size, head.latest_at = head.size + 1, at
    actor = str(by.pk) if by else ""
    subject = "" if case is None else str(case.pk if isinstance(case, models.Model) else case)
    text = canonical(data)
    entry = Entry(
        sequence=head.size,
        at=at,
        actor=actor,
        event=event,
        case=subject,
        data=text,
        leaf_hash=leaf_hash(head.size, at, actor, event, subject, text),
    )
    entry.save(force_insert=True)
    head.save(force_update=True)
    return entry


@transaction.atomic
def verify() -> Verification:
    """Read every entry and say whether the log is whole: numbers, times and hashes, and as many as were written."""
    head = Head.objects.filter(pk=1).first()
    tree = Tree()
    first_wrong: int | None = None
    latest: datetime | None = None
    entries = Entry.objects.order_by("sequence").iterator(chunk_size=5000)
    for number, entry in enumerate(entries, start=1):
        kept = leaf(entry)
        in_order = entry.sequence == number and (latest is None or entry.at >= latest)
        if first_wrong is None and not (in_order and entry.leaf_hash == kept.hex()):
            first_wrong = number
        tree.add(kept)
        latest = entry.at
    if first_wrong is None and tree.size != (head.size if head else 0):
        first_wrong = tree.size + 1
    return Verification(rows=tree.size, ok=first_wrong is None, first_wrong=first_wrong, root=tree.root())


def leaf(entry: Entry) -> bytes:
    """Return the hash of a row as it stands now."""
    return bytes.fromhex(leaf_hash(entry.sequence, entry.at, entry.actor, entry.event, entry.case, entry.data))
