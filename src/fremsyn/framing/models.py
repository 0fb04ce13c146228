"""Rows of the phase: one beside each item, with the columns of its schema."""

from django.db import models

from fremsyn.cases.models import ItemRow, between
from fremsyn.core.ordered_json import OrderedJSON


class Question(ItemRow):
    """Q: the focal question or one of the questions under it."""

    kind = models.CharField(max_length=20)
    text = OrderedJSON()
    illustrative = models.BooleanField(null=True)


class SuccessCriterion(ItemRow):
    """G: how we shall know that the work was good."""

    text = OrderedJSON()
    measure = OrderedJSON()
    target = OrderedJSON()


class Assumption(ItemRow):
    """H: what is taken for granted, and when it no longer holds."""

    text = OrderedJSON()
    breaks_when = OrderedJSON()


class BaselineRole(ItemRow):
    """L0: the organisation's role today."""

    kind = models.CharField(max_length=20)
    name = OrderedJSON()
    text = OrderedJSON()
    illustrative = models.BooleanField(null=True)


class Stakeholder(ItemRow):
    """K: a role, an organisation or a group with a stake; never a named person."""

    key = models.TextField()
    name = OrderedJSON()
    category = models.TextField()
    type = models.CharField(max_length=20)
    influence = models.IntegerField()
    interest = models.IntegerField()
    involvement = models.TextField()
    circle = models.TextField()
    channels = OrderedJSON(null=True)
    responsible = OrderedJSON(null=True)

    class Meta:
        constraints = [
            between("framing", "stakeholder", "influence", 1, 5),
            between("framing", "stakeholder", "interest", 1, 5),
        ]
