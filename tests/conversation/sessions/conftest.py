"""A session of the demonstration case, planned and running."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from fremsyn.cases.models import Case
from fremsyn.conversation.sessions.operations.preparing import prepare_session
from fremsyn.conversation.sessions.operations.running import start_session
from fremsyn.people.models import Person

NOON = datetime.datetime(2026, 11, 27, 12, tzinfo=datetime.UTC)


@pytest.fixture
def person() -> Callable[[str], Person]:
    return lambda role: Person.objects.get(username=role)


@pytest.fixture
def planned(kombit: Case) -> str:
    """The reference of a session that is planned for the twelve minutes' template."""
    day = datetime.date(2026, 12, 3)
    return prepare_session(case=kombit, model="scanning_twelve", held=day, question="Q0", by=None, at=NOON).ref


@pytest.fixture
def running(kombit: Case, planned: str) -> str:
    """The reference of a session that was started at noon."""
    start_session(case=kombit, ref=planned, language="da", by=None, at=NOON)
    return planned
