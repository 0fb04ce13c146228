"""Rows of the phase: one beside each item, with the columns of its schema."""

from django.db import models

from fremsyn.cases.models import ItemRow, between
from fremsyn.core.ordered_json import OrderedJSON


class Variant(ItemRow):
    """D1.a: one outcome of a driver; on screen *tilstand* and *state*. `key` is what the matrix calls it."""

    key = models.TextField()
    name = OrderedJSON()
    description = OrderedJSON()


class Driver(ItemRow):
    """D: a descriptor of the future with two to five variants, mostly outside our control."""

    key = models.TextField()
    name = OrderedJSON()
    asks = OrderedJSON()
    kind = models.CharField(max_length=20)
    impact = models.IntegerField()
    uncertainty = models.IntegerField()
    influence = models.CharField(max_length=20)
    influence_why = OrderedJSON(null=True)

    class Meta:
        constraints = [
            between("scenarios", "driver", "impact", 1, 5),
            between("scenarios", "driver", "uncertainty", 1, 5),
        ]


class Scenario(ItemRow):
    """C: a consistent future: one variant of every driver, with a name, a story and what follows from it."""

    name = OrderedJSON()
    use = models.CharField(max_length=20)
    attraction = OrderedJSON()
    unease = OrderedJSON()
    summary = OrderedJSON()
    consequences = OrderedJSON()
    winners = OrderedJSON(null=True)
    losers = OrderedJSON(null=True)
    roles = OrderedJSON()
    story_shows = OrderedJSON(null=True)
    story = OrderedJSON(null=True)


class Section(ItemRow):
    """The judgements from one driver to another: a row per variant of the source, a number per variant of the target."""

    source = models.TextField()
    target = models.TextField()
    reason = OrderedJSON()
    rows = OrderedJSON()


class Story(models.Model):
    """A scenario's story in one language, as Markdown."""

    PERSONAL_FIELDS = ()

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE)
    path = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "path"], name="scenarios_story_path")]
