"""What was loaded or computed for a case is kept until the case changes.

Every operation that writes raises the case's `revision`, so an answer kept under a revision can't be stale. The answers
are frozen dataclasses that nobody may change.
"""

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import TypeVar, cast
from uuid import UUID

from django.db.models import F

from fremsyn.cases.models import Case

Answer = TypeVar("Answer")
MOST_KEPT = 120

_kept: OrderedDict[tuple[str, UUID, int], object] = OrderedDict()
_lock = Lock()


def remembered(ask: Callable[[Case], Answer]) -> Callable[[Case], Answer]:
    """Keep what `ask(case)` answered for as long as the case's revision stays the same."""
    name = f"{ask.__module__}.{ask.__qualname__}"

    @wraps(ask)
    def answer(case: Case) -> Answer:
        key = (name, case.pk, case.revision)
        with _lock:
            if key in _kept:
                _kept.move_to_end(key)
                return cast("Answer", _kept[key])
        made = ask(case)
        with _lock:
            _kept[key] = made
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
        return made

    return answer


def changed(case: Case) -> None:
    """Say that something of the case has been written."""
    Case.objects.filter(pk=case.pk).update(revision=F("revision") + 1)
    case.refresh_from_db(fields=["revision"])
