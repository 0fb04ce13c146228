"""Points on two numeric axes, each with its label beside it."""

from __future__ import annotations

from collections.abc import Sequence

from fremsyn.figures import drawing
from fremsyn.figures.figure import Figure, Finding, Sign, Table, figure
from fremsyn.figures.placing import Box, Disc, Label, Place, line_to, place_labels, spread
from fremsyn.figures.points.mark import Axis, Dot, Point, dotted, mark, point_table, radius

LEFT, TOP, RIGHT, BOTTOM = 64.0, 14.0, 16.0, 52.0
LABEL, NARROW = 168.0, 104.0
CROWD = 60  # dots; labels keep clear of so many, more of them are a ground that labels lie on


def scatter(
    finding: Finding,
    points: Sequence[Point],
    x: Axis,
    y: Axis,
    *,
    columns: Sequence[str] = (),
    table: Table | None = None,
    corners: Sequence[str] = (),
    size: tuple[float, float] = (860.0, 560.0),
    legend: tuple[Sign, ...] = (),
    dots: Sequence[Dot] = (),
) -> Figure:
    """Draw points on two axes; marks that coincide stand beside each other, labels never cover anything.

    `dots` lie exactly where their values say, behind the points; beyond 60 of them labels may lie on them.

    :param columns: headings of the table made here: the thing, x, y; or give a `table` of your own
    :param corners: words for the four corners (top left, top right, bottom left, bottom right), each may be empty
    :returns: a figure; a label without room is left out of the drawing, it stands in the table
    """
    plot = plot_of(size)
    discs = placed(points, x, y, plot)
    ground = [Disc(*at(each, x, y, plot), each.r) for each in dots]
    heads = corner_words(corners, plot)
    wishes = [wish(p, d) for p, d in zip(points, discs, strict=True)]
    wishes += [wish(each, d) for each, d in zip(dots, ground, strict=True)]
    solid = (*discs, *ground) if len(dots) <= CROWD else tuple(discs)
    places = place_labels(tuple(wishes), solid, plot, tuple(corner_boxes(corners, plot)))
    parts = [axes(x, y, plot), *(dotted(each, disc) for each, disc in zip(dots, ground, strict=True)), *heads]
    parts += [
        worded(each, place, "dim small halo")
        for each, place in zip(dots, places[len(points) :], strict=True)
        if place and not place.far
    ]
    places = places[: len(points)]
    parts += [leader(d, place) for d, place in zip(discs, places, strict=True) if place is not None and place.far]
    parts += [mark(p, d) for p, d in zip(points, discs, strict=True)]
    parts += [worded(p, place) for p, place in zip(points, places, strict=True) if place is not None]
    svg = drawing.drawing(finding.key, finding.alt, parts, (0, 0, *size))
    given = table or point_table(finding.title, columns or ("", x.title, y.title), points)
    return figure(finding, svg, given, legend=legend)


def plot_of(size: tuple[float, float]) -> Box:
    """Return the part of a drawing of this size in which the points lie."""
    return Box(LEFT, TOP, size[0] - LEFT - RIGHT, size[1] - TOP - BOTTOM)


def at(thing: Point | Dot, x: Axis, y: Axis, plot: Box) -> tuple[float, float]:
    return plot.x + x.part(thing.x) * plot.w, plot.y + (1 - y.part(thing.y)) * plot.h


def placed(points: Sequence[Point], x: Axis, y: Axis, plot: Box) -> list[Disc]:
    scale = 1.0 if len(points) <= 60 else 0.8
    wanted = [Disc(*at(p, x, y, plot), radius(p.size, scale)) for p in points]

    def inside(across: float, down: float, r: float) -> bool:
        return Disc(across, down, r).box().within(plot)

    return spread(wanted, [[inside]] * len(wanted), gap=5.0)


def wrapped(point: Point | Dot) -> list[list[str]]:
    """Return the ways to set a point's label: in wide rows, else in narrow ones."""
    wide = drawing.wrap(point.label, LABEL, 2, 12.5)
    narrow = drawing.wrap(point.label, NARROW, 3, 12.5)
    return [wide] if narrow == wide or any(row.endswith("…") for row in narrow) else [wide, narrow]


def wish(point: Point | Dot, disc: Disc) -> Label | None:
    if not point.label.strip():
        return None
    sizes = ((max(drawing.width(row, 12.5) for row in rows), drawing.LINE * len(rows)) for rows in wrapped(point))
    return Label(disc, tuple(sizes))


def worded(point: Point | Dot, place: Place, css: str = "small halo") -> str:
    box = place.box
    x = {"start": box.x, "middle": box.x + box.w / 2, "end": box.x + box.w}[place.anchor]
    return drawing.lines(x, box.y + 11.5, wrapped(point)[place.size], css, place.anchor)


def leader(disc: Disc, place: Place) -> str:
    x1, y1, x2, y2 = (drawing.short(value) for value in line_to(disc, place.box))
    return drawing.tag("path", css="leader", d=f"M{x1} {y1}L{x2} {y2}")


def axes(x: Axis, y: Axis, plot: Box) -> str:
    low, left = plot.y + plot.h, plot.x
    parts = [drawing.tag("rect", css="rule", x=plot.x, y=plot.y, width=plot.w, height=plot.h)]
    for value, words in x.ticks:
        at = left + x.part(value) * plot.w
        parts.append(
            drawing.tag("path", css="rule", d=f"M{drawing.short(at)} {drawing.short(plot.y)}V{drawing.short(low)}")
        )
        parts.append(drawing.text(at, low + 18, words, "dim small", "middle"))
    for value, words in y.ticks:
        at = low - y.part(value) * plot.h
        parts.append(
            drawing.tag(
                "path", css="rule", d=f"M{drawing.short(left)} {drawing.short(at)}H{drawing.short(left + plot.w)}"
            )
        )
        parts.append(drawing.text(left - 8, at + 4, words, "dim small", "end"))
    parts.append(drawing.text(left + plot.w / 2, low + 42, f"{x.title} →", "strong", "middle"))
    turned = drawing.text(0, 0, f"{y.title} →", "strong", "middle")
    parts.append(drawing.tag("g", turned, transform=f"translate(16 {drawing.short(plot.y + plot.h / 2)}) rotate(-90)"))
    return "".join(parts)


def corner_words(corners: Sequence[str], plot: Box) -> list[str]:
    at = [
        (plot.x + 8, plot.y + 18, "start"),
        (plot.x + plot.w - 8, plot.y + 18, "end"),
        (plot.x + 8, plot.y + plot.h - 10, "start"),
        (plot.x + plot.w - 8, plot.y + plot.h - 10, "end"),
    ]
    return [drawing.text(x, y, words, "dim voice", anchor) for words, (x, y, anchor) in zip(corners, at, strict=False)]


def corner_boxes(corners: Sequence[str], plot: Box) -> list[Box]:
    wide = [drawing.width(words, 14) for words in corners]
    low, right = plot.y + plot.h - 26, plot.x + plot.w - 8
    at = [(plot.x + 8, plot.y + 4), (right, plot.y + 4), (plot.x + 8, low), (right, low)]
    return [
        Box(x - (w if i % 2 else 0), y, w, 20) for i, (w, (x, y)) in enumerate(zip(wide, at, strict=False)) if w > 0
    ]
