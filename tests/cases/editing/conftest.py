"""The demonstration case with its phases open, so that it can be worked on."""

import pytest

from fremsyn.cases.models import Case, PhaseRecord, PhaseState
from fremsyn.cases.remembered import changed


@pytest.fixture
def kombit(kombit: Case) -> Case:
    PhaseRecord.objects.filter(case=kombit).update(state=PhaseState.OPEN)
    changed(kombit)
    return kombit
