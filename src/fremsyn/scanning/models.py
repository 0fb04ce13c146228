"""Rows of the phase: one beside each item, with the columns of its schema."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from fremsyn.cases.models import Case, Item, ItemRow, between
from fremsyn.core.ordered_json import OrderedJSON
from fremsyn.people.models import Person


class Source(ItemRow):
    """F: something published, and what the case takes from it. The title stands in its own language."""

    title = models.TextField()
    url = models.TextField(null=True)
    date = models.TextField(null=True)
    kind = models.TextField()
    supports = OrderedJSON()


class Signal(ItemRow):
    """S: something noticed: what changes, and so what."""

    title = OrderedJSON()
    kind = models.TextField()
    noticed_by = models.TextField()
    noted = models.DateField()
    what_changes = OrderedJSON()
    so_what = OrderedJSON()


class Trend(ItemRow):
    """T: a development with its place in the field, impact and certainty (1-5) and the years until it is felt."""

    title = OrderedJSON()
    description = OrderedJSON()
    theme = models.TextField()
    steep = models.TextField()
    place = OrderedJSON()
    impact = models.IntegerField()
    certainty = models.IntegerField()
    time_to_impact_years = models.CharField(max_length=20)
    signals = OrderedJSON()

    class Meta:
        constraints = [between("scanning", "trend", "impact", 1, 5), between("scanning", "trend", "certainty", 1, 5)]


class NoticingLink(models.Model):
    """A link by which people without a sign-in tell one thing they noticed. Only the hash of its token is kept."""

    PERSONAL_FIELDS = ("made_by", "withdrawn_by")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    circle = models.CharField(max_length=20)
    token_sha256 = models.CharField(max_length=64, unique=True)
    cap = models.PositiveIntegerField()
    used = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(used__lte=models.F("cap"), cap__gte=1), name="scanning_link_cap")
        ]


class NoticingState(models.TextChoices):
    """What has become of something that was told."""

    PROPOSED = "proposed", _("proposed")
    ACCEPTED = "accepted", _("taken in")
    DECLINED = "declined", _("left out")


class Noticed(models.Model):
    """One thing that somebody without a sign-in noticed, and what became of it."""

    PERSONAL_FIELDS = ("noticed", "so_what", "reason", "decided_by")

    link = models.ForeignKey(NoticingLink, on_delete=models.CASCADE, related_name="told")
    noticed = models.TextField()
    so_what = models.TextField()
    url = models.TextField(blank=True)
    language = models.CharField(max_length=2)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=NoticingState.choices, default=NoticingState.PROPOSED)
    reason = models.TextField(blank=True)
    signal = models.ForeignKey(Item, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
