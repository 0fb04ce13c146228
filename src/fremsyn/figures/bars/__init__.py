"""Bars and lines of values: over time, by part, as intervals, as dots side by side, in small multiples."""

from fremsyn.figures.bars.facets import facets
from fremsyn.figures.bars.ranges import Interval, Series, Spread, dots, intervals
from fremsyn.figures.bars.shares import shares
from fremsyn.figures.bars.stacked import Part, Period, stacked
from fremsyn.figures.bars.timeline import Bar, Lane, Moment, Scale, timeline

__all__ = [
    "Bar",
    "Interval",
    "Lane",
    "Moment",
    "Part",
    "Period",
    "Scale",
    "Series",
    "Spread",
    "dots",
    "facets",
    "intervals",
    "shares",
    "stacked",
    "timeline",
]
