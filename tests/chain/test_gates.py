"""A phase is closed at its gate, with a version kept; it can be opened again, and nothing is lost."""

from __future__ import annotations

import dataclasses
import json

import pytest
from django.urls import reverse

from conftest import NOON
from fremsyn.audit.models import Entry
from fremsyn.cases.editing.operations import change_thing
from fremsyn.cases.models import Case, Deliverable, PhaseRecord, PhaseState
from fremsyn.cases.phases import PHASES, TRANSITIONS, states, steps_from
from fremsyn.cases.remembered import changed
from fremsyn.chain.gates.operations import close_phase, move_phase
from fremsyn.conversation import handover as conversation
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text
from fremsyn.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(kombit: Case) -> Person:
    return Person.objects.get(username="owner")


@pytest.fixture
def strategy_reopened(kombit: Case, owner: Person) -> Case:
    """The strategy phase opened again, with its session free to pass the gate once more."""
    move_phase(case=kombit, phase="strategy", step="reopen", why="Ny økonomi", by=owner, at=NOON)
    return kombit


def session_of(case: Case, phase: str) -> str:
    talk = conversation.load(case).conversation
    return next(each.ref for each in talk.sessions if each.gate and each.gate.phase == phase)


def freed(case: Case, phase: str, owner: Person) -> str:
    """Return a session of the phase that has passed no gate."""
    ref = session_of(case, phase)
    change_thing(case=case, key=ref, version=None, values={"gate": None}, meaning=False, by=owner, at=NOON)
    return ref


def test_a_case_from_files_stands_as_its_sessions_say(kombit):
    assert set(states(kombit).values()) == {PhaseState.CLOSED}
    assert set(states(kombit)) == set(PHASES)


def test_a_closed_phase_is_not_changed_by_any_way_and_an_opened_one_is(kombit, owner, client_as):
    client = client_as("owner")
    refused = client.post(reverse("cases:item_withdraw", args=["kombit", "T1"]), {"why": ""})
    assert refused.status_code == 422
    with pytest.raises(RuleBroken, match="lukket"):
        change_thing(case=kombit, key="T1", version=None, values={"impact": 1}, meaning=False, by=owner, at=NOON)

    move_phase(case=kombit, phase="scanning", step="reopen", why="Nyt", by=owner, at=NOON)
    change_thing(case=kombit, key="T1", version=None, values={"impact": 1}, meaning=False, by=owner, at=NOON)


def test_a_signal_is_noted_in_every_phase(kombit, client_as):
    assert client_as("member").get(reverse("cases:item_add", args=["kombit", "signal"])).status_code == 200


def test_opening_again_asks_why_and_closing_keeps_a_version_that_tells_what_changed(strategy_reopened, owner):
    case = strategy_reopened
    session = freed(case, "strategy", owner)
    first = close_phase(
        case=case, phase="strategy", session=session, decision=Text(da="Vi lukker."), despite="Kendt", by=owner, at=NOON
    )
    assert states(case)["strategy"] == PhaseState.CLOSED
    assert (first.number, conversation.load(case).conversation.sessions[0].phase) == (1, "framing")
    assert Entry.objects.latest("sequence").event == "chain.phase_closed"
    assert first.sha256 in Entry.objects.latest("sequence").data

    with pytest.raises(RuleBroken, match="hvorfor"):
        move_phase(case=case, phase="strategy", step="reopen", why=" ", by=owner, at=NOON)
    move_phase(case=case, phase="strategy", step="reopen", why="Igen", by=owner, at=NOON)
    change_thing(case=case, key="O1", version=None, values={"risk": 5}, meaning=False, by=owner, at=NOON)
    session = freed(case, "strategy", owner)
    close_phase(
        case=case, phase="strategy", session=session, decision=Text(da="Igen."), despite="Kendt", by=owner, at=NOON
    )
    kept = Deliverable.objects.filter(case=case, phase="strategy").order_by("number")
    assert [row.number for row in kept] == [1, 2]
    assert json.loads(kept[0].content) != json.loads(kept[1].content)


def test_a_phase_waits_for_those_before_it(strategy_reopened, owner):
    case = strategy_reopened
    move_phase(case=case, phase="plans", step="reopen", why="Følger med", by=owner, at=NOON)
    session = freed(case, "plans", owner)
    with pytest.raises(RuleBroken, match="først"):
        close_phase(case=case, phase="plans", session=session, decision=Text(da="Nu"), despite="x", by=owner, at=NOON)
    assert states(case)["plans"] == PhaseState.REOPENED
    assert not Deliverable.objects.filter(case=case).exists()


def test_a_session_passes_one_gate_and_of_its_own_phase(strategy_reopened, owner):
    with pytest.raises(RuleBroken, match="kan ikke lukke"):
        close_phase(
            case=strategy_reopened, phase="strategy", session=session_of(strategy_reopened, "direction"),
            decision=Text(da="Nu"), despite="x", by=owner, at=NOON,
        )  # fmt: skip
    assert states(strategy_reopened)["strategy"] == PhaseState.REOPENED


def test_of_two_who_close_the_second_is_told(strategy_reopened, owner):
    case = strategy_reopened
    other = Case.objects.get(pk=case.pk)
    session = freed(case, "strategy", owner)
    close_phase(case=case, phase="strategy", session=session, decision=Text(da="1"), despite="x", by=owner, at=NOON)
    with pytest.raises(RuleBroken):
        close_phase(
            case=other, phase="strategy", session=session, decision=Text(da="2"), despite="x", by=owner, at=NOON
        )
    assert Deliverable.objects.filter(case=case).count() == 1


@pytest.mark.parametrize("state", list(PhaseState))
@pytest.mark.parametrize("name", [each.name for each in TRANSITIONS])
def test_only_what_the_table_holds_can_be_done(kombit, owner, state, name):
    PhaseRecord.objects.filter(case=kombit, phase="plans").update(state=state)
    changed(kombit)
    allowed = {each.name: each.end for each in steps_from(state)}
    if name == "close":
        return
    if name in allowed:
        assert move_phase(case=kombit, phase="plans", step=name, why="x", by=owner, at=NOON) == allowed[name]
    else:
        with pytest.raises(RuleBroken):
            move_phase(case=kombit, phase="plans", step=name, why="x", by=owner, at=NOON)
        assert PhaseRecord.objects.get(case=kombit, phase="plans").state == state


@pytest.mark.parametrize(
    "role", ["facilitator", "leadership", "member", "board", "observer", "administrator", "stakeholder"]
)
def test_only_the_owner_closes_and_reopens(kombit, client_as, role):
    client = client_as(role)
    for name, args in (("gate_close", []), ("gate_step", ["reopen"])):
        assert (
            client.post(reverse(f"chain:{name}", args=["kombit", "strategy", *args]), {"why": "x"}).status_code == 403
        )
    assert states(kombit)["strategy"] == PhaseState.CLOSED


@pytest.mark.parametrize("phase", PHASES)
def test_every_gate_shows_what_it_asks_for(kombit, client_as, phase):
    page = client_as("owner").get(reverse("chain:gate", args=["kombit", phase]))
    assert page.status_code == 200
    assert "Åbn fasen igen" in page.content.decode()


def test_the_gate_page_closes_and_offers_the_version(strategy_reopened, owner, client_as):
    case, client = strategy_reopened, client_as("owner")
    session = freed(case, "strategy", owner)
    answer = client.post(reverse("chain:gate_close", args=["kombit", "strategy"]), {"session": session})
    assert answer.status_code == 422
    told = {"session": session, "decision_da": "Vi vælger P2.", "despite": "Vi kender hullerne."}
    assert client.post(reverse("chain:gate_close", args=["kombit", "strategy"]), told).status_code == 302
    page = client.get(reverse("chain:gate", args=["kombit", "strategy"])).content.decode()
    assert "Version 1" in page
    file = client.get(reverse("chain:deliverable", args=["kombit", "strategy", 1]))
    assert file.json().keys() == {"strategy"}
    assert dataclasses.is_dataclass(conversation.load(case))
