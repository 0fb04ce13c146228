"""Filters that say things in the page's language: texts, figures, quarters, references in prose."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django import template
from django.utils.formats import date_format, number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fremsyn.core.text import Text

register = template.Library()

REFERENCE = re.compile(r"(?<![\w.])([A-Z]\d{1,5}(?:\.[a-z]\b)?)(?!\w)((?:[,.;:!?)»”]|(?:'|&#x27;|’)s\b)*)")
TAG = re.compile(r"(<[^>]*>)")
QUARTER = re.compile(r"^(\d{4})[KQ]([1-4])$")
MINUS = "\N{MINUS SIGN}"
# What turns the words around it: letters from right to left, and characters that order or end a direction.
TURNS = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u202a-\u202e\u2066-\u2069]")
ORDERS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def as_text(value: object) -> Text | str:
    if isinstance(value, Text):
        return value
    if isinstance(value, Mapping):
        return Text(da=value.get("da"), en=value.get("en"))
    return "" if value is None else str(value)


def alone(words: str) -> str:
    """Return words whose direction is their own and reaches nothing that stands beside them."""
    if isinstance(words, SafeString) or not TURNS.search(words):
        return words
    return f"\N{FIRST STRONG ISOLATE}{ORDERS.sub('', words)}\N{POP DIRECTIONAL ISOLATE}"


@register.filter
def say(value: object) -> SafeString:
    """Show a text, escaped; one that stands in the other language carries that language."""
    text = as_text(value)
    if isinstance(text, str):
        return conditional_escape(alone(text))
    page = (get_language() or "da")[:2]
    words, language = text.in_language(page)
    if not words or language == page:
        return conditional_escape(alone(words))
    return format_html('<span lang="{}">{}</span>', language, alone(words))


@register.filter
def say_plain(value: object) -> str:
    """Give a text as bare words, for attributes, titles and the labels of figures."""
    text = as_text(value)
    return alone(text if isinstance(text, str) else text.in_language(get_language() or "da")[0])


@register.filter
def quarter(value: object) -> str:
    """Write a quarter as the page's language does: 2027K1 in Danish, 2027Q1 in English."""
    found = QUARTER.match(str(value))
    if found is None:
        return str(value)
    letter = "Q" if (get_language() or "da").startswith("en") else "K"
    return f"{found[1]}{letter}{found[2]}"


@register.filter
def quarter_in_words(value: object) -> str:
    """Write a quarter as it is said in prose: 1. kvartal 2027 in Danish, Q1 2027 in English."""
    found = QUARTER.match(str(value))
    if found is None:
        return str(value)
    english = (get_language() or "da").startswith("en")
    return f"Q{found[2]} {found[1]}" if english else f"{found[2]}. kvartal {found[1]}"


@register.filter
def number(value: object, decimals: int | None = None) -> str:
    """Write a number with the language's separators and a real minus; anything else as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return "" if value is None else str(value)
    kept: float | Decimal = value
    if decimals is None and isinstance(value, float):
        kept = Decimal(f"{value:.2f}").normalize()
        decimals = max(0, -int(kept.as_tuple().exponent))
    elif decimals is not None:
        kept = Decimal(f"{value:.{decimals}f}")  # number_format cuts the rest off
    return number_format(kept, decimal_pos=decimals, use_l10n=True, force_grouping=True).replace("-", MINUS)


@register.filter
def span(low: int | float, high: int | float) -> str:
    """Write an interval with as many decimals at one end as at the other: 33–92, 1,2–2,0."""
    if low == high:
        return number(low)
    parts = [number(end).partition(decimal_separator())[2] for end in (low, high)]
    decimals = max(len(part) for part in parts)
    return f"{number(low, decimals)}–{number(high, decimals)}"


@register.filter
def until(first: datetime.date, last: datetime.date) -> str:
    """Write the days from one to another: 27. november–4. december 2026; a day, or a year, that is the same only once."""
    end = date_format(last, "DATE_FORMAT")
    if first == last:
        return end
    return f"{date_format(first, 'MONTH_DAY_FORMAT' if first.year == last.year else 'DATE_FORMAT')}–{end}"


def decimal_separator() -> str:
    return "." if (get_language() or "da").startswith("en") else ","


@register.filter
def signed(value: object, decimals: int | None = None) -> str:
    """Write a number with its sign: +2, 0, −1."""
    shown = number(value, decimals)
    positive = isinstance(value, int | float | Decimal) and value > 0
    return f"+{shown}" if positive else shown


def chip(ref: str, target: object) -> str:
    """Make a reference a link to its target: an address, or a thing with `url`, `phase` and perhaps `title`."""
    if isinstance(target, str):
        return format_html('<a class="ref" href="{}">{}</a>', target, ref)
    url, phase = getattr(target, "url", ""), getattr(target, "phase", "")
    title = say_plain(getattr(target, "title", ""))
    if not url:
        return format_html('<span class="ref" data-phase="{}" title="{}">{}</span>', phase, title, ref)
    return format_html('<a class="ref" data-phase="{}" href="{}" title="{}">{}</a>', phase, url, title, ref)


@register.filter
def linked(value: object, targets: Mapping[str, object] | None) -> SafeString:
    """Turn the references in prose that `targets` knows into links; everything else stays, escaped.

    Takes a text, a string or safe HTML; what already stands inside a link is left alone.
    """
    html = say(value)
    if not targets:
        return html

    def replaced(found: re.Match[str]) -> str:
        target = targets.get(found[1])
        if not target:
            return found[0]
        # what follows without a space stays on the chip's line
        kept = chip(found[1], target)
        return f'<span class="kept">{kept}{found[2]}</span>' if found[2] else kept

    pieces, depth = [], 0
    for piece in TAG.split(html):
        if piece.startswith("<"):
            name = piece[1:].lstrip("/").split(">")[0].split(" ")[0].lower()
            depth += (-1 if piece.startswith("</") else 1) if name == "a" else 0
            pieces.append(piece)
        else:
            pieces.append(REFERENCE.sub(replaced, piece) if depth == 0 else piece)
    # every piece is either escaped above or made by format_html
    return SafeString("".join(pieces))


def listed(words: Iterable[str]) -> str:
    """Join words as a sentence does: a, b and c."""
    *first, last = list(words) or [""]
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last
