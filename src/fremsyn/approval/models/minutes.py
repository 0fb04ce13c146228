"""The minutes of a meeting: drafted from the record, commented on, approved, signed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fremsyn.approval.models.meeting import MeetingRun
from fremsyn.core.ordered_json import OrderedJSON
from fremsyn.people.models import Person


class MinutesState(models.TextChoices):
    """Where the minutes stand. What leads from one to the next is the table in `states.py`."""

    DRAFT = "draft", _("Draft")
    COMMENTS = "comments", _("Out for comments")
    APPROVED = "approved", _("Approved")
    SIGNED = "signed", _("Signed")


class Minutes(models.Model):
    """The minutes of a meeting. From approval on they are two files, `pdf` and `public_pdf`, which never change."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("approved_by", "words", "pdf")

    run = models.OneToOneField(MeetingRun, on_delete=models.PROTECT, primary_key=True, related_name="minutes")
    state = models.CharField(max_length=10, choices=MinutesState.choices, default=MinutesState.DRAFT)
    # The language that they are written in.
    language = models.CharField(max_length=2, default="da")
    # Rises with whatever is done to them, so that a second secretary is told.
    version = models.PositiveIntegerField(default=1)
    # What the secretary wrote, by place: opening, closing, note.<position> and closed.<position> of a point.
    words = OrderedJSON(default=dict)
    drafted_at = models.DateTimeField()
    comments_until = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    pdf = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    # The edition without what is closed and without names.
    public_pdf = models.BinaryField(null=True)
    # Who is to sign: member ids.
    signers = OrderedJSON(default=list)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=[MinutesState.DRAFT, MinutesState.COMMENTS])
                | (Q(approved_at__isnull=False, pdf__isnull=False) & ~Q(sha256="")),
                name="approval_minutes_approved_are_frozen",
            ),
            models.CheckConstraint(
                condition=~Q(state=MinutesState.COMMENTS) | Q(comments_until__isnull=False),
                name="approval_minutes_comments_until",
            ),
        ]


class MinuteComment(models.Model):
    """A member's comment on the draft, and what the secretary answered."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("text", "written_by", "answer")

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="comments")
    member = models.CharField(max_length=40)
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)


class Signature(models.Model):
    """A signature found in a signed file that holds the frozen minutes: who, when, by which certificate."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("name", "uploaded_by", "pdf")

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="signatures")
    name = models.CharField(max_length=200)
    # Whose it is; empty until somebody says so, where the name does not.
    member = models.CharField(max_length=40, blank=True)
    signed_at = models.DateTimeField(null=True)
    # Whether the time is from a time stamp, not from the signer's own clock.
    stamped = models.BooleanField(default=False)
    certificate_sha256 = models.CharField(max_length=64)
    # Whether the certificate leads to an issuer that the operator trusts.
    trusted = models.BooleanField()
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["minutes", "certificate_sha256"], name="approval_signature_once")
        ]
