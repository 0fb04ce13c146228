"""Small parts of a drawing: escaped tags, text that is measured, shortened and wrapped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

LINE = 15.0  # from one line of 12-13 px text to the next
NARROW, WIDE = frozenset("iljtfrI.,:;|'!()[]/- "), frozenset("mwMW@%&—")


def short(value: float) -> str:
    """Write a coordinate with one decimal at most."""
    return f"{value:.1f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


def tag(name: str, content: str = "", **attributes: str | float | None) -> str:
    """Make an element; content is markup, attributes are escaped, `css` is its class, None leaves one out."""
    written = "".join(
        f' {"class" if key == "css" else key.replace("_", "-")}="{escape(value) if isinstance(value, str) else short(value)}"'
        for key, value in attributes.items()
        if value is not None and value != ""
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text(x: float, y: float, words: str, css: str = "", anchor: str = "", on: str = "") -> str:
    """Set words with their baseline at y."""
    return tag("text", escape(words), css=css, x=x, y=y, text_anchor=anchor, data_on=on) if words else ""


def lines(x: float, y: float, rows: Iterable[str], css: str = "", anchor: str = "") -> str:
    """Set several rows under each other, the first with its baseline at y."""
    return "".join(text(x, y + i * LINE, row, css, anchor) for i, row in enumerate(rows))


def group(*parts: str, phase: str = "", href: str = "", title: str = "") -> str:
    """Group parts; `href` is where a click leads, `title` what the pointer is told."""
    told = tag("title", escape(title)) if title else ""
    return tag("g", told + "".join(parts), data_phase=phase, data_href=href)


def drawing(key: str, alt: str, parts: Iterable[str], box: tuple[float, float, float, float]) -> str:
    """Close a drawing: `box` is left, top, width and height; `alt` is its text alternative.

    The page shows it no larger than it was drawn for, more or less, so that its words stay words.
    """
    name = f"{key}-t"
    frame = " ".join(short(side) for side in box)
    head = tag("title", escape(alt), id=name)
    drawn_for = "s" if box[2] <= 700 else "m" if box[2] <= 1000 else ""
    return tag("svg", head + "".join(parts), viewBox=frame, role="img", aria_labelledby=name, data_for=drawn_for)


def width(words: str, size: float = 13, strong: bool = False) -> float:
    """Estimate the width of words in pixels, rather too wide than too narrow."""
    ems = 0.0
    for letter in words:
        if letter in NARROW:
            ems += 0.36
        elif letter in WIDE:
            ems += 0.98
        else:
            ems += 0.72 if letter.isupper() else 0.63 if letter.isascii() else 0.72
    return ems * size * (1.1 if strong else 1.0)


def shorten(words: str, room: float, size: float = 13, strong: bool = False) -> str:
    """Cut words at a letter so that they and an ellipsis fit the room."""
    if width(words, size, strong) <= room:
        return words
    kept = words
    while kept and width(kept + "…", size, strong) > room:
        kept = kept[:-1]
    return kept.rstrip(" ,.;:–-") + "…"


def wrap(words: str, room: float, most: int = 2, size: float = 13, strong: bool = False) -> list[str]:
    """Break words into at most `most` rows that each fit the room; the last one is shortened."""
    rows: list[str] = []
    rest = words.split()
    while rest and len(rows) < most:
        taken = 1
        while taken < len(rest) and width(" ".join(rest[: taken + 1]), size, strong) <= room:
            taken += 1
        if len(rows) == most - 1:
            taken = len(rest)
        rows.append(shorten(" ".join(rest[:taken]), room, size, strong))
        rest = rest[taken:]
    return rows


def shape(kind: int, x: float, y: float, r: float, css: str) -> str:
    """Draw a mark: 0 and 1 a circle, 2 a square, 3 a triangle, 4 a diamond; all of about the same weight."""
    if kind == 2:
        side = r * 1.8
        return tag("rect", css=css, x=x - side / 2, y=y - side / 2, width=side, height=side, rx=2)
    if kind == 3:
        return tag("path", css=css, d=f"M{short(x)} {short(y - r)}l{short(r)} {short(r * 1.8)}h{short(-2 * r)}Z")
    if kind == 4:
        s, t = short(r * 1.15), short(-r * 1.15)
        return tag("path", css=css, d=f"M{short(x)} {short(y - r * 1.15)}l{s} {s}l{t} {s}l{t} {t}Z")
    return tag("circle", css=css, cx=x, cy=y, r=r)
