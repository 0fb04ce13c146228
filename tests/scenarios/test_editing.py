"""Drivers of trends, scenarios of what hangs together, stories with their versions, and ticks with their readers."""

from __future__ import annotations

import dataclasses
import re

import pytest

from conftest import NOON
from fremsyn.audit.models import Entry
from fremsyn.cases.editing.operations import add_thing
from fremsyn.cases.models import Case, Item, PhaseRecord, PhaseState
from fremsyn.cases.remembered import changed
from fremsyn.cases.shape import Text
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person
from fremsyn.scenarios.editing.operations import (
    WrittenMeanwhile,
    add_driver,
    short_name,
    take_scenario,
    tick_story,
    ticks_of,
    write_story,
)
from fremsyn.scenarios.editing.stories import length, ticked
from fremsyn.scenarios.handover import load
from fremsyn.scenarios.models import StoryVersion
from fremsyn.scenarios.queries import ground
from fremsyn.scenarios.schema import Driver

HOME = "/cases/kombit/scenarios/"
WORK = {"by": None, "at": NOON}
CLIMATE = Driver(
    ref="", key="", name=Text(da="Klimaets pris"), asks=Text(da="Hvor dyr bliver energien?"), question="Q0", kind="context",
    impact=3, uncertainty=4, influence="none", because=("T12",), variants=(),
)  # fmt: skip
STATES = ((Text(da="Billig"), Text(da="Strøm er billig.")), (Text(da="Brat dyr"), Text(da="Strøm er dyr.")))
FORM = {
    "because": ["T12", "T10"], "name": "Klimaets pris", "asks": "Hvor dyr bliver energien?", "key": "", "question": "Q0",
    "kind": "context", "influence": "none", "impact": "3", "uncertainty": "4", "state-1": "Billig", "state-2": "Brat dyr",
    "means-1": "Strøm er billig.", "exclusive": "on",
}  # fmt: skip


@pytest.fixture
def kombit(kombit: Case) -> Case:
    """The demonstration case with its phases open, so that it can be worked on."""
    PhaseRecord.objects.filter(case=kombit).update(state=PhaseState.OPEN)
    changed(kombit)
    return kombit


def now(case):
    """Return the case as a new request finds it."""
    return Case.objects.get(pk=case.pk)


def scenario(case, ref):
    case = now(case)
    return next(each for each in load(case).scenarios.scenarios if each.ref == ref)


def test_a_driver_comes_with_its_states_and_the_matrix_knows_it(kombit):
    item = add_driver(case=kombit, driver=CLIMATE, states=STATES, **WORK)
    made = next(each for each in load(kombit).scenarios.drivers if each.ref == item.ref)
    assert (made.ref, made.key, made.because) == ("D15", "KLI", ("T12",))
    assert [(each.ref, each.key) for each in made.variants] == [("D15.a", "KLI.B"), ("D15.b", "KLI.BR")]
    assert load(kombit).cross_impact.order[-1] == "KLI"


@pytest.mark.parametrize("states", [STATES[:1], STATES * 3, (STATES[0], STATES[0])])
def test_a_driver_with_unfit_states_is_refused(kombit, states):
    with pytest.raises(RuleBroken):
        add_driver(case=kombit, driver=CLIMATE, states=states, **WORK)
    assert len(load(kombit).scenarios.drivers) == 14


def test_a_short_name_that_is_taken_is_refused(kombit):
    with pytest.raises(RuleBroken):
        add_driver(case=kombit, driver=dataclasses.replace(CLIMATE, key="GOV"), states=STATES, **WORK)


def test_short_names_are_told_apart():
    assert short_name("Klima", {"KLI"}) == "KLIM"
    assert short_name("Klima", {"KLI", "KLIM", "KLIMA"}) == "KLI2"
    assert short_name("ÆØÅ", set()) == "X"


def test_scenarios_from_before_a_driver_say_that_no_state_is_chosen(kombit, client_as):
    add_driver(case=kombit, driver=CLIMATE, states=STATES, **WORK)
    client = client_as("owner")
    assert "ingen tilstand valgt for D15" in client.get(HOME + "futures/C1/").content.decode()
    for path in ("", "matrix/", "matrix/judge/", "matrix/judge/D1/D15/", "futures/C1/story/edit/", "drivers/D15/"):
        assert client.get(HOME + path).status_code == 200, path
    for path in ("direction/", "strategy/", "plans/", ""):
        assert client.get("/cases/kombit/" + path).status_code == 200, path


def test_a_driver_without_states_leads_to_the_form_for_one(kombit, client_as):
    ref = add_thing(case=kombit, parent="scenarios", slot="drivers", thing=CLIMATE, **WORK).ref
    page = client_as("facilitator").get(f"{HOME}drivers/{ref}/").text
    assert f"/edit/variant/add/?in={ref}" in page


def test_a_trend_leads_to_a_driver(kombit, client_as):
    client = client_as("owner")
    assert "drivers/add/?trend=T12" in client.get("/cases/kombit/scanning/trends/T12/").content.decode()
    page = client.get(HOME + "drivers/add/?trend=T12&trend=T10").content.decode()
    assert page.count("checked") == 2
    answer = client.post(HOME + "drivers/add/", FORM)
    assert answer["Location"] == HOME + "drivers/D15/"
    made = load(now(kombit)).scenarios.drivers[-1]
    assert set(made.because) == {"T12", "T10"}
    assert made.variants_tested.exclusive
    assert not made.variants_tested.exhaustive
    assert "udelukker hinanden" in client.get(answer["Location"]).content.decode()


def test_a_refused_driver_keeps_what_was_typed(kombit, client_as):
    answer = client_as("owner").post(HOME + "drivers/add/", {**FORM, "state-2": "billig"})
    assert answer.status_code == 422
    assert "To af tilstandene hedder det samme" in answer.content.decode()
    assert 'value="Klimaets pris"' in answer.content.decode()


def test_the_states_of_a_driver_are_tested_afterwards(kombit, client_as):
    client = client_as("facilitator")
    client.post(HOME + "drivers/D3/test/", {"exhaustive": "on", "note": "En fjerde blev overvejet."})
    tested = next(each for each in load(now(kombit)).scenarios.drivers if each.ref == "D3").variants_tested
    assert (tested.exclusive, tested.exhaustive, tested.note) == (False, True, Text(da="En fjerde blev overvejet."))


def unnamed(case) -> int:
    return next(n for n, each in enumerate(ground(case).space.found, 1) if each.ref is None)


def test_one_of_the_list_becomes_a_working_scenario(kombit, client_as):
    client, number = client_as("owner"), unnamed(kombit)
    states = ground(kombit).space.found[number - 1].variants
    assert "space/" in client.get(f"{HOME}space/{number}/").content.decode()
    sent = {"name": "Den lange vinter", "use": "working", "unease": "Alle venter.", "state": states}
    answer = client.post(f"{HOME}space/{number}/take/", sent)
    assert answer["Location"] == HOME + "futures/C6/"
    made = scenario(kombit, "C6")
    assert set(made.variants) == set(states)
    assert made.attraction is None
    for path in ("scenarios/futures/C6/", "scenarios/", "strategy/", "direction/", "documents/scenario_book/"):
        assert client.get("/cases/kombit/" + path).status_code == 200, path


def test_the_same_states_are_taken_once(kombit):
    with pytest.raises(RuleBroken, match="C1"):
        take_scenario(
            case=kombit, variants=scenario(kombit, "C1").variants, texts={"name": Text(da="X")}, use="reserve", **WORK
        )


def test_a_story_is_kept_with_its_versions(kombit):
    path = scenario(kombit, "C1").story.da
    first = load(kombit).stories[path]
    assert write_story(case=kombit, ref="C1", language="da", text="En by.\n", version=1, **WORK) == 2
    assert load(kombit).stories[path] == "En by.\n"
    kept = StoryVersion.objects.order_by("number").values_list("number", "text")
    assert list(kept) == [(1, first), (2, "En by.\n")]
    entry = Entry.objects.get(event="scenarios.story_written")
    assert "En by" not in str(entry.data)


def test_a_scenario_without_a_story_gets_its_first(kombit):
    assert scenario(kombit, "C5").story is None
    write_story(case=kombit, ref="C5", language="da", text="Der var engang.\n", version=0, **WORK)
    assert load(kombit).stories[scenario(kombit, "C5").story.da] == "Der var engang.\n"
    assert scenario(kombit, "C5").story.en is None


def test_two_who_write_the_same_story_are_shown_both(kombit, client_as):
    client = client_as("owner")
    write_story(case=kombit, ref="C1", language="da", text="Min.\n", version=1, **WORK)
    with pytest.raises(WrittenMeanwhile) as met:
        write_story(case=kombit, ref="C1", language="da", text="Din.\n", version=1, **WORK)
    assert met.value.theirs == "Min.\n"
    answer = client.post(HOME + "futures/C1/story/edit/", {"text": "Din.", "version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Min." in page
    assert "Din." in page
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    assert client.post(HOME + "futures/C1/story/edit/", {"text": "Vores.", "version": version}).status_code == 302
    assert load(now(kombit)).stories[scenario(kombit, "C1").story.da] == "Vores.\n"


def test_a_preview_keeps_nothing(kombit, client_as):
    before = load(kombit).stories
    sent = {"text": "## Et *kort* stykke\n<script>alert(1)</script>", "version": "1", "preview": "1"}
    page = client_as("owner").post(HOME + "futures/C1/story/edit/", sent).content.decode()
    assert "<em>kort</em>" in page
    assert "<script>alert" not in page
    assert load(kombit).stories == before


def test_an_older_version_is_written_on(kombit, client_as):
    write_story(case=kombit, ref="C1", language="da", text="Ny.\n", version=1, **WORK)
    page = client_as("owner").get(HOME + "futures/C1/story/edit/?from=1").content.decode()
    assert "Dette er version 1" in page
    assert "Færgen er aflyst" in page


def test_the_length_of_a_story_is_told():
    assert length("## En by\n\nTo ord — her.").words == 5
    assert length("ord " * 401).minutes == 3


def test_a_reader_s_ticks_are_kept_with_who_and_when(kombit, client_as):
    reader = Person.objects.get(username="member")
    before = ticks_of(scenario(kombit, "C1"))
    other = "implied" if before["D1"] != "implied" else "shown"
    tick_story(case=kombit, ref="C1", ticks={"D1": other, "D2": ""}, by=reader, at=NOON)
    after = scenario(kombit, "C1")
    assert ticks_of(after) == {**{k: v for k, v in before.items() if k != "D2"}, "D1": other}
    who = ticked(kombit, after)
    assert (who["D1"].by, who["D1"].at) == (reader, NOON)
    assert who["D3"].by is None
    page = client_as("leadership").get(HOME + "futures/C1/story/tick/").content.decode()
    assert "1 drivkraft har ikke noget kryds endnu" in page
    assert reader.name in page


def test_ticks_are_given_on_the_page(kombit, client_as):
    client = client_as("member")
    ticks = dict.fromkeys(ticks_of(scenario(kombit, "C1")), "left_out")
    client.post(HOME + "futures/C1/story/tick/", ticks)
    assert set(ticks_of(scenario(kombit, "C1")).values()) == {"left_out"}


@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("drivers/add/", {"owner", "facilitator"}),
        ("drivers/D1/test/", {"owner", "facilitator"}),
        ("space/1/take/", {"owner", "facilitator"}),
        ("futures/C1/story/edit/", {"owner", "facilitator"}),
        ("futures/C1/story/tick/", {"owner", "facilitator", "leadership", "member"}),
    ],
)
def test_each_page_opens_to_those_who_may(kombit, client_as, path, may):
    for role in ("owner", "facilitator", "leadership", "member", "stakeholder", "board", "observer"):
        assert client_as(role).get(HOME + path).status_code == (200 if role in may else 403), role
    assert Item.objects.filter(case=kombit, ref="D15").count() == 0
