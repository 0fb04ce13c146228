"""Codes and free dates as people read them."""

from __future__ import annotations

import pytest
from django.utils import translation

from fremsyn.core.text import Text
from fremsyn.scanning.wording import dated, inside, years
from fremsyn.web.templatetags.say import listed


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        ("2016-11-16", "16. november 2016"),
        ("2023-05", "maj 2023"),
        ("2023", "2023"),
        ("2017/2024", "2017/2024"),
        ("undated (before KV25)", "uden dato (before KV25)"),
        (None, "uden dato"),
    ],
)
def test_a_sources_date_is_spelt_out_where_it_is_a_date(noted: str | None, said: str) -> None:
    assert dated(noted) == said


def test_words_join_as_one_says_them() -> None:
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == ["", "a", "a og b", "a, b og c"]
    with translation.override("en"):
        assert listed(["a", "b", "c"]) == "a, b and c"


def test_a_name_gets_a_small_letter_within_a_sentence_but_an_abbreviation_keeps_its() -> None:
    assert inside(Text("Velfærd", "Welfare")) == "velfærd"
    assert inside(Text("KOMBITs rolle", "KOMBIT's role")) == "KOMBITs rolle"


def test_years_are_a_span() -> None:
    assert years("5-10") == "5–10 år"
