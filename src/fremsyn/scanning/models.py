"""Rows of the phase: one beside each item, with the columns of its schema."""

from django.db import models

from fremsyn.cases.models import ItemRow, between
from fremsyn.core.ordered_json import OrderedJSON


class Source(ItemRow):
    """F: something published, and what the case takes from it. The title stands in its own language."""

    title = models.TextField()
    url = models.TextField(null=True)
    date = models.TextField(null=True)
    kind = models.TextField()
    supports = OrderedJSON()


class Signal(ItemRow):
    """S: something noticed: what changes, and so what."""

    title = OrderedJSON()
    kind = models.TextField()
    noticed_by = models.TextField()
    noted = models.DateField()
    what_changes = OrderedJSON()
    so_what = OrderedJSON()


class Trend(ItemRow):
    """T: a development with its place in the field, impact and certainty (1-5) and the years until it is felt."""

    title = OrderedJSON()
    description = OrderedJSON()
    theme = models.TextField()
    steep = models.TextField()
    place = OrderedJSON()
    impact = models.IntegerField()
    certainty = models.IntegerField()
    time_to_impact_years = models.CharField(max_length=20)
    signals = OrderedJSON()

    class Meta:
        constraints = [between("scanning", "trend", "impact", 1, 5), between("scanning", "trend", "certainty", 1, 5)]
