"""Rows of the phase: one beside each item, with the columns of its schema."""

from django.db import models

from fremsyn.cases.models import ItemRow
from fremsyn.core.ordered_json import OrderedJSON


class Milestone(ItemRow):
    """M: what has been reached by a quarter."""

    at = models.TextField()
    text = OrderedJSON()


class Initiative(ItemRow):
    """I: what is done for a chosen option, by whom, when and for how much (DKK million by year)."""

    name = OrderedJSON()
    owner_role = OrderedJSON()
    start = models.TextField()
    end = models.TextField()
    budget = OrderedJSON()
    indicator = OrderedJSON(null=True)


class Signpost(ItemRow):
    """X: a figure that tells which future is coming, and the line of the strategy that it touches."""

    name = OrderedJSON()
    speaks = models.CharField(max_length=20)
    operator = models.CharField(max_length=20)
    number = models.FloatField()
    unit = OrderedJSON()
    frequency = OrderedJSON()
    owner_role = OrderedJSON()
    read_from = OrderedJSON()
    reading = OrderedJSON(null=True)
    earlier_readings = OrderedJSON(default=list)
