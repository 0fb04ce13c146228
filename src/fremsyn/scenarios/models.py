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


class JudgeTask(models.Model):
    """A section that somebody is asked to judge alone, and their own judgement of it as it stands.

    A task that is taken back, or whose person has left, keeps the judgement.
    """

    PERSONAL_FIELDS = ("person", "rows", "reason", "asked_by")

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=12)
    target = models.CharField(max_length=12)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    rows = OrderedJSON(default=dict)
    reason = OrderedJSON(null=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    # Empty while it is a draft that nobody else counts or sees.
    given_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "source", "target", "person"], name="scenarios_judge_task_once")
        ]


class OwnJudgement(models.Model):
    """A person's own judgement of a section as it was after they changed it."""

    PERSONAL_FIELDS = ("rows", "reason")

    task = models.ForeignKey(JudgeTask, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    rows = OrderedJSON()
    reason = OrderedJSON(null=True)
    given = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "number"], name="scenarios_own_judgement_number")]


class GroupSection(models.Model):
    """Where the group's work on a section stands: opened before all have judged, settled by which rule and why."""

    PERSONAL_FIELDS = ("opened_by", "settled_by", "why")

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=12)
    target = models.CharField(max_length=12)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    rule = models.CharField(max_length=20, blank=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "source", "target"], name="scenarios_group_section_once")
        ]
