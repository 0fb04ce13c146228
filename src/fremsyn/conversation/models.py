"""Rows of the phase: one beside each item, with the columns of its schema."""

from django.db import models

from fremsyn.cases.models import ItemRow, between
from fremsyn.core.ordered_json import OrderedJSON


class Session(ItemRow):
    """E: a session of the strategic conversation, prepared, run and remembered."""

    phase = models.CharField(max_length=20)
    circle = models.CharField(max_length=20)
    held = models.DateField()
    minutes_total = models.IntegerField()
    title = OrderedJSON()
    focal_question = OrderedJSON()
    prompts = OrderedJSON()
    pre_read = OrderedJSON()
    present = OrderedJSON()
    run_sheet = OrderedJSON()
    materials = OrderedJSON(null=True)
    without_network = OrderedJSON(null=True)
    minutes = OrderedJSON(null=True)
    gate = OrderedJSON(null=True)

    class Meta:
        constraints = [between("conversation", "session", "minutes_total", 1, 1440)]


class Round(ItemRow):
    """R: a round in which circles answer, opened with what was heard and with a perspective."""

    phase = models.CharField(max_length=20)
    circles = OrderedJSON()
    kind = models.CharField(max_length=20)
    opens = models.DateField()
    closes = models.DateField()
    title = OrderedJSON()
    heard = OrderedJSON(null=True)
    surprised_leadership = OrderedJSON(null=True)
    perspective = OrderedJSON(null=True)
    asks = OrderedJSON(null=True)
    votes = models.TextField(null=True)
    anonymity = models.CharField(max_length=20)
    min_group = models.IntegerField()
    proposals = OrderedJSON(null=True)

    class Meta:
        constraints = [between("conversation", "round", "min_group", 5, 1000)]


class Statement(ItemRow):
    """U: a statement that reasonable people can differ on."""

    text = OrderedJSON()
    theme = models.TextField()


class Insight(ItemRow):
    """N: what was learnt, what it rests on and what it was used for."""

    title = OrderedJSON()
    text = OrderedJSON()
    shows = models.CharField(max_length=20)


class Vote(models.Model):
    """One answer under a pseudonym: 1 agree, -1 disagree, 0 pass. No row: the statement was not seen."""

    PERSONAL_FIELDS = ("participant",)

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="answers")
    participant = models.CharField(max_length=80)
    circle = models.CharField(max_length=20)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="answers")
    value = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "participant", "statement"], name="conversation_vote_once"),
            between("conversation", "vote", "value", -1, 1),
        ]


class SyntheticVotes(models.Model):
    """What is known of votes that nobody cast: kept with the case, so that nobody takes them for real."""

    PERSONAL_FIELDS = ()

    case = models.OneToOneField("cases.Case", on_delete=models.CASCADE, primary_key=True)
    content = OrderedJSON()
