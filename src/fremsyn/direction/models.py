"""Rows of the phase: one beside each item, with the columns of its schema."""

from django.db import models

from fremsyn.cases.models import ItemRow


class DesirableScenario(ItemRow):
    """C0: the future we wish for: composed, and open about what resists it."""

    composed = models.BooleanField()
    name = models.JSONField()
    statement = models.JSONField()
    stances = models.JSONField()
    tension = models.JSONField()


class Agenda(ItemRow):
    """A: a strategic agenda."""

    chosen = models.BooleanField()
    place = models.JSONField()
    name = models.JSONField()
    aim = models.JSONField()
