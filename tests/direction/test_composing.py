"""Composing the desirable scenario and telling the way back: what resists at once, and what two people see who meet."""

from __future__ import annotations

import re

import pytest

from conftest import NOON
from fremsyn.cases.editing.operations import withdraw_thing
from fremsyn.cases.models import Case, PhaseRecord, PhaseState
from fremsyn.cases.remembered import changed
from fremsyn.cases.shape import Text
from fremsyn.core.errors import RuleBroken
from fremsyn.direction.composing.forms import ComposeForm
from fremsyn.direction.composing.operations import (
    ComposedMeanwhile,
    Step,
    Wished,
    backcast_steps,
    compose,
    mark_of,
    parts_by_driver,
    tell_backcast,
)
from fremsyn.direction.composing.resistance import composed
from fremsyn.direction.handover import load
from fremsyn.direction.queries import wish_of
from fremsyn.scenarios import handover as scenarios_handover

HERE = "/cases/kombit/direction/desirable/compose/"
BACK = "/cases/kombit/direction/backcast/edit/"
WORK = {"by": None, "at": NOON}


@pytest.fixture
def kombit(kombit: Case) -> Case:
    """The demonstration case with its phases open, so that it can be worked on."""
    PhaseRecord.objects.filter(case=kombit).update(state=PhaseState.OPEN)
    changed(kombit)
    return kombit


def now(case):
    return Case.objects.get(pk=case.pk)


def states(case):
    return {each.variant.partition(".")[0]: each for each in load(now(case)).desirable.variants}


def typed(page: str) -> dict[str, str]:
    """Return what the form holds as it is sent by a browser without a script."""
    given = dict(re.findall(r'<input type="hidden" name="(seen-[^"]+)" value="([^"]*)"', page))
    for name, inner in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inner)
        given[name] = chosen[1] if chosen else ""
    given |= dict(re.findall(r'<textarea name="([^"]+)"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL))
    given |= dict.fromkeys(re.findall(r'<input type="hidden" name="(seen-[^"]+)" id', page), "")
    given["name"] = re.search(r'name="name" value="([^"]*)"', page)[1]
    return given


def test_what_resists_is_what_the_direction_says(kombit):
    scenarios, wish = scenarios_handover.load(kombit), load(kombit).desirable
    found = composed(scenarios, [each.variant for each in wish.variants])
    assert {each.driver.ref: each.by for each in found.resisting} == wish_of(kombit).weighed.resists
    assert found.near.scenario.ref == min(wish_of(kombit).distance.items(), key=lambda pair: pair[1])[0]
    assert not found.undecided
    assert all(each.against for each in found.resisting)


def test_a_wish_of_some_drivers_is_held_against_those_alone(kombit):
    found = composed(scenarios_handover.load(kombit), ["D1.b", "D3.c"])
    assert found.decided == 2
    assert len(found.undecided) == 12
    assert {each.driver.ref for each in found.resisting} <= {"D1", "D3"}
    assert composed(scenarios_handover.load(kombit), []).near is None


def test_a_state_is_changed_added_and_taken_away(kombit):
    before = states(kombit)
    other = "D1.a" if before["D1"].variant != "D1.a" else "D1.c"
    wished = {"D1": Wished(other, "hope_hedge", Text(da="Nødtvungent")), "D2": Wished("", "ours", None)}
    compose(case=kombit, wished=wished, texts={}, **WORK)
    after = states(kombit)
    assert (after["D1"].variant, after["D1"].stance, after["D1"].why) == (other, "hope_hedge", Text(da="Nødtvungent"))
    assert "D2" not in after
    assert after["D3"].variant == before["D3"].variant
    compose(case=kombit, wished={"D2": Wished("D2.a", "ours", None)}, texts={}, **WORK)
    assert states(kombit)["D2"].variant == "D2.a"


def test_what_a_file_stated_of_the_wish_is_forgotten_when_it_changes(kombit):
    assert load(kombit).desirable.score is not None
    compose(case=kombit, wished={"D1": Wished("D1.a", "ours", None)}, texts={}, **WORK)
    wish = load(now(kombit)).desirable
    assert (wish.score, wish.resists, wish.consistent) == (None, None, None)
    assert all(each.balance is None for each in wish.variants)


def test_a_case_without_a_desirable_scenario_gets_one(kombit):
    for key, _state in parts_by_driver(kombit).values():
        withdraw_thing(case=kombit, key=key, **WORK)
    assert composed(scenarios_handover.load(kombit), []).decided == 0
    with pytest.raises(RuleBroken):
        compose(case=kombit, wished={"D1": Wished("D9.a", "ours", None)}, texts={}, **WORK)


def test_the_page_shows_what_resists_without_keeping_anything(kombit, client_as):
    client = client_as("owner")
    page = client.get(HERE).content.decode()
    form = typed(page)
    assert form["state-D1"] == states(kombit)["D1"].variant
    before = load(kombit)
    shown = client.post(HERE, {**form, "state-D1": "D1.a", "show": "1"}).content.decode()
    assert 'value="D1.a" selected' in shown
    assert "gør modstand" in shown
    fragment = client.post(
        HERE, {**form, "state-D1": "D1.a", "show": "1"}, headers={"X-Fragment": "1"}
    ).content.decode()
    assert fragment.lstrip().startswith("<div")
    assert load(now(kombit)) == before


def test_the_page_keeps_what_is_composed(kombit, client_as):
    client = client_as("facilitator")
    form = typed(client.get(HERE).content.decode())
    answer = client.post(HERE, {**form, "state-D1": "D1.a", "why-D1": "Fordi", "save": "1"})
    assert answer["Location"] == "/cases/kombit/direction/desirable/C0/"
    assert (states(kombit)["D1"].variant, states(kombit)["D1"].why.da) == ("D1.a", "Fordi")
    assert "Gemt." in client.get(answer["Location"]).content.decode()


def test_a_first_wish_says_that_it_must_have_a_name_and_words():
    fields = ComposeForm((), None, ()).fields
    assert [name for name, field in fields.items() if getattr(field, "needed", "")] == ["name", "statement"]


def test_two_who_compose_the_same_driver_are_shown_both(kombit, client_as):
    one, other = client_as("owner"), client_as("facilitator")
    form = typed(one.get(HERE).content.decode())
    other.post(HERE, {**form, "state-D1": "D1.a", "save": "1"})
    other.post(HERE, {**typed(other.get(HERE).content.decode()), "state-D4": "D4.a", "save": "1"})
    met = one.post(HERE, {**form, "state-D1": "D1.c", "save": "1"})
    page = met.content.decode()
    assert met.status_code == 409
    assert "En anden har valgt dette i mellemtiden" in page
    assert one.post(HERE, {**typed(page), "save": "1"}).status_code == 302
    assert states(kombit)["D1"].variant == "D1.c"


def test_one_who_composes_another_driver_is_not_in_the_way(kombit):
    seen = {ref: mark_of(each.variant, each.stance, each.why) for ref, each in states(kombit).items()}
    compose(case=kombit, wished={"D4": Wished("D4.a", "ours", None, seen["D4"])}, texts={}, **WORK)
    kept = states(kombit)["D1"]
    wished = {
        "D1": Wished("D1.c", "ours", None, seen["D1"]),
        "D4": Wished(kept.variant.replace("D1", "D4"), "ours", None, seen["D4"]),
    }
    with pytest.raises(ComposedMeanwhile) as met:
        compose(case=kombit, wished=wished, texts={}, **WORK)
    assert [each.driver for each in met.value.met] == ["D4"]
    assert states(kombit)["D1"] == kept


def test_the_way_back_is_told_year_by_year(kombit):
    key, first = next(iter(backcast_steps(kombit).items()))
    last = list(backcast_steps(kombit))[-1]
    free = next(y for y in range(2034, 2026, -1) if y not in {each.year for each in backcast_steps(kombit).values()})
    steps = (Step(first.year, key, "Ny tekst"), Step(free, "", "Et nyt skridt"), Step(2027, last, ""))
    tell_backcast(case=kombit, steps=steps, language="da", **WORK)
    told = backcast_steps(now(kombit))
    assert told[key].text == Text(da="Ny tekst", en=first.text.en)
    assert any(each.year == free and each.text == Text(da="Et nyt skridt") for each in told.values())
    assert last in told  # its English words stand
    assert told[last].text.da is None


def test_the_way_back_page_tells_its_gaps_and_keeps_what_is_written(kombit, client_as):
    client = client_as("owner")
    page = client.get(BACK).content.decode()
    for key, step in backcast_steps(kombit).items():
        assert f'name="step:{key}"' in page, step
    horizon = max(each.year for each in backcast_steps(kombit).values())
    wide = {f"step:{key}": "" for key, step in backcast_steps(kombit).items() if step.year != horizon}
    answer = client.post(BACK, {**wide, "year:2034": "Året før"}, follow=True)
    assert "Året før" in answer.content.decode()
    refused = client.post(BACK, {"year:2033": "x" * 3000})
    assert refused.status_code == 422
    assert "x" * 3000 in refused.content.decode()


def test_two_who_tell_the_same_year_are_shown_both(kombit, client_as):
    client = client_as("owner")
    key = next(iter(backcast_steps(kombit)))
    client.post(BACK, {f"step:{key}": "Den enes", f"version:{key}": "1"})
    met = client.post(BACK, {f"step:{key}": "Den andens", f"version:{key}": "1"})
    page = met.content.decode()
    assert met.status_code == 409
    assert "Den enes" in page
    assert "Den andens" in page
    assert client.post(BACK, {f"step:{key}": "Den andens", f"version:{key}": "2"}).status_code == 302


@pytest.mark.parametrize("address", [HERE, BACK])
def test_composing_opens_to_those_who_may_edit(kombit, client_as, address):
    for role in ("owner", "facilitator", "leadership", "member", "stakeholder", "board", "observer"):
        assert client_as(role).get(address).status_code == (200 if role in ("owner", "facilitator") else 403), role
