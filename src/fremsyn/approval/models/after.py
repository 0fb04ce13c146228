"""What holds after the body has decided: the version that was approved, what management may change, who was told."""

from typing import ClassVar

from django.db import models

from fremsyn.approval.models.meeting import MeetingRun, PointRun
from fremsyn.approval.models.paper import SealedPack
from fremsyn.cases.models import Case, Item
from fremsyn.core.ordered_json import OrderedJSON
from fremsyn.people.models import Person


class Approved(models.Model):
    """The version of the strategy that a meeting approved. The latest one holds; another change is a new decision.

    `content` holds the hashes of what was approved, by phase, and the references of the points that were adopted.
    """

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ()

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="approved")
    run = models.OneToOneField(MeetingRun, on_delete=models.PROTECT, related_name="approved")
    number = models.PositiveIntegerField()
    content = OrderedJSON(default=dict)
    # The pack with ballots, minutes and attendance, when it has been sealed.
    pack = models.ForeignKey(SealedPack, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="approval_approved_number")]


class Delegation(models.Model):
    """What management may change of an approved strategy without the body: things of a kind, or single things."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("given_by",)

    approved = models.ForeignKey(Approved, on_delete=models.PROTECT, related_name="delegations")
    # The point by which it was given; empty where it was written down after the meeting.
    point = models.ForeignKey(PointRun, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    fields = OrderedJSON(default=list)
    text = OrderedJSON()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["approved", "kind"], name="approval_delegation_kind_once")
        ]


class Told(models.Model):
    """Somebody was told of something once: a notice, a reading that crossed its threshold, a quarter's status."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("person",)

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="told")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    event = models.CharField(max_length=40)
    # What it was about: a meeting's id, a signpost and its quarter, a quarter.
    about = models.CharField(max_length=80)
    item = models.ForeignKey(Item, null=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    # Empty where it stands on the page alone, because no address is known or no mail server is set.
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "person", "event", "about"], name="approval_told_once")
        ]
