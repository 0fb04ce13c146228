"""Rows of the phase: one beside each item, with the columns of its schema; and the packs that were sealed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fremsyn.cases.models import Case, ItemRow
from fremsyn.core.ordered_json import OrderedJSON
from fremsyn.people.models import Person


class BoardPoint(ItemRow):
    """B: an "at …" point that is voted on by itself."""

    text = OrderedJSON()
    closed = OrderedJSON(null=True)


class Edition(models.TextChoices):
    """What of the paper a pack holds."""

    WHOLE = "whole", _("the whole paper; nothing in it is closed")
    INTERNAL = "internal", _("internal: with what is closed")
    PUBLIC = "public", _("public: without what is closed")


class SealedPack(models.Model):
    """A version of a case's paper as it was sealed. `content` is the very file that is handed out.

    Where parts of the paper are closed, a version is sealed twice: whole for the body, and without them for others.
    """

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("sealed_by",)

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sealed_packs")
    version = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, unique=True)
    content_sha256 = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=79)
    sealed_at = models.DateTimeField()
    sealed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    demonstration = models.BooleanField()
    votes = models.BooleanField()
    edition = models.CharField(max_length=10, choices=Edition.choices, default=Edition.WHOLE)
    content = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["case", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "version", "edition"], name="approval_sealed_pack_version"),
            models.CheckConstraint(condition=Q(version__gte=1), name="approval_sealed_pack_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.version}"

    @property
    def file_name(self) -> str:
        """Return the name under which the pack is handed out."""
        public = "-public" if self.edition == Edition.PUBLIC else ""
        return f"{self.case.slug}-pack-{self.version}{public}.zip"
