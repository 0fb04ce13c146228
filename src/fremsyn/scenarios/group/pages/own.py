"""What a judge sees: their sections, and one of them to be judged alone."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.core.errors import NotAllowed
from fremsyn.scenarios.group.own import own_stands
from fremsyn.scenarios.group.pages.trail import shared
from fremsyn.scenarios.group.sight import may_see
from fremsyn.scenarios.group.state import GroupPair, Seat, group_of, section_of
from fremsyn.scenarios.judging.forms import SectionForm
from fremsyn.scenarios.judging.grid import Pair, changed_words, reading
from fremsyn.scenarios.judging.history import way_back
from fremsyn.scenarios.judging.pages import grid_of

NEWEST = 6


def asked(visit: Visit, source: str, target: str) -> tuple[GroupPair, Seat]:
    """Return a section that the visitor is asked to judge, with their own seat.

    :raises NotAllowed: when they are not, or a driver is withdrawn
    """
    section = section_of(visit.case, source, target)
    seat = section.seat_of(visit.person) if section else None
    if section is None or seat is None:
        raise NotAllowed(
            _(
                "This section is not handed out to you, or one of its drivers has been withdrawn. What you have judged is kept."
            )
        )
    return section, seat


def mine_page(visit: Visit) -> dict[str, Any]:
    """Return the sections that the visitor is asked to judge, those that are not given first."""
    mine = [(each, seat) for each in group_of(visit.case).of(visit.person) if (seat := each.seat_of(visit.person))]
    left = [(each, seat) for each, seat in mine if not seat.given and not each.settled]
    done = [(each, seat, may_see(visit, each)) for each, seat in mine if seat.given or each.settled]
    return shared(visit, (_("Your sections"), ""), guide="own") | {
        "left": left,
        "done": done,
        "given": sum(seat.given for _each, seat in mine),
        "all": len(mine),
    }


def address(visit: Visit, section: GroupPair) -> str:
    """Return where the visitor judges a section alone."""
    return reverse("scenarios:group_own", args=[visit.case.slug, *section.key])


def next_left(visit: Visit, section: GroupPair) -> str:
    """Return where the next section is judged that the visitor has not given, or their list when none is left."""
    mine = group_of(visit.case).of(visit.person)
    at = next((i for i, each in enumerate(mine) if each.key == section.key), 0)
    for each in (*mine[at + 1 :], *mine[:at]):
        seat = each.seat_of(visit.person)
        if seat and not seat.given and not each.settled:
            return address(visit, each)
    return reverse("scenarios:group_mine", args=[visit.case.slug])


def own_page(visit: Visit, section: GroupPair, seat: Seat, form: SectionForm | None = None) -> dict[str, Any]:
    """Return one section to be judged alone.

    :param form: what was typed, where it was refused
    """
    mine = group_of(visit.case).of(visit.person)
    at = next((i for i, each in enumerate(mine) if each.key == section.key), 0)
    pair = seat.own(section.pair)
    list_url = reverse("scenarios:group_mine", args=[visit.case.slug])
    trail = shared(visit, (_("Your sections"), list_url), (pair.number, ""), guide="own")
    return trail | own_fragment(visit, section, seat) | {
        "question": visit.entries.get(pair.target.question),
        "form": form or SectionForm(pair, seat.task.version),
        "grid": grid_of(pair, form),
        "before": mine[at - 1] if at else None,
        "after": mine[at + 1] if at + 1 < len(mine) else None,
        "mine": len(mine),
        "given": sum(bool((own := each.seat_of(visit.person)) and own.given) for each in mine),
        "others": [each.name for each in section.seats if each is not seat],
        "grounds": [(each, visit.shown((*each.because, *each.sources))) for each in (pair.source, pair.target)],
    }  # fmt: skip


def own_fragment(visit: Visit, section: GroupPair, seat: Seat, was: Pair | None = None) -> dict[str, Any]:
    """Return what changes on the page when something has been saved.

    :param was: the person's own judgement before this answer, to say aloud what it changed
    """
    pair = seat.own(section.pair)
    past = own_stands(seat.task)
    way = way_back(past)
    return {
        "visit": visit,
        "section": section,
        "seat": seat,
        "pair": pair,
        "version": seat.task.version,
        "reading": reading(pair) if pair.section else (),
        "changed": changed_words(was, pair) if was else (),
        "undo": len(way) > 1 and not section.settled,
        "history": [each for each in reversed(past) if each.at][:NEWEST],
        "sees": may_see(visit, section),
        "lacks": seat.lacks(section.pair),
    }
