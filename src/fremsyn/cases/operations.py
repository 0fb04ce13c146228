"""Who belongs to a case."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.audit.operations import record
from fremsyn.cases.models import Case, Membership
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person
from fremsyn.people.roles import Role


@transaction.atomic
def add_member(*, slug: str, person: Person, role: str, by: Person | None, at: datetime) -> Membership:
    """Let a person into a case in a role; somebody who is in already takes the new role.

    :raises RuleBroken: when there is no such case or no such role
    """
    case = Case.objects.filter(slug=slug).first()
    if case is None:
        raise RuleBroken(_("There is no case named %(slug)s.") % {"slug": slug})
    if role not in Role.values:
        raise RuleBroken(
            _("There is no role named %(role)s. Choose one of %(roles)s.")
            % {"role": role, "roles": ", ".join(Role.values)}
        )
    membership, _created = Membership.objects.update_or_create(
        case=case, person=person, defaults={"role": role, "until": None}
    )
    record("cases.member_added", case=case, by=by, at=at, person=str(person.pk), role=role)
    return membership
