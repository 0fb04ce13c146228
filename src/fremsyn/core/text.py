"""Texts in the languages a case is written in."""

import re
import unicodedata
from dataclasses import dataclass

LANGUAGES = ("da", "en")
LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss", "ð": "d", "þ": "th"})


def in_small_letters(words: str, between: str) -> str:
    """Return words in the letters a to z and digits, with `between` for all else; empty where nothing is left.

    >>> in_small_letters("Åskolen 2035: et hus for øen", "-")
    'aaskolen-2035-et-hus-for-oeen'
    """
    turned = unicodedata.normalize("NFKD", words.lower().translate(LETTERS))
    bare = turned.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", between, bare).strip(between)


@dataclass(frozen=True)
class Text:
    """One text, in Danish, English or both; at least one of them is written."""

    da: str | None = None
    en: str | None = None

    def in_language(self, code: str) -> tuple[str, str]:
        """Return the text and the language it is in: `code` where written, else the other language."""
        wanted = "en" if code.startswith("en") else "da"
        other = "da" if wanted == "en" else "en"
        written = getattr(self, wanted)
        return (written, wanted) if written else (getattr(self, other) or "", other)

    def __str__(self) -> str:
        return self.da or self.en or ""


@dataclass(frozen=True)
class Texts:
    """A list of short texts, equally long in each language that is written."""

    da: tuple[str, ...] | None = None
    en: tuple[str, ...] | None = None

    def each(self) -> tuple[Text, ...]:
        """Return the list as single texts, in order."""
        length = max(len(self.da or ()), len(self.en or ()))
        return tuple(
            Text(da=self.da[i] if self.da else None, en=self.en[i] if self.en else None) for i in range(length)
        )
