"""What the phase's pages read: trends, signals and sources, joined with what rests on them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.cases.kinds import how_many
from fremsyn.cases.shape import Text
from fremsyn.framing.handover import load as load_framing
from fremsyn.framing.handover.gates import standings
from fremsyn.scanning.analysis import CORNERS, RINGS, is_open, is_pressing
from fremsyn.scanning.handover import load
from fremsyn.scanning.schema import Signal, Trend
from fremsyn.scanning.wording import names_of, years


@dataclass(frozen=True)
class TrendLine:
    """A trend as it stands in a table, with the drivers that rest on it."""

    trend: Trend
    entry: Entry
    theme: Text
    steep: Text
    years: str
    drivers: tuple[Entry, ...]


@dataclass(frozen=True)
class SignalLine:
    """A signal as it stands in a table, with the trends it speaks for and against."""

    signal: Signal
    entry: Entry
    kind: Text
    circle: Text | str
    supports: tuple[Entry, ...]
    opposes: tuple[Entry, ...]


@dataclass(frozen=True)
class Weight:
    """How much a corner of the field weighs in a trend, in per cent."""

    name: Text
    per_cent: int


def number_in(ref: str) -> int:
    """Return the number of a reference, by which things stand in order."""
    return int(ref[1:])


def trend_lines(visit: Visit, trends: Iterable[Trend]) -> tuple[TrendLine, ...]:
    """Return trends as lines: greatest impact first, then the nearest in time."""
    scanning = load(visit.case).scanning
    themes, kinds = names_of(scanning.themes), names_of(scanning.steep)
    ordered = sorted(trends, key=lambda t: (-t.impact, RINGS.index(t.time_to_impact_years), number_in(t.ref)))
    return tuple(
        TrendLine(
            trend=trend,
            entry=visit.entries[trend.ref],
            theme=themes[trend.theme],
            steep=kinds[trend.steep],
            years=years(trend.time_to_impact_years),
            drivers=tuple(e for e in visit.shown(visit.chain.uses.get(trend.ref, ())) if e.kind == "driver"),
        )
        for trend in ordered
    )


def signal_lines(visit: Visit) -> tuple[SignalLine, ...]:
    """Return all signals in order."""
    scanning = load(visit.case).scanning
    kinds, circles = names_of(scanning.signal_kinds), names_of(load_framing(visit.case).stakeholders.circles)
    return tuple(
        SignalLine(
            signal=signal,
            entry=visit.entries[signal.ref],
            kind=kinds[signal.kind],
            circle=circles.get(signal.noticed_by, signal.noticed_by),
            supports=visit.shown(t.ref for t in scanning.trends if signal.ref in t.signals.supporting),
            opposes=visit.shown(t.ref for t in scanning.trends if signal.ref in t.signals.against),
        )
        for signal in scanning.signals
    )


@dataclass(frozen=True)
class Overview:
    """What the phase's page says of the scan at a glance."""

    trends: int
    signals: int
    sources: int
    pressing: tuple[TrendLine, ...]
    open: tuple[TrendLine, ...]
    contested: tuple[Trend, ...]
    wild_cards: tuple[Signal, ...]
    handed_on: tuple[Entry, ...]
    drivers: tuple[Entry, ...]
    output: Text

    @property
    def told(self) -> str:
        """Return in words how much was scanned."""
        return _("%(trends)s, written from %(signals)s and %(sources)s.") % {
            "trends": how_many("trend", self.trends),
            "signals": how_many("signal", self.signals),
            "sources": how_many("source", self.sources),
        }


def overview(visit: Visit) -> Overview:
    """Return the scan at a glance, and how much of it the drivers make use of."""
    content = load(visit.case)
    scanning = content.scanning
    lines = trend_lines(visit, scanning.trends)
    used = {driver.key: driver for line in lines for driver in line.drivers}
    return Overview(
        trends=len(scanning.trends),
        signals=len(scanning.signals),
        sources=len(content.sources.sources),
        pressing=tuple(line for line in lines if is_pressing(line.trend)),
        open=tuple(line for line in lines if is_open(line.trend)),
        contested=tuple(trend for trend in scanning.trends if trend.signals.against),
        wild_cards=tuple(signal for signal in scanning.signals if signal.kind == "wild_card"),
        handed_on=tuple(line.entry for line in lines if line.drivers),
        drivers=tuple(sorted(used.values(), key=lambda entry: number_in(entry.ref))),
        output=standings(visit.case)["scanning"].plan.output,
    )


def phase_question(visit: Visit) -> Entry | None:
    """Return the question that the phase's session was held about, else the focal question."""
    session = standings(visit.case)["scanning"].session
    asked = [session.question] if session else []
    focal = [q.ref for q in load_framing(visit.case).framing.questions if q.kind == "focal"]
    return next(iter(visit.shown((*asked, *focal))), None)


def weights(visit: Visit, trend: Trend) -> tuple[Weight, ...]:
    """Return a trend's place in the field, the corners in their order."""
    names = names_of(load(visit.case).scanning.field)
    return tuple(Weight(names[corner], round(100 * getattr(trend.place, corner))) for corner in CORNERS)


def trend_of(visit: Visit, ref: str) -> Trend:
    """Return a trend by its reference; the item is known to exist."""
    return next(trend for trend in load(visit.case).scanning.trends if trend.ref == ref)


def neighbours(visit: Visit, kind: str, ref: str) -> tuple[Entry | None, Entry | None]:
    """Return the items before and after one of its kind."""
    keys = [entry.key for entry in visit.of_kind(kind)]
    at = keys.index(ref)
    around = [visit.entries[key] for key in keys[max(0, at - 1) : at] + keys[at + 1 : at + 2]]
    before = around[0] if at else None
    return before, around[-1] if at + 1 < len(keys) else None
