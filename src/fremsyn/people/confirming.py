"""Signing in again before something that binds: the session remembers for half an hour that it was done."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest

from fremsyn.people.models import Demonstration, Person

KEY = "confirmed"
HOLDS = timedelta(minutes=30)


def confirm(request: HttpRequest, person: Person, at: datetime) -> None:
    """Remember that the person at this browser has just signed in again."""
    request.session.cycle_key()
    request.session[KEY] = [str(person.pk), at.isoformat()]


def is_confirmed(request: HttpRequest, at: datetime) -> bool:
    """Tell whether whoever is signed in did so again in this session, half an hour ago at most."""
    said = request.session.get(KEY)
    if not said or said[0] != str(request.user.pk):
        return False
    return timedelta() <= at - datetime.fromisoformat(said[1]) < HOLDS


def by_button(person: Person) -> bool:
    """Tell whether somebody confirms without a password: an invented person who has none, in a demonstration only."""
    return not person.has_usable_password() and Demonstration.objects.exists()
