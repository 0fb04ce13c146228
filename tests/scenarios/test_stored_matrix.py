"""The matrix stays in step with the drivers, and what was judged of something withdrawn comes back with it."""

from __future__ import annotations

import pytest

from conftest import NOON
from fremsyn.cases.editing.operations import add_thing, change_thing, restore_thing, withdraw_thing
from fremsyn.cases.models import Case, Link, PhaseRecord, PhaseState
from fremsyn.cases.remembered import changed
from fremsyn.scenarios.handover import load
from fremsyn.scenarios.handover.matrix import from_stored, stored_row, to_stored
from fremsyn.scenarios.schema import Driver, Text, Variant

WORK = {"by": None, "at": NOON}


@pytest.fixture
def kombit(kombit: Case) -> Case:
    """The demonstration case with its phases open, so that it can be worked on."""
    PhaseRecord.objects.filter(case=kombit).update(state=PhaseState.OPEN)
    changed(kombit)
    return kombit


def test_what_is_stored_is_read_back_as_it_was(kombit_content):
    matrix, drivers = kombit_content.scenarios.cross_impact, kombit_content.scenarios.scenarios.drivers
    kept = to_stored(matrix, drivers)
    assert kept.order[0] == "D1"
    assert set(kept.sections[0].rows) == {"D1.a", "D1.b", "D1.c"}
    assert from_stored(kept, drivers) == matrix


def test_a_row_keeps_what_it_held_and_grows_by_letter():
    assert stored_row({"D5.c": -2}) == (0, 0, -2)
    assert stored_row({"D5.a": 1}, (3, 2, 1)) == (1, 2, 1)
    assert stored_row({}, (3,)) == (3,)


def test_a_new_state_is_judged_nothing_yet_and_nothing_else_moves(kombit):
    before = load(kombit).cross_impact
    said = Text(da="En fjerde vej")
    add_thing(case=kombit, parent="D1", slot="variants",
              thing=Variant(ref="", key="GOV.X", name=said, description=said), **WORK)  # fmt: skip
    after = load(kombit)
    assert after.cross_impact.columns["GOV"] == (*before.columns["GOV"], "GOV.X")
    for section, old in zip(after.cross_impact.sections, before.sections, strict=True):
        assert {key: section.rows[key][: len(row)] for key, row in old.rows.items()} == old.rows
        if section.source == "GOV":
            assert set(section.rows["GOV.X"]) == {0}
    assert len(after.judgements.matrix.sizes) == 14


def test_a_withdrawn_state_is_left_out_and_comes_back_with_its_judgements(kombit):
    before = load(kombit).cross_impact
    withdraw_thing(case=kombit, key="D1.a", **WORK)
    without = load(kombit)
    assert without.cross_impact.columns["GOV"] == before.columns["GOV"][1:]
    assert without.judgements.matrix.sizes[0] == 2
    of_gov = next(s for s in without.cross_impact.sections if s.target == "GOV")
    assert all(len(row) == 2 for row in of_gov.rows.values())
    restore_thing(case=kombit, key="D1.a", **WORK)
    assert load(kombit).cross_impact == before


def test_a_state_without_its_key_changes_its_name_in_the_matrix(kombit):
    change_thing(case=kombit, key="D1.b", version=None, values={"key": "GOV.NY"}, meaning=False, **WORK)
    after = load(kombit).cross_impact
    assert after.columns["GOV"][1] == "GOV.NY"
    assert "GOV.NY" in next(s for s in after.sections if s.source == "GOV").rows


def test_a_withdrawn_driver_takes_its_sections_along_and_brings_them_back(kombit):
    before = load(kombit).cross_impact
    needing = Link.objects.filter(to_item__ref__startswith="D13.", field="variant").order_by("pk")
    for item in [link.from_item for link in needing]:
        withdraw_thing(case=kombit, key=item.ref or item.path, **WORK)
    withdraw_thing(case=kombit, key="D13", **WORK)
    without = load(kombit).cross_impact
    assert "KOM" not in without.order
    assert not [s for s in without.sections if "KOM" in (s.source, s.target)]
    restore_thing(case=kombit, key="D13", **WORK)
    assert load(kombit).cross_impact == before


def test_a_new_driver_stands_last_with_nothing_judged(kombit):
    said = Text(da="Klimaet")
    item = add_thing(
        case=kombit, parent="scenarios", slot="drivers",
        thing=Driver(ref="", key="KLI", name=said, asks=said, question="Q0", kind="context", impact=3, uncertainty=3,
                     influence="none", variants=()), **WORK)  # fmt: skip
    for key in ("KLI.A", "KLI.B"):
        add_thing(case=kombit, parent=item.ref, slot="variants",
                  thing=Variant(ref="", key=key, name=said, description=said), **WORK)  # fmt: skip
    after = load(kombit)
    assert after.cross_impact.order[-1] == "KLI"
    assert after.cross_impact.columns["KLI"] == ("KLI.A", "KLI.B")
    assert after.judgements.matrix.sizes[-1] == 2
