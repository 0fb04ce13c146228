"""An amendment beside the words it would change."""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import get_language

WORD = re.compile(r"\s*\S+")


@dataclass(frozen=True)
class Piece:
    """Words that are kept, deleted or inserted."""

    kind: Literal["kept", "deleted", "inserted"]
    text: str

    @property
    def words(self) -> str:
        """Return the piece without the space before it."""
        return self.text.lstrip()

    @property
    def space(self) -> str:
        """Return the space before the piece, which is no part of what changes."""
        return self.text[: len(self.text) - len(self.words)]


@dataclass(frozen=True)
class Difference:
    """A text against another, in the language in which it could be compared."""

    language: str
    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """Tell whether anything differs."""
        return any(piece.kind != "kept" for piece in self.pieces)


def difference(before: Mapping[str, str], after: Mapping[str, str]) -> Difference:
    """Return word by word what changes: in the page's language where both have it, else in one that both have."""
    page = "en" if (get_language() or "da").startswith("en") else "da"
    order = (page, "da", "en")
    language = next((each for each in order if before.get(each) and after.get(each)), None)
    if language is None:
        language = next((each for each in order if after.get(each)), page)
    return Difference(language, tuple(pieces(before.get(language) or "", after.get(language) or "")))


def pieces(before: str, after: str) -> Iterator[Piece]:
    """Yield the pieces of two texts, deletions before insertions.

    >>> [(piece.kind, piece.text) for piece in pieces("at P5 godkendes", "at P4 godkendes nu")]
    [('kept', 'at'), ('deleted', ' P5'), ('inserted', ' P4'), ('kept', ' godkendes'), ('inserted', ' nu')]
    """
    old, new = WORD.findall(before), WORD.findall(after)
    for _tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if _tag == "equal":
            yield Piece("kept", "".join(new[c:d]))
            continue
        if b > a:
            yield Piece("deleted", "".join(old[a:b]))
        if d > c:
            yield Piece("inserted", "".join(new[c:d]))
