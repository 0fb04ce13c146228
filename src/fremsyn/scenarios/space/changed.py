"""Whether the working set has changed since the words about it were written, and the reason that was given."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from fremsyn.cases.models import Case, ItemVersion, VersionEvent

SHEET = "scenarios"


@dataclass(frozen=True)
class Changed:
    """When the set changed last, and why; `written` is when the words about it did, None where they came with the case."""

    at: datetime
    why: str
    written: datetime | None


def changed_since(case: Case) -> Changed | None:
    """Return the last change of the working set, where it is younger than the words about it."""
    kept = ItemVersion.objects.filter(Q(item__kind="scenario") | Q(item__path=SHEET), item__case=case)
    steps = list(_steps(kept.select_related("item").order_by("item", "number")))
    written = max((each.at for each in steps if each.item.path == SHEET), default=None)
    moved = max((each for each in steps if each.item.path != SHEET), key=lambda each: each.at, default=None)
    if moved is None or (written is not None and written >= moved.at):
        return None
    return Changed(moved.at, moved.why, written)


def _steps(versions: Iterable[ItemVersion]) -> Iterator[ItemVersion]:
    """Yield the versions that changed what is told: a scenario's use, or the words about the set."""
    item, before = None, None
    for each in versions:
        told = _told(each)
        known = each.item_id == item
        if each.event != VersionEvent.FIRST and told != (before if known else None):
            yield each
        item, before = each.item_id, told


def _told(version: ItemVersion) -> object:
    if version.item.path == SHEET:
        return (version.content.get("set") or {}).get("text")
    use = version.content.get("use")
    return use if use == "working" and version.event != VersionEvent.WITHDRAWN else None
