"""Votings on a point, the ballots in them, amendments, and what members want in the minutes. A ballot is never changed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fremsyn.approval.models.meeting import PointRun
from fremsyn.core.ordered_json import OrderedJSON
from fremsyn.people.models import Person


class AmendmentState(models.TextChoices):
    """What became of an amendment."""

    PROPOSED = "proposed", _("put forward")
    ADOPTED = "adopted", _("adopted")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Amendment(models.Model):
    """Other words for a point, proposed by a member."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("proposed_by",)

    point = models.ForeignKey(PointRun, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveIntegerField()
    text = OrderedJSON()
    member = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=AmendmentState.choices, default=AmendmentState.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["point", "number"], name="approval_amendment_number")]


class VotingOutcome(models.TextChoices):
    """What came of a voting."""

    ADOPTED = "adopted", _("adopted")
    REJECTED = "rejected", _("rejected")
    FELL = "fell", _("fell: no quorum")
    STRUCK = "struck", _("stopped before it was counted")


class Voting(models.Model):
    """A voting on a point or on an amendment to it, in the very words that were put.

    `count` keeps the sum when it was counted: base, needed, represented, barred, votes for, against, abstained, not cast,
    and whether the casting vote decided.
    """

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("why", "override")

    point = models.ForeignKey(PointRun, on_delete=models.PROTECT, related_name="votings")
    number = models.PositiveIntegerField()
    text = OrderedJSON()
    amendment = models.ForeignKey(Amendment, null=True, on_delete=models.PROTECT, related_name="votings")
    # Why it is voted on again, or was stopped; and why it was decided although the body was not quorate.
    why = models.TextField(blank=True)
    override = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=VotingOutcome.choices, blank=True)
    count = OrderedJSON(default=dict)

    class Meta:
        ordering: ClassVar = ["point", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["point", "number"], name="approval_voting_number"),
            models.UniqueConstraint(fields=["point"], condition=Q(closed_at=None), name="approval_voting_one_open"),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="approval_voting_closed_with_outcome",
            ),
        ]


class BallotValue(models.TextChoices):
    """What a member votes."""

    FOR = "for", _("in favour")
    AGAINST = "against", _("against")
    ABSTAIN = "abstain", _("abstains")


class Ballot(models.Model):
    """A member's vote. It stands: who wants another one asks for the voting to be held again. `entry` is its line in the log."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("member", "value", "cast_by")

    voting = models.ForeignKey(Voting, on_delete=models.PROTECT, related_name="ballots")
    member = models.CharField(max_length=40)
    value = models.CharField(max_length=10, choices=BallotValue.choices)
    receipt = models.CharField(max_length=32, unique=True)
    entry = models.PositiveBigIntegerField(unique=True)
    cast_at = models.DateTimeField()
    # The holder of the seat, or the alternate who stood in.
    cast_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["voting", "member"], name="approval_ballot_once"),
            models.CheckConstraint(condition=Q(value__in=BallotValue.values), name="approval_ballot_value"),
        ]


class Dissent(models.Model):
    """What a member wants in the minutes on a point, in the member's words."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("text", "written_by")

    point = models.ForeignKey(PointRun, on_delete=models.PROTECT, related_name="dissents")
    member = models.CharField(max_length=40)
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["point", "member"], name="approval_dissent_once")]
