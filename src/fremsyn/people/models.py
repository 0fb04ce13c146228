"""Who signs in. `PERSONAL_FIELDS` names, on every model, the fields that say something about a person."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from fremsyn.core.ordered_json import OrderedJSON
from fremsyn.people.roles import Role


class Organisation(models.Model):
    """A house that people belong to."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name


class Person(AbstractBaseUser):
    """An account. Outside this table a person is only its id, which says nothing by itself."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("username", "name", "email", "organisation", "password", "last_login")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=200)
    # Where notices go; empty where none is known.
    email = models.EmailField(blank=True)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()

    objects = BaseUserManager["Person"]()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("username"), name="people_username_in_any_case")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class Demonstration(models.Model):
    """Says that this database was made to be tried out: anybody may sign in to it in any role."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ()

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="people_one_demonstration"),
        ]


class DemonstrationPerson(models.Model):
    """The invented person who stands for a role in a demonstration."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("person",)

    demonstration = models.ForeignKey(Demonstration, on_delete=models.CASCADE, related_name="people")
    role = models.CharField(max_length=20, choices=Role.choices, unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT)


class DemonstrationSeat(models.Model):
    """A seat on the board that anybody may take in a demonstration: what it is called, by language, and whose it is."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ("person",)

    demonstration = models.ForeignKey(Demonstration, on_delete=models.CASCADE, related_name="seats")
    title = OrderedJSON()
    person = models.OneToOneField(Person, on_delete=models.PROTECT)
