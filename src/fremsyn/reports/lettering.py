"""Words as typst takes them: never markup, no sign that the fonts lack, no word too long for a line."""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
MISSING = "\N{REPLACEMENT CHARACTER}"
BREAK = "\N{ZERO WIDTH SPACE}"
SOFT = "\N{SOFT HYPHEN}"
LONG = re.compile(r"\S{13,}")
JOINTS = re.compile(r"(?<=[/_.\-?&=:,;@#])(?=\w)")
LONGEST = 30
ALIKE = {"●": "•", "■": "•", "◆": "◊", "◇": "◊", "○": "°"}


def literal(words: str) -> str:
    """Return text as a typst string, quotes included: what is set on the page, long words breakable."""
    return named(LONG.sub(lambda found: _breakable(found[0]), words))


def named(words: str) -> str:
    """Return text as a typst string, quotes included: a name, a title or an alternative, which never breaks.

    What no font here can show is a replacement sign.
    """
    return '"' + showable(words).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def showable(words: str) -> str:
    """Return text of signs that every font here has; the others are replaced so that one sees that they are missing."""
    return unicodedata.normalize("NFC", words).translate(_SIGNS)


class _Signs(dict[int, str]):
    """What stands for each character, found when it is first asked for."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, _sign(chr(code)))


_SIGNS = _Signs()


def _sign(character: str) -> str:
    if character in "\n\t ":
        return "\n" if character == "\n" else " "
    kind = unicodedata.category(character)
    # Signs without meaning to others (Co) and those that are never seen may not stand in a file that is to last.
    if character in (BREAK, SOFT) or (ord(character) in covered() and kind not in ("Cc", "Cf", "Co", "Cn")):
        return character
    if ord(ALIKE.get(character, character)) in covered():
        return ALIKE.get(character, "")
    if kind in ("Cf", "Mn", "Me", "Cc"):
        return ""  # marks on a sign, and what is never seen
    return " " if kind.startswith("Z") else MISSING


def _breakable(word: str) -> str:
    pieces = JOINTS.sub(BREAK, word).split(BREAK)
    cut = (piece[i : i + LONGEST] for piece in pieces for i in range(0, len(piece), LONGEST))
    return BREAK.join(cut)


@cache
def covered() -> frozenset[int]:
    """Return the code points that every font here has."""
    fonts = [_points(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf"))]
    return frozenset.intersection(*fonts)


def _points(font: bytes) -> frozenset[int]:
    """Return the code points of a font by its Unicode table of format 4 (OpenType, cmap)."""
    start = _table(font, b"cmap")
    count = struct.unpack_from(">H", font, start + 2)[0]
    for i in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", font, start + 4 + 8 * i)
        if (platform, encoding) == (3, 1) and struct.unpack_from(">H", font, start + offset)[0] == 4:
            return _segments(font, start + offset)
    raise ValueError("the font has no table of its signs that is understood here")


def _table(font: bytes, tag: bytes) -> int:
    for i in range(struct.unpack_from(">H", font, 4)[0]):
        name, _sum, offset, _length = struct.unpack_from(">4sIII", font, 12 + 16 * i)
        if name == tag:
            return int(offset)
    raise ValueError("the font has no table of its signs")


def _segments(font: bytes, at: int) -> frozenset[int]:
    twice = struct.unpack_from(">H", font, at + 6)[0]
    ends, starts, deltas, offsets = (at + 14 + shift for shift in (0, 2 + twice, 2 + 2 * twice, 2 + 3 * twice))
    found = set()
    for i in range(0, twice, 2):
        first, last = (struct.unpack_from(">H", font, where + i)[0] for where in (starts, ends))
        delta, jump = (struct.unpack_from(">H", font, where + i)[0] for where in (deltas, offsets))
        for point in range(first, min(last, 0xFFFE) + 1):
            glyph = point
            if jump:
                glyph = struct.unpack_from(">H", font, offsets + i + jump + 2 * (point - first))[0]
            if (glyph + delta) & 0xFFFF if glyph or not jump else 0:
                found.add(point)
    return frozenset(found)
