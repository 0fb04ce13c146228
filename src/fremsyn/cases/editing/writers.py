"""Who has a thing open to change it, so that two see each other before they meet.

It is kept in the server's one process and nowhere else, and forgotten soon after the page was last heard from.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from uuid import UUID

from fremsyn.cases.models import Item
from fremsyn.people.models import Person

FORGOTTEN_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Writer:
    """Somebody who has a thing open, and since when."""

    name: str
    since: datetime


_lock = Lock()
_open: dict[tuple[UUID, UUID], tuple[datetime, datetime]] = {}  # by thing and person: since when, and last heard from


def opened(item: Item, person: Person, at: datetime) -> tuple[Writer, ...]:
    """Note that somebody has a thing open, and return the others who have, who came first first."""
    with _lock:
        for key in [key for key, (_since, heard) in _open.items() if heard + FORGOTTEN_AFTER <= at]:
            del _open[key]
        since, _heard = _open.get((item.pk, person.pk), (at, at))
        _open[item.pk, person.pk] = since, at
        others = {who: when for (what, who), (when, _each) in _open.items() if what == item.pk and who != person.pk}
    return tuple(sorted(_named(others), key=lambda each: each.since))


def left(item: Item, person: Person) -> None:
    """Note that somebody has saved a thing, and no longer has it open."""
    with _lock:
        _open.pop((item.pk, person.pk), None)


def _named(others: dict[UUID, datetime]) -> Iterator[Writer]:
    people = Person.objects.filter(pk__in=others).values_list("pk", "name") if others else ()
    yield from (Writer(name, others[pk]) for pk, name in people)
