"""The log's rows, its signed heads, and personal values that the log knows by a salted hash only.

The database itself refuses to change or delete an entry (see `triggers`).
"""

from __future__ import annotations

import json
from typing import ClassVar

from django.db import models
from django.db.models import Q


class Head(models.Model):
    """The one row that everybody who writes must hold: it gives the next number and the latest time."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ()

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    size = models.PositiveBigIntegerField(default=0)
    latest_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="audit_one_head")]


class Entry(models.Model):
    """One thing that was done. `data` is canonical JSON, kept as the very text that was hashed."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("actor",)

    sequence = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=36, blank=True)
    event = models.CharField(max_length=100)
    case = models.CharField(max_length=36, blank=True, db_index=True)
    data = models.TextField()
    leaf_hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["sequence"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(sequence__gte=1), name="audit_sequence_from_one"),
            models.CheckConstraint(condition=~Q(event=""), name="audit_event_named"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.event}"

    def facts(self) -> dict[str, object]:
        """Return what was recorded with the event."""
        facts: dict[str, object] = json.loads(self.data)
        return facts


class Checkpoint(models.Model):
    """A signed head: so many entries had this root. `text` is the note as it leaves the house."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("actor",)

    size = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64)
    at = models.DateTimeField()
    actor = models.CharField(max_length=36, blank=True)
    public_key = models.CharField(max_length=64)
    text = models.TextField()

    class Meta:
        ordering: ClassVar = ["size", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["size", "public_key"], name="audit_checkpoint_once"),
            models.CheckConstraint(condition=Q(size__gte=1), name="audit_checkpoint_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.size} {self.root[:12]}"


class PersonalValue(models.Model):
    """A value that says something about a person. The log holds its salted hash; without the salt that says nothing."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("about", "salt", "value")

    commitment = models.CharField(max_length=64, primary_key=True)
    about = models.CharField(max_length=36, blank=True, db_index=True)
    salt = models.BinaryField(null=True)
    value = models.TextField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(salt__isnull=True, value__isnull=True) | Q(salt__isnull=False, value__isnull=False),
                name="audit_personal_value_whole_or_erased",
            ),
        ]

    def __str__(self) -> str:
        return self.commitment[:12]
