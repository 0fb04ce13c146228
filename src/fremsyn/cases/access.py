"""The only door to a case: who may come in, and what they may see there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from fremsyn.cases.directory import Directory, Entry, Tie, directory
from fremsyn.cases.kinds import KINDS
from fremsyn.cases.models import Case, Membership, in_force
from fremsyn.cases.rights import RIGHTS, Right
from fremsyn.cases.trace import Chain, chain_of
from fremsyn.core.errors import NotAllowed
from fremsyn.people.models import Person
from fremsyn.people.roles import Role

AREAS = frozenset(kind.app for kind in KINDS.values()) | {"chain"}
# A stakeholder sees the round and what came of it. The board's paper is for those who prepare it and those who decide.
SEES: Mapping[str, frozenset[str]] = {
    Role.STAKEHOLDER: frozenset({"conversation"}),
    Role.MEMBER: AREAS - {"approval"},
    Role.ADMINISTRATOR: AREAS - {"approval"},
}
# Asked what is closed to a person whatever the role; named, not imported: the board lies above.
CLOSED_TO = "fremsyn.approval.handover.closed_to"
# Asked what is closed to everybody but the body and those who serve it.
WITHHELD = "fremsyn.approval.paper.closing.withheld"
STAKEHOLDER_KINDS = frozenset({"question", "round", "statement", "insight"})


@dataclass(frozen=True)
class Visit:
    """A person in a case: what they may see of it, and nothing else."""

    case: Case
    person: Person
    role: str

    def may_enter(self, area: str) -> bool:
        """Tell whether a phase's pages are open to this role."""
        return area in SEES.get(self.role, AREAS)

    def may(self, right: Right) -> bool:
        """Tell whether this role has a right."""
        return self.role in RIGHTS[right]

    @cached_property
    def can(self) -> Mapping[str, bool]:
        """Return what this role may do, by the right's name, for templates."""
        return {right.value: self.may(right) for right in Right}

    @cached_property
    def closed(self) -> frozenset[str]:
        """Return the keys of what is closed to this person alone: the board's points that they are disqualified on."""
        closed: frozenset[str] = import_string(CLOSED_TO)(self.case, self.person, self.role)
        return closed

    @cached_property
    def withheld(self) -> frozenset[str]:
        """Return the keys of what is closed to whoever is neither of the body nor serves it."""
        keys: frozenset[str] = frozenset() if self.may(Right.CONFIDE) else import_string(WITHHELD)(self.case)
        return keys

    def may_see(self, entry: Entry) -> bool:
        """Tell whether an item or part is open to this person."""
        if entry.key in self.closed or entry.key in self.withheld:
            return False
        if self.role == Role.STAKEHOLDER:
            return entry.kind in STAKEHOLDER_KINDS
        return self.may_enter(entry.app)

    @cached_property
    def _directory(self) -> Directory:
        return directory(self.case)

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Return every item and part that may be seen, by key."""
        return {key: entry for key, entry in self._directory.entries.items() if self.may_see(entry)}

    @cached_property
    def sees_all(self) -> bool:
        """Tell whether nothing of the case is hidden from this role; what is hidden must not be said to be absent."""
        return len(self.entries) == len(self._directory.entries)

    def shown(self, keys: Iterable[str]) -> tuple[Entry, ...]:
        """Return the entries of those keys that may be seen, in order."""
        return tuple(self.entries[key] for key in keys if key in self.entries)

    def entry(self, ref: str, kind: str) -> Entry:
        """Return an item of the kind asked for.

        :raises Http404: when the case has none, or it may not be seen
        """
        entry = self.entries.get(ref)
        if entry is None or entry.kind != kind:
            raise Http404
        return entry

    def of_kind(self, kind: str) -> tuple[Entry, ...]:
        """Return all items of a kind that may be seen, in order."""
        return tuple(entry for entry in self.entries.values() if entry.kind == kind)

    def ties_from(self, key: str) -> tuple[Tie, ...]:
        """Return the links from an item to what may be seen."""
        return tuple(tie for tie in self._directory.outgoing.get(key, ()) if tie.end in self.entries)

    def ties_to(self, key: str) -> tuple[Tie, ...]:
        """Return the links to an item from what may be seen."""
        return tuple(tie for tie in self._directory.incoming.get(key, ()) if tie.start in self.entries)

    @cached_property
    def chain(self) -> Chain:
        """Return what rests on what, among what may be seen."""
        whole = chain_of(self.case)
        if self.sees_all:
            return whole
        seen = self.entries
        return Chain({k: tuple(g for g in below if g in seen) for k, below in whole.grounds.items() if k in seen})


def access_case(request: HttpRequest, slug: str, area: str = "", right: Right | None = None) -> Visit:
    """Fetch a case for whoever asks, if they belong to it.

    :param area: the app whose page is asked for; empty for pages that every member of the case may open
    :param right: what is going to be done; None for reading
    :raises Http404: to outsiders and where there is no such case, so that the two can't be told apart
    :raises NotAllowed: when the role does not open this area, or has not the right
    """
    membership = None
    if isinstance(request.user, Person):
        held = Membership.objects.filter(in_force(timezone.localdate()), case__slug=slug, person=request.user)
        membership = held.select_related("case", "person").first()
    if membership is None:
        raise Http404
    visit = Visit(membership.case, membership.person, membership.role)
    demand(visit, area, right)
    request.__dict__["visit"] = visit
    return visit


def demand(visit: Visit, area: str = "", right: Right | None = None) -> None:
    """Hold that whoever visits may open an area and has a right there.

    :raises NotAllowed: when the role does not open the area, or has not the right
    """
    if (area and not visit.may_enter(area)) or (right and not visit.may(right)):
        raise NotAllowed(
            _("Your role in this case is %(role)s. The facilitator can tell who may open this page.")
            % {"role": Role(visit.role).label}
        )


def visit_of(request: Any) -> Visit | None:
    """Return the visit that `access_case` opened in this request, if it did."""
    return getattr(request, "visit", None)
