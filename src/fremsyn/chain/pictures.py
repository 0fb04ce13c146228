"""The chain's figures: the trace of one item, and the whole chain by kind."""

from collections.abc import Iterable
from itertools import pairwise

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.cases.kinds import KINDS, PAGE_OF_APP
from fremsyn.chain.trace_queries import Trace, WholeChain
from fremsyn.figures.figure import Cell, Column, Figure, Finding, Row, Table
from fremsyn.figures.graph import Edge, Node, graph
from fremsyn.web.templatetags.say import number, say_plain

LAYERS = (
    (gettext_lazy("The board"), ("board_point",)),
    (gettext_lazy("Action plans"), ("initiative", "milestone", "signpost")),
    (gettext_lazy("Strategy"), ("possible_strategy", "option", "role")),
    (gettext_lazy("Direction"), ("desirable_scenario", "agenda")),
    (gettext_lazy("The conversation"), ("insight", "session", "round", "statement")),
    (gettext_lazy("Scenarios"), ("scenario", "driver", "variant")),
    (gettext_lazy("Scanning, framing"),
     ("trend", "signal", "question", "assumption", "success_criterion", "baseline_role", "stakeholder")),
    (gettext_lazy("Sources"), ("source",)),
)  # fmt: skip
WEIGHTS = ((60, 4), (25, 3), (10, 2))
MORE, WIDE = "more", 1240.0


def trace_figure(trace: Trace) -> Figure:
    """Draw the shortest way, highlighted, among the ways of the other things that the item rests on."""
    ways = trace.ways()
    deepest = max((len(way) for way in ways), default=1) - 1
    layer: dict[str, int] = {trace.entry.key: 0}
    for way in ways:
        for at, key in enumerate(way[1:], 1):
            layer[key] = min(layer.get(key, at), at)
    layer |= {key: deepest for key in layer if key in trace.goals and key != trace.entry.key}
    held = sorted(set(layer.values()))
    layer = {key: held.index(at) for key, at in layer.items()}
    nodes = [_node(trace, key, at) for key, at in layer.items()]
    edges = _edges(trace, ways, layer)
    if trace.beyond() > 0 and len(held) > 1:
        nodes.append(Node(MORE, 1, f"+{trace.beyond()}", _("more in the list below")))
        edges.append(Edge(trace.entry.key, MORE))
    heads = [_layer_words(trace.visit.entries[key] for key in layer if layer[key] == at) for at in range(len(held))]
    title = trace_title(trace)
    finding = Finding("trace", title, _trace_alt(trace, title), _trace_subtitle(trace))
    columns = (_("Step"), _("Thing"), _("Leads to"))
    box = max(156.0, min(250.0, WIDE / len(held) - 42.0))
    return graph(finding, nodes, edges, heads, columns=columns, compact=False, box=box)


def _node(trace: Trace, key: str, at: int) -> Node:
    entry = trace.visit.entries[key]
    strong = key in trace.way or key == trace.entry.key
    return Node(
        key=key,
        layer=at,
        ref=entry.ref or "·",
        text=say_plain(entry.title),
        phase=entry.phase,
        href=_trace_address(trace, entry),
        strong=strong,
        gap=entry.unverified,
    )


def _trace_address(trace: Trace, entry: Entry) -> str:
    if not entry.ref:
        return entry.url
    return reverse("chain:trace", args=[trace.visit.case.slug, entry.ref]) + ("?up=1" if trace.up else "")


def _edges(trace: Trace, ways: Iterable[tuple[str, ...]], layer: dict[str, int]) -> list[Edge]:
    strong = set(pairwise(trace.way))
    pairs = dict.fromkeys(pair for way in ways for pair in pairwise(way))
    for key, at in layer.items():
        for ground in trace.chain.grounds.get(key, ()):
            if layer.get(ground) == at + 1:
                pairs[key, ground] = None
    return [Edge(start, end, (start, end) in strong) for start, end in pairs]


def _layer_words(entries: Iterable[Entry]) -> str:
    names = dict.fromkeys(str(KINDS[each.kind].many) for each in entries if each.ref)
    words = ", ".join(list(names)[:2]) or _("parts")
    return words[:1].upper() + words[1:]


def trace_title(trace: Trace) -> str:
    """Say what the trace found: how many steps, over what; or that it ends nowhere."""
    ref, steps = trace.entry.ref, len(trace.way) - 1
    if trace.up:
        if not trace.steps:
            return _unused_title(trace) % {"ref": ref}
        count = len([key for key in trace.steps if trace.visit.entries[key].ref])
        return ngettext(
            "%(ref)s carries one other thing", "%(ref)s carries %(n)d other things", count
        ) % {"ref": ref, "n": count}  # fmt: skip
    if trace.way:
        return ngettext(
            "%(ref)s reaches a source in one step", "%(ref)s reaches a source in %(n)d steps", steps
        ) % {"ref": ref, "n": steps}  # fmt: skip
    if trace.entry.kind == "source":
        return _("%(ref)s is a source: the chain ends here") % {"ref": ref}
    if trace.entry.unverified:
        return _("%(ref)s reaches no source, and says so") % {"ref": ref}
    if not trace.visit.sees_all:
        return _("Your role opens only a part of this trace")
    return _("%(ref)s reaches no source: here the chain has a gap") % {"ref": ref}


def _unused_title(trace: Trace) -> str:
    if trace.visit.sees_all:
        return _("Nothing rests on %(ref)s")
    return _("Nothing that you have access to rests on %(ref)s")


def _way_words(trace: Trace) -> str:
    return " → ".join(trace.visit.entries[key].ref or say_plain(trace.visit.entries[key].title) for key in trace.way)


def _trace_subtitle(trace: Trace) -> str:
    if not trace.way:
        return ""
    if trace.up:
        return _("The shortest way up is highlighted: %(way)s") % {"way": _way_words(trace)}
    return _("The shortest way is highlighted: %(way)s. Each other thing is shown with its own shortest way") % {
        "way": _way_words(trace)
    }


def _trace_alt(trace: Trace, title: str) -> str:
    return f"{title}. {_trace_subtitle(trace)}. " + _("The whole trace stands as a list below.")


def whole_figure(visit: Visit, whole: WholeChain) -> Figure:
    """Draw the kinds of the case in layers, with how many there are and how strongly one kind rests on another."""
    at = {name: i for i, (_words, names) in enumerate(LAYERS) for name in names}
    shown = [i for i in range(len(LAYERS)) if any(at[name] == i for name in whole.kinds)]
    nodes = [
        Node(
            key=name,
            layer=shown.index(at[name]),
            ref=number(each.count),
            text=str(each.kind.many if each.count != 1 else each.kind.one),
            phase=each.kind.phase,
            href=reverse(PAGE_OF_APP[each.kind.app], args=[visit.case.slug]),
            gap=any(gap.kind.name == name for gap in whole.unmarked),
        )
        for name, each in whole.kinds.items()
    ]
    edges = [Edge(start, end, weight=weight(count)) for (start, end), count in whole.links.items() if start != end]
    title = whole_title(whole)
    subtitle = _("Kinds from the board on the left to the sources on the right; the thicker the line, the more links")
    finding = Finding("whole-chain", title, f"{title}. {_heaviest(whole)}", subtitle)
    heads = [str(LAYERS[i][0]) for i in shown]
    return graph(finding, nodes, edges, heads, table=links_table(visit, whole, title), compact=False, box=116.0)


def weight(count: int) -> int:
    """Return how wide a line is drawn for a number of links, 1..4."""
    return next((wide for least, wide in WEIGHTS if count >= least), 1)


def whole_title(whole: WholeChain) -> str:
    """Say whether every point of the board reaches a source, else how much of the case does."""
    loose = sum(len(gap.entries) for gap in whole.unmarked)
    if loose:
        return ngettext(
            "One thing reaches no source and doesn't say so", "%(n)d things reach no source and don't say so", loose
        ) % {"n": loose}  # fmt: skip
    if whole.points:
        return _("Every point of the board reaches a source in at most %(n)d steps") % {"n": whole.longest}
    return _("Everything reaches a source, or says that it is unverified")


def _heaviest(whole: WholeChain) -> str:
    first = list(whole.links.items())[:5]
    return "; ".join(f"{KINDS[a].many} → {KINDS[b].many}: {n}" for (a, b), n in first)


def links_table(visit: Visit, whole: WholeChain, caption: str) -> Table:
    """Set the links between kinds as rows, the most first."""
    rows = tuple(
        Row((Cell(str(KINDS[start].many)), Cell(str(KINDS[end].many)), Cell(count)), phase=KINDS[start].phase)
        for (start, end), count in whole.links.items()
    )
    heads = (Column(_("From")), Column(_("rests on")), Column(_("Links"), "end"))
    return Table(caption, heads, rows, sortable=True)
