"""Writing the log."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from fremsyn.audit.leaves import canonical, leaf_hash
from fremsyn.audit.models import Entry, Head
from fremsyn.people.models import Person


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
