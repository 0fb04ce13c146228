"""What the blocks' templates need: an entry of a list with its lead."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from fremsyn.reports.blocks import Words

register = template.Library()


@register.filter
def led(entries: Iterable[Words | tuple[Words, Words]]) -> list[tuple[Words, Words]]:
    """Return the entries of a list as pairs of lead and text; the lead is empty where there is none."""
    return [entry if isinstance(entry, tuple) else ("", entry) for entry in entries]
