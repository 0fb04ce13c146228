"""Budgets of all initiatives in one form; signposts are read, and what they touch is looked at again when they cross."""

from __future__ import annotations

import pytest

from cases.editing.browser import filled_in
from conftest import NOON
from fremsyn.audit.models import Entry
from fremsyn.cases.editing.checks import NotKept
from fremsyn.cases.editing.versions import Conflict
from fremsyn.cases.models import Case, Item, PhaseRecord, PhaseState, Reconsideration
from fremsyn.cases.remembered import changed
from fremsyn.chain.folder import read_folder, write_folder
from fremsyn.chain.operations import export_case
from fremsyn.people.models import Person
from fremsyn.plans.analysis import framed, money
from fremsyn.plans.handover import load
from fremsyn.plans.operations import add_reading, set_budgets
from fremsyn.plans.reading.series import all_readings, has_crossed
from fremsyn.plans.schema import Reading, Signpost

pytestmark = pytest.mark.django_db
PLAN = "/cases/kombit/edit/at/plans/change/"
BUDGET, READ = "/cases/kombit/plans/budget/", "/cases/kombit/plans/signposts/X2/read/"


@pytest.fixture
def opened(kombit: Case) -> Case:
    PhaseRecord.objects.filter(case=kombit).update(state=PhaseState.OPEN)
    changed(kombit)
    return kombit


@pytest.fixture
def owner(kombit: Case) -> Person:
    return Person.objects.get(username="owner")


def signpost(case: Case, ref: str = "X2") -> Signpost:
    return next(each for each in load(case).signposts if each.ref == ref)


def reading(at: str, number: float) -> Reading:
    return Reading(at=at, number=number)


# --- money


def test_a_years_budget_is_the_sum_of_its_initiatives(opened, owner):
    changed_ = set_budgets(case=opened, budgets={"I1": {2027: 3.5}, "I3": {2027: 12}}, versions={}, by=owner, at=NOON)
    assert changed_ == ("I1",)
    assert money(load(opened)).by_year == {2027: 49.5, 2028: 69, 2029: 59, 2030: 31}
    assert Entry.objects.latest("sequence").event == "plans.budgets_set"


def test_a_negative_amount_is_refused_and_no_other_is_kept(opened, owner):
    with pytest.raises(NotKept) as refused:
        set_budgets(case=opened, budgets={"I1": {2027: 5}, "I3": {2027: -1}}, versions={}, by=owner, at=NOON)
    assert refused.value.faults[0].path == ("amount-I3-2027",)
    assert money(load(opened)).by_year[2027] == 48


def test_of_two_who_set_one_budget_the_second_is_told(opened, owner):
    set_budgets(case=opened, budgets={"I1": {2027: 5}}, versions={"I1": 1}, by=owner, at=NOON)
    with pytest.raises(Conflict):
        set_budgets(case=opened, budgets={"I1": {2027: 6}}, versions={"I1": 1}, by=owner, at=NOON)


def test_the_page_adds_up_what_is_typed_and_says_the_difference_in_words(opened, client_as):
    client = client_as("facilitator")
    stood = {
        f"amount-{each.ref}-{year}": str(n) for each in load(opened).initiatives for year, n in each.budget.items()
    }
    typed = {**stood, "amount-I1-2027": "202,5"}
    fragment = client.post(BUDGET, typed, headers={"HX-Request": "true"}).content.decode()
    assert "408,5 mio. kr. i alt" in fragment
    assert "53,5 mio. kr. mere, end strategien højst koster" in fragment
    assert "ud over rammen på 360 mio. kr." in fragment
    assert "2027: 248,5 i stedet for 48." in fragment
    assert money(load(opened)).total == 208

    assert client.post(BUDGET, {**typed, "act": "save"}).status_code == 302
    opened.refresh_from_db()
    assert money(load(opened)).total == 408.5


def framed_form(client, **frame):
    """Return the plan's form as it was filled in, with frames by year."""
    page = client.get(PLAN).content.decode()
    sent = {**dict(filled_in(page).lists()), "meaning": ["wording"], "budget-frame-rows": ["3"]}
    for at, (year, amount) in enumerate(frame.items()):
        sent |= {f"budget-frame-{at}-key": [year.removeprefix("y")], f"budget-frame-{at}-value": [amount]}
    return sent


def test_a_years_frame_stands_beside_its_sum_with_what_is_left(opened, client_as):
    client = client_as("facilitator")
    assert "Hvert års sum" not in client.get("/cases/kombit/plans/").content.decode()

    saved = client.post(PLAN, framed_form(client, y2027="50", y2028="60,5", y2032="20"))

    assert saved.status_code == 302, saved.context["form"].errors
    case = Case.objects.get(pk=opened.pk)
    assert load(case).budget.frame == {2027: 50, 2028: 60.5, 2032: 20}
    assert [(each.year, each.sum, each.left) for each in framed(load(case), money(load(case)).by_year)] == [
        (2027, 48, 2), (2028, 70, -9.5), (2032, 0, 20),
    ]  # fmt: skip
    for page in (BUDGET, "/cases/kombit/plans/", "/cases/kombit/documents/action_plan/"):
        words = client.get(page).content.decode()
        assert "Hvert års sum ved siden af dets ramme" in words, page
        assert "\u22129,5" in words, page
    assert money(load(case)).total == 208


def test_a_frame_below_nothing_or_for_no_year_is_refused_beside_its_field(opened, client_as):
    client = client_as("facilitator")
    answer = client.post(PLAN, framed_form(client, y2027="-1", y20="4"))
    assert answer.status_code == 422
    assert {"budget-frame-0-value", "budget-frame-1-key"} <= set(answer.context["form"].errors)
    assert load(opened).budget.frame is None


def test_frames_travel_with_the_files_and_a_case_without_them_states_none(opened, client_as, tmp_path):
    client = client_as("facilitator")
    client.post(PLAN, framed_form(client, y2027="50"))
    case = Case.objects.get(pk=opened.pk)
    write_folder(export_case(case), tmp_path / "framed")
    assert read_folder(tmp_path / "framed").content.plans.budget.frame == {2027: 50}

    saved = client.post(PLAN, framed_form(client, y2027=""))

    assert saved.status_code == 302, saved.context["form"].errors
    assert load(Case.objects.get(pk=opened.pk)).budget.frame is None


@pytest.mark.parametrize("typed", ["-4", "mange", "1e99"])
def test_what_is_no_amount_is_said_beside_it_and_stays(opened, client_as, typed):
    answer = client_as("facilitator").post(BUDGET, {"amount-I1-2027": typed, "act": "save"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{typed}"' in page
    assert 'id="field-amount-I1-2027" data-wrong' in page
    assert money(load(opened)).total == 208


# --- readings


def test_readings_are_kept_in_order_and_the_latest_speaks(kombit, owner):
    for at, number in (("2026K3", 70), ("2026K1", 60), ("2026K4", 72.5)):
        add_reading(case=kombit, ref="X2", reading=reading(at, number), by=owner, at=NOON)
    seen = signpost(kombit)
    assert [each.at for each in all_readings(seen)] == ["2026K1", "2026K3", "2026K4"]
    assert (seen.reading and seen.reading.number, has_crossed(seen)) == (72.5, False)
    assert not Item.objects.filter(case=kombit, look_again=True).exists()

    add_reading(case=kombit, ref="X2", reading=reading("2026K3", 71), by=owner, at=NOON)
    assert [each.number for each in all_readings(signpost(kombit))] == [60, 71, 72.5]


def test_what_a_signpost_touches_is_marked_when_it_crosses_with_the_signpost_as_cause(kombit, owner):
    marked = add_reading(case=kombit, ref="X2", reading=reading("2026K4", 80), by=owner, at=NOON)

    assert set(marked) == set(signpost(kombit).touches)
    causes = Reconsideration.objects.filter(item__case=kombit).values_list("item__ref", "cause__ref")
    assert set(causes) == {(ref, "X2") for ref in signpost(kombit).touches}
    said = [entry.event for entry in Entry.objects.order_by("-sequence")[:2]]
    assert set(said) == {"plans.reading_added", "cases.things_marked"}

    assert add_reading(case=kombit, ref="X2", reading=reading("2026K4", 81), by=owner, at=NOON) == ()


def test_an_earlier_reading_does_not_turn_a_signpost_that_has_been_read_since(kombit, owner):
    add_reading(case=kombit, ref="X2", reading=reading("2026K4", 70), by=owner, at=NOON)
    assert add_reading(case=kombit, ref="X2", reading=reading("2026K1", 90), by=owner, at=NOON) == ()
    assert has_crossed(signpost(kombit)) is False


def test_a_quarter_that_is_still_to_come_has_no_reading(kombit, owner):
    with pytest.raises(NotKept) as refused:
        add_reading(case=kombit, ref="X2", reading=reading("2031K1", 70), by=owner, at=NOON)
    assert refused.value.faults[0].path == ("at",)


def test_a_member_reads_a_signpost_though_the_plan_is_closed(kombit, client_as):
    client = client_as("member")
    sent = client.post(READ, {"at": "2026K4", "number": "80,5", "note": "Fra analysen"}, follow=True)
    page = sent.content.decode()
    assert "O1" in page
    assert "er mærket til at blive set igen" in page
    assert "Det har passeret sin grænse" in page
    assert client_as("observer").get(READ).status_code == 403


def test_a_wrong_number_is_said_beside_it_and_the_note_stays(kombit, client_as):
    answer = client_as("member").post(READ, {"at": "2026K4", "number": "højt", "note": "Fra analysen"})
    assert answer.status_code == 422
    assert "Skriv et tal" in answer.content.decode()
    assert "Fra analysen" in answer.content.decode()
    assert signpost(kombit).reading is None


def test_every_reading_goes_out_with_the_case_and_comes_in_again(kombit, owner, tmp_path):
    for at, number in (("2026K3", 70), ("2026K4", 72.5)):
        add_reading(case=kombit, ref="X2", reading=reading(at, number), by=owner, at=NOON)
    write_folder(export_case(kombit), tmp_path / "out")
    again = read_folder(tmp_path / "out").content
    assert again
    assert next(each for each in again.plans.signposts if each.ref == "X2") == signpost(kombit)


def test_a_reading_keeps_to_the_scale_and_says_what_it_replaces_and_who_is_told(kombit, client_as):
    client, address = client_as("facilitator"), "/cases/kombit/plans/signposts/X6/read/"
    off = client.post(address, {"at": "2026K4", "number": "9,5"})
    assert (off.status_code, "Skalaen går fra 1 til 5." in off.content.decode()) == (422, True)
    first = client.post(address, {"at": "2026K4", "number": "4"}, follow=True).content.decode()
    assert "Har fået besked: Facilitator" in first
    second = client.post(address, {"at": "2026K4", "number": "3"}, follow=True).content.decode()
    assert "Den erstatter aflæsningen fra samme kvartal, 4." in second
