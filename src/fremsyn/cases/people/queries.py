"""Reads for the page of who is in a case."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.cases.models import CaseInvitation, Membership
from fremsyn.cases.people.operations import refusal
from fremsyn.people.roles import Role

ORDER = list(Role.values)


@dataclass(frozen=True)
class InvitationRow:
    """A link that was handed out: how many came by it, and why nobody comes by it any more."""

    thing: CaseInvitation
    used: int
    refusal: str


def people_of(visit: Visit) -> dict[str, Any]:
    """Return who is in the case by role, and its invitations, the newest first."""
    members = Membership.objects.filter(case=visit.case).select_related("person")
    invitations = visit.case.invitations.annotate(used=Count("uses")).order_by("-made_at")[:100]
    now = timezone.now()
    return {
        "visit": visit,
        "heading": _("People of the case"),
        "members": sorted(members, key=lambda each: (ORDER.index(each.role), each.person.name)),
        "roles": Role.choices if visit.role == Role.OWNER else [each for each in Role.choices if each[0] != Role.OWNER],
        "invitations": [InvitationRow(each, each.used, refusal(each, now)) for each in invitations],
    }
