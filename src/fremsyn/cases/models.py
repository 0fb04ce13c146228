"""The case, its items and the links between them.

`Item` and `Link` carry every reference, the trace, what rests on what and what is to be looked at again. Each phase adds
a row of its own to an item (`ItemRow`); a part that needs no table of its own has a `Part`.
"""

import datetime
import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fremsyn.cases.shape import LinkKind
from fremsyn.core.ordered_json import OrderedJSON
from fremsyn.people.models import Person
from fremsyn.people.roles import Role

NOBODY: tuple[str, ...] = ()


def between(app: str, model: str, field: str, low: int, high: int) -> models.CheckConstraint:
    """Return the constraint that a column holds a number from `low` to `high`."""
    condition = Q(**{f"{field}__gte": low, f"{field}__lte": high})
    return models.CheckConstraint(condition=condition, name=f"{app}_{model}_{field}_range")


class Case(models.Model):
    """One strategic question on its way to a decision."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = NOBODY

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    title = OrderedJSON()
    # The day that a demonstration is shown as of; empty where the case is at work and the day is today.
    shown_as_of = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    revision = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return self.slug

    @property
    def as_of(self) -> datetime.date:
        """Return the day on which the case stands: today, unless it is shown as of a day."""
        return self.shown_as_of or timezone.localdate()


class Membership(models.Model):
    """A person's role in a case, until a day where one is set: then the case is closed to them as to any outsider."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("person",)

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    # The last day on which it holds.
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="cases_membership_once")]


def in_force(day: datetime.date, path: str = "") -> Q:
    """Return the condition that a membership, reached by `path`, holds on a day.

    In a case that is shown as of another day it must hold on that one as well: no display lets a former member in.
    """
    today = Greatest(Coalesce(F(f"{path}case__shown_as_of"), Value(day)), Value(day))
    return Q(**{f"{path}until": None}) | Q(**{f"{path}until__gte": today})


def live_links(case: Case) -> Q:
    """Return the condition that a link of the case has no withdrawn end."""
    return Q(from_item__case=case, from_item__withdrawn_at=None, to_item__withdrawn_at=None)


class VersionEvent(models.TextChoices):
    """What was done to a thing."""

    FIRST = "first", _("as it was first")
    ADDED = "added", _("added")
    WORDING = "wording", _("wording changed")
    MEANING = "meaning", _("meaning changed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    RESTORED = "restored", _("brought back")
    HOLDS = "holds", _("still holds")


class Item(models.Model):
    """A thing of the case: with a reference (T12), or a part known by its path (direction/values/not_alone)."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = NOBODY

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="items")
    sheet = models.CharField(max_length=40)
    ref = models.CharField(max_length=12, blank=True)
    path = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    title = OrderedJSON(default=dict)
    unverified = models.BooleanField(default=False)
    claims = OrderedJSON(null=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    slot = models.CharField(max_length=40, blank=True)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    look_again = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "ref"], condition=~Q(ref=""), name="cases_item_ref"),
            models.UniqueConstraint(fields=["case", "path"], name="cases_item_path"),
        ]
        indexes = [models.Index(fields=["case", "sheet"], name="cases_item_sheet")]

    def __str__(self) -> str:
        return self.ref or self.path


class Link(models.Model):
    """`from_item` refers to `to_item`: as its ground, forward, or by name. `field` and `position` restore the order."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = NOBODY

    from_item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="outgoing")
    to_item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="incoming")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in LinkKind])
    field = models.CharField(max_length=60)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["from_item", "field", "to_item"], name="cases_link_once"),
            models.CheckConstraint(condition=~Q(from_item=models.F("to_item")), name="cases_link_not_to_itself"),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in LinkKind]), name="cases_link_kind"),
        ]


class ItemVersion(models.Model):
    """What a thing was after something was done to it, and who did it, when and why."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("by", "why")

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    event = models.CharField(max_length=12, choices=VersionEvent.choices)
    content = OrderedJSON()
    why = models.TextField(blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="cases_item_version_number")]


class Reconsideration(models.Model):
    """`item` is to be looked at again because the meaning of `cause` changed."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = NOBODY

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="reconsiderations")
    cause = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "cause"], name="cases_reconsideration_once")]


class ItemRow(models.Model):
    """What a phase knows of an item, in columns named as the fields of its schema."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = NOBODY

    item = models.OneToOneField(Item, on_delete=models.CASCADE, primary_key=True, related_name="+")

    class Meta:
        abstract = True


class Part(ItemRow):
    """The content of a part that has no table of its own."""

    content = OrderedJSON(default=dict)


class PhaseState(models.TextChoices):
    """Where a phase stands. What leads from one to the next is the table in `phases.py`."""

    IDLE = "idle", _("Not opened")
    OPEN = "open", _("Open")
    GATE = "gate", _("At the gate")
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Opened again")


class PhaseRecord(models.Model):
    """Where a phase of a case stands, and since when."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = NOBODY

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="phases")
    phase = models.CharField(max_length=20)
    state = models.CharField(max_length=12, choices=PhaseState.choices)
    since = models.DateTimeField()
    # The kinds of thing that may be changed although the phase is closed, because the board said so.
    delegated = OrderedJSON(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "phase"], name="cases_phase_once")]


class PhaseStep(models.Model):
    """A step that a phase took from one state to another: who, when and why."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("by", "why")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    phase = models.CharField(max_length=20)
    name = models.CharField(max_length=12)
    why = models.TextField(blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()


class Deliverable(models.Model):
    """What a phase handed over when it was closed: a version that never changes."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("by", "despite")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="deliverables")
    phase = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    session = models.ForeignKey(Item, null=True, on_delete=models.SET_NULL, related_name="+")
    despite = models.TextField(blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "phase", "number"], name="cases_deliverable_number")]


class SideFile(models.Model):
    """A file that travels with the case unread, such as a list of feeds."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = NOBODY

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="side_files")
    path = models.CharField(max_length=200)
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "path"], name="cases_side_file_path")]


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
        constraints = [models.UniqueConstraint(fields=["case", "person", "event", "about"], name="cases_told_once")]


class CaseInvitation(models.Model):
    """A link by which people come into a case in a role. Its token is shown once; only the token's hash is kept."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("note", "made_by")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=20, choices=Role.choices)
    note = models.CharField(max_length=120, blank=True)
    token_sha256 = models.CharField(max_length=64, unique=True)
    cap = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(cap__gte=1), name="cases_invitation_cap")]


class CaseInvitationUse(models.Model):
    """Somebody who came in by a link; nobody comes in by the same link twice."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("person",)

    invitation = models.ForeignKey(CaseInvitation, on_delete=models.CASCADE, related_name="uses")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["invitation", "person"], name="cases_invitation_use_once")]
