"""Who sits in the body, and how a meeting of it goes, point by point. Members stand here by the id they have in the case."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fremsyn.approval.models.paper import SealedPack
from fremsyn.cases.models import Case, Item
from fremsyn.core.ordered_json import OrderedJSON
from fremsyn.people.models import Person


class Seat(models.Model):
    """Somebody who holds a member's seat, or stands in for whoever does, in a term."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("person",)

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="seats")
    member = models.CharField(max_length=40)
    alternate = models.BooleanField(default=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats")
    since = models.DateField()
    # The last day of the term; empty as long as none is set.
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="approval_seat_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["case", "member", "alternate"], condition=Q(until=None), name="approval_seat_held_once"
            ),
            models.UniqueConstraint(fields=["case", "person"], condition=Q(until=None), name="approval_seat_one_each"),
        ]


class MeetingKind(models.TextChoices):
    """How the body comes together."""

    MEETING = "meeting", _("meeting")
    WRITTEN = "written", _("written procedure")


class MeetingState(models.TextChoices):
    """Where a meeting stands. What leads from one to the next is the table in `states.py`."""

    PLANNED = "planned", _("Planned")
    NOTICED = "noticed", _("Called")
    OPEN = "open", _("In progress")
    CLOSED = "closed", _("Held")
    STOPPED = "stopped", _("Stopped: a member asked for a meeting")
    CANCELLED = "cancelled", _("Called off")


class MeetingRun(models.Model):
    """How a meeting of the case, known by its id there, is called, held and closed."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ()

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="meeting_runs")
    meeting = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=MeetingKind.choices, default=MeetingKind.MEETING)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    noticed_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # Until when votes are taken in a written procedure.
    deadline = models.DateTimeField(null=True)
    why = models.TextField(blank=True)
    # Rises with whatever the meeting's pages show: a page asks for nothing it has, and a second secretary is told.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "meeting"], name="approval_meeting_once"),
            models.CheckConstraint(
                condition=Q(kind=MeetingKind.MEETING) | Q(deadline__isnull=False) | Q(state=MeetingState.PLANNED),
                name="approval_meeting_written_until",
            ),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.CLOSED) | Q(closed_at__isnull=False, opened_at__isnull=False),
                name="approval_meeting_closed_when",
            ),
        ]


class Material(models.Model):
    """What was sent to the members: a sealed pack, which never changes. Late is what came after the notice."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("sent_by", "why")

    run = models.ForeignKey(MeetingRun, on_delete=models.PROTECT, related_name="material")
    pack = models.ForeignKey(SealedPack, on_delete=models.PROTECT, related_name="+")
    late = models.BooleanField(default=False)
    why = models.TextField(blank=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run"], condition=Q(late=False), name="approval_material_frozen_once"),
            models.UniqueConstraint(fields=["run", "pack"], name="approval_material_pack_once"),
        ]


class PointKind(models.TextChoices):
    """What a point is for. Only a decision can be decided."""

    DECISION = "decision", _("decision")
    DISCUSSION = "discussion", _("discussion")
    INFORMATION = "information", _("information")


class PointState(models.TextChoices):
    """Where a point stands. What leads from one to the next is the table in `states.py`."""

    WAITING = "waiting", _("Not reached yet")
    ON = "on", _("Being dealt with")
    VOTING = "voting", _("Being voted on")
    ADOPTED = "adopted", _("Approved")
    REJECTED = "rejected", _("Rejected")
    FELL = "fell", _("Fell: no quorum")
    NOTED = "noted", _("Dealt with")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DEFERRED = "deferred", _("Put off")


class PointRun(models.Model):
    """A point of a meeting, with the words that were sent out. One of the paper's points has its item."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("why", "note")

    run = models.ForeignKey(MeetingRun, on_delete=models.PROTECT, related_name="points")
    position = models.PositiveIntegerField()
    # The number on the agenda, and for a point of the paper its number in the paper.
    agenda_item = models.PositiveIntegerField()
    number = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=12, choices=PointKind.choices)
    item = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="+")
    text = OrderedJSON()
    state = models.CharField(max_length=10, choices=PointState.choices, default=PointState.WAITING)
    # Why it was withdrawn, put off, taken up again or decided without a quorum; and what was said, for the minutes.
    why = models.TextField(blank=True)
    note = models.TextField(blank=True)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["run", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "position"], name="approval_point_position"),
            models.UniqueConstraint(fields=["run", "item"], name="approval_point_item"),
            models.CheckConstraint(
                condition=Q(kind=PointKind.DECISION)
                | ~Q(state__in=[PointState.VOTING, PointState.ADOPTED, PointState.REJECTED, PointState.FELL]),
                name="approval_point_decides_only_decisions",
            ),
        ]

    @property
    def label(self) -> str:
        """Return the number that people say: 4, or 4.2 for the second point of the paper under 4."""
        return f"{self.agenda_item}.{self.number}" if self.number else str(self.agenda_item)


class PresenceState(models.TextChoices):
    """How a member takes part in a point. All but out are counted."""

    IN = "in", _("present")
    REMOTE = "remote", _("by video or telephone")
    REPRESENTED = "represented", _("represented by the alternate")
    OUT = "out", _("absent")


class Presence(models.Model):
    """How a member takes part in a point; where there is none, the member is out."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("noted_by",)

    point = models.ForeignKey(PointRun, on_delete=models.PROTECT, related_name="presences")
    member = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=PresenceState.choices)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["point", "member"], name="approval_presence_once")]


class Ruling(models.TextChoices):
    """What the body found of a member's disqualification."""

    PENDING = "pending", _("declared, not ruled on")
    BARRED = "barred", _("disqualified")
    CLEARED = "cleared", _("not disqualified")


class Disqualification(models.Model):
    """What may bar somebody who sits in the body from a point, and what the body found. It bars the person, not the seat."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("person", "ground", "declared_by", "ruled_by", "ruling_text")

    point = models.ForeignKey(PointRun, on_delete=models.PROTECT, related_name="disqualifications")
    # Whose seat, and as what: for a point that has ended it stands, whoever sits there since.
    member = models.CharField(max_length=40)
    alternate = models.BooleanField(default=False)
    # Empty where it was noted of the seat, before it was of the person: it bars whoever sits there.
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    ground = models.TextField()
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    ruling = models.CharField(max_length=10, choices=Ruling.choices, default=Ruling.PENDING)
    ruling_text = models.TextField(blank=True)
    ruled_at = models.DateTimeField(null=True)
    ruled_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["point", "person"], name="approval_disqualification_once_each"),
            models.UniqueConstraint(
                fields=["point", "member"], condition=Q(person=None), name="approval_disqualification_once"
            ),
            models.CheckConstraint(
                condition=Q(ruling=Ruling.PENDING, ruled_at=None)
                | (~Q(ruling=Ruling.PENDING) & Q(ruled_at__isnull=False)),
                name="approval_disqualification_ruled_when",
            ),
        ]

    def is_of(self, person: UUID, member: str) -> bool:
        """Tell whether it is of somebody who sits, or sat, in a member's seat."""
        return self.person_id == person or (self.person_id is None and self.member == member)
