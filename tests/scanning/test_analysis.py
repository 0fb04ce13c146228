"""What the scan has and has not seen, over cases that nobody wrote."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fremsyn.cases.shape import Mark, Named, Place, Text
from fremsyn.scanning.analysis import CORNERS, RINGS, coverage, is_open, is_pressing, nearest_corner
from fremsyn.scanning.schema import Coverage, ForAndAgainst, Scanning, ScanScales, Signal, Trend

WORDS = Text("ord", "word")
THEMES, KINDS = ("near", "far"), ("social", "political", "values")


def named(codes: tuple[str, ...]) -> tuple[Named, ...]:
    return tuple(Named(code, WORDS) for code in codes)


def trend(ref: str, **given: object) -> Trend:
    usual = {
        "title": WORDS,
        "description": WORDS,
        "question": "Q1",
        "theme": "near",
        "steep": "social",
        "place": Place(1.0, 0.0, 0.0),
        "impact": 5,
        "certainty": 4,
        "time_to_impact_years": "0-2",
        "signals": ForAndAgainst(),
    }
    return Trend(ref=ref, **usual | given)


def scan(trends: list[Trend], signals: tuple[Signal, ...] = ()) -> Scanning:
    return Scanning(
        schema="case/scanning@2",
        status=Mark(),
        scales=ScanScales(impact=WORDS, certainty=WORDS, time_to_impact_years=WORDS),
        field=named(CORNERS),
        steep=named(KINDS),
        themes=named(THEMES),
        signal_kinds=named(("strong",)),
        coverage=Coverage(says=WORDS),
        signals=signals,
        trends=tuple(trends),
    )


places = st.sampled_from([Place(0.6, 0.3, 0.1), Place(0.2, 0.5, 0.3), Place(0.1, 0.1, 0.8), Place(0.4, 0.4, 0.2)])
trends = st.lists(
    st.builds(
        trend,
        st.just("T1"),
        theme=st.sampled_from(THEMES),
        steep=st.sampled_from(KINDS),
        place=places,
        impact=st.integers(1, 5),
        certainty=st.integers(1, 5),
        time_to_impact_years=st.sampled_from(RINGS),
        unverified=st.booleans(),
        signals=st.sampled_from([ForAndAgainst(), ForAndAgainst(supporting=("S1",)), ForAndAgainst(against=("S1",))]),
    ),
    max_size=12,
)


@given(trends)
def test_every_trend_is_counted_once_in_each_division(found: list[Trend]) -> None:
    seen = coverage(scan(found))

    for division in (seen.themes, seen.steep, seen.corners, seen.rings, seen.cells):
        assert sum(division.values()) == len(found)
    assert len(seen.cells) == len(THEMES) * len(KINDS)
    assert seen.silent + seen.contested <= len(found)


@given(trends)
def test_no_trend_is_both_pressing_and_open(found: list[Trend]) -> None:
    assert not any(is_pressing(each) and is_open(each) and each.certainty >= 4 for each in found)


def test_a_signal_that_no_trend_names_is_told() -> None:
    signal = Signal(
        ref="S1",
        title=WORDS,
        kind="strong",
        noticed_by="wide",
        noted=None,
        question="Q1",
        what_changes=WORDS,
        so_what=WORDS,
    )

    assert coverage(scan([trend("T1")], (signal,))).unspoken == ("S1",)
    assert coverage(scan([trend("T1", signals=ForAndAgainst(against=("S1",)))], (signal,))).unspoken == ()


def test_on_a_tie_the_first_corner_is_the_nearest() -> None:
    assert nearest_corner(trend("T1", place=Place(0.4, 0.4, 0.2))) == "megatrend"
