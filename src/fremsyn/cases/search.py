"""Finding items of a case by reference or by words of their title."""

import unicodedata
from collections.abc import Iterator

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry


def folded(text: str) -> str:
    """Return text as it is compared: small letters, with a space for each quote, dash or other sign within it."""
    return "".join(
        c if unicodedata.category(c)[0] in "LN" or c == "." else " "
        for c in unicodedata.normalize("NFC", text).casefold()
    )


def found(visit: Visit, query: str) -> tuple[Entry, ...]:
    """Return the items whose reference is the query or whose title holds all of its words, best first.

    Only what the visitor may see is looked at, so that not even a count tells of the rest.
    """
    words = [word.strip(".") for word in folded(query).split() if word.strip(".")]
    if not words:
        return ()
    ranked = sorted(_ranked(visit, words), key=lambda pair: pair[0])
    return tuple(entry for _rank, entry in ranked)


def _ranked(visit: Visit, words: list[str]) -> Iterator[tuple[int, Entry]]:
    for entry in visit.entries.values():
        if not entry.ref:
            continue
        title = folded(f"{entry.title.da or ''} {entry.title.en or ''}")
        if entry.ref.casefold() == words[0] and len(words) == 1:
            yield 0, entry
        elif all(word in title for word in words):
            yield 1 if title.startswith(words[0]) else 2, entry
