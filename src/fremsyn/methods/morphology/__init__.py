"""Morphology: which combinations of values hold together pair by pair, counted without writing them down."""

from fremsyn.methods.morphology.counting import Tally, tally
from fremsyn.methods.morphology.exclusions import Exclusion, exclusions
from fremsyn.methods.morphology.field import Field, field, graded
from fremsyn.methods.morphology.listing import Part, Search, parts, search

__all__ = [
    "Exclusion",
    "Field",
    "Part",
    "Search",
    "Tally",
    "exclusions",
    "field",
    "graded",
    "parts",
    "search",
    "tally",
]
