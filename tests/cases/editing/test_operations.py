"""People add, change, withdraw and bring back things of a case; nothing is lost and what rests on it is told."""

from __future__ import annotations

import dataclasses

import pytest

from conftest import NOON
from fremsyn.audit.models import Entry
from fremsyn.cases.editing.checks import NotKept
from fremsyn.cases.editing.operations import (
    add_thing,
    change_thing,
    needed_by,
    restore_thing,
    still_holds,
    withdraw_thing,
)
from fremsyn.cases.editing.stored import stored
from fremsyn.cases.editing.versions import Conflict, own_values
from fremsyn.cases.models import Case, Item, ItemVersion, VersionEvent
from fremsyn.cases.remembered import changed
from fremsyn.cases.rows import Writer
from fremsyn.cases.shape import Text
from fremsyn.cases.trace import chain_of
from fremsyn.chain.operations import export_case
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person
from fremsyn.scanning import handover as scanning
from fremsyn.scanning.schema import Signal
from fremsyn.scenarios import handover as scenarios
from fremsyn.strategy import handover as strategy

pytestmark = pytest.mark.django_db


@pytest.fixture
def facilitator(kombit: Case) -> Person:
    return Person.objects.get(username="facilitator")


def signal(**fields: object) -> Signal:
    given: dict[str, object] = {
        "ref": "",
        "title": Text(da="Kommuner deler et sprogmodelværksted"),
        "kind": "weak",
        "noticed_by": "organisation",
        "noted": NOON.date(),
        "question": "Q1",
        "what_changes": Text(da="Fem kommuner bygger sammen."),
        "so_what": Text(da="Fællesskabet flytter sig."),
    }
    return Signal(**{**given, **fields})


def version_of(case: Case, key: str) -> int:
    return stored(case, key).item.version


def last_entry() -> Entry:
    return Entry.objects.latest("sequence")


def test_an_added_signal_gets_the_next_number_and_is_in_the_hand_over(kombit, facilitator):
    kind = scanning.load(kombit).scanning.signals[0].kind
    before = len(scanning.load(kombit).scanning.signals)

    item = add_thing(
        case=kombit,
        parent="scanning",
        slot="signals",
        thing=signal(kind=kind, because=("T1",)),
        by=facilitator,
        at=NOON,
    )

    signals = scanning.load(kombit).scanning.signals
    assert len(signals) == before + 1
    assert (signals[-1].ref, signals[-1].because) == (item.ref, ("T1",))
    assert item.ref == f"S{before + 1}"
    assert last_entry().event == "cases.things_added"
    assert "sprogmodel" not in last_entry().data


def test_a_thing_that_names_what_is_not_there_is_refused_and_leaves_nothing(kombit, facilitator):
    kind = scanning.load(kombit).scanning.signals[0].kind
    wrong = signal(kind=kind, because=("T999", "T1"))

    with pytest.raises(NotKept, match="T999") as refusal:
        add_thing(case=kombit, parent="scanning", slot="signals", thing=wrong, by=facilitator, at=NOON)

    assert [fault.path for fault in refusal.value.faults] == [("because",)]
    assert not Item.objects.filter(case=kombit, path__startswith="scanning/signals/S999").exists()
    with pytest.raises(NotKept, match="egne ord"):
        add_thing(case=kombit, parent="scanning", slot="signals", thing=signal(kind="rumour"), by=facilitator, at=NOON)


def test_a_change_of_wording_marks_nothing_and_a_change_of_meaning_marks_what_rests_on_it_directly(kombit, facilitator):
    title = Text(da="Et nyt navn", en="A new name")
    change_thing(case=kombit, key="T1", version=1, values={"title": title}, meaning=False, by=facilitator, at=NOON)
    assert not Item.objects.filter(case=kombit, look_again=True).exists()

    change_thing(
        case=kombit, key="T1", version=2, values={"impact": 1}, meaning=True, why="Ny måling", by=facilitator, at=NOON
    )

    marked = {item.ref or item.path for item in Item.objects.filter(case=kombit, look_again=True)}
    direct = {key for key, grounds in kombit_chain(kombit).items() if "T1" in grounds}
    assert marked == direct
    assert "Ny måling" not in last_entry().data
    assert scanning.load(kombit).scanning.trends[0].title == title


def kombit_chain(case: Case) -> dict[str, tuple[str, ...]]:
    return dict(chain_of(case).grounds)


def test_still_holds_ends_the_mark_once(kombit, facilitator):
    change_thing(case=kombit, key="T1", version=None, values={"impact": 1}, meaning=True, by=facilitator, at=NOON)
    marked = Item.objects.filter(case=kombit, look_again=True).exclude(ref="")[0]

    still_holds(case=kombit, key=marked.ref, why="Uændret", by=facilitator, at=NOON)

    assert not Item.objects.get(pk=marked.pk).look_again
    with pytest.raises(RuleBroken, match="intet at svare"):
        still_holds(case=kombit, key=marked.ref, by=facilitator, at=NOON)


def test_two_people_on_different_fields_both_keep_their_change_and_on_one_field_the_second_sees_both(
    kombit, facilitator
):
    version = version_of(kombit, "T2")
    change_thing(case=kombit, key="T2", version=version, values={"impact": 2}, meaning=False, by=facilitator, at=NOON)
    change_thing(
        case=kombit, key="T2", version=version, values={"certainty": 2}, meaning=False, by=facilitator, at=NOON
    )
    trend = stored(kombit, "T2").thing
    assert (trend.impact, trend.certainty) == (2, 2)

    with pytest.raises(Conflict) as refusal:
        change_thing(
            case=kombit, key="T2", version=version, values={"impact": 4}, meaning=False, by=facilitator, at=NOON
        )

    meeting = refusal.value.meetings[0]
    assert (meeting.field, meeting.theirs, meeting.mine) == ("impact", 2, 4)
    assert stored(kombit, "T2").thing.impact == 2


def test_what_is_withdrawn_is_out_of_everything_and_comes_back_as_it_was(kombit, facilitator):
    before = export_case(kombit)
    key = next(s.ref for s in before.scanning.scanning.signals)

    withdraw_thing(case=kombit, key=key, why="Dublet", by=facilitator, at=NOON)
    assert key not in {each.ref for each in scanning.load(kombit).scanning.signals}
    with pytest.raises(RuleBroken, match="trukket tilbage"):
        change_thing(case=kombit, key=key, version=None, values={}, meaning=False, by=facilitator, at=NOON)
    restore_thing(case=kombit, key=key, by=facilitator, at=NOON)

    assert export_case(kombit) == before


def test_a_scenario_with_scores_comes_back_with_them_even_when_an_option_was_changed_meanwhile(kombit, facilitator):
    before = strategy.load(kombit).options[0]
    scenario = list(before.scores)[-1]

    withdraw_thing(case=kombit, key=scenario, by=facilitator, at=NOON)
    assert scenario not in strategy.load(kombit).options[0].scores
    change_thing(
        case=kombit, key=before.ref, version=None, values={"effort": 1}, meaning=False, by=facilitator, at=NOON
    )
    restore_thing(case=kombit, key=scenario, by=facilitator, at=NOON)

    assert dict(strategy.load(kombit).options[0].scores) == dict(before.scores)


def test_what_something_else_needs_is_not_withdrawn(kombit, facilitator):
    with pytest.raises(RuleBroken, match="kan ikke stå uden"):
        withdraw_thing(case=kombit, key="A1", by=facilitator, at=NOON)
    assert "A1" in {each.ref for each in Item.objects.filter(case=kombit, withdrawn_at=None)}


def test_a_driver_takes_its_states_with_it_and_back(kombit, facilitator):
    items = Item.objects.filter(case=kombit)
    driver = scenarios.load(kombit).scenarios.drivers[-1]
    for key in needed_by([*items.filter(ref=driver.ref), *items.filter(ref__startswith=f"{driver.ref}.")]):
        withdraw_thing(case=kombit, key=key, by=facilitator, at=NOON)
    item = items.get(ref=driver.ref)
    withdraw_thing(case=kombit, key=driver.ref, by=facilitator, at=NOON)
    assert not Item.objects.filter(parent=item, withdrawn_at=None).exists()
    restore_thing(case=kombit, key=driver.ref, by=facilitator, at=NOON)
    assert Item.objects.filter(parent=item, withdrawn_at=None).count() == len(driver.variants)


def test_a_thing_can_not_come_to_rest_on_itself(kombit, facilitator):
    chain = kombit_chain(kombit)
    key, below = next((k, g[0]) for k, g in chain.items() if k.startswith("T") and g and g[0].startswith("S"))
    grounds = stored(kombit, below).thing.because
    with pytest.raises(NotKept, match="hvile på sig selv"):
        change_thing(
            case=kombit, key=below, version=None, values={"because": (*grounds, key)}, meaning=False, by=facilitator,
            at=NOON,
        )  # fmt: skip


def test_every_version_is_kept_and_can_be_gone_back_to(kombit, facilitator):
    first = stored(kombit, "T3").thing
    change_thing(case=kombit, key="T3", version=1, values={"impact": 1}, meaning=True, by=facilitator, at=NOON)

    kept = ItemVersion.objects.filter(item__case=kombit, item__ref="T3").order_by("number")
    assert [each.event for each in kept] == [VersionEvent.FIRST, VersionEvent.MEANING]
    values = own_values(type(first), kept[0].content)
    change_thing(case=kombit, key="T3", version=2, values=values, meaning=False, by=facilitator, at=NOON)
    assert stored(kombit, "T3").thing == first


def test_every_thing_of_the_case_can_be_read_and_written_back_unchanged(kombit, facilitator):
    """The engine knows every kind: writing a thing's own fields back as they are changes nothing."""
    before = export_case(kombit)
    seen = set()
    for item in Item.objects.filter(case=kombit).order_by("sheet", "path"):
        if item.kind in seen:
            continue
        seen.add(item.kind)
        found = stored(kombit, item.ref or item.path)
        Writer(kombit).rewrite(found.item, found.thing, found.tables)
    changed(kombit)
    assert export_case(kombit) == before
    assert len(seen) > 40
    assert dataclasses.is_dataclass(before)


def test_what_leads_to_no_source_is_marked_until_it_does(kombit, facilitator):
    kind = scanning.load(kombit).scanning.signals[0].kind
    item = add_thing(case=kombit, parent="scanning", slot="signals", thing=signal(kind=kind), by=facilitator, at=NOON)
    assert stored(kombit, item.ref).thing.unverified

    change_thing(
        case=kombit, key=item.ref, version=None, values={"sources": ("F1",)}, meaning=False, by=facilitator, at=NOON
    )
    assert not stored(kombit, item.ref).thing.unverified

    change_thing(
        case=kombit, key=item.ref, version=None, values={"sources": ()}, meaning=False, by=facilitator, at=NOON
    )
    assert stored(kombit, item.ref).thing.unverified
