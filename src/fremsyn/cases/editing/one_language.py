"""Texts that are written in the language of the page, where a form asks for one language only."""

from django.utils.translation import get_language

from fremsyn.core.text import Text


def page_language() -> str:
    """Return the language in which what is written here is kept."""
    return "en" if (get_language() or "da").startswith("en") else "da"


def written(words: str, before: Text | None) -> Text | None:
    """Return a text with these words in the page's language; the other language stays. None where nothing is left."""
    now = {"da": before.da if before else None, "en": before.en if before else None}
    now[page_language()] = words or None
    return Text(**now) if any(now.values()) else None


def in_page_language(text: Text | None) -> str:
    """Return what a text says in the page's language; empty where it says nothing in it."""
    return (getattr(text, page_language()) or "") if text else ""
