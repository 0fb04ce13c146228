"""What a reader of a drawing sees: its words as boxes, its marks as discs."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from fremsyn.figures.drawing import width
from fremsyn.figures.placing import Box, Disc

SIZES = {"tiny": 10.5, "small": 12.0, "big": 26.0, "voice": 14.0}


def texts(svg: str) -> list[tuple[str, Box]]:
    """Return the words of a drawing and the boxes that they fill; turned words are left out."""
    root = ElementTree.fromstring(svg)
    turned = {id(text) for group in root.iter("g") if group.get("transform") for text in group.iter("text")}
    found = []
    for element in root.iter("text"):
        if id(element) in turned or not element.text:
            continue
        css = (element.get("class") or "").split()
        size = next((SIZES[name] for name in css if name in SIZES), 13.0)
        # words are estimated rather wide when placed; here the estimate is what most typefaces need
        wide = width(element.text, size, strong="strong" in css) * 0.92
        x, y = float(element.get("x", "0")), float(element.get("y", "0"))
        left = {"middle": x - wide / 2, "end": x - wide}.get(element.get("text-anchor", ""), x)
        found.append((element.text, Box(left, y - size * 0.72, wide, size * 0.8)))
    return found


def discs(svg: str) -> list[Disc]:
    """Return the round marks of a drawing."""
    root = ElementTree.fromstring(svg)
    return [
        Disc(*(float(element.get(name, "0")) for name in ("cx", "cy", "r")))
        for element in root.iter("circle")
        if re.search(r"\b(mark|open|k1)\b", element.get("class") or "")
    ]


def collisions(svg: str) -> list[tuple[str, str]]:
    """Return the pairs of words that lie on each other."""
    found = texts(svg)
    return [
        (one, other)
        for i, (one, box) in enumerate(found)
        for other, against in found[i + 1 :]
        if box.overlaps(against, -0.5)
    ]
