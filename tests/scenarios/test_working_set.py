"""The working set: what is proposed, how it is taken with a reason, and what would have to change."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.utils import timezone

from fremsyn.audit.models import Entry
from fremsyn.cases.editing.operations import change_thing
from fremsyn.cases.models import Case, ItemVersion, PhaseRecord, PhaseState
from fremsyn.cases.remembered import changed
from fremsyn.cases.shape import Text
from fremsyn.core.errors import RuleBroken
from fremsyn.methods import cib
from fremsyn.people.models import Person
from fremsyn.scenarios.queries import ground
from fremsyn.scenarios.space.changing import breaks, wished
from fremsyn.scenarios.space.forms import NumbersField
from fremsyn.scenarios.space.operations import Chosen, take_set, use_scenario
from fremsyn.scenarios.space.working import present, propose

HOME = "/cases/kombit/scenarios/space/"
WHY = "De ligger længst fra hinanden."


@pytest.fixture
def opened(kombit):
    """The demonstration case with its scenarios open for change."""
    PhaseRecord.objects.filter(case=kombit, phase="scenarios").update(state=PhaseState.OPEN)
    changed(kombit)
    return kombit


def who(case):
    return {"case": case, "by": Person.objects.get(username="owner"), "at": timezone.now()}


def even(base):
    return [1.0] * len(base.drivers)


def uses(case) -> dict[str, str]:
    return {each.ref: each.use for each in ground(Case.objects.get(pk=case.pk)).scenario.values()}


def chosen(base, numbers, name="Ny"):
    return [Chosen(base.space.found[n - 1].variants, Text(da=f"{name} {n}", en=None)) for n in numbers]


def test_a_proposal_is_at_least_as_far_apart_as_the_set_that_stands(kombit):
    base = ground(kombit)
    now, found = present(base, even(base)), propose(base, 4, even(base), (), ())
    assert found.complete
    assert found.compared == 14
    assert found.spread.least >= now.least
    assert now.covered + sum(len(states) for _driver, states in now.missing) == now.possible == 40


def test_a_proposal_keeps_those_to_have_and_leaves_out_those_not_to_have(kombit):
    base = ground(kombit)
    numbers = {each.number for each in propose(base, 4, even(base), {7}, {1, 2}).spread.members}
    assert 7 in numbers
    assert not {1, 2} & numbers


def test_a_driver_that_counts_for_nothing_is_not_what_sets_them_apart(kombit):
    base = ground(kombit)
    weights = [0.0] * (len(base.drivers) - 1) + [1.0]
    assert propose(base, 3, weights, (), ()).spread.least == 1
    assert propose(base, 5, weights, (), ()).spread.least == 0


@pytest.mark.parametrize("role", ["owner", "observer", "member"])
def test_the_page_holds_a_proposal_beside_the_set(kombit, client_as, role):
    page = " ".join(client_as(role).get(f"{HOME}set/?size=4").content.decode().split())
    assert "4 scenarier i arbejdssættet" in page
    assert "Intet andet sæt af 4 ligger længere fra hinanden" in page
    assert "Et antal konsistente scenarier er ikke en sandsynlighed" in page
    assert "Tag forslaget" not in page  # the phase is closed


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("size=4&must=C1,2,6", "Intet andet sæt af 4 med C1, C2 og nr. 6 ligger længere fra hinanden"),
        ("size=4&must_not=C3", "Intet andet sæt af 4 uden C3 ligger længere fra hinanden"),
        ("size=3&must=1&must_not=C3", "Intet andet sæt af 3 med C1 og uden C3 ligger længere fra hinanden"),
        ("size=4&weight-D1=3", "Intet andet sæt af 4 ligger længere fra hinanden med de valgte vægte"),
    ],
)
def test_a_proposal_is_said_to_be_the_best_under_its_conditions_only(kombit, client_as, query, said):
    page = client_as("member").get(f"{HOME}set/?{query}").content.decode()
    assert f"<h3>{said}</h3>" in page


def test_a_bare_number_is_a_number_of_the_list_and_not_of_a_name(kombit):
    base = ground(kombit)
    field = NumbersField(base, "", "")
    third = base.number[frozenset(base.scenario["C3"].variants)]
    assert third != 3
    assert field.clean("3") == {3}
    assert field.clean("c3") == {third}


def test_a_closed_phase_says_so_before_anybody_writes(kombit, client_as):
    for address in (f"{HOME}set/?size=4", f"{HOME}6/take/"):
        page = client_as("owner").get(address).content.decode()
        assert "er lukket. Procesejeren kan åbne den igen" in page
        assert 'name="why"' not in page
        assert 'name="name' not in page


def test_words_about_a_set_that_has_changed_since_are_told_from_it(opened, client_as):
    changed_words = "Sættet er ændret, siden ordene om det blev skrevet."
    assert changed_words not in client_as("owner").get(f"{HOME}set/").content.decode()
    use_scenario(ref="C5", use="working", why=WHY, **who(opened))
    page = client_as("owner").get(f"{HOME}set/").content.decode()
    assert changed_words in page
    assert WHY in page
    assert "Ret ordene om sættet" in page
    page = client_as("observer").get(f"{HOME}set/").content.decode()
    assert changed_words in page
    assert WHY not in page  # the history is for those who edit
    assert "Ret ordene om sættet" not in page
    words = replace(ground(opened).handover.scenarios.set, text=Text(da="Nye ord.", en=None))
    told = {"version": None, "values": {"set": words}, "meaning": False, "why": ""}
    change_thing(key="scenarios", **told, **who(opened))
    assert changed_words not in client_as("owner").get(f"{HOME}set/").content.decode()


def test_a_choice_whose_new_scenarios_lack_scores_is_still_told_as_chosen(opened, client_as):
    take_set(chosen=chosen(ground(opened), [1, 2, 6]), why=WHY, **who(opened))
    page = " ".join(client_as("owner").get("/cases/kombit/strategy/").content.decode().split())
    assert "Grund og værn er valgt, men porteføljerne kan ikke regnes ud: Der mangler scorer i C6" in page
    assert "intet er valgt endnu" not in page
    assert "/cases/kombit/strategy/scenarios/C6/scores/" in page
    assert "porteføljer: De kan ikke regnes ud nu" in client_as("owner").get("/cases/kombit/").content.decode()


def test_too_much_is_said_in_plain_words(kombit, client_as):
    page = client_as("owner").get(f"{HOME}set/?size=99").content.decode()
    assert "Skriv højst 10." in page
    assert "før der kan søges" in page


def test_who_may_not_edit_sees_the_proposal_but_no_button(opened, client_as):
    assert "Tag forslaget" in client_as("owner").get(f"{HOME}set/?size=4").content.decode()
    page = client_as("member").get(f"{HOME}set/?size=4").content.decode()
    assert "Tag forslaget" not in page
    assert "Læg i reserve" not in page
    assert client_as("member").post(f"{HOME}set/take/", {"why": WHY}).status_code == 403
    assert client_as("observer").post(f"{HOME}set/C1/", {"use": "reserve", "why": WHY}).status_code == 403


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("size=1", "2"),
        ("size=99", "10"),
        ("size=4&must=C9", "C9 er ikke et konsistent scenarie"),
        ("size=4&must=15", "15 er ikke et konsistent scenarie"),
        ("size=4&must=C1&must_not=1", "står på begge lister"),
        ("size=2&must=1+2+3", "3 skal med under alle omstændigheder"),
        ("size=4&must_not=1,2,3,4,5,6,7,8,9,10,11", "Der er for få tilbage"),
        ("size=4&weight-D1=-1", "0"),
    ],
)
def test_what_cant_be_had_is_said_at_its_field(kombit, client_as, query, said):
    response = client_as("owner").get(f"{HOME}set/?{query}")
    assert response.status_code == 422
    assert said in response.content.decode()


def test_taking_a_proposal_puts_the_others_in_reserve_and_keeps_the_reason(opened):
    base = ground(opened)
    refs = take_set(chosen=chosen(base, [1, 2, 6]), why=f" {WHY} ", **who(opened))
    assert refs == ("C1", "C2", "C6")
    assert uses(opened) == {
        "C1": "working", "C2": "working", "C3": "reserve", "C4": "reserve", "C5": "reserve", "C6": "working"
    }  # fmt: skip
    assert ground(opened).scenario["C6"].name.da == "Ny 6"
    for ref in ("C3", "C4", "C6"):
        last = ItemVersion.objects.filter(item__case=opened, item__ref=ref).order_by("-number").first()
        assert last.why == WHY
        assert last.by.username == "owner"
    entry = Entry.objects.filter(event="scenarios.set_chosen").get()
    assert '"C6"' in entry.data
    assert WHY not in entry.data  # words are kept beside the log, as everybody's are


@pytest.mark.parametrize(
    ("numbers", "why", "said"),
    [
        ([1, 2], "  ", "Skriv hvorfor"),
        ([1], WHY, "fra 2 til 10 scenarier"),
        (range(1, 12), WHY, "fra 2 til 10 scenarier"),
        ([1, 1, 2], WHY, "valgt to gange"),
    ],
)
def test_a_set_that_cant_stand_is_refused_whole(opened, numbers, why, said):
    before = uses(opened)
    with pytest.raises(RuleBroken, match=said):
        take_set(chosen=chosen(ground(opened), numbers), why=why, **who(opened))
    assert uses(opened) == before


def test_a_scenario_that_no_longer_hangs_together_or_has_no_name_is_refused(opened):
    base = ground(opened)
    first = base.space.found[0].variants
    broken = Chosen(("D1.a" if "D1.a" not in first else "D1.c", *first[1:]), Text(da="X", en=None))
    with pytest.raises(RuleBroken, match="ændret imens"):
        take_set(chosen=[*chosen(base, [1]), broken], why=WHY, **who(opened))
    unnamed = Chosen(base.space.found[5].variants)
    with pytest.raises(RuleBroken, match="et navn"):
        take_set(chosen=[*chosen(base, [1]), unnamed], why=WHY, **who(opened))
    assert set(uses(opened)) == {"C1", "C2", "C3", "C4", "C5"}


def test_a_closed_phase_lets_no_set_be_taken(kombit):
    with pytest.raises(RuleBroken):
        take_set(chosen=chosen(ground(kombit), [1, 2]), why=WHY, **who(kombit))
    with pytest.raises(RuleBroken):
        use_scenario(ref="C1", use="reserve", why=WHY, **who(kombit))


def test_one_comes_or_goes_with_a_reason(opened, client_as):
    client = client_as("facilitator")
    assert client.post(f"{HOME}set/C5/", {"use": "working", "why": WHY}).status_code == 302
    assert uses(opened)["C5"] == "working"
    response = client.post(f"{HOME}set/C4/", {"use": "reserve", "why": " "})
    assert response.status_code == 422
    assert "Skriv hvorfor" in response.content.decode()
    unfit = client.post(f"{HOME}set/C4/", {"use": "reserve", "why": "Som 010190-1234 sagde"}).content.decode()
    assert "CPR-nummer" in unfit
    assert "Som 010190-1234 sagde</textarea>" in unfit
    assert uses(opened)["C4"] == "working"
    assert client.post(f"{HOME}set/C99/", {"use": "reserve", "why": WHY}).status_code == 404
    with pytest.raises(RuleBroken, match="C99"):
        use_scenario(ref="C99", use="reserve", why=WHY, **who(opened))


def test_a_proposal_is_taken_from_its_page(opened, client_as):
    client = client_as("owner")
    page = client.get(f"{HOME}set/?size=3&must_not=C1").content.decode()
    form = page.split(f'action="{HOME}set/take/"')[1].split("</form>")[0]
    states = re.findall(r'name="states" value="([^"]+)"', form)
    names = re.findall(r'name="(name-\d)"', form)
    assert len(states) == 3
    sent = {"size": "3", "must_not": "C1", "states": states, "why": WHY}
    refused = client.post(f"{HOME}set/take/", sent)
    assert refused.status_code == (422 if names else 302)
    done = client.post(f"{HOME}set/take/", {**sent, **{name: f"Fremtid {name}" for name in names}})
    assert done.status_code == 302
    working = [each for each in ground(Case.objects.get(pk=opened.pk)).scenario.values() if each.use == "working"]
    assert {frozenset(each.variants) for each in working} == {frozenset(each.split()) for each in states}
    assert uses(opened)["C1"] == "reserve"


def test_what_is_sent_is_not_believed(opened, client_as):
    client = client_as("owner")
    for states in ([], ["x y"], ["D1.a D1.b"] * 3, ["D1.a"] * 40):
        sent = {"states": states, "why": WHY, **{f"name-{n}": "X" for n in range(12)}}
        assert client.post(f"{HOME}set/take/", sent).status_code == 422


def test_the_smallest_change_breaks_it_and_nothing_smaller_does(kombit):
    base = ground(kombit)
    for number in range(1, 15):
        told = breaks(base, number)
        assert told.by == base.space.found[number - 1].margin + 1
        one = told.changes[0]
        judgements = base.handover.judgements.matrix.judgements.copy()
        states = [variant.ref for driver in base.drivers for variant in driver.variants]
        judgements[states.index(one.source.ref), states.index(one.target.ref)] = one.wanted
        moved = cib.matrix(base.handover.judgements.matrix.sizes, judgements)
        assert not cib.balances(moved, base.rows[number - 1]).consistent
        assert len(told.judged) + len(told.new) == len(told.changes)


def test_the_changes_for_a_wish_make_it_consistent(kombit):
    base = ground(kombit)
    wish = tuple(driver.variants[0].ref for driver in base.drivers)
    told = wished(base, wish)
    assert told.number == 0
    assert told.resists
    judgements = base.handover.judgements.matrix.judgements.copy()
    states = [variant.ref for driver in base.drivers for variant in driver.variants]
    for one in told.changes:
        assert judgements[states.index(one.source.ref), states.index(one.target.ref)] == one.given
        judgements[states.index(one.source.ref), states.index(one.target.ref)] = one.wanted
    moved = cib.matrix(base.handover.judgements.matrix.sizes, judgements)
    assert cib.balances(moved, base.handover.judgements.numbered(wish)).consistent


def test_the_wish_page_answers_for_what_hangs_together_and_what_does_not(kombit, client_as):
    client = client_as("observer")
    base = ground(kombit)
    begun = client.get(f"{HOME}wish/?from=3").content.decode()
    assert begun.count("selected") == 14
    third = "&".join(f"{ref.split('.')[0]}={ref}" for ref in base.space.found[2].variants)
    assert "Den hænger allerede sammen: Den er nr. 3" in client.get(f"{HOME}wish/?{third}").content.decode()
    all_a = "&".join(f"{driver.ref}={driver.variants[0].ref}" for driver in base.drivers)
    page = " ".join(client.get(f"{HOME}wish/?{all_a}").content.decode().split())
    assert "8 vurderinger skulle være anderledes" in page
    assert "Den nærmeste, der hænger sammen" in page
    assert "Et antal konsistente scenarier er ikke en sandsynlighed" in page
    assert client.get(f"{HOME}wish/?D1=D1.a").status_code == 422
    assert client.get(f"{HOME}wish/?D1=D2.a").status_code == 422


def test_a_consistent_scenario_says_what_breaks_it_and_how_firmly_it_stands(kombit, client_as):
    page = " ".join(client_as("observer").get(f"{HOME}1/").content.decode().split())
    assert "Der skal kun én vurdering til, flyttet 2 på skalaen" in page
    assert "Når vurderingerne er usikre, består det i" in page
    assert "af starterne ender i det" in page
