"""Import, seal, close a phase and vote with the first, second, third … call of the database failing: all or nothing."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from chain.small import small, write
from conftest import NOON
from conversation.live import again, make_round, refs_of, somebody
from failing import fail_at_each_call
from fremsyn.audit.verification import verify
from fremsyn.cases.editing.operations import change_thing
from fremsyn.cases.models import Case, Deliverable, PhaseRecord, PhaseState
from fremsyn.chain.folder import read_folder
from fremsyn.chain.gates.operations import close_phase
from fremsyn.chain.operations import import_case
from fremsyn.chain.sealing import seal_demonstration
from fremsyn.conversation.operations import cast_vote
from fremsyn.core.text import Text
from fremsyn.people.models import Person

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MODELS = [model for model in apps.get_models() if model.__module__.startswith("fremsyn.")]
TABLES = [model._meta.db_table for model in MODELS]


def state():
    """Return all rows of all tables, as the database gives them."""
    found = {}
    with connection.cursor() as asked:
        for table in TABLES:
            asked.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            found[table] = asked.fetchall()
    return found


def counts():
    """Return how much there is of everything: an import that is undone leaves no more and no less."""
    return {model._meta.label: model._default_manager.count() for model in MODELS}


@pytest.fixture
def lille(tmp_path):
    content = read_folder(write(tmp_path / "lille", small())).content
    assert content
    return content


@pytest.fixture
def case(lille) -> Case:
    return import_case(content=lille, slug="lille", by=None, at=NOON)


def bring(content, *, step: int) -> int:
    return fail_at_each_call(lambda: import_case(content=content, slug="lille", by=None, at=NOON), counts, step=step)


def test_import(lille):
    assert bring(lille, step=9) > 5
    assert verify().ok


@pytest.mark.long
def test_import_with_every_call_failing(lille):
    assert bring(lille, step=1) > 50


def test_seal(case):
    def seal():
        seal_demonstration(case=Case.objects.get(pk=case.pk), documents={}, at=NOON)

    assert fail_at_each_call(seal, state) > 10
    assert verify().ok


def test_close_a_phase(case):
    owner = Person.objects.create(username="owner", name="Owner", joined_at=NOON)
    for phase in ("framing", "scanning", "scenarios", "direction"):
        now = PhaseState.OPEN if phase == "direction" else PhaseState.CLOSED
        PhaseRecord.objects.update_or_create(case=case, phase=phase, defaults={"state": now, "since": NOON})
    change_thing(case=case, key="E1", version=None, values={"phase": "direction"}, meaning=False, by=owner, at=NOON)

    def close():
        again = Case.objects.get(pk=case.pk)
        close_phase(
            case=again, phase="direction", session="E1", decision=Text(da="Lukket"), despite="Kendt", by=owner, at=NOON
        )

    assert fail_at_each_call(close, state) > 10
    assert Deliverable.objects.filter(case=case).count() == 1


def test_vote(case):
    round_ = make_round(case, at=NOON)
    (me,), statement = somebody(round_, at=NOON), refs_of(round_)[0]

    def vote():
        cast_vote(round_=again(round_), participant=me, statement=statement, value=1, key="one press", at=NOON)

    assert fail_at_each_call(vote, state) > 3
