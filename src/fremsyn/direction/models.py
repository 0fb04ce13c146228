"""Rows of the phase: one beside each item, with the columns of its schema."""

from django.db import models

from fremsyn.cases.models import ItemRow
from fremsyn.core.ordered_json import OrderedJSON


class DesirableScenario(ItemRow):
    """C0: the future we wish for: composed, and open about what resists it."""

    composed = models.BooleanField()
    name = OrderedJSON()
    statement = OrderedJSON()
    tension = OrderedJSON(null=True)


class Agenda(ItemRow):
    """A: a strategic agenda."""

    chosen = models.BooleanField()
    place = OrderedJSON()
    name = OrderedJSON()
    aim = OrderedJSON()
