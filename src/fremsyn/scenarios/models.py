"""Rows of the phase: one beside each item, with the columns of its schema."""

from django.db import models

from fremsyn.cases.models import ItemRow, between
from fremsyn.core.ordered_json import OrderedJSON
from fremsyn.people.models import Person


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
    variants_tested = OrderedJSON(null=True)

    class Meta:
        constraints = [
            between("scenarios", "driver", "impact", 1, 5),
            between("scenarios", "driver", "uncertainty", 1, 5),
        ]


class Scenario(ItemRow):
    """C: a consistent future: one variant of every driver, with a name, a story and what follows from it."""

    name = OrderedJSON()
    use = models.CharField(max_length=20)
    attraction = OrderedJSON(null=True)
    unease = OrderedJSON(null=True)
    summary = OrderedJSON(null=True)
    consequences = OrderedJSON()
    winners = OrderedJSON(null=True)
    losers = OrderedJSON(null=True)
    roles = OrderedJSON()
    story_shows = OrderedJSON(null=True)
    story = OrderedJSON(null=True)


class Section(ItemRow):
    """The judgements from one driver to another: a row per variant of the source, a number per variant of the target.

    Drivers and variants stand here by reference, and the number for variant D5.c is the third of its row, whichever of
    the driver's variants are in use.
    """

    source = models.TextField()
    target = models.TextField()
    reason = OrderedJSON(null=True)
    rows = OrderedJSON()


class Story(models.Model):
    """A scenario's story in one language, as Markdown."""

    PERSONAL_FIELDS = ()

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE)
    path = models.CharField(max_length=200)
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "path"], name="scenarios_story_path")]


class StoryVersion(models.Model):
    """A story as it was after somebody wrote in it."""

    PERSONAL_FIELDS = ("by",)

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "number"], name="scenarios_story_version_number")]
