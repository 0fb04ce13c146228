"""The scenario space: what a question leaves, in which order, a page at a time, and how firmly scenarios stand."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from django.http import QueryDict

from conftest import NOON
from fremsyn.cases.models import Case, Membership, PhaseRecord, PhaseState
from fremsyn.cases.remembered import changed
from fremsyn.cases.shape import Text
from fremsyn.methods import cib
from fremsyn.people.models import Person
from fremsyn.scenarios.analysis import space
from fremsyn.scenarios.group.handing import hand_out
from fremsyn.scenarios.group.own import keep_own
from fremsyn.scenarios.group.proposal import proposed
from fremsyn.scenarios.group.rules import MEDIAN, Rule
from fremsyn.scenarios.group.settling import Decision, settle_sections
from fremsyn.scenarios.group.state import group_of
from fremsyn.scenarios.queries import Ground, ground
from fremsyn.scenarios.space import standing as standings
from fremsyn.scenarios.space.filters import SpaceForm
from fremsyn.scenarios.space.people import of_people
from fremsyn.scenarios.space.standing import standing_of

HOME = "/cases/kombit/scenarios/space/"
KEY = ("D9", "D3")
NO_PROBABILITY = "Et antal konsistente scenarier er ikke en sandsynlighed"


@pytest.fixture(scope="session")
def wide(kombit_content) -> Ground:
    """The demonstration's drivers with so few of its judgements that some five thousand scenarios are consistent."""
    handover = kombit_content.scenarios
    sections = list(handover.judgements.cross_impact.sections)
    Random(5).shuffle(sections)
    few = replace(handover.judgements.cross_impact, sections=tuple(sections[:18]))
    thinned = replace(handover, cross_impact=few)
    return Ground(thinned, space(thinned))


@pytest.fixture
def read(kombit, client_as):
    """Return the page as an observer reads it."""

    def page(query: str = "", status: int = 200) -> str:
        response = client_as("observer").get(HOME + query)
        assert response.status_code == status
        return " ".join(response.content.decode().split())

    return page


def asked(base: Ground, query: str) -> list[int]:
    return SpaceForm(base, QueryDict(query)).remaining(standing_of(base)).tolist()


def names(page: str) -> list[str]:
    tableau = page.split('id="tableau"')[1].split("</table>", maxsplit=1)[0]
    return re.findall(r'<th scope="row">.*?>(C\d|Nr\. \d+)<', tableau)


def test_the_page_holds_all_of_them_and_says_that_it_is_no_probability(read):
    page = read()
    assert "14 konsistente scenarier" in page
    assert len(names(page)) == 14
    assert page.count(NO_PROBABILITY) >= 3
    assert "I ingen af dem:" in page
    assert "siger mest om, hvordan resten falder ud" in page


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("?D1=D1.a", 9),
        ("?D1=D1.a&D1=D1.b", 10),
        ("?D1=D1.a&D9=D9.b", 4),
        ("?use=working", 4),
        ("?use=none", 9),
        ("?strength=40", 4),
        ("?lead=1", 1),
        ("?holds=100", 0),
        ("?drawn=50", 1),
        ("?D1=D1.b&D14=D14.a", 0),
    ],
)
def test_a_question_leaves_what_it_asks_for(read, kombit, query, left):
    page = read(query)
    assert len(asked(ground(kombit), query[1:])) == left
    assert len(names(page)) == left if left else "Der er intet tilbage" in page
    assert NO_PROBABILITY in page


def test_a_question_says_what_was_chosen(read):
    assert "10 af 14 fremtider har Statslig styring eller Forpligtende fællesskab" in read("?D1=D1.a&D1=D1.b")


def test_the_order_is_that_asked_for(read, kombit):
    base = ground(kombit)
    stand = standing_of(base)
    for name, measure in (("holds", stand.holds), ("drawn", stand.drawn)):
        order = [measure[number - 1] for number in asked(base, f"sort={name}")]
        assert order == sorted(order, reverse=True)
    assert asked(base, "") == list(range(1, 15))


@pytest.mark.parametrize("query", ["?holds=101", "?strength=x", "?D1=D9.a", "?sort=none", "?drawn=NaN"])
def test_what_cant_be_read_is_said_at_its_field_and_left_out(read, query):
    page = read(query, status=422)
    assert 'aria-invalid="true"' in page or "data-wrong" in page
    assert len(names(page)) == 14


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "9" * 30])
def test_a_page_that_isnt_there_is_the_nearest(read, page):
    assert len(names(read(f"?page={page}"))) == 14


def test_kombits_scenarios_stand_as_often_as_trials_and_starts_say(kombit):
    base = ground(kombit)
    stand = standing_of(base)
    assert stand.exact
    assert stand.starts == 4_251_528
    assert stand.ends.sum() + stand.cycling == stand.starts
    matrix = base.handover.judgements.matrix
    low, high = cib.around(matrix)
    drawn = cib.perturbed(matrix, 40, low=low, high=high, confidence=0.9)
    times = dict(zip(map(tuple, drawn.scenarios.tolist()), drawn.times.tolist(), strict=True))
    held = cib.held(matrix, base.rows, 40, low=low, high=high, confidence=0.9)
    assert held.tolist() == [times.get(row, 0) for row in map(tuple, base.rows.tolist())]


def test_a_space_too_large_to_follow_is_sampled_and_says_how_sure_it_is(kombit, monkeypatch):
    monkeypatch.setattr(standings, "MOST_FOLLOWED", 1000)
    standings._answered.cache_clear()
    stand = standing_of(ground(kombit))
    standings._answered.cache_clear()
    assert not stand.exact
    assert stand.starts == standings.SAMPLE
    exact = standing_of(ground(kombit))
    for at in range(14):
        low, high = stand.drawn_between(at)
        assert low <= stand.drawn[at] <= high
        assert low - 0.02 <= exact.drawn[at] <= high + 0.02


def test_five_thousand_scenarios_are_filtered_sorted_and_placed(wide):
    assert len(wide.space.found) == 4971
    assert wide.space.complete
    one = asked(wide, "D1=D1.a&D1=D1.c&D9=D9.b&sort=holds")
    by_hand = [
        number
        for number, each in enumerate(wide.space.found, 1)
        if {"D1.a", "D1.c"} & set(each.variants) and "D9.b" in each.variants
    ]
    assert sorted(one) == by_hand
    assert wide.plane.places.shape == (4971, 2)
    assert 0 < wide.plane.share < 1


def test_every_scenario_of_a_wide_space_is_a_fixed_point_that_something_ends_in(wide):
    stand = standing_of(wide)
    assert (stand.ends >= 1).all()
    assert (stand.held <= stand.trials).all()
    assert stand.held.max() > 0


def test_occurrences_and_scores_are_those_of_each_scenario_by_itself(wide):
    for number in (1, 2, 2500, 4971):
        each = wide.space.found[number - 1]
        weighed = wide.handover.judgements.weigh(each.variants)
        assert weighed.consistent
        assert weighed.score == each.score
        assert min(state.margin for state in weighed.states if state.best_alternative) == each.margin
        assert wide.rows[number - 1].tolist() == wide.handover.judgements.numbered(each.variants)
    assert sum(wide.occurrences[v.ref] for v in wide.drivers[0].variants) == 4971
    assert np.array_equal(np.sort([-each.score for each in wide.space.found]), [-e.score for e in wide.space.found])


# --- several people's judgements


def settled_by(case, numbers):
    """Let as many people judge one section, each with a number of their own, and settle it by the median."""
    for at in range(len(numbers)):
        someone = Person.objects.create(username=f"judge{at}", name=f"Judge {at}", joined_at=NOON)
        Membership.objects.create(case=case, person=someone, role="member")
    people = [Person.objects.get(username=f"judge{at}") for at in range(len(numbers))]
    owner = Person.objects.get(username="owner")
    hand_out(case=case, people=[each.pk for each in people], sections=[KEY], by=owner, at=NOON)
    for each, given in zip(people, numbers, strict=True):
        cells = {(f"{KEY[0]}.{one}", f"{KEY[1]}.{other}"): given for one in "abc" for other in "a"}
        keep_own(
            case=case, source=KEY[0], target=KEY[1], cells=cells, reason=Text(da="Derfor."), give=True, by=each, at=NOON
        )
    yield
    found = group_of(case).sections[KEY]
    decisions = [Decision(KEY, each.table, None, found.mark) for each in proposed([found], Rule(MEDIAN))]
    settle_sections(case=case, decisions=decisions, why="Medianen.", by=owner, at=NOON)
    yield


@pytest.mark.parametrize("numbers", [(0, 0, 0, 3, -3), (0, 1, -1, 2)])
def test_how_many_peoples_judgements_a_scenario_holds_under_is_told_of_five_or_more_when_it_is_settled(
    kombit, numbers, client_as
):
    PhaseRecord.objects.filter(case=kombit).update(state=PhaseState.OPEN)
    changed(kombit)
    steps = settled_by(kombit, numbers)
    next(steps)
    assert of_people(kombit, ground(kombit)) is None
    next(steps)
    case = Case.objects.get(pk=kombit.pk)
    base, people = ground(case), of_people(case, ground(case))
    page = client_as("observer").get(HOME).content.decode()
    assert ("Mennesker" in page) == (len(numbers) >= 5)
    if len(numbers) < 5:
        assert people is None
        return
    assert people.number == 5
    matrix = base.handover.judgements.matrix
    starts = {driver.ref: start for driver, start in zip(base.drivers, matrix.starts, strict=True)}
    by_hand = np.zeros(len(base.rows), int)
    for given in numbers:
        own = matrix.judgements.copy()
        own[starts[KEY[0]] : starts[KEY[0]] + 3, starts[KEY[1]] : starts[KEY[1]] + 3] = [[given, 0, 0]] * 3
        by_hand += [cib.balances(cib.matrix(matrix.sizes, own), row).consistent for row in base.rows]
    assert people.held.tolist() == by_hand.tolist()


def test_the_map_names_scenarios_by_reference_and_says_of_its_axes_what_they_show(read):
    page = read()
    assert "Vandret skiller Cybertrussel og beredskab fremtiderne mest ad, lodret Opgavefordeling" in page
    assert "D6 Cybertrussel og beredskab · D13 Digitale kompetencer →" in page
    assert re.search(r'<text[^>]*data-on="mark"[^>]*>C3</text>', page)


def test_the_tableau_has_its_measures_before_its_states(read):
    table = read().split('id="tableau"')[1].split("</thead>")[0]
    heads = [re.sub("<[^>]+>", " ", each).split()[0] for each in re.findall(r"<th .*?</th>", table)]
    assert heads[:7] == ["Scenarie", "Hvorfor", "Styrke", "Forspring", "Består", "Starter", "D1"]
