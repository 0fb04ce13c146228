"""What was loaded or computed for a case is kept until the case changes, or its day.

Every operation that writes begins with `changed(case)`, which gives the case a revision that no other state of it has or
will have; so what was read in a transaction that is rolled back is never found again. The answers are frozen dataclasses
that nobody may change.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from hashlib import blake2b
from threading import Lock, RLock
from typing import TypeVar, cast
from uuid import UUID, uuid4

from fremsyn.cases.models import Case

Answer = TypeVar("Answer")
MOST_CASES = 24
MOST_MADE = 16 * MOST_CASES  # a case has fewer files than that


@dataclass
class _Kept:
    """The answers about one state of a case; whoever asks first computes, the others wait."""

    revision: UUID
    as_of: date
    lock: RLock = field(default_factory=RLock)
    answers: dict[str, object] = field(default_factory=dict)


_kept: OrderedDict[UUID, _Kept] = OrderedDict()
_made: OrderedDict[tuple[UUID, str], tuple[bytes, object]] = OrderedDict()
_lock = Lock()


def remembered(ask: Callable[[Case], Answer]) -> Callable[[Case], Answer]:
    """Keep what `ask(case)` answered for as long as the case's revision stays the same."""
    name = f"{ask.__module__}.{ask.__qualname__}"

    @wraps(ask)
    def answer(case: Case) -> Answer:
        kept = _kept_of(case)
        with kept.lock:
            if name not in kept.answers:
                kept.answers[name] = ask(case)
            return cast("Answer", kept.answers[name])

    return answer


def made_of(case: Case, name: str, of: object, make: Callable[[], Answer]) -> Answer:
    """Return what `make()` gives, or gave when it was last asked for in this case, if it is made of the same.

    A change is mostly of one thing: what is made of the others need not be made again.

    :param of: all that it is made of; known again by how it is written (`repr`), types and order included
    """
    key, mark = (case.pk, name), blake2b(repr(of).encode("utf-8", "surrogatepass"), digest_size=16).digest()
    with _lock:
        before, made = _made.get(key, (b"", None))
    if before != mark:
        made = make()
    with _lock:
        _made[key] = mark, made
        _made.move_to_end(key)
        while len(_made) > MOST_MADE:
            _made.popitem(last=False)
    return cast("Answer", made)


def _kept_of(case: Case) -> _Kept:
    with _lock:
        kept = _kept.get(case.pk)
        if kept is None or (kept.revision, kept.as_of) != (case.revision, case.as_of):
            kept = _kept[case.pk] = _Kept(case.revision, case.as_of)
        _kept.move_to_end(case.pk)
        while len(_kept) > MOST_CASES:
            _kept.popitem(last=False)
        return kept


def changed(case: Case) -> None:
    """Say that something of the case is about to be written; the first thing an operation does."""
    case.revision = uuid4()
    case.save(update_fields=["revision"])
