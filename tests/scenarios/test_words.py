"""How states are said where there is little room."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from fremsyn.cases.shape import Text
from fremsyn.scenarios.schema import Driver, Variant
from fremsyn.scenarios.words import SOFT_HYPHEN, breakable, brief, most_and_least
from fremsyn.web.templatetags.say import listed


def driver(*names: str) -> Driver:
    variants = tuple(
        Variant(ref=f"D1.{letter}", key=f"X.{letter}", name=Text(da=name), description=Text(da=name))
        for letter, name in zip("abcde", names, strict=False)
    )
    return Driver(
        ref="D1",
        key="X",
        name=Text(da="Tillid"),
        asks=Text(da="?"),
        question="Q1",
        kind="sector",
        impact=3,
        uncertainty=3,
        influence="none",
        variants=variants,
    )


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (("Statslig styring", "Lokal frihed og klynger"), ["Statslig", "Lokal"]),
        (("Fælles drift", "Fælles data", "Siloer"), ["Fælles drift", "Fælles data", "Siloer"]),
        (("Få store leverandører", "Mange små"), ["Få store", "Mange"]),
        (("Vedvarende, men håndterbar", "Høj"), ["Vedvarende", "Høj"]),
        (("Høj", "Høj og stigende"), ["Høj", "Høj og"]),
    ],
)
def test_a_state_is_said_in_the_fewest_words_that_tell_it_apart(names, short):
    thing = driver(*names)
    assert [brief(thing, each) for each in thing.variants] == short


NAMES = st.lists(st.sampled_from(["Høj", "Lav", "og", "tæt"]), min_size=1, max_size=4).map(" ".join)


@given(st.lists(NAMES, min_size=2, max_size=5, unique=True))
def test_short_names_begin_the_full_ones_and_differ(names):
    thing = driver(*names)
    for each in thing.variants:
        assert (each.name.da or "").startswith(brief(thing, each))
    assert len({brief(thing, each) for each in thing.variants}) == len(names)


@given(st.text())
def test_a_word_that_may_break_is_the_same_word(words):
    assert breakable(words).replace(SOFT_HYPHEN, "") == words.replace(SOFT_HYPHEN, "")


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("digitalisering", "digi-tali-sering"),
        ("Cybertrussel", "Cyber-trus-sel"),
        ("arbejdskraft", "arbejds-kraft"),
        ("Siloer", "Siloer"),
        ("", ""),
    ],
)
def test_long_words_break_between_syllables(word, parts):
    assert breakable(word).replace(SOFT_HYPHEN, "-") == parts


def test_words_are_listed_as_one_says_them():
    with translation.override("en"):
        assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
            "",
            "a",
            "a and b",
            "a, b and c",
        ]


@pytest.mark.parametrize(
    ("counts", "total", "said"),
    [
        ((3, 0), 3, "Høj stands in all 3 futures"),
        ((2, 0), 2, "Høj stands in all 2 futures"),
        ((5, 1), 6, "Høj stands in 5 of 6 futures, Lav in only 1"),
        ((1, 4), 6, "Lav stands in 4 of 6 futures, Høj in only 1"),
        ((4, 0), 6, "Høj stands in 4 of 6 futures, Lav in none"),
        ((3, 3), 6, "The states of Tillid stand in equally many of the 6 futures"),
    ],
)
def test_most_and_least_are_said(counts, total, said):
    with translation.override("en"):
        assert most_and_least(driver("Høj", "Lav"), counts, total) == said
