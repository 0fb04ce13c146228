"""What stands above the results of a judged round speaks of the circles and scenarios that are shown, and of no others."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from fremsyn.conversation.judging.headline import most_wished
from fremsyn.conversation.judging.results import Judged, JudgedScenario, Judgement
from fremsyn.conversation.judging.verdict import verdict
from fremsyn.core.text import Text

CIRCLES = {"leadership": "Topledelsen", "organisation": "Organisationen", "wide": "Interessenterne"}
FORTY, EIGHTY, HIDDEN = Judgement((3, 3, 0, 4, 0), 0), Judgement((0, 1, 0, 2, 2), 0), None


def scenario(ref: str, *judgements: Judgement | None) -> JudgedScenario:
    by_circle = dict(zip(CIRCLES, judgements, strict=False))
    return JudgedScenario(
        ref, Text(da="Pagten", en="The Pact"), None, {"desirable": Judged("U1", "desirable", by_circle, None)}
    )


NOTHING = scenario("C2", HIDDEN, HIDDEN, HIDDEN)


@pytest.mark.parametrize(
    ("found", "danish", "english"),
    [
        (
            [scenario("C1", HIDDEN, FORTY, HIDDEN), NOTHING],
            "Organisationen: 40 procent så C1 Pagten gerne; de andre kredse er skjult",
            "Organisationen: 40 per cent would gladly see C1 The Pact; the other circles are hidden",
        ),
        (
            [scenario("C1", HIDDEN, FORTY, HIDDEN), scenario("C2", HIDDEN, EIGHTY, HIDDEN)],
            "Organisationen: Af de scenarier, der er vist, er C2 Pagten den mest ønskede (80 procent); de andre kredse er skjult",
            "Organisationen: of the scenarios that are shown, C2 The Pact is the most wished for (80 per cent); the other circles are hidden",
        ),
        (
            [scenario("C1", FORTY, EIGHTY, HIDDEN), scenario("C2", EIGHTY, EIGHTY, HIDDEN)],
            "Topledelsen og Organisationen: Af de scenarier, der er vist, er C2 Pagten den mest ønskede (mindst 80 procent i hver); den anden kreds er skjult",
            "Topledelsen and Organisationen: of the scenarios that are shown, C2 The Pact is the most wished for (at least 80 per cent in each); the other circle is hidden",
        ),
        (
            [scenario("C1", EIGHTY, HIDDEN, HIDDEN), scenario("C2", HIDDEN, FORTY, HIDDEN)],
            "Topledelsen: 80 procent så C1 Pagten gerne; de andre kredse er skjult",
            "Topledelsen: 80 per cent would gladly see C1 The Pact; the other circles are hidden",
        ),
        (
            [scenario("C1", EIGHTY, FORTY, EIGHTY), scenario("C2", EIGHTY, EIGHTY, EIGHTY)],
            "C2 Pagten er den mest ønskede: Mindst 80 procent af hver kreds så den gerne",
            "C2 The Pact is the most wished for: at least 80 per cent of each circle would gladly see it",
        ),
        (
            [scenario("C1", EIGHTY, FORTY, EIGHTY), scenario("C2", FORTY, EIGHTY, EIGHTY)],
            "C1 Pagten og C2 Pagten er lige ønskede: Mindst 40 procent af hver kreds så dem gerne",
            "C1 The Pact and C2 The Pact are equally wished for: at least 40 per cent of each circle would gladly see them",
        ),
        ([NOTHING, NOTHING], "", ""),
    ],
)
def test_scenarios_are_compared_only_by_circles_that_are_shown_for_them(found, danish, english):
    for language, words in (("da", danish), ("en", english)):
        with translation.override(language):
            assert most_wished(found, CIRCLES) == words


def test_a_verdict_says_when_it_is_not_told_by_every_circle():
    some, all_ = scenario("C1", HIDDEN, EIGHTY, HIDDEN), scenario("C1", EIGHTY, EIGHTY, EIGHTY)
    for language, told, of_all in (
        ("da", "Ønskelig. Det siger de kredse, der er vist.", "Ønskelig."),
        ("en", "Desirable. So say the circles that are shown.", "Desirable."),
    ):
        with translation.override(language):
            assert (verdict(some), verdict(all_)) == (told, of_all)


JUDGEMENT = st.sampled_from([FORTY, EIGHTY, HIDDEN])


@given(st.lists(st.tuples(JUDGEMENT, JUDGEMENT, JUDGEMENT), min_size=1, max_size=4))
def test_each_circle_is_spoken_of_and_scenarios_compared_only_where_they_are_shown(rows):
    found = [scenario(f"C{at}", *row) for at, row in enumerate(rows, start=1)]
    said = most_wished(found, CIRCLES)
    shown = [{code for code, each in zip(CIRCLES, row, strict=True) if each} for row in rows if any(row)]
    assert bool(said) == bool(shown)
    if "hver kreds" in said:
        assert all(all(row) for row in rows)
    if "ønskede" in said:
        assert len(shown) >= 2
        assert set.intersection(*shown)
    for code, name in CIRCLES.items():
        if not any(code in each for each in shown):
            assert name not in said
