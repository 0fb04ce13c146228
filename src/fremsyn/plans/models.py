"""Rows of the phase: one beside each item, with the columns of its schema."""

from django.db import models

from fremsyn.cases.models import ItemRow


class Milestone(ItemRow):
    """M: what has been reached by a quarter."""

    at = models.TextField()
    text = models.JSONField()


class Initiative(ItemRow):
    """I: what is done for a chosen option, by whom, when and for how much (DKK million by year)."""

    name = models.JSONField()
    owner_role = models.JSONField()
    start = models.TextField()
    end = models.TextField()
    budget = models.JSONField()
    indicator = models.JSONField(null=True)


class Signpost(ItemRow):
    """X: a figure that tells which future is coming, and the line of the strategy that it touches."""

    name = models.JSONField()
    speaks = models.CharField(max_length=20)
    operator = models.CharField(max_length=20)
    number = models.FloatField()
    unit = models.JSONField()
    frequency = models.JSONField()
    owner_role = models.JSONField()
    read_from = models.JSONField()
    reading = models.JSONField(null=True)
