"""What a section was before: who judged what when, and where undo leads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fremsyn.cases.editing.versions import own_values
from fremsyn.cases.models import Case, Item, ItemVersion, VersionEvent
from fremsyn.cases.shape import Text
from fremsyn.people.models import Person
from fremsyn.scenarios import models
from fremsyn.scenarios.handover.matrix import Row
from fremsyn.scenarios.schema import Section

FURTHEST_BACK = 60


@dataclass(frozen=True)
class Stand:
    """A section as it stood after something was done to it; `section` (by reference) is None where it was not judged."""

    number: int
    section: Section | None
    by: Person | None
    at: datetime | None

    @property
    def rows(self) -> Mapping[str, Row]:
        """Return its judgements by the references of the source's variants."""
        return self.section.rows if self.section else {}

    @property
    def cells(self) -> Mapping[tuple[str, int], Any]:
        """Return its judgements other than 0 by the reference of the source's variant and the place of the target's."""
        return {(ref, at): number for ref, row in self.rows.items() for at, number in enumerate(row) if number}

    @property
    def reason(self) -> Text | None:
        """Return its reason."""
        return self.section.reason if self.section else None

    def same_as(self, other: "Stand") -> bool:
        """Tell whether the two say the same."""
        return (self.section is None) == (other.section is None) and (
            (self.cells, self.reason) == (other.cells, other.reason)
        )


NOTHING = Stand(0, None, None, None)


def row_of(case: Case, source: str, target: str) -> models.Section | None:
    """Return the stored section from one driver to another (references), withdrawn or not."""
    rows = models.Section.objects.select_related("item").filter(item__case=case, source=source, target=target)
    return rows.order_by("item__position").first()


def stands(item: Item) -> tuple[Stand, ...]:
    """Return how a section stood after each of its last changes, the first first; before it came to be it was not judged."""
    newest = ItemVersion.objects.filter(item=item).prefetch_related("by").order_by("-number")[:FURTHEST_BACK]
    versions = list(reversed(newest))
    found = tuple(_stand(each) for each in versions)
    if not versions or versions[0].event not in (VersionEvent.ADDED, VersionEvent.WITHDRAWN):
        return found
    if versions[0].event == VersionEvent.WITHDRAWN:  # its content is what was taken away
        return Stand(versions[0].number - 1, _section(versions[0]), None, None), *found
    return NOTHING, *found


def stand_of(item: Item, number: int) -> Stand | None:
    """Return how a section stood at a version; None where that isn't known."""
    return next((each for each in stands(item) if each.number == number), None)


def _stand(version: ItemVersion) -> Stand:
    section = None if version.event == VersionEvent.WITHDRAWN else _section(version)
    return Stand(version.number, section, version.by, version.at)


def _section(version: ItemVersion) -> Section:
    return Section(**own_values(Section, version.content))


def way_back(past: Iterable[Stand]) -> tuple[Stand, ...]:
    """Return the stands of a section that undo leads back through, the one that stands now last.

    To go back to the stand before takes both it and what came after from the way, so that undo can be repeated.
    """
    way: list[Stand] = []
    for each in past:
        if len(way) > 1 and way[-2].same_as(each):
            way.pop()
        elif not way or not way[-1].same_as(each):
            way.append(each)
    return tuple(way)
