"""Rows of the phase: one beside each item, with the columns of its schema."""

from django.db import models

from fremsyn.cases.models import Case, Item, ItemRow, between
from fremsyn.core.ordered_json import OrderedJSON
from fremsyn.people.models import Person


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


class InterviewNote(models.Model):
    """What somebody said in an interview, by role and never by name. Seen by those who lead; never exported."""

    PERSONAL_FIELDS = ("who", "text", "by")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    who = models.CharField(max_length=120)
    question = models.PositiveIntegerField()
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")


class InterviewTheme(models.Model):
    """What several notes have in common, and the question that came of it."""

    PERSONAL_FIELDS = ("name", "by")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    notes = models.ManyToManyField(InterviewNote, related_name="themes")
    question = models.ForeignKey(Item, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")


class InterviewPassage(models.Model):
    """The exact words in a note that a theme points to. A note without them belongs to the theme as a whole."""

    PERSONAL_FIELDS = ("text",)

    theme = models.ForeignKey(InterviewTheme, on_delete=models.CASCADE, related_name="passages")
    note = models.ForeignKey(InterviewNote, on_delete=models.CASCADE, related_name="passages")
    text = models.TextField()
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["theme", "note", "position"], name="framing_interview_passage_once")
        ]
