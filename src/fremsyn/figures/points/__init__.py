"""Points: on two axes, in cells of a grid, on a radar, in a field of three weights."""

from fremsyn.figures.points.cells import cells
from fremsyn.figures.points.mark import Axis, Dot, Point, point_table
from fremsyn.figures.points.polar import Ring, Spoke, polar
from fremsyn.figures.points.scatter import scatter
from fremsyn.figures.points.triangle import Corner, Weighed, triangle

__all__ = [
    "Axis",
    "Corner",
    "Dot",
    "Point",
    "Ring",
    "Spoke",
    "Weighed",
    "cells",
    "point_table",
    "polar",
    "scatter",
    "triangle",
]
