"""Rows of the phase: one beside each item, with the columns of its schema."""

from django.db import models

from fremsyn.cases.models import ItemRow, between
from fremsyn.core.ordered_json import OrderedJSON


class Role(ItemRow):
    """L: a possible role of the organisation; half of the focal question."""

    kind = models.CharField(max_length=20)
    name = OrderedJSON()
    text = OrderedJSON()


class Option(ItemRow):
    """O: something that could be done for an agenda."""

    name = OrderedJSON()
    description = OrderedJSON()
    place = OrderedJSON()
    cost_mdkk = OrderedJSON()
    effect = models.IntegerField()
    effort = models.IntegerField()
    risk = models.IntegerField()
    period = OrderedJSON()
    scores = OrderedJSON()

    class Meta:
        constraints = [
            between("strategy", "option", "effect", 1, 5),
            between("strategy", "option", "effort", 1, 5),
            between("strategy", "option", "risk", 1, 5),
        ]


class PossibleStrategy(ItemRow):
    """P: a portfolio of options under a role. The figures are claims."""

    name = OrderedJSON()
    text = OrderedJSON()
    chosen = models.BooleanField()
