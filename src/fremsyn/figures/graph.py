"""Layers from left to right with curves between them: evidence chains and dependencies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fremsyn.figures import drawing
from fremsyn.figures.figure import Cell, Column, Figure, Finding, Row, Table, figure

BOX, TALL, GAP, BETWEEN, HEAD = 156.0, 60.0, 12.0, 42.0, 40.0
CHIP, LOW, TIGHT, MOST = 46.0, 20.0, 5.0, 26
SWEEPS = 6
NARROWEST = 480.0  # a drawing of a few nodes is not blown up to the width of the page


@dataclass(frozen=True)
class Node:
    """A thing in a layer (0 is leftmost). `gap` marks one that rests on nothing or is unverified."""

    key: str
    layer: int
    ref: str
    text: str = ""
    phase: str = ""
    href: str = ""
    strong: bool = False
    gap: bool = False


@dataclass(frozen=True)
class Edge:
    """From the key of one node to another's; `strong` is on the path that is shown, `weight` 1..4 is its width."""

    start: str
    end: str
    strong: bool = False
    weight: int = 1


@dataclass(frozen=True)
class Spot:
    """Where a node stands: left, top, width, height."""

    x: float
    y: float
    w: float
    h: float


def graph(
    finding: Finding,
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    layers: Sequence[str],
    *,
    columns: tuple[str, str, str] = ("", "", ""),
    table: Table | None = None,
    compact: bool | None = None,
    box: float = BOX,
) -> Figure:
    """Draw nodes in their layers, ordered so that few curves cross; the same data give the same drawing.

    :param layers: a heading for each layer
    :param columns: headings of the table: the layer, the thing, what it leads to
    :param compact: small boxes with the reference only; by itself where a layer holds more than 14
    :param box: how wide the other boxes are
    :raises ValueError: when a node's layer or an edge's end does not exist, or a key stands twice
    """
    known = {node.key: node for node in nodes}
    if len(known) != len(nodes) or any(not 0 <= node.layer < len(layers) for node in nodes):
        raise ValueError("each node has a key of its own and a layer that exists")
    if any(edge.start not in known or edge.end not in known for edge in edges):
        raise ValueError("an edge joins two nodes of the graph")
    order = ordered(nodes, edges, len(layers))
    tight = max((len(layer) for layer in order), default=0) > 14 if compact is None else compact
    spots = chips(order) if tight else boxes(order, box)
    parts = [heading(words, i, spots, order, tight, box) for i, words in enumerate(layers)]
    parts += [curve(spots[e.start], spots[e.end], e, tight) for e in sorted(edges, key=lambda e: e.strong)]
    parts += [node_drawn(node, spots[node.key], tight) for node in nodes]
    right = max([NARROWEST, *(spot.x + spot.w + 4 for spot in spots.values())])
    low = max((spot.y + spot.h for spot in spots.values()), default=HEAD) + 8
    svg = drawing.drawing(finding.key, finding.alt, parts, (0, 0, right, low))
    given = table or edge_table(finding.title, columns, nodes, edges, layers)
    return figure(finding, svg, given, wide=True)


def ordered(nodes: Sequence[Node], edges: Sequence[Edge], count: int) -> list[list[str]]:
    """Order each layer by the mean place of what its nodes are joined to, sweeping forth and back."""
    order: list[list[str]] = [[] for _ in range(count)]
    for node in nodes:
        order[node.layer].append(node.key)
    joined: dict[str, list[str]] = {node.key: [] for node in nodes}
    for edge in edges:
        joined[edge.start].append(edge.end)
        joined[edge.end].append(edge.start)
    layer_of = {node.key: node.layer for node in nodes}
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        for layer in range(count) if forth else reversed(range(count)):
            place = {key: i / max(1, len(keys)) for keys in order for i, key in enumerate(keys)}
            order[layer].sort(key=lambda key: mean_place(key, joined[key], layer_of, place, forth))
    return order


def mean_place(
    key: str, others: Sequence[str], layer_of: dict[str, int], place: dict[str, float], forth: bool
) -> float:
    """Return the mean place of the neighbours on the side looked at; a node without any keeps its own."""
    looked = [o for o in others if (layer_of[o] < layer_of[key] if forth else layer_of[o] > layer_of[key])]
    return sum(place[o] for o in looked) / len(looked) if looked else place[key]


def boxes(order: Sequence[Sequence[str]], box: float = BOX) -> dict[str, Spot]:
    """Place boxes: each layer a column, centred on the tallest."""
    tallest = max((len(layer) for layer in order), default=0)
    full = tallest * (TALL + GAP)
    spots = {}
    for i, layer in enumerate(order):
        step = min((TALL + GAP) * 1.6, full / len(layer)) if layer else 0
        top = HEAD + (full - step * len(layer)) / 2
        for k, key in enumerate(layer):
            spots[key] = Spot(2 + i * (box + BETWEEN), top + k * step + (step - TALL) / 2, box, TALL)
    return spots


def chips(order: Sequence[Sequence[str]]) -> dict[str, Spot]:
    """Place small boxes: a layer with more than 26 takes several columns, filled downwards."""
    wide = [max(1, -(-len(layer) // MOST)) for layer in order]
    tall = [-(-len(layer) // columns) for layer, columns in zip(order, wide, strict=True)]
    full = max(tall, default=0) * (LOW + TIGHT)
    spots, x = {}, 2.0
    for layer, columns, rows in zip(order, wide, tall, strict=True):
        top = HEAD + (full - rows * (LOW + TIGHT)) / 2
        for k, key in enumerate(layer):
            # neighbours in the order stay neighbours: along a row first, so that curves stay short
            spots[key] = Spot(x + (k % columns) * (CHIP + TIGHT), top + (k // columns) * (LOW + TIGHT), CHIP, LOW)
        x += columns * (CHIP + TIGHT) + 96
    return spots


def heading(
    words: str, layer: int, spots: dict[str, Spot], order: Sequence[Sequence[str]], tight: bool, box: float
) -> str:
    if not order[layer]:
        return ""
    left = min(spots[key].x for key in order[layer])
    right = max(spots[key].x + spots[key].w for key in order[layer])
    room = (right - left + 88) if tight else box + BETWEEN - 10
    said = drawing.shorten(words, room, 12, strong=True)
    count = drawing.text(left, 32, str(len(order[layer])), "dim small") if tight else ""
    return drawing.text(left, 16, said, "dim strong small") + count


def curve(start: Spot, end: Spot, edge: Edge, tight: bool) -> str:
    a, b = (start, end) if start.x <= end.x else (end, start)
    x1, y1, x2, y2 = a.x + a.w, a.y + a.h / 2, b.x, b.y + b.h / 2
    if a.x == b.x:
        x2, bend = b.x + b.w, 22.0
        middle = (x1 + bend, x2 + bend)
    else:
        middle = ((x1 + x2) / 2, (x1 + x2) / 2)
    points = [drawing.short(v) for v in (x1, y1, middle[0], y1, middle[1], y2, x2, y2)]
    path = f"M{points[0]} {points[1]}C{points[2]} {points[3]} {points[4]} {points[5]} {points[6]} {points[7]}"
    css = "path" if edge.strong else "web" if tight else "edge"
    return drawing.tag("path", css=f"{css} w{edge.weight}" if edge.weight > 1 else css, d=path)


def node_drawn(node: Node, spot: Spot, tight: bool) -> str:
    css = "box dashed" if node.gap else "box"
    form = drawing.tag("rect", css=css, x=spot.x, y=spot.y, width=spot.w, height=spot.h, rx=3)
    bar = drawing.tag("rect", css="tint", x=spot.x, y=spot.y, width=7 if node.strong else 3, height=spot.h)
    if tight:
        words = drawing.text(
            spot.x + spot.w / 2 + 2, spot.y + 14, node.ref, "small strong" if node.strong else "small", "middle"
        )
    else:
        rows = drawing.wrap(node.text, spot.w - 20, 2, 12)
        words = drawing.text(spot.x + 14, spot.y + 18, node.ref, "strong")
        words += drawing.lines(spot.x + 14, spot.y + 35, rows, "small")
    return drawing.group(form, bar, words, phase=node.phase, href=node.href, title=f"{node.ref} {node.text}".strip())


def edge_table(
    caption: str, columns: tuple[str, str, str], nodes: Sequence[Node], edges: Sequence[Edge], layers: Sequence[str]
) -> Table:
    leads: dict[str, list[str]] = {}
    known = {node.key: node for node in nodes}
    for edge in edges:
        leads.setdefault(edge.start, []).append(known[edge.end].ref)
    rows = tuple(
        Row(
            (
                Cell(node.text, ref=node.ref, phase=node.phase, href=node.href),
                Cell(layers[node.layer]),
                Cell(", ".join(leads.get(node.key, []))),
            ),
            marked=node.strong,
        )
        for node in sorted(nodes, key=lambda node: node.layer)
    )
    return Table(caption, (Column(columns[1]), Column(columns[0]), Column(columns[2])), rows)
