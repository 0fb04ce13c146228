"""What holds after the body has decided: the version that was approved, and what management may change."""

from typing import ClassVar

from django.db import models

from fremsyn.approval.models.meeting import MeetingRun, PointRun
from fremsyn.approval.models.paper import SealedPack
from fremsyn.cases.models import Case
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
    """What management may change of an approved strategy without the body: things of a kind in a closed phase."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("given_by",)

    approved = models.ForeignKey(Approved, on_delete=models.PROTECT, related_name="delegations")
    # The point by which it was given; empty where it was written down after the meeting.
    point = models.ForeignKey(PointRun, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    text = OrderedJSON()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["approved", "kind"], condition=models.Q(ended_at=None), name="approval_delegation_kind_once"
            )
        ]
