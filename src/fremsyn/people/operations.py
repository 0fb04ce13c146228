"""What is done with accounts. Nothing here stands in the audit log: that lies above people and knows ids only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Demonstration, DemonstrationPerson, DemonstrationSeat, Organisation, Person
from fremsyn.people.roles import Role


@transaction.atomic
def register_person(
    *,
    username: str,
    name: str,
    password: str | None,
    at: datetime,
    organisation: Organisation | None = None,
    email: str = "",
) -> Person:
    """Make an account; without a password nobody can sign in to it with one.

    :raises RuleBroken: when the user name is taken or empty, or the password too easy to guess
    """
    username = Person.normalize_username(username.strip())
    if not username or not name.strip():
        raise RuleBroken(_("Give both a user name and a name."))
    if Person.objects.filter(username__iexact=username).exists():
        raise RuleBroken(_("Somebody already has the user name %(username)s.") % {"username": username})
    person = Person(username=username, name=name.strip(), email=email, organisation=organisation, joined_at=at)
    if password is not None:
        try:
            validate_password(password, person)
        except ValidationError as error:
            raise RuleBroken(" ".join(error.messages)) from error
    person.set_password(password)
    person.save(force_insert=True)
    return person


@transaction.atomic
def make_demonstration(*, at: datetime) -> dict[Role, Person]:
    """Make this database a demonstration with an invented person for each role; the same ones when made again."""
    demonstration, _created = Demonstration.objects.get_or_create(defaults={"made_at": at}, pk=1)
    people = {Role(seat.role): seat.person for seat in demonstration.people.select_related("person")}
    for role in Role:
        if role not in people:
            with translation.override("da"):
                name = _("%(role)s (demonstration)") % {"role": role.label}
            person = register_person(username=f"demo-{role.value}", name=name, password=None, at=at)
            DemonstrationPerson.objects.create(demonstration=demonstration, role=role, person=person)
            people[role] = person
    return people


def rename_person(*, person: Person, name: str) -> None:
    """Call an invented person of a demonstration by another name."""
    person.name = name
    person.save(update_fields=["name"])


@transaction.atomic
def offer_seat(*, person: Person, title: Mapping[str, str]) -> DemonstrationSeat:
    """Let anybody take an invented person's seat on the board of a demonstration; offered again, by its latest name.

    :param title: what the seat is called, by language
    """
    demonstration = Demonstration.objects.get()
    told = {"demonstration": demonstration, "title": dict(title)}
    seat, _created = DemonstrationSeat.objects.update_or_create(person=person, defaults=told)
    return seat
