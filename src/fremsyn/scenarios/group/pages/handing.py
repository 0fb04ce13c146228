"""What those who lead see: what is handed out to whom, who is behind, and where each section stands."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fremsyn.cases.access import Visit
from fremsyn.people.models import Person
from fremsyn.scenarios.group.forms import HandForm
from fremsyn.scenarios.group.pages.trail import shared
from fremsyn.scenarios.group.sight import may_see, shown
from fremsyn.scenarios.group.state import Group, Seat, group_of, last_saved


@dataclass(frozen=True)
class Progress:
    """How far a person is: sections asked and given, and when they last wrote. `behind` says that others are further."""

    person: Person
    asked: int
    given: int
    last: datetime | None
    here: bool
    behind: bool

    @property
    def left(self) -> int:
        """Return how many are not given."""
        return self.asked - self.given


def work_page(visit: Visit, form: HandForm | None = None, chosen: str = "") -> dict[str, Any]:
    """Return who has what, how far they are, and the form by which sections are handed out.

    :param form: what was chosen, where it was refused
    :param chosen: the person to begin with
    """
    found = group_of(visit.case)
    form = form or HandForm(found, initial={"person": [chosen]})
    sections = tuple(found.sections.values())
    states = Counter(each.state for each in sections)
    seen = shown(visit, sections)
    return shared(visit) | {
        "group": found,
        "form": form,
        "people": progress(found),
        "states": states,
        "waiting": states["waiting"],
        "ready": states["ready"],
        "settled": states["settled"],
        "nobody": len(found.board.pairs) - len(sections),
        "sections": [(each, may_see(visit, each)) for each in sections],
        "disputed": sum(each.disputed for each in seen),
        "mine": len(found.of(visit.person)),
        "drivers": [
            (each, each.ref in (form["acts"].value() or ()), each.ref in (form["acted"].value() or ()))
            for each in found.board.drivers
        ],
    }  # fmt: skip


def progress(found: Group) -> tuple[Progress, ...]:
    """Return how far each judge is, and each who was asked and has left the case, those furthest behind first."""
    people = {each.person_id: each.person for each in found.judges}
    here = set(people)
    seats: dict[Any, list[Seat]] = {}
    for section in found.sections.values():
        for seat in section.seats:
            if seat.task.person is not None:
                people.setdefault(seat.task.person.pk, seat.task.person)
                seats.setdefault(seat.task.person.pk, []).append(seat)
    every = [seat for own in seats.values() for seat in own]
    share = sum(each.given for each in every) / len(every) if every else 0.0
    rows = []
    for key, person in people.items():
        own = tuple(seats.get(key, ()))
        given = sum(each.given for each in own)
        behind = key in here and bool(own) and given < len(own) and given / len(own) < share
        rows.append(Progress(person, len(own), given, last_saved(own), key in here, behind))
    return tuple(sorted(rows, key=lambda each: (not each.behind, not each.asked, -each.left)))
