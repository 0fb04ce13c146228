"""Rows of the phase: one beside each item, with the columns of its schema."""

from typing import ClassVar

from django.db import models

from fremsyn.cases.models import Item, ItemRow, between
from fremsyn.core.ordered_json import OrderedJSON
from fremsyn.people.models import Person


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


class ScoreMark(models.Model):
    """A score that somebody gave an option in a scenario, from -2 to 2, and why. The case's own score stands on the option."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("by", "reason")

    option = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="score_marks")
    scenario = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    score = models.SmallIntegerField()
    reason = models.TextField()
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["option", "scenario", "by"], name="strategy_score_mark_once"),
            between("strategy", "score_mark", "score", -2, 2),
        ]
